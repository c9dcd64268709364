package org.jalur.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.ContactTerms;
import org.jalur.contacts.Standing.Freshness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
    private static final Instant CONFIRMED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Standing STANDING =
            new Standing("admin-1", LocalDate.of(2026, 12, 31), CONFIRMED);
    private static final ContactTerms TERMS =
            new ContactTerms(Period.ofDays(30), Period.ofDays(60), Period.ofDays(90));
    private static final UUID DESK = UUID.randomUUID();

    private static Calendar office(String zone) {
        return new Calendar(
                ZoneId.of(zone),
                IntStream.rangeClosed(1, 5)
                        .mapToObj(DayOfWeek::of)
                        .map(day ->
                                new Calendar.DutyHours(
                                        day, LocalTime.of(8, 0), LocalTime.of(16, 0)))
                        .toList(),
                List.of(new Calendar.Holiday(LocalDate.of(2026, 1, 1), "New Year")));
    }

    private static Calendar nights() {
        return new Calendar(
                ZoneId.of("Asia/Jakarta"),
                IntStream.rangeClosed(1, 7)
                        .mapToObj(DayOfWeek::of)
                        .map(day ->
                                new Calendar.DutyHours(
                                        day, LocalTime.of(20, 0), LocalTime.MIDNIGHT))
                        .toList(),
                List.of());
    }

    private static Entry.Contact contact(
            String name, Calendar duty, Optional<UUID> deputy, UUID id, List<String> phones) {
        return new Entry.Contact(
                id,
                DESK,
                name,
                "duty officer",
                phones,
                Optional.empty(),
                Optional.empty(),
                List.of("id"),
                duty,
                deputy,
                STANDING);
    }

    private static Entry.Contact contact(String name, Calendar duty, Optional<UUID> deputy) {
        return contact(name, duty, deputy, UUID.randomUUID(), List.of("+62215550100"));
    }

    private static void assertRefused(ThrowingCallable made, String field, EntryRule rule) {
        assertThatThrownBy(made)
                .isInstanceOfSatisfying(
                        InvalidEntryException.class,
                        e -> {
                            assertThat(e.field()).isEqualTo(field);
                            assertThat(e.rule()).isEqualTo(rule);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0215550100",
                "+0215550100",
                "+62 21 5550 100",
                "+62",
                "+1234567890123456",
                "tel:+62215550100",
                ""
            })
    void numberThatIsNotE164IsRefused(String number) {
        assertRefused(
                () -> contact("A", nights(), Optional.empty(), DESK, List.of(number)),
                "phones",
                EntryRule.PHONE);
    }

    @Test
    void contactWithoutNumberOrWithTheSameTwiceIsRefused() {
        assertRefused(
                () -> contact("A", nights(), Optional.empty(), DESK, List.of()),
                "phones",
                EntryRule.MISSING);
        assertRefused(
                () ->
                        contact(
                                "A",
                                nights(),
                                Optional.empty(),
                                DESK,
                                Collections.nCopies(2, "+62215550100")),
                "phones",
                EntryRule.TWICE);
    }

    @Test
    void nameThatIsReadOtherwiseThanItIsWrittenIsRefused() {
        assertRefused(
                () -> contact("A\u202Eb", nights(), Optional.empty()), "name", EntryRule.HIDDEN);
        assertRefused(() -> contact(" ", nights(), Optional.empty()), "name", EntryRule.MISSING);
        assertRefused(
                () -> contact("x".repeat(201), nights(), Optional.empty()),
                "name",
                EntryRule.TOO_LONG);
    }

    @Test
    void nobodyIsTheirOwnDeputy() {
        UUID id = UUID.randomUUID();

        assertRefused(
                () -> contact("A", nights(), Optional.of(id), id, List.of("+62215550100")),
                "deputy",
                EntryRule.SELF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "-a.example", "a..example", "Platform.example", "a.1"})
    void nameThatTheDnsDoesNotKnowIsRefused(String name) {
        assertRefused(
                () -> new Entry.Domain(UUID.randomUUID(), name, "ID", "web", STANDING),
                "domainName",
                EntryRule.DOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "XX", "IDN", ""})
    void countryIsAnIsoCode(String country) {
        assertRefused(
                () -> new Entry.Server(UUID.randomUUID(), "192.0.2.1", country, "media", STANDING),
                "country",
                EntryRule.COUNTRY);
    }

    @Test
    void entryTurnsAmberThenRedWhenNobodyConfirmsIt() {
        assertThat(STANDING.freshness(TERMS, Instant.parse("2026-01-30T23:59:59Z")))
                .isEqualTo(Freshness.FRESH);
        assertThat(STANDING.freshness(TERMS, Instant.parse("2026-01-31T00:00:00Z")))
                .isEqualTo(Freshness.AMBER);
        assertThat(STANDING.freshness(TERMS, Instant.parse("2026-03-02T00:00:00Z")))
                .isEqualTo(Freshness.RED);
    }

    @Test
    void entryPastItsLastDayIsRedHoweverFreshItIs() {
        Standing fresh = STANDING.confirmed(Instant.parse("2026-12-31T00:00:00Z"));

        assertThat(fresh.freshness(TERMS, Instant.parse("2026-12-31T23:59:59Z")))
                .isEqualTo(Freshness.FRESH);
        assertThat(fresh.freshness(TERMS, Instant.parse("2027-01-01T00:00:00Z")))
                .isEqualTo(Freshness.RED);
    }

    @Test
    void dutyIsToldByTheClockThereAndNotOnHolidays() {
        Calendar jakarta = office("Asia/Jakarta");

        assertThat(Duty.at(jakarta, Instant.parse("2026-01-02T00:59:59Z"))).isFalse();
        assertThat(Duty.at(jakarta, Instant.parse("2026-01-02T01:00:00Z"))).isTrue();
        assertThat(Duty.at(jakarta, Instant.parse("2026-01-02T08:59:59Z"))).isTrue();
        assertThat(Duty.at(jakarta, Instant.parse("2026-01-02T09:00:00Z"))).isFalse();
        assertThat(Duty.at(jakarta, Instant.parse("2026-01-01T03:00:00Z"))).isFalse();
        assertThat(Duty.next(jakarta, Instant.parse("2026-01-02T09:00:00Z")))
                .contains(Instant.parse("2026-01-05T01:00:00Z"));
    }

    @Test
    void dutyUntilMidnightEndsWithTheDay() {
        assertThat(Duty.at(nights(), Instant.parse("2026-01-02T16:59:59Z"))).isTrue();
        assertThat(Duty.at(nights(), Instant.parse("2026-01-02T17:00:00Z"))).isFalse();
    }

    @Test
    void whoeverHasNoHoursIsNeverOnDuty() {
        var never = new Calendar(ZoneId.of("UTC"), List.of(), List.of());

        assertThat(Duty.at(never, CONFIRMED)).isFalse();
        assertThat(Duty.next(never, CONFIRMED)).isEmpty();
    }

    @Test
    void personOnDutyIsCalledFirstThenDeputiesThenRepresentatives() {
        var desk =
                new Entry.Organisation(
                        DESK, "Desk", "ID", List.of("+62215550199"), Optional.empty(), STANDING);
        Entry.Contact night = contact("Night", nights(), Optional.empty());
        Entry.Contact day = contact("Day", office("Asia/Jakarta"), Optional.of(night.id()));
        var head =
                new Entry.Representative(
                        UUID.randomUUID(),
                        DESK,
                        "Head",
                        "director",
                        "ID",
                        List.of("+62215550101"),
                        Optional.empty(),
                        STANDING);

        List<WhoToCall> calls =
                WhoToCall.at(
                        Instant.parse("2026-01-02T03:00:00Z"), List.of(night, day, desk, head));

        assertThat(calls).extracting(one -> one.contact().name()).containsExactly("Day", "Night");
        assertThat(calls.getFirst().onDuty()).isTrue();
        assertThat(calls.getFirst().deputies()).containsExactly(night);
        assertThat(calls.getFirst().representatives()).containsExactly(head);
        assertThat(calls.getLast().onDuty()).isFalse();
        assertThat(calls.getLast().next()).contains(Instant.parse("2026-01-02T13:00:00Z"));
    }

    @Test
    void deputiesInACircleAreEachNamedOnce() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        List<String> phones = List.of("+62215550100");

        List<WhoToCall> calls =
                WhoToCall.at(
                        CONFIRMED,
                        List.of(
                                contact("A", nights(), Optional.of(second), first, phones),
                                contact("B", nights(), Optional.of(first), second, phones)));

        assertThat(calls).allSatisfy(one -> assertThat(one.deputies()).hasSize(1));
    }

    @Test
    void whoeverIsNotValidAnyMoreIsNotCalled() {
        assertThat(
                        WhoToCall.at(
                                Instant.parse("2027-01-01T00:00:00Z"),
                                List.of(contact("A", nights(), Optional.empty()))))
                .isEmpty();
    }

    @Test
    void answerCountsByWhenItWasReceived() {
        Instant by = Instant.parse("2026-01-02T00:00:00Z");

        assertThat(Drill.Result.of(by, Optional.of(by), by.plusSeconds(9)))
                .isEqualTo(Drill.Result.IN_TIME);
        assertThat(Drill.Result.of(by, Optional.of(by.plusMillis(1)), by.plusSeconds(9)))
                .isEqualTo(Drill.Result.LATE);
        assertThat(Drill.Result.of(by, Optional.empty(), by)).isEqualTo(Drill.Result.WAITING);
        assertThat(Drill.Result.of(by, Optional.empty(), by.plusMillis(1)))
                .isEqualTo(Drill.Result.SILENT);
    }

    @Test
    void drillAsksSomebodyAndNobodyTwice() {
        assertRefused(() -> new Drill(CONFIRMED, List.of()), "contacts", EntryRule.MISSING);
        assertRefused(() -> new Drill(CONFIRMED, List.of(DESK, DESK)), "contacts", EntryRule.TWICE);
    }
}
