package org.jalur.node.scorecard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jalur.scorecard.Figures;
import org.jalur.scorecard.Share;
import org.jalur.scorecard.Spread;

/** What the figures of a card are called, in the order in which people read them. */
final class FigureNames {
    private FigureNames() {}

    /** Shares, for which it is said what is counted of what. */
    static SequencedMap<String, Share> shares(Figures figures) {
        SequencedMap<String, Share> shares = new LinkedHashMap<>();
        shares.put("valid", figures.valid());
        shares.put("overturned", figures.overturned());
        shares.put("duplicates", figures.duplicates().share());
        shares.put("missed", figures.deadlines().missed());
        return shares;
    }

    static SequencedMap<String, Spread> times(Figures figures) {
        SequencedMap<String, Spread> times = new LinkedHashMap<>();
        times.put("to-receipt", figures.times().receipt());
        times.put("to-opening", figures.times().opening());
        times.put("to-decision", figures.times().decision());
        times.put("to-block", figures.times().block());
        return times;
    }

    /** Where the items of the notices stand, each in one place. */
    static SequencedMap<String, Long> items(Figures.Items items) {
        SequencedMap<String, Long> states = new LinkedHashMap<>();
        states.put("blocked", items.blocked());
        states.put("withheld", items.withheld());
        states.put("refused", items.refused());
        states.put("asked", items.asked());
        states.put("impossible", items.impossible());
        states.put("undecided", items.undecided());
        states.put("withdrawn", items.withdrawn());
        states.put("refused-with-notice", items.refusedWithNotice());
        return states;
    }

    static SequencedMap<String, Long> notices(Figures.Notices notices) {
        SequencedMap<String, Long> states = new LinkedHashMap<>();
        states.put("received", notices.received());
        states.put("refused", notices.refused());
        states.put("withdrawn", notices.withdrawn());
        states.put("opened", notices.opened());
        states.put("decided", notices.decided());
        return states;
    }

    /** Notices that were taken up, by their deadline. */
    static SequencedMap<String, Long> deadlines(Figures.Deadlines deadlines) {
        SequencedMap<String, Long> states = new LinkedHashMap<>();
        states.put("in-time", deadlines.inTime());
        states.put("late", deadlines.late());
        states.put("overdue", deadlines.overdue());
        states.put("running", deadlines.running());
        states.put("standing", deadlines.standing());
        states.put("withdrawn", deadlines.withdrawn());
        return states;
    }

    static SequencedMap<String, Long> duplicates(Figures.Duplicates duplicates) {
        SequencedMap<String, Long> states = new LinkedHashMap<>();
        states.put("while-open", duplicates.whileOpen());
        states.put("after-decision", duplicates.afterDecision());
        states.put("incomparable", duplicates.incomparable());
        return states;
    }

    /** Everything that is a plain number. */
    static Map<String, Long> counts(Figures figures) {
        Map<String, Long> counts = new LinkedHashMap<>();
        add(counts, "notices", notices(figures.notices()));
        add(counts, "items", items(figures.items()));
        add(counts, "refused-for", figures.refusedByGround());
        add(counts, "breaks", figures.refusedByClause());
        add(counts, "deadline", deadlines(figures.deadlines()));
        add(counts, "duplicates", duplicates(figures.duplicates()));
        return counts;
    }

    private static void add(Map<String, Long> counts, String family, Map<String, Long> numbers) {
        numbers.forEach((name, number) -> counts.put(family + "." + name, number));
    }
}
