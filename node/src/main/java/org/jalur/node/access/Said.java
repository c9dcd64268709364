package org.jalur.node.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jalur.access.order.OrderEvent;
import org.jalur.channel.MalformedMessageException;
import org.jalur.log.Hash;

/** What the parts of messages about access blocks say, besides orders and events. */
sealed interface Said {
    /** Longest answer, or words about what was heard. */
    int LONGEST = 5_000;

    /**
     * Part {@code access-approvals}, the second of an order: who answers for it. Pseudonyms only.
     */
    record Approvals(String drafter, List<Approval> approvals) implements Said {
        public Approvals {
            words("drafter", drafter, 64);
            if (approvals == null || approvals.size() != 2) {
                throw new MalformedMessageException("an order has two approvals");
            }
            approvals = List.copyOf(approvals);
        }

        List<OrderEvent> events() {
            return approvals.stream().<OrderEvent>map(Approval::event).toList();
        }
    }

    /**
     * @param read digest of the order's octets, hex
     */
    record Approval(String by, String read, boolean subdomains, Instant at) {
        public Approval {
            words("by", by, 64);
            words("read", read, 64);
            if (at == null) {
                throw new MalformedMessageException("an approval says when it was given");
            }
        }

        OrderEvent event() {
            try {
                return new OrderEvent.Approved(by, Hash.parseHex(read), subdomains, at);
            } catch (IllegalArgumentException e) {
                throw new MalformedMessageException("read is no SHA-256 in hexadecimal: " + read);
            }
        }
    }

    /**
     * Part {@code access-answer}.
     *
     * @param role of whoever wrote it
     */
    record Answer(String text, Optional<String> role) implements Said {
        public Answer {
            words("text", text, LONGEST);
            role.ifPresent(one -> words("role", one, 50));
        }
    }

    /** Part {@code access-record}: what was heard or read outside of the channel. */
    record Heard(String words) implements Said {
        public Heard {
            Said.words("words", words, LONGEST);
        }
    }

    private static void words(String field, String text, int most) {
        if (text == null || text.isBlank() || text.length() > most || text.indexOf(0) >= 0) {
            throw new MalformedMessageException(
                    "%s has no 1 to %d characters; write so many".formatted(field, most));
        }
    }
}
