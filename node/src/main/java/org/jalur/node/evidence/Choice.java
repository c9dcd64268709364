package org.jalur.node.evidence;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealReasons;
import org.jalur.appeal.AppealWords;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.channel.SignOff;
import org.jalur.node.exchange.Parts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.Item;
import org.jalur.notice.ItemFacts;
import org.jalur.notice.MeasureFacts;
import org.springframework.http.HttpStatus;

/**
 * Which parts an evidence file opens.
 *
 * @param open tells the parts that are opened
 * @param item opens only what is about this item, each part with its own way to the root; empty for
 *     the whole message
 */
record Choice(Predicate<Part> open, Optional<Integer> item) {
    /** What a part holds. */
    enum Group {
        /** Numbers, dates, legal bases and outcomes. */
        FACTS,
        /** Reasons, addresses, excerpts, questions and answers. */
        CONTENT,
        /** Pictures, letters and other files. */
        FILES;

        static Group of(Part part) {
            return switch (part.type()) {
                case "file" -> FILES;
                case "notice",
                        "item-facts",
                        "decision-facts",
                        "turn-facts",
                        "deconfliction-facts",
                        "measure",
                        "interim",
                        "non-disclosure",
                        "appeal",
                        "appeal-outcome",
                        "ladder-act",
                        "ladder-proof",
                        "acknowledgement",
                        "refusal",
                        "access-order",
                        "access-event",
                        SignOff.PART ->
                        FACTS;
                default -> CONTENT;
            };
        }
    }

    /**
     * @param names of groups (facts, content, files) in lower case, as a form sends them
     */
    static Choice of(Set<String> names, Optional<Integer> item) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        for (String name : names) {
            groups.add(
                    Arrays.stream(Group.values())
                            .filter(group -> group.name().toLowerCase(Locale.ROOT).equals(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new ProblemException(
                                            HttpStatus.BAD_REQUEST,
                                            "invalid-choice",
                                            "open is \"%s\"; use facts, content or files"
                                                    .formatted(name))));
        }
        return new Choice(part -> groups.contains(Group.of(part)), item);
    }

    boolean opens(Part part) {
        return open.test(part)
                && item.map(no -> number(part).filter(no::equals).isPresent()).orElse(true);
    }

    /** The item that a part is about; empty for what is about all of them, or is not readable. */
    private static Optional<Integer> number(Part part) {
        try {
            return numberOf(part);
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> numberOf(Part part) {
        return switch (part.type()) {
            case "item-facts" -> Optional.of(Parts.read(part, ItemFacts.class).no());
            case "item" -> Optional.of(Parts.read(part, Item.class).no());
            case "decision-facts" -> Optional.of(Parts.read(part, DecisionFacts.class).no());
            case "decision" -> Optional.of(Parts.read(part, DecisionReasons.class).no());
            case "interim" -> Optional.of(Parts.read(part, InterimFacts.class).no());
            case "appeal" -> Optional.of(Parts.read(part, AppealFacts.class).no());
            case "appeal-words" -> Optional.of(Parts.read(part, AppealWords.class).no());
            case "appeal-outcome" -> Optional.of(Parts.read(part, AppealOutcome.class).no());
            case "appeal-reasons" -> Optional.of(Parts.read(part, AppealReasons.class).no());
            case "measure" -> Optional.of(Parts.read(part, MeasureFacts.class).no());
            default -> Optional.empty();
        };
    }
}
