package org.jalur.node.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.agreement.check.Breach;

/**
 * Why a message is not taken up.
 *
 * @param clause of the agreement or of the protocol
 * @param reason one sentence that names the value, the rule and the way out
 * @param broken the same by the rule's name, for readers of other languages; absent where it has
 *     none
 * @param message id of the message that is refused; absent in refusals of earlier versions
 */
public record Refusal(
        String clause, String reason, Optional<Broken> broken, Optional<UUID> message) {
    /** Of a question or a remark: the notice that it is about stays as it is. */
    public static final String DIALOGUE = "dialogue";

    public Refusal(String clause, String reason) {
        this(clause, reason, Optional.empty());
    }

    public Refusal(String clause, String reason, Optional<Broken> broken) {
        this(clause, reason, broken, Optional.empty());
    }

    /** What the agreement does not let pass. */
    public static Refusal of(Breach breach) {
        return new Refusal(
                breach.clause(),
                breach.sentence(),
                Optional.of(
                        new Broken(
                                breach.rule().name().toLowerCase(Locale.ROOT),
                                Stream.concat(Stream.of(breach.value()), breach.agreed().stream())
                                        .toList())));
    }

    Refusal of(UUID refused) {
        return new Refusal(clause, reason, broken, Optional.of(refused));
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
