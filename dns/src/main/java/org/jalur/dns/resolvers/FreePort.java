package org.jalur.dns.resolvers;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of loopback that is free over UDP and TCP, for a program that binds it later. No process
 * gets one twice, and connections never take one: they use higher ports.
 */
public final class FreePort {
    private static final int ATTEMPTS = 50;
    private static final int FIRST = 20_000;

    /** Where Linux begins with the ports of connections. */
    private static final int END = 32_768;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    public static int find() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (!GIVEN.add(port)) {
                continue;
            }
            try (var _ = new ServerSocket(port, 1, loopback);
                    var _ = new DatagramSocket(new InetSocketAddress(loopback, port))) {
                return port;
            } catch (BindException e) {
                if (attempt >= ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
