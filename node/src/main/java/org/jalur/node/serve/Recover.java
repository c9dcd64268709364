package org.jalur.node.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.log.Ed25519Provider;
import org.jalur.node.JalurNode;
import org.jalur.node.exchange.Recovery;
import org.jalur.node.web.Timers;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Fetches back from the peers what a database lost that was restored from an old backup. The parts
 * of a node, without its threads, timers and port.
 */
public final class Recover {
    private static final String ACCEPT_LOSS = "--accept-loss";
    private static final String PART_KEYS_LOST = "--part-keys-lost";

    private Recover() {}

    public static void main(String[] arguments) {
        Ed25519Provider.prefer();
        int code;
        try {
            var options = new ArrayList<>(List.of(arguments));
            var wish =
                    new Recovery.Wish(options.remove(ACCEPT_LOSS), options.remove(PART_KEYS_LOST));
            if (options.size() != 2 || !options.getFirst().equals("--config")) {
                throw new RefusedException(
                        "recover needs --config FILE and takes %s and %s"
                                .formatted(ACCEPT_LOSS, PART_KEYS_LOST));
            }
            NodeConfiguration configuration =
                    NodeConfiguration.from(options.toArray(String[]::new));
            configuration.check();
            code = run(configuration, wish);
        } catch (RuntimeException e) {
            System.err.println("Nothing more is recovered: " + innermost(e) + ".");
            code = 2;
        }
        System.exit(code);
    }

    private static int run(NodeConfiguration configuration, Recovery.Wish wish) {
        var application = new SpringApplication(JalurNode.class);
        application.addInitializers(Recover::startNothing);
        try (ConfigurableApplicationContext context =
                application.run(
                        "--spring.config.additional-location=file:" + configuration.file(),
                        "--" + Timers.PROPERTY + "=false",
                        "--logging.level.org.jalur=warn")) {
            Recovery.Report report = context.getBean(Recovery.class).run(wish);
            System.out.print(RecoveryInWords.of(report));
            return RecoveryInWords.code(report.end());
        }
    }

    /** What would send, lead the journal or listen is there, and stays still. */
    private static void startNothing(ConfigurableApplicationContext context) {
        var still =
                new DefaultLifecycleProcessor() {
                    @Override
                    public void onRefresh() {
                        // A node would start its threads here.
                    }
                };
        still.setBeanFactory(context.getBeanFactory());
        context.getBeanFactory()
                .registerSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, still);
    }

    private static String innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }
}
