package org.jalur.node.erasure;

import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Retention;
import org.jalur.channel.Part;

/** What an agreement lets each side keep for a time of its own. */
enum Kept {
    /** What the items were: addresses and texts. */
    CONTENT("item"),
    /** Files that were brought as evidence, the letter among them. */
    EVIDENCE("file"),
    /** What was said: reasons, questions, answers, calls. */
    REASONS(
            "notice-reasons",
            "non-disclosure-reasons",
            "decision",
            "interim-reasons",
            "appeal-words",
            "appeal-reasons",
            "clarification",
            "turn",
            "withdrawal",
            "call-back");

    /** Copied, so that it never changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> types;

    Kept(String... types) {
        this.types = Set.of(types);
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kept of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Empty for facts, which stay, and for what belongs to a register. */
    static Optional<Kept> of(Part part) {
        for (Kept kept : values()) {
            if (kept.types.contains(part.type())) {
                return Optional.of(kept);
            }
        }
        return Optional.empty();
    }

    Period time(Retention terms) {
        return switch (this) {
            case CONTENT -> terms.content();
            case EVIDENCE -> terms.evidence();
            case REASONS -> terms.reasons();
        };
    }
}
