package org.jalur.node;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.jalur.log.Ed25519Provider;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/** A node as a process of its own, by the clock in the file that its first word names. */
public final class MovedNode {
    private MovedNode() {}

    public static void main(String[] arguments) {
        Ed25519Provider.prefer();
        var clock = new MovedClock(Path.of(arguments[0]));
        var application = new SpringApplication(JalurNode.class);
        application.addInitializers((GenericApplicationContext context) ->
                context.registerBean(
                        "movedClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        application.run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
