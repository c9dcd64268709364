package org.jalur.tools.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.KnownLogs;
import org.jalur.log.Witness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a witness that is neither side of a channel, until it is stopped. */
@Command(
        name = "witness",
        description =
                "Runs an independent witness: cosigns journals (C2SP tlog-witness) and hands messages on.")
public final class RunWitness implements Callable<Integer> {
    private static final int REFUSED = 2;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "properties file; docs/operations.md lists the settings")
    private Path config = Path.of("witness.properties");

    @Option(names = "--stop-with-stdin", description = "stop when the standard input closes")
    private boolean stopWithStdin;

    @Option(
            names = "--relay-seconds",
            paramLabel = "N",
            description = "how long a receiver's node may take to answer (15)")
    private int relaySeconds = 15;

    @Override
    public Integer call() throws InterruptedException {
        try {
            if (relaySeconds < 1 || relaySeconds > 60) {
                throw new WrongConfigurationException(
                        "--relay-seconds is %d; use 1 to 60.".formatted(relaySeconds));
            }
            run(WitnessConfiguration.read(config));
            return 0;
        } catch (WrongConfigurationException e) {
            System.err.println("The witness does not start. " + e.getMessage());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            System.err.println("The witness does not start: " + e.getMessage());
        }
        return REFUSED;
    }

    private void run(WitnessConfiguration configuration) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        WitnessKeys keys =
                WitnessKeys.open(configuration.home().resolve("keys"), configuration.name(), clock);
        var witness =
                new Witness(
                        KnownLogs.of(configuration.logs()),
                        new FileCheckpointStore(configuration.home().resolve("cosigned")),
                        keys.signers());
        var relaying =
                new Relaying(
                        configuration,
                        keys.signers(),
                        new PartyNode(Duration.ofSeconds(relaySeconds)),
                        clock);
        String policy = keys.policy(configuration.url());
        var stopped = new CountDownLatch(1);
        try (var server = new WitnessServer(configuration, policy, witness, relaying, clock)) {
            server.start();
            System.out.print(policy);
            System.out.println("READY");
            System.out.flush();
            if (stopWithStdin) {
                Thread.ofPlatform()
                        .name("parent-watch")
                        .daemon()
                        .start(() -> awaitEndOfInput(stopped));
            }
            stopped.await();
        }
    }

    private static void awaitEndOfInput(CountDownLatch stopped) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on this stream; only its end counts.
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        stopped.countDown();
    }
}
