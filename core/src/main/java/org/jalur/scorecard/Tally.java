package org.jalur.scorecard;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jalur.channel.PartyId;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/** Counts one notice after the other; which comes first makes no difference. */
public final class Tally {
    /** Where notices stand that have no category. */
    public static final String NONE = "-";

    private final PartyId authority;
    private final PartyId platform;
    private final Period period;
    private final Instant now;
    private final Map<Sort, Sums> sums = new HashMap<>();

    /**
     * Each notice stands in one of these, so that no time it took is kept twice.
     *
     * @param category {@link #NONE} of a notice refused as a whole: nobody agreed on it, and its
     *     sender could name any number of them
     */
    private record Sort(String category, NoticeKind kind, Urgency urgency) {}

    /**
     * @param now when it is told what is overdue
     */
    public Tally(PartyId authority, PartyId platform, Period period, Instant now) {
        this.authority = authority;
        this.platform = platform;
        this.period = period;
        this.now = now;
    }

    /** Counts a notice of the period; others belong to another card. */
    public void add(Course course) {
        if (period.holds(course.receivedAt())) {
            sums.computeIfAbsent(
                            new Sort(category(course), course.kind(), course.urgency()),
                            _ -> new Sums())
                    .add(course, now);
        }
    }

    private static String category(Course course) {
        return switch (course.handling()) {
            case Course.Handling.RefusedAsWhole _ -> NONE;
            case Course.Handling.TakenUp _ -> course.category();
        };
    }

    public Card card() {
        var all = new Sums();
        sums.values().forEach(all::addAll);
        return new Card(
                authority,
                platform,
                period,
                all.figures(),
                apart(Sort::category),
                apart(sort -> sort.kind().name().toLowerCase(Locale.ROOT)),
                apart(sort -> sort.urgency().name().toLowerCase(Locale.ROOT)));
    }

    private SortedMap<String, Figures> apart(Function<Sort, String> by) {
        SortedMap<String, Sums> joined = new TreeMap<>();
        sums.forEach(
                (sort, one) -> joined.computeIfAbsent(by.apply(sort), _ -> new Sums()).addAll(one));
        SortedMap<String, Figures> figures = new TreeMap<>();
        joined.forEach((name, one) -> figures.put(name, one.figures()));
        return figures;
    }
}
