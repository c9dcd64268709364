package org.jalur.node.appeals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealReasons;
import org.jalur.appeal.AppealWords;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.Outcome;

/** The parts of messages about appeals, written and checked. What is private may be erased. */
final class AppealParts {
    private static final String FACTS = "appeal";
    private static final String WORDS = "appeal-words";
    private static final String OUTCOME = "appeal-outcome";
    private static final String REASONS = "appeal-reasons";
    private static final int WITH_DECISION = 3;

    private AppealParts() {}

    /**
     * @param words absent where the authority may not read them, and once they are erased
     * @param leaf of the words; absent where they did not come
     */
    record Filed(AppealFacts facts, Optional<AppealWords> words, Optional<Hash> leaf) {}

    /**
     * @param decision the later decision of a granted appeal
     * @param reasons leaf of why
     */
    record Decided(AppealOutcome facts, Optional<DecisionRecords.Decided> decision, Hash reasons) {}

    static List<Part> write(AppealFacts facts, Optional<AppealWords> words) {
        var parts = new ArrayList<Part>(List.of(Parts.json(FACTS, facts)));
        words.ifPresent(one -> parts.add(Parts.json(WORDS, one)));
        return parts;
    }

    static List<Part> write(AppealOutcome facts, AppealReasons reasons) {
        return List.of(Parts.json(OUTCOME, facts), Parts.json(REASONS, reasons));
    }

    static List<Part> write(AppealOutcome facts, DecisionFacts decision, DecisionReasons reasons) {
        return List.of(
                Parts.json(OUTCOME, facts),
                Parts.json("decision-facts", decision),
                Parts.json("decision", reasons));
    }

    static Filed readAppeal(Contents contents) {
        AppealFacts facts = first(contents, FACTS, AppealFacts.class);
        requireSize(contents, facts.words() ? 2 : 1);
        if (!facts.words()) {
            return new Filed(facts, Optional.empty(), Optional.empty());
        }
        Optional<AppealWords> words =
                contents.at(1)
                        .map(part -> Parts.read(require(part, WORDS), AppealWords.class))
                        .map(one -> {
                            requireItem(facts.no(), one.no());
                            return one;
                        });
        return new Filed(facts, words, Optional.of(contents.leaf(1)));
    }

    static Decided readOutcome(Contents contents) {
        AppealOutcome facts = first(contents, OUTCOME, AppealOutcome.class);
        return switch (facts.result()) {
            case REJECTED -> {
                requireSize(contents, 2);
                if (facts.restores()) {
                    throw new MalformedMessageException("a rejected appeal restores nothing");
                }
                contents.at(1)
                        .map(part -> Parts.read(require(part, REASONS), AppealReasons.class))
                        .ifPresent(one -> requireItem(facts.no(), one.no()));
                yield new Decided(facts, Optional.empty(), contents.leaf(1));
            }
            case GRANTED -> {
                requireSize(contents, WITH_DECISION);
                DecisionRecords.Decided decision =
                        DecisionRecords.read(
                                        new Contents(
                                                contents.leaves().subList(1, WITH_DECISION),
                                                contents.opened()))
                                .getFirst();
                requireItem(facts.no(), decision.facts().no());
                if (decision.facts().outcome() != Outcome.REFUSED) {
                    throw new MalformedMessageException(
                            "a granted appeal refuses what was asked for, and does not decide \"%s\""
                                    .formatted(decision.facts().outcome()));
                }
                yield new Decided(facts, Optional.of(decision), decision.leaf());
            }
        };
    }

    private static <T> T first(Contents contents, String type, Class<T> content) {
        if (contents.size() == 0) {
            throw new MalformedMessageException("a message about an appeal without parts");
        }
        return contents.at(0)
                .filter(part -> part.type().equals(type))
                .map(part -> Parts.read(part, content))
                .orElseThrow(() -> new MalformedMessageException("the first part is not " + type));
    }

    private static Part require(Part part, String type) {
        if (!part.type().equals(type)) {
            throw new MalformedMessageException("the second part is not " + type);
        }
        return part;
    }

    private static void requireSize(Contents contents, int size) {
        if (contents.size() != size) {
            throw new MalformedMessageException(
                    "%d parts of a message about an appeal, not %d"
                            .formatted(size, contents.size()));
        }
    }

    private static void requireItem(int no, int other) {
        if (no != other) {
            throw new MalformedMessageException(
                    "the parts are about items %d and %d".formatted(no, other));
        }
    }
}
