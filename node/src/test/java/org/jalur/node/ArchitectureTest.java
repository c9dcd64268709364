package org.jalur.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.jalur");

    @Test
    void featuresDependOnEachOtherOnlyThroughTheirPublicTypesAndWithoutCycles() {
        ApplicationModules.of(JalurNode.class).verify();
    }

    @Test
    void everyPackageIsNullMarked() {
        List<JavaPackage> packages =
                CLASSES.stream().map(JavaClass::getPackage).distinct().toList();

        assertThat(packages)
                .hasSizeGreaterThan(15)
                .allMatch(one -> one.isAnnotatedWith(NullMarked.class));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class
            })
    void nobodyReadsTheWallClockDirectly(Class<?> time) {
        noClasses().should().callMethod(time, "now").check(CLASSES);
    }

    @Test
    void clocksAreMadeOnlyWhereAProgramStarts() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..serve", "..desks", "..demo", "org.jalur.sample")
                .and()
                .doNotHaveFullyQualifiedName("org.jalur.node.web.WebConfiguration")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void coreNeedsTheJdkJspecifyAndJacksonCoreOnly() {
        classes()
                .that()
                .resideInAnyPackage(
                        "org.jalur.access..",
                        "org.jalur.agreement..",
                        "org.jalur.appeal..",
                        "org.jalur.contacts..",
                        "org.jalur.channel..",
                        "org.jalur.log..",
                        "org.jalur.notice..",
                        "org.jalur.screening..",
                        "org.jalur.connector..",
                        "org.jalur.scorecard..",
                        "org.jalur.evidence..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "jdk.incubator.vector..",
                        "org.jspecify..",
                        "tools.jackson.core..",
                        "org.jalur.access..",
                        "org.jalur.agreement..",
                        "org.jalur.appeal..",
                        "org.jalur.contacts..",
                        "org.jalur.channel..",
                        "org.jalur.log..",
                        "org.jalur.notice..",
                        "org.jalur.screening..",
                        "org.jalur.connector..",
                        "org.jalur.scorecard..",
                        "org.jalur.evidence..")
                .check(CLASSES);
    }

    @Test
    void theLogStandsAlone() {
        classes()
                .that()
                .resideInAPackage("org.jalur.log..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "org.jalur.log..")
                .check(CLASSES);
    }

    @Test
    void typesAreNamedAfterTheBusiness() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Dto")
                .check(CLASSES);
    }
}
