package org.jalur.node.agreement;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Term;
import org.jalur.channel.MalformedMessageException;

/** What the parts of messages about agreements say, besides the agreement itself. */
sealed interface Said {
    /** Longest comment or reason. */
    int LONGEST = 5_000;

    /**
     * Part {@code agreement-proposal}; the octets proposed follow in a part {@code agreement}.
     *
     * @param answers the proposal to which this is the counter-proposal
     */
    record Proposal(Optional<UUID> answers) implements Said {}

    /**
     * Part {@code agreement-comment}.
     *
     * @param clause that it is about, for example {@code deadlines.*}; absent: the whole
     */
    record Remark(Optional<String> clause, String text) implements Said {
        public Remark {
            clause.ifPresent(one -> words("clause", one, 300));
            words("text", text, LONGEST);
        }
    }

    /**
     * Part {@code agreement-signature}: the message that has it is the signature.
     *
     * @param digest of the octets that are signed, hex
     * @param representative of the party, as the agreement names them
     */
    record Signature(String digest, String representative) implements Said {
        public Signature {
            words("digest", digest, 64);
            words("representative", representative, 200);
        }
    }

    /**
     * Part {@code agreement-termination}.
     *
     * @param ground on which it ends without notice; absent: with notice
     */
    record Ending(LocalDate lastDay, Optional<Term.Ground> ground, String reason) implements Said {
        public Ending {
            if (lastDay == null) {
                throw new MalformedMessageException("lastDay is missing; give a day");
            }
            words("reason", reason, LONGEST);
        }
    }

    private static void words(String field, String text, int most) {
        if (text == null || text.isBlank() || text.length() > most || text.indexOf(0) >= 0) {
            throw new MalformedMessageException(
                    "%s has no 1 to %d characters; write so many".formatted(field, most));
        }
    }
}
