package org.jalur.node.serve;

import java.util.Optional;
import org.jalur.log.Ed25519Provider;
import org.jalur.node.JalurNode;
import org.springframework.boot.SpringApplication;

/** Starts one node for real use. */
public final class Serve {
    /** How the sentence begins that says why a node does not start. */
    public static final String REFUSAL = "The node does not start: ";

    private Serve() {}

    public static void main(String[] arguments) {
        Ed25519Provider.prefer();
        try {
            NodeConfiguration configuration = NodeConfiguration.from(arguments);
            configuration.check();
            new SpringApplication(JalurNode.class)
                    .run("--spring.config.additional-location=file:" + configuration.file());
        } catch (RefusedException e) {
            System.err.println(REFUSAL + e.getMessage() + ".");
            System.exit(2);
        } catch (RuntimeException e) {
            // Spring has logged the whole story; the last word is one sentence.
            System.err.println(REFUSAL + innermost(e) + ".");
            System.exit(2);
        }
    }

    private static String innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }
}
