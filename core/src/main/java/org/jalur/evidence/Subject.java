package org.jalur.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * What an evidence file is about.
 *
 * @param id the id that both sides know it by
 */
public record Subject(Kind kind, UUID id) {
    /** What evidence can be asked for. */
    public enum Kind {
        NOTICE,
        CASE,
        DECISION,
        ACCESS_BLOCK;

        /** The name in the file. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("not a kind of subject: " + wire));
        }
    }
}
