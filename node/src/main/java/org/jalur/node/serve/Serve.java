package org.jalur.node.serve;

import java.util.Optional;
import org.jalur.log.Ed25519Provider;
import org.jalur.node.JalurNode;
import org.springframework.boot.SpringApplication;

/** Starts one node for real use. */
public final class Serve {
    private Serve() {}

    public static void main(String[] arguments) {
        Ed25519Provider.prefer();
        try {
            NodeConfiguration configuration = NodeConfiguration.from(arguments);
            configuration.check();
            new SpringApplication(JalurNode.class)
                    .run("--spring.config.additional-location=file:" + configuration.file());
        } catch (RefusedException e) {
            System.err.println("The node does not start: " + e.getMessage() + ".");
            System.exit(2);
        } catch (RuntimeException e) {
            // Spring has logged the whole story; the last word is one sentence.
            System.err.println("The node does not start: " + innermost(e) + ".");
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
