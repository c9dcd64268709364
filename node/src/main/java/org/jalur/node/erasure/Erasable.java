package org.jalur.node.erasure;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.appeal.AppealReasons;
import org.jalur.appeal.AppealWords;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.Item;
import org.jalur.notice.TurnText;

/**
 * Which parts of messages about a notice, or of a register, are content. Facts stay: numbers,
 * dates, legal bases and outcomes name nobody, and the public figures rest on them.
 */
final class Erasable {
    private static final Set<String> CONTENT =
            Set.of(
                    "item",
                    "decision",
                    "interim-reasons",
                    "appeal-words",
                    "appeal-reasons",
                    "file",
                    "notice-reasons",
                    "non-disclosure-reasons",
                    "clarification",
                    "turn",
                    "withdrawal",
                    "call-back",
                    "deconfliction",
                    "deconfliction-override",
                    "register-contact",
                    "register-representative");

    private Erasable() {}

    static boolean isContent(Part part) {
        return CONTENT.contains(part.type());
    }

    /** Leaves of what is wanted among the parts that are still there. */
    static Set<Hash> of(Map<Hash, Part> parts, Wanted wanted) {
        List<Item> items =
                parts.values().stream()
                        .filter(part -> part.type().equals("item"))
                        .flatMap(part -> read(part, Item.class).stream())
                        .toList();
        List<TurnText> turns =
                parts.values().stream()
                        .filter(part -> part.type().equals("turn"))
                        .flatMap(part -> read(part, TurnText.class).stream())
                        .toList();
        Set<String> stillNeeded = evidenceOf(items, turns, wanted, false);
        Set<String> gone = evidenceOf(items, turns, wanted, true);
        Set<Hash> leaves = new HashSet<>();
        parts.forEach((leaf, part) -> {
            boolean goes =
                    switch (part.type()) {
                        case "item" ->
                                read(part, Item.class)
                                        .map(item -> wanted.names(item.no()))
                                        .orElse(wanted.rest());
                        case "decision" ->
                                read(part, DecisionReasons.class)
                                        .map(reasons -> wanted.names(reasons.no()))
                                        .orElse(wanted.rest());
                        case "appeal-words" ->
                                read(part, AppealWords.class)
                                        .map(words -> wanted.names(words.no()))
                                        .orElse(wanted.rest());
                        case "appeal-reasons" ->
                                read(part, AppealReasons.class)
                                        .map(reasons -> wanted.names(reasons.no()))
                                        .orElse(wanted.rest());
                        case "turn" ->
                                read(part, TurnText.class)
                                        .map(turn -> goes(turn, wanted))
                                        .orElse(wanted.rest());
                        case "file" ->
                                (gone.contains(leaf.hex()) || wanted.rest())
                                        && !stillNeeded.contains(leaf.hex());
                        case "notice-reasons",
                                "non-disclosure-reasons",
                                "interim-reasons",
                                "clarification",
                                "withdrawal",
                                "call-back" ->
                                wanted.rest();
                        default -> false;
                    };
            if (goes) {
                leaves.add(leaf);
            }
        });
        return leaves;
    }

    /** The same of everything of these kinds. */
    static Set<Hash> of(Map<Hash, Part> parts, Set<Kept> kinds) {
        Set<Hash> leaves = new HashSet<>();
        parts.forEach((leaf, part) -> {
            if (Kept.of(part).filter(kinds::contains).isPresent()) {
                leaves.add(leaf);
            }
        });
        return leaves;
    }

    /** What was said about an item goes with it, also where it was about others too. */
    private static boolean goes(TurnText turn, Wanted wanted) {
        return turn.items().isEmpty()
                ? wanted.rest()
                : turn.items().stream().anyMatch(wanted::names);
    }

    /** Files of what goes, or of what stays. */
    private static Set<String> evidenceOf(
            List<Item> items, List<TurnText> turns, Wanted wanted, boolean going) {
        return Stream.concat(
                        items.stream()
                                .filter(item -> wanted.names(item.no()) == going)
                                .flatMap(item -> item.files().stream()),
                        turns.stream()
                                .filter(turn -> goes(turn, wanted) == going)
                                .flatMap(turn -> turn.files().stream()))
                .map(EvidenceFile::leaf)
                .collect(Collectors.toSet());
    }

    /** Empty for what is not readable: it was receipted, and has had no effect. */
    private static <T> Optional<T> read(Part part, Class<T> content) {
        try {
            return Optional.of(Parts.read(part, content));
        } catch (MalformedMessageException _) {
            return Optional.empty();
        }
    }
}
