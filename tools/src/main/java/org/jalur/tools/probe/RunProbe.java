package org.jalur.tools.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Testimony;
import org.jalur.access.text.ProbeResult;
import org.jalur.access.text.ProbeTask;
import org.jalur.channel.PartyId;
import org.jalur.dns.ask.Asker;
import org.jalur.dns.ask.Inquiry;
import org.jalur.dns.ask.Pace;
import org.jalur.log.Hash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;

/**
 * Asks for tasks, asks the resolvers, reports, until it is stopped. It asks only resolvers that
 * whoever runs it has named, whatever a task says.
 */
@Command(
        name = "run",
        description =
                "Fetches tasks from an authority's node, asks the resolvers named here, and reports.")
final class RunProbe implements Callable<Integer> {
    private static final int WRONG = 2;
    private static final int PORTS = 65_535;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    @Option(names = "--node", required = true, description = "address of the authority's node")
    private URI node = URI.create("https://127.0.0.1/");

    @Option(names = "--party", required = true, description = "id of the authority")
    private String party = "";

    @Option(
            names = "--identity",
            required = true,
            description = "fingerprint of the authority's identity key, confirmed by call-back")
    private String identity = "";

    @Option(names = "--probe", required = true, description = "id of this probe, as registered")
    private UUID probe = new UUID(0, 0);

    @Option(names = "--key", required = true, description = "file that \"probe key\" made")
    private Path key = Path.of("probe.key");

    @Option(
            names = "--resolver",
            required = true,
            description = "a resolver that may be asked, as address:port; may be repeated")
    private List<String> resolvers = new ArrayList<>();

    @Option(
            names = "--questions-per-second",
            description = "most questions in a second, to all resolvers together (20)")
    private int rate = 20;

    @Option(names = "--once", description = "one round, then end")
    private boolean once;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws InterruptedException {
        try {
            requireSafe(node);
            Set<InetSocketAddress> allowed = new HashSet<>();
            resolvers.forEach(one -> allowed.add(address(one)));
            var authority =
                    new AuthorityNode(
                            node,
                            new PartyId(party),
                            Hash.parseHex(identity),
                            probe,
                            ProbeKey.read(key));
            return run(authority, allowed, new Inquiry(Asker.usual(), new Pace(rate), clock));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("The probe does not start: %s.".formatted(e.getMessage()));
            return WRONG;
        }
    }

    /** Tasks are signed, but what is blocked where is nobody's business on the way. */
    private static void requireSafe(URI node) {
        String host = String.valueOf(node.getHost());
        boolean loopback = host.matches("127\\.[0-9.]+|localhost|\\[::1]");
        if (!"https".equals(node.getScheme()) && !(loopback && "http".equals(node.getScheme()))) {
            throw new IllegalArgumentException(
                    "--node is %s; use https, or http on this machine".formatted(node));
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= PORTS) {
                return new InetSocketAddress(
                        InetAddress.ofLiteral(text.substring(0, colon).replaceAll("[\\[\\]]", "")),
                        port);
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "--resolver is \"%s\"; write 192.0.2.53:53 or [2001:db8::53]:53".formatted(text));
    }

    private int run(AuthorityNode authority, Set<InetSocketAddress> allowed, Inquiry inquiry)
            throws InterruptedException {
        Duration pause = Duration.ofSeconds(1);
        while (true) {
            try {
                AuthorityNode.Given given =
                        authority.ask(clock.instant().truncatedTo(ChronoUnit.MILLIS));
                int counted = 0;
                for (ProbeTask task : given.tasks()) {
                    counted += work(authority, allowed, inquiry, task);
                }
                System.out.println(
                        "%s %d tasks, %d results"
                                .formatted(
                                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                                        given.tasks().size(),
                                        counted));
                pause = given.pause();
                if (once) {
                    return 0;
                }
            } catch (NodeBusyException e) {
                pause = e.pause();
                say("%s; calling again in %d s".formatted(e.getMessage(), pause.toSeconds()));
                if (once) {
                    return 1;
                }
            } catch (IOException | JacksonException e) {
                say("%s; trying again in %d s".formatted(e.getMessage(), pause.toSeconds()));
                if (once) {
                    return 1;
                }
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
            }
            Thread.sleep(pause);
        }
    }

    private int work(
            AuthorityNode authority,
            Set<InetSocketAddress> allowed,
            Inquiry inquiry,
            ProbeTask task)
            throws IOException, InterruptedException {
        var resolver = new InetSocketAddress(task.address(), task.port());
        if (!allowed.contains(resolver)) {
            System.err.println(
                    "A task for %s, which is not named here, is left.".formatted(resolver));
            return 0;
        }
        int counted = 0;
        for (DomainName name : task.names()) {
            if (clock.instant().isAfter(task.expiresAt())) {
                return counted;
            }
            Testimony testimony = inquiry.about(resolver, name, task.canary());
            counted +=
                    report(authority, task, new ProbeResult(task.id(), probe, name, testimony))
                            ? 1
                            : 0;
        }
        return counted;
    }

    /** What was heard is not lost because the node is busy: it waits while its task runs. */
    private boolean report(AuthorityNode authority, ProbeTask task, ProbeResult result)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return authority.report(result);
            } catch (NodeBusyException e) {
                if (clock.instant().plus(e.pause()).isAfter(task.expiresAt())) {
                    throw e;
                }
                say("%s; reporting again in %d s".formatted(e.getMessage(), e.pause().toSeconds()));
                Thread.sleep(e.pause());
            }
        }
    }

    private void say(String what) {
        System.err.println(
                "%s %s".formatted(clock.instant().truncatedTo(ChronoUnit.SECONDS), what));
    }
}
