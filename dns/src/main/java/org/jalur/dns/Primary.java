package org.jalur.dns;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jalur.access.DomainName;

/// A primary server of policy zones: SOA, AXFR (RFC 5936), IXFR (RFC 1995), NOTIFY (RFC 1996), TSIG
/// (RFC 8945), over UDP and TCP. Whoever is not one of its secondaries learns nothing.
///
/// It answers nothing else: no recursion, no other zones, no updates.
public final class Primary implements AutoCloseable {
    private static final int ATTEMPTS = 20;

    private final List<Secondary> secondaries;
    private final SecondaryStates states;
    private final Answers answers;
    private final UdpServer udp;
    private final TcpServer tcp;
    private final Notifier notifier;
    private final InetSocketAddress address;

    /**
     * Answers from now on, though it has no zone yet.
     *
     * @param at port 0: a free one
     * @throws IOException if the port is taken, or may not be used
     */
    public Primary(InetSocketAddress at, List<Secondary> secondaries, Limits limits, Clock clock)
            throws IOException {
        requireOneSecretForAName(secondaries);
        this.secondaries = List.copyOf(secondaries);
        states = new SecondaryStates(clock);
        answers = new Answers(this.secondaries, states, limits, clock);
        Servers servers = listen(at, limits);
        udp = servers.udp;
        tcp = servers.tcp;
        address = new InetSocketAddress(at.getAddress(), tcp.port());
        notifier = new Notifier(this.secondaries, states, at.getAddress(), clock);
    }

    private record Servers(UdpServer udp, TcpServer tcp) {}

    /** A port that is free over TCP may be taken over UDP: another free one is tried then. */
    private Servers listen(InetSocketAddress at, Limits limits) throws IOException {
        for (int attempt = 1; ; attempt++) {
            var over = new TcpServer(answers, states, limits, at);
            try {
                return new Servers(
                        new UdpServer(answers, new InetSocketAddress(at.getAddress(), over.port())),
                        over);
            } catch (BindException e) {
                over.close();
                if (at.getPort() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void requireOneSecretForAName(List<Secondary> secondaries) {
        Map<DomainName, TransferKey> keys = new HashMap<>();
        for (Secondary secondary : secondaries) {
            secondary
                    .key()
                    .ifPresent(key -> {
                        if (!keys.computeIfAbsent(key.name(), _ -> key).isSameAs(key)) {
                            throw new IllegalArgumentException(
                                    "two keys are named \"%s\"; give each a name of its own"
                                            .formatted(key));
                        }
                    });
        }
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return address;
    }

    /** From now on gives out this version, and tells the secondaries of it. */
    public void serve(ServedZone zone) {
        answers.serve(zone);
        notifier.tell(zone);
    }

    /** How far each secondary follows each zone that it may have. */
    public List<SecondaryState> states() {
        return states.all(secondaries, answers.zones());
    }

    @Override
    public void close() throws IOException {
        notifier.close();
        udp.close();
        tcp.close();
    }
}
