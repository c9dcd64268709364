package org.jalur.scorecard;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jalur.channel.PartyId;

/**
 * The scorecard of two parties: the notices whose receipts fall into a period, and what had become
 * of them when it was drawn up. Both sides work out the same from the same messages and receipts.
 *
 * @param all figures of all notices
 * @param byCategory the same apart, by the categories' codes; notices refused as a whole stand
 *     under {@value Tally#NONE}
 * @param byKind by order, referral, emergency
 * @param byUrgency by urgent, normal
 */
public record Card(
        PartyId authority,
        PartyId platform,
        Period period,
        Figures all,
        SortedMap<String, Figures> byCategory,
        SortedMap<String, Figures> byKind,
        SortedMap<String, Figures> byUrgency) {
    public Card {
        byCategory = Collections.unmodifiableSortedMap(new TreeMap<>(byCategory));
        byKind = Collections.unmodifiableSortedMap(new TreeMap<>(byKind));
        byUrgency = Collections.unmodifiableSortedMap(new TreeMap<>(byUrgency));
    }
}
