package org.jalur.scorecard;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is counted of a number of notices.
 *
 * @param valid items that are restricted by the platform's last word, of all that it decided; those
 *     of notices refused as a whole count as decided
 * @param overturned items whose restriction a later decision of the platform took back, of all that
 *     were ever restricted
 * @param refusedByGround items that stay, by the ground of the last word
 * @param refusedByClause notices refused as a whole, by the clause that they break
 */
public record Figures(
        Notices notices,
        Items items,
        Share valid,
        Share overturned,
        SortedMap<String, Long> refusedByGround,
        SortedMap<String, Long> refusedByClause,
        Duplicates duplicates,
        Deadlines deadlines,
        Times times) {
    public Figures {
        refusedByGround = Collections.unmodifiableSortedMap(new TreeMap<>(refusedByGround));
        refusedByClause = Collections.unmodifiableSortedMap(new TreeMap<>(refusedByClause));
    }

    /**
     * @param received by the receipts of the platform
     * @param refused as a whole
     * @param withdrawn by the authority, decided or not
     * @param opened acknowledged by a person
     * @param decided every item has a final decision
     */
    public record Notices(long received, long refused, long withdrawn, long opened, long decided) {}

    /**
     * The items of notices that were taken up, each in one place, by the platform's last word.
     *
     * @param named all of them
     * @param refused they stay
     * @param asked the platform asked, and nothing final followed
     * @param impossible likewise
     * @param undecided without a word yet
     * @param withdrawn without a final decision when the authority took the notice back
     * @param refusedWithNotice items of notices refused as a whole; in none of the others
     */
    public record Items(
            long named,
            long blocked,
            long withheld,
            long refused,
            long asked,
            long impossible,
            long undecided,
            long withdrawn,
            long refusedWithNotice) {}

    /**
     * Items that an earlier notice on the channel names too, by canonical address or file.
     *
     * @param whileOpen noticed again before the first was decided
     * @param afterDecision noticed again after it
     * @param comparable all items that can be compared
     * @param incomparable their content is erased, or came before nodes kept what tells
     */
    public record Duplicates(
            long whileOpen, long afterDecision, long comparable, long incomparable) {
        public Share share() {
            return new Share(whileOpen + afterDecision, comparable);
        }
    }

    /**
     * Notices that were taken up, by the clock of the version that each cites; each in one place.
     *
     * @param inTime decided before time ran out
     * @param late decided, or withdrawn, after that
     * @param overdue time has run out, and nothing came yet
     * @param running there is time left
     * @param standing the clock stands
     * @param withdrawn before time ran out
     */
    public record Deadlines(
            long inTime, long late, long overdue, long running, long standing, long withdrawn) {
        public Share missed() {
            return new Share(late + overdue, inTime + late + overdue);
        }
    }

    /**
     * How long things took. Each message counts at its receiver's receipt; where clocks of the two
     * sides differ so far that an end lies before its beginning, it counts as no time.
     *
     * @param receipt from the time that the notice says to its receipt
     * @param opening from there until a person opened it, of notices taken up
     * @param decision from the receipt of the notice to that of the first final decision, of each
     *     item
     * @param block from the receipt of the notice until a measure first saw the item gone on every
     *     route, of each item that was ever restricted
     */
    public record Times(Spread receipt, Spread opening, Spread decision, Spread block) {}
}
