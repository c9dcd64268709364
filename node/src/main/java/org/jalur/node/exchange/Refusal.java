package org.jalur.node.exchange;

import java.util.List;
import java.util.Optional;

/**
 * Why a message is not taken up.
 *
 * @param clause of the agreement or of the protocol
 * @param reason one sentence that names the value, the rule and the way out
 * @param broken the same by the rule's name, for readers of other languages; absent where it has
 *     none
 */
public record Refusal(String clause, String reason, Optional<Broken> broken) {
    public Refusal(String clause, String reason) {
        this(clause, reason, Optional.empty());
    }

    /**
     * @param rule its name, in lower case with underscores
     * @param values in the order in which the rule names them
     */
    public record Broken(String rule, List<String> values) {
        public Broken {
            values = List.copyOf(values);
        }
    }
}
