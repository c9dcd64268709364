package org.jalur.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.channel.PartyId;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.Test;

/** Random histories of a channel, as its two sides store them. */
class TallyPropertyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jayapura");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Period PERIOD =
            new Period(LocalDate.of(2026, 3, 3), LocalDate.of(2026, 3, 20), ZONE);
    private static final int ROUNDS = 300;

    /** What was said of one notice, in the order in which one of the sides learnt it. */
    private static final class Learnt {
        private final Course first;
        private final List<Event> events = new ArrayList<>();
        private final List<ItemFact> facts = new ArrayList<>();

        Learnt(Course first) {
            this.first = first;
        }

        Course course() {
            return switch (first.handling()) {
                case Course.Handling.RefusedAsWhole _ -> first;
                case Course.Handling.TakenUp(var rule, var confirmed, _, _) ->
                        new Course(
                                first.kind(),
                                first.urgency(),
                                first.category(),
                                first.items(),
                                first.sentAt(),
                                first.receivedAt(),
                                new Course.Handling.TakenUp(rule, confirmed, events, facts));
            };
        }
    }

    /** Something a message or a receipt says about a notice. */
    private sealed interface Said {
        int notice();

        record OfNotice(int notice, Event event) implements Said {}

        record OfItem(int notice, ItemFact fact) implements Said {}
    }

    private record History(List<Course> notices, List<Said> authority, List<Said> platform) {}

    @Test
    void bothSidesDrawUpTheSameCardWhicheverOfTwoCrossingMessagesTheyStoredFirst() {
        var random = new Random(2017);
        for (int round = 0; round < ROUNDS; round++) {
            History history = history(random);
            Instant now = minute(random.nextInt(60_000));

            Card here = card(view(history, random), now);
            Card there = card(view(history, random), now);

            assertThat(there).isEqualTo(here);
        }
    }

    @Test
    void nothingIsCountedTwiceAndNothingIsLeftOut() {
        var random = new Random(2018);
        for (int round = 0; round < ROUNDS; round++) {
            Card card = card(view(history(random), random), minute(random.nextInt(60_000)));

            Figures all = card.all();
            long taken = all.notices().received() - all.notices().refused();
            assertThat(sum(all.deadlines())).isEqualTo(taken);
            assertThat(sum(all.items())).isEqualTo(all.items().named());
            assertThat(all.times().receipt().known()).isEqualTo(all.notices().received());
            assertThat(all.times().opening().known() + all.times().opening().unknown())
                    .isEqualTo(taken);
            assertThat(all.times().decision().known() + all.times().decision().unknown())
                    .isEqualTo(all.items().named());
            assertThat(all.times().block().known() + all.times().block().unknown())
                    .isEqualTo(all.overturned().of());
            for (Collection<Figures> apart :
                    List.of(
                            card.byCategory().values(),
                            card.byKind().values(),
                            card.byUrgency().values())) {
                assertSum(apart, all, one -> one.notices().received());
                assertSum(apart, all, one -> one.valid().of());
                assertSum(apart, all, one -> one.valid().counted());
                assertSum(apart, all, one -> one.deadlines().missed().counted());
                assertSum(apart, all, one -> one.duplicates().share().counted());
                assertSum(apart, all, one -> one.times().decision().known());
            }
        }
    }

    @Test
    void periodsSideBySideCountEachNoticeOnce() {
        var random = new Random(2019);
        for (int round = 0; round < ROUNDS; round++) {
            List<Course> notices = view(history(random), random);
            LocalDate middle = PERIOD.from().plusDays(random.nextInt(17));

            Card whole = card(notices, START);
            Card before = card(notices, START, new Period(PERIOD.from(), middle, ZONE));
            Card after = card(notices, START, new Period(middle.plusDays(1), PERIOD.to(), ZONE));

            assertThat(before.all().notices().received() + after.all().notices().received())
                    .isEqualTo(whole.all().notices().received());
        }
    }

    private static long sum(Figures.Deadlines one) {
        return one.inTime()
                + one.late()
                + one.overdue()
                + one.running()
                + one.standing()
                + one.withdrawn();
    }

    private static long sum(Figures.Items one) {
        return one.blocked()
                + one.withheld()
                + one.refused()
                + one.asked()
                + one.impossible()
                + one.undecided()
                + one.withdrawn();
    }

    private static void assertSum(
            Collection<Figures> apart, Figures all, ToLongFunction<Figures> figure) {
        assertThat(apart.stream().mapToLong(figure).sum()).isEqualTo(figure.applyAsLong(all));
    }

    private static Card card(List<Course> notices, Instant now) {
        return card(notices, now, PERIOD);
    }

    private static Card card(List<Course> notices, Instant now, Period period) {
        var tally =
                new Tally(
                        new PartyId("otoritas-contoh"),
                        new PartyId("platform-contoh"),
                        period,
                        now);
        notices.forEach(tally::add);
        return tally.card();
    }

    /** Each stream in its order, the two of them interleaved anyhow, and some things told twice. */
    private static List<Course> view(History history, Random random) {
        List<Learnt> notices =
                new ArrayList<>(history.notices().stream().map(Learnt::new).toList());
        int authority = 0;
        int platform = 0;
        while (authority < history.authority().size() || platform < history.platform().size()) {
            boolean own =
                    platform == history.platform().size()
                            || (authority < history.authority().size() && random.nextBoolean());
            Said said =
                    own ? history.authority().get(authority++) : history.platform().get(platform++);
            for (int times = random.nextInt(8) == 0 ? 2 : 1; times > 0; times--) {
                learn(notices.get(said.notice()), said);
            }
        }
        Collections.shuffle(notices, random);
        return notices.stream().map(Learnt::course).toList();
    }

    private static void learn(Learnt notice, Said said) {
        switch (said) {
            case Said.OfNotice(_, var event) -> notice.events.add(event);
            case Said.OfItem(_, var fact) -> notice.facts.add(fact);
        }
    }

    private static History history(Random random) {
        List<Course> notices = new ArrayList<>();
        List<Said> authority = new ArrayList<>();
        List<Said> platform = new ArrayList<>();
        int count = random.nextInt(8);
        for (int notice = 0; notice < count; notice++) {
            Course course = course(random);
            notices.add(course);
            addSaid(notice, course, authority, platform, random);
        }
        return new History(notices, authority, platform);
    }

    private static Course course(Random random) {
        Instant receivedAt = minute(random.nextInt(30_000));
        Course.Handling handling =
                random.nextInt(6) == 0
                        ? new Course.Handling.RefusedAsWhole(
                                random.nextBoolean() ? "volume" : "term")
                        : new Course.Handling.TakenUp(
                                rule(random),
                                Optional.of(
                                                new Course.Confirmed(
                                                        rule(random),
                                                        receivedAt.plusSeconds(
                                                                random.nextInt(90_000))))
                                        .filter(_ -> random.nextInt(4) == 0),
                                List.of(),
                                List.of());
        return new Course(
                any(NoticeKind.values(), random),
                any(Urgency.values(), random),
                random.nextBoolean() ? "terrorism" : "gambling",
                1 + random.nextInt(4),
                receivedAt.minusSeconds(random.nextInt(600) - 5L),
                receivedAt,
                handling);
    }

    private static ClockRule rule(Random random) {
        return new ClockRule(
                new Ladder.Start.Received(),
                Allowance.within(Duration.ofMinutes(1 + random.nextInt(3_000))),
                List.of(
                        new Deadline.Stop(
                                Deadline.Cause.QUESTION,
                                Optional.of(Duration.ofHours(1 + random.nextInt(40)))
                                        .filter(_ -> random.nextBoolean())),
                        new Deadline.Stop(Deadline.Cause.IMPOSSIBLE, Optional.empty())),
                new Calendar(ZONE, List.of(), List.of()));
    }

    private static void addSaid(
            int notice, Course course, List<Said> authority, List<Said> platform, Random random) {
        if (random.nextInt(4) > 0) {
            platform.add(new Said.OfNotice(notice, new Event.Acknowledged(after(course, random))));
        }
        if (random.nextInt(5) == 0) {
            authority.add(new Said.OfNotice(notice, new Event.Withdrawn(after(course, random))));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            platform.add(
                    new Said.OfNotice(
                            notice,
                            random.nextBoolean()
                                    ? new Event.Asked(after(course, random))
                                    : new Event.Hindered(after(course, random))));
            authority.add(new Said.OfNotice(notice, new Event.Answered(after(course, random))));
        }
        for (int no = 1; no <= course.items(); no++) {
            addSaid(notice, no, course, platform, random);
        }
    }

    private static void addSaid(
            int notice, int no, Course course, List<Said> platform, Random random) {
        if (random.nextInt(4) > 0) {
            platform.add(new Said.OfItem(notice, new ItemFact.Recognisable(no)));
            if (random.nextInt(3) == 0) {
                platform.add(
                        new Said.OfItem(
                                notice,
                                new ItemFact.NoticedBefore(
                                        no,
                                        Optional.of(after(course, random))
                                                .filter(_ -> random.nextBoolean()),
                                        Optional.of(after(course, random))
                                                .filter(_ -> random.nextInt(4) == 0))));
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Outcome outcome = any(Outcome.values(), random);
            platform.add(
                    new Said.OfItem(
                            notice,
                            new ItemFact.Decided(
                                    no,
                                    platform.size(),
                                    after(course, random),
                                    outcome,
                                    Optional.of(any(RefusalGround.values(), random))
                                            .filter(_ -> outcome == Outcome.REFUSED))));
            if (outcome.isRestriction()) {
                platform.add(
                        new Said.OfItem(notice, new ItemFact.SeenGone(no, after(course, random))));
            }
        }
    }

    /** Sometimes before: clocks of two sides differ. */
    private static Instant after(Course course, Random random) {
        return course.receivedAt().plus(Duration.ofMinutes(random.nextInt(5_000) - 2L));
    }

    private static <E> E any(E[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
