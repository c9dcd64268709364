package org.jalur.node.escalation;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder;
import org.jalur.channel.MalformedMessageException;

/** What the parts of a message about a ladder say. */
sealed interface Said {
    /** Longest reason or remark. */
    int LONGEST = 2_000;

    /** What one message does. */
    enum Kind {
        /** The step will come. */
        ANNOUNCED,
        APPROVED,
        /** The step is not taken. */
        STOPPED,
        TAKEN,
        /** Somebody was called: the step is taken by that. */
        CALLED,
        /** An independent witness has seen what nobody answered. */
        COSIGNED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Parts that such a message has. */
        int parts() {
            return switch (this) {
                case ANNOUNCED, APPROVED, TAKEN -> 1;
                case STOPPED, CALLED, COSIGNED -> 2;
            };
        }
    }

    /**
     * Part {@code ladder-act}, the first of each message.
     *
     * @param about what was not answered
     * @param subject its id
     * @param step of the ladder, by its name
     * @param role of whoever did it; absent: the node itself, at its time
     */
    record Act(Ladder.Silence about, UUID subject, String step, Kind act, Optional<String> role)
            implements Said {
        public Act {
            if (about == null || subject == null || act == null) {
                throw new MalformedMessageException(
                        "a step says about what it is and what it does");
            }
            words("step", step, 50);
            role.ifPresent(one -> words("role", one, 50));
            if (act == Kind.APPROVED && role.isEmpty()) {
                throw new MalformedMessageException("an approval says by which role it is");
            }
        }
    }

    /** Part {@code ladder-reason}. */
    record Reason(String reason) implements Said {
        public Reason {
            words("reason", reason, LONGEST);
        }
    }

    /** What came of a call. */
    enum Outcome {
        ANSWERED,
        LEFT_MESSAGE,
        NO_ANSWER,
        WRONG_NUMBER
    }

    /**
     * Part {@code ladder-call}.
     *
     * @param number that was called, E.164
     * @param at when
     */
    record Call(String number, Instant at, Outcome outcome, Optional<String> remark)
            implements Said {
        private static final String E_164 = "\\+[1-9][0-9]{6,14}";

        public Call {
            if (number == null || !number.matches(E_164)) {
                throw new MalformedMessageException(
                        "number is no E.164 number; write one such as \"+62215550100\"");
            }
            if (at == null || outcome == null) {
                throw new MalformedMessageException("a call says when it was and what came of it");
            }
            remark.ifPresent(one -> words("remark", one, LONGEST));
        }
    }

    /**
     * Part {@code ladder-proof}.
     *
     * @param witness name of its key, as policies have it
     * @param proof C2SP tlog-proof of the sender's journal for the message that nobody answered,
     *     under a checkpoint that the witness cosigned
     */
    record Proof(String witness, String proof) implements Said {
        public Proof {
            words("witness", witness, 300);
            words("proof", proof, 100_000);
        }
    }

    private static void words(String field, String text, int most) {
        if (text == null || text.isBlank() || text.length() > most || text.indexOf(0) >= 0) {
            throw new MalformedMessageException(
                    "%s has no 1 to %d characters; write so many".formatted(field, most));
        }
    }
}
