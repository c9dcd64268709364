package org.jalur.node.deconfliction;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Organisation;
import org.jalur.notice.NoteFacts;

/**
 * What a note must keep to. The form of the one who asks and the node of the one who is asked ask
 * the same, so that neither refuses what the other lets pass.
 */
final class NoteRules {
    /** Longest time of a note; a longer investigation asks again. */
    static final Duration LONGEST = Duration.ofDays(90);

    /** Most notes of a channel that hold at the same time. */
    static final int MOST = 200;

    private NoteRules() {}

    /**
     * What is broken.
     *
     * @param clause of the agreement or of this rule
     * @param type of the problem
     * @param field of the form
     */
    record Broken(String clause, String type, String field, String sentence, Object value) {}

    /**
     * @param at now for the one who asks, the receipt for the one who is asked
     * @param held notes of the channel that hold already
     */
    static Optional<Broken> broken(Agreement agreement, NoteFacts facts, Instant at, int held) {
        Optional<Organisation> organisation = agreement.organisation(facts.organisation());
        if (organisation.isEmpty()) {
            return broken(
                    "organisations",
                    "note-organisation",
                    "organisation",
                    "\"%s\" is not entitled to file; name an organisation of the agreement",
                    facts.organisation());
        }
        if (agreement.category(facts.category()).isEmpty()
                || !organisation.get().categories().contains(facts.category())) {
            return broken(
                    "organisations." + facts.organisation() + ".categories",
                    "note-category",
                    "category",
                    "category \"%s\" is not agreed for this organisation; name one that is",
                    facts.category());
        }
        if (!facts.until().isAfter(at)) {
            return broken(
                    "deconfliction.until",
                    "note-past",
                    "until",
                    "%s is not in the future; give a later end",
                    facts.until());
        }
        Instant latest = latest(agreement, at);
        if (facts.until().isAfter(latest)) {
            return broken(
                    "deconfliction.until",
                    "note-too-long",
                    "until",
                    "the end is too late; a note ends by %s at the latest, and can be asked for again",
                    latest);
        }
        if (held >= MOST) {
            return broken(
                    "deconfliction",
                    "note-too-many",
                    "value",
                    "%s notes hold already, the most that can; end one first",
                    held);
        }
        return Optional.empty();
    }

    /** 90 days, or the end of the last day of the agreement where that comes first. */
    static Instant latest(Agreement agreement, Instant at) {
        Instant longest = at.plus(LONGEST);
        return agreement
                .term()
                .until()
                .map(last -> end(agreement, last))
                .filter(longest::isAfter)
                .orElse(longest);
    }

    private static Instant end(Agreement agreement, LocalDate last) {
        return last.plusDays(1).atStartOfDay(agreement.calendar().zone()).toInstant();
    }

    private static Optional<Broken> broken(
            String clause, String type, String field, String sentence, Object value) {
        return Optional.of(new Broken(clause, type, field, sentence.formatted(value), value));
    }
}
