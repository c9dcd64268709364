package org.jalur.agreement.template;

import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Appeals;
import org.jalur.agreement.Category;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.KindTerms;
import org.jalur.agreement.KindTerms.Evidence;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Languages;
import org.jalur.agreement.Retention;
import org.jalur.agreement.UserNotice;
import org.jalur.agreement.Version;
import org.jalur.agreement.template.Mark.Origin;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/** Procedures met in practice, to begin an agreement with. */
public enum Templates {
    /** What minister and platform settled in August 2017. */
    INDONESIA_2017,
    /** Permenkominfo 5/2020 and Kepmen 522/2024. */
    INDONESIA_SAMAN,
    /** Removal orders of Regulation (EU) 2021/784. */
    EU_2021_784;

    private static final String TERRORISM = "terrorism";
    private static final String CHILD_ABUSE = "child_sexual_abuse";

    /** Of the text with its name, for example {@code agreement.template.indonesia_2017}. */
    public String textKey() {
        return "agreement.template." + name().toLowerCase(Locale.ROOT);
    }

    public Template with(Opening opening) {
        return switch (this) {
            case INDONESIA_2017 -> indonesia2017(opening);
            case INDONESIA_SAMAN -> indonesiaSaman(opening);
            case EU_2021_784 -> eu(opening);
        };
    }

    private static Template indonesia2017(Opening opening) {
        Allowance sameDay = new Allowance.DayEnd(0, LocalTime.of(20, 0));
        Agreement agreement =
                indonesia(
                        opening,
                        "Indonesia 2017 (same day)",
                        List.of(
                                category(
                                        TERRORISM,
                                        "Terrorism",
                                        "Public content that promotes or instructs terrorism.",
                                        "Permenkominfo 19/2014")),
                        Set.of(Evidence.LEGAL_ANALYSIS, Evidence.ADDRESS),
                        List.of(
                                Proposals.deadline(Urgency.URGENT, sameDay, Proposals.stops()),
                                Proposals.deadline(Urgency.NORMAL, sameDay, Proposals.stops())),
                        List.of("Warning 1", "Warning 2", "Warning 3"));
        return new Template(
                agreement,
                marks(
                        mark("title", Origin.SEEN, Source.MEETING_AND_LIFT_2017),
                        mark("categories", Origin.SEEN, Source.SUBJECT_2017),
                        mark(
                                "categories.terrorism.definition",
                                Origin.NOT_VERIFIED,
                                Source.DEFINITION_2017_NOT_FOUND),
                        mark(
                                "categories.terrorism.exclusions",
                                Origin.PROPOSED,
                                Source.EXCLUSION_2017_NOT_KNOWN),
                        mark(
                                "categories.terrorism.bases",
                                Origin.NOT_VERIFIED,
                                Source.BASIS_2017_NOT_FOUND),
                        mark(
                                "deadlines.*/*/urgent.allowance.daysLater",
                                Origin.SEEN,
                                Source.SAME_DAY_2017),
                        mark(
                                "deadlines.*/*/normal.allowance.daysLater",
                                Origin.SEEN,
                                Source.SAME_DAY_2017),
                        mark("calendar.zone", Origin.SEEN, Source.WIB_2017),
                        mark("accessBlocks.lift", Origin.SEEN, Source.LIFT_2017)));
    }

    private static Template indonesiaSaman(Opening opening) {
        Agreement agreement =
                indonesia(
                        opening,
                        "Indonesia SAMAN (4 h / 24 h)",
                        List.of(
                                saman(TERRORISM, "Terrorism"),
                                saman(CHILD_ABUSE, "Child sexual abuse material")),
                        Set.of(
                                Evidence.OFFICIAL_LETTER,
                                Evidence.LEGAL_ANALYSIS,
                                Evidence.ADDRESS,
                                Evidence.SCREENSHOT),
                        List.of(
                                Proposals.deadline(
                                        Urgency.URGENT,
                                        Allowance.within(Duration.ofHours(4)),
                                        Proposals.stops()),
                                Proposals.deadline(
                                        Urgency.NORMAL,
                                        Allowance.within(Proposals.ONE_DAY),
                                        Proposals.stops())),
                        List.of("ST1", "ST2", "ST3"));
        return new Template(
                agreement,
                marks(
                        mark("title", Origin.SEEN, Source.SAMAN),
                        mark("categories", Origin.SEEN, Source.SAMAN_URGENT),
                        definition(TERRORISM),
                        definition(CHILD_ABUSE),
                        exclusions(TERRORISM),
                        exclusions(CHILD_ABUSE),
                        mark("kinds.order.evidence", Origin.SEEN, Source.SAMAN_EVIDENCE),
                        mark(
                                "deadlines.*/*/urgent.allowance",
                                Origin.SEEN,
                                Source.SAMAN_FOUR_HOURS),
                        mark("deadlines.*/*/normal.allowance", Origin.SEEN, Source.SAMAN_DAY),
                        mark("calendar.zone", Origin.PROPOSED, Source.SAMAN_ZONE),
                        mark("escalation.notice.steps.ST1.name", Origin.SEEN, Source.SAMAN_LADDER),
                        mark("escalation.notice.steps.ST2.name", Origin.SEEN, Source.SAMAN_LADDER),
                        mark("escalation.notice.steps.ST3.name", Origin.SEEN, Source.SAMAN_LADDER),
                        mark(
                                "escalation.notice.steps.Access block possible.action",
                                Origin.SEEN,
                                Source.SAMAN_LADDER),
                        mark("accessBlocks.objection", Origin.SEEN, Source.UNBLOCK_2014)));
    }

    private static Template eu(Opening opening) {
        Allowance hour = Allowance.within(Duration.ofHours(1));
        List<Deadline.Stop> stops =
                List.of(
                        new Deadline.Stop(Deadline.Cause.QUESTION, Optional.empty()),
                        new Deadline.Stop(Deadline.Cause.IMPOSSIBLE, Optional.empty()));
        Period sixWeeks = Period.ofDays(42);
        Agreement agreement =
                agreement(
                        opening,
                        "EU 2021/784 (1 h)",
                        List.of(
                                new Category(
                                        TERRORISM,
                                        "Terrorist content",
                                        "Terrorist content as the regulation defines it.",
                                        EnumSet.allOf(Category.Exclusion.class),
                                        List.of(
                                                new Category.LegalBasis(
                                                        "Regulation (EU) 2021/784",
                                                        Set.of("3"),
                                                        "EU")))),
                        Set.of(Evidence.LEGAL_ANALYSIS, Evidence.ADDRESS),
                        new Languages(Set.of("en"), "en"),
                        List.of(
                                Proposals.deadline(Urgency.URGENT, hour, stops),
                                Proposals.deadline(Urgency.NORMAL, hour, stops)),
                        "Europe/Brussels",
                        Optional.of(new UserNotice.NonDisclosure(sixWeeks, Optional.of(sixWeeks))),
                        Duration.ofDays(14),
                        Proposals.retention(Period.ofMonths(6)),
                        Optional.empty(),
                        List.of(
                                Proposals.ladder(
                                        Ladder.Silence.NOTICE,
                                        Ladder.Side.AUTHORITY,
                                        Proposals.calls())));
        return new Template(
                agreement,
                marks(
                        mark("title", Origin.SEEN, Source.EU_REGULATION),
                        mark("categories", Origin.SEEN, Source.EU_SUBJECT),
                        mark(
                                "categories.terrorism.definition",
                                Origin.NOT_VERIFIED,
                                Source.EU_DEFINITION_NOT_READ),
                        mark("categories.terrorism.exclusions", Origin.SEEN, Source.EU_ARTICLE_1_3),
                        mark("categories.terrorism.bases", Origin.SEEN, Source.EU_ARTICLE_3),
                        mark("kinds.order.evidence", Origin.SEEN, Source.EU_ANNEX_I),
                        mark("deadlines.*/*/urgent.allowance", Origin.SEEN, Source.EU_ONE_HOUR),
                        mark("deadlines.*/*/normal.allowance", Origin.SEEN, Source.EU_ONE_HOUR),
                        mark("deadlines.*/*/urgent.stops", Origin.SEEN, Source.EU_ARTICLE_3_7),
                        mark("deadlines.*/*/normal.stops", Origin.SEEN, Source.EU_ARTICLE_3_7),
                        mark("userNotice.nonDisclosure", Origin.NOT_VERIFIED, Source.EU_SIX_WEEKS),
                        mark("appeals.decision", Origin.SECOND_HAND, Source.EU_COMPLAINT),
                        mark("appeals.open", Origin.PROPOSED, Source.DSA_SIX_MONTHS),
                        mark("retention.content", Origin.SEEN, Source.EU_PRESERVED)));
    }

    private static Category saman(String code, String name) {
        Category category =
                category(
                        code,
                        name,
                        "What the instruments named mean by it.",
                        "Permenkominfo 5/2020");
        return new Category(
                category.code(),
                category.name(),
                category.definition(),
                category.exclusions(),
                List.of(
                        category.bases().getFirst(),
                        new Category.LegalBasis("Kepmen 522/2024", Set.of(), "ID")));
    }

    private static Category category(
            String code, String name, String definition, String instrument) {
        return new Category(
                code,
                name,
                definition,
                EnumSet.allOf(Category.Exclusion.class),
                List.of(new Category.LegalBasis(instrument, Set.of(), "ID")));
    }

    private static Mark definition(String category) {
        return mark(
                "categories." + category + ".definition",
                Origin.NOT_VERIFIED,
                Source.DEFINITIONS_NOT_READ);
    }

    private static Mark exclusions(String category) {
        return mark(
                "categories." + category + ".exclusions",
                Origin.PROPOSED,
                Source.EXCLUSIONS_NOT_KNOWN);
    }

    private static Agreement indonesia(
            Opening opening,
            String title,
            List<Category> categories,
            Set<Evidence> evidence,
            List<Deadline> deadlines,
            List<String> warnings) {
        List<Ladder.Step> steps =
                Stream.of(
                                Proposals.calls().stream(),
                                warnings.stream().map(Proposals::warning),
                                Stream.of(Proposals.accessBlockPossible()))
                        .flatMap(some -> some)
                        .toList();
        return agreement(
                opening,
                title,
                categories,
                evidence,
                new Languages(Set.of("en", "id"), "id"),
                deadlines,
                "Asia/Jakarta",
                Optional.empty(),
                Duration.ofDays(14),
                Proposals.retention(Period.ofMonths(6)),
                Optional.of(Proposals.accessBlocks(opening)),
                List.of(
                        Proposals.ladder(Ladder.Silence.NOTICE, Ladder.Side.AUTHORITY, steps),
                        Proposals.ladder(
                                Ladder.Silence.LIFT, Ladder.Side.PLATFORM, Proposals.calls())));
    }

    private static Agreement agreement(
            Opening opening,
            String title,
            List<Category> categories,
            Set<Evidence> evidence,
            Languages languages,
            List<Deadline> deadlines,
            String zone,
            Optional<UserNotice.NonDisclosure> nonDisclosure,
            Duration complaint,
            Retention retention,
            Optional<AccessBlockTerms> accessBlocks,
            List<Ladder> escalation) {
        Set<String> codes = categories.stream().map(Category::code).collect(Collectors.toSet());
        return new Agreement(
                Version.first(),
                title,
                opening.authority(),
                opening.platform(),
                Proposals.term(opening),
                opening.blockAtSigning(),
                categories,
                Proposals.organisations(opening, codes),
                List.of(
                        new KindTerms(
                                NoticeKind.ORDER, Set.copyOf(opening.organisations()), evidence)),
                languages,
                deadlines,
                Proposals.calendar(opening, zone),
                Proposals.secondReview(),
                Optional.empty(),
                new UserNotice(Proposals.ONE_DAY, nonDisclosure),
                new Appeals(
                        Period.ofMonths(6),
                        Set.of(Appeals.Appellant.AUTHOR),
                        Allowance.within(complaint),
                        true,
                        Proposals.ONE_DAY),
                retention,
                accessBlocks,
                escalation,
                Proposals.REPORTING,
                Proposals.VOLUME,
                Proposals.CONTACTS);
    }

    /** What all templates have in common, before what one of them knows better. */
    private static List<Mark> marks(Mark... own) {
        Stream<Mark> common =
                Stream.of(
                        mark("version", Origin.GIVEN, Source.FIRST_VERSION),
                        mark("authority", Origin.GIVEN, Source.GIVEN),
                        mark("platform", Origin.GIVEN, Source.GIVEN),
                        mark("term", Origin.PROPOSED, Source.NONE),
                        mark("term.from", Origin.GIVEN, Source.GIVEN),
                        mark("blockAtSigning", Origin.GIVEN, Source.GIVEN),
                        mark("organisations", Origin.GIVEN, Source.LIMITS_PROPOSED),
                        mark("kinds", Origin.PROPOSED, Source.NONE),
                        mark("languages", Origin.PROPOSED, Source.NONE),
                        mark("deadlines", Origin.PROPOSED, Source.NONE),
                        mark("calendar", Origin.PROPOSED, Source.NONE),
                        mark("calendar.holidays", Origin.GIVEN, Source.GIVEN),
                        mark("secondReview", Origin.PROPOSED, Source.NONE),
                        mark("interim", Origin.PROPOSED, Source.NONE),
                        mark("userNotice", Origin.PROPOSED, Source.NONE),
                        mark("appeals", Origin.PROPOSED, Source.NONE),
                        mark("retention", Origin.PROPOSED, Source.NONE),
                        mark("accessBlocks", Origin.PROPOSED, Source.NONE),
                        mark("escalation", Origin.PROPOSED, Source.NONE),
                        mark("reporting", Origin.PROPOSED, Source.NONE),
                        mark("volume", Origin.PROPOSED, Source.NONE),
                        mark("contacts", Origin.PROPOSED, Source.NONE));
        return Stream.concat(common, Stream.of(own)).toList();
    }

    private static Mark mark(String clause, Origin origin, Source source) {
        return new Mark(clause, origin, source);
    }
}
