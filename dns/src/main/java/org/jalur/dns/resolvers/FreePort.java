package org.jalur.dns.resolvers;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A port of loopback that is free over UDP and TCP, for a program that binds it later. No process
 * gets one twice, and connections never take one: they use higher ports.
 */
public final class FreePort {
    private static final int ATTEMPTS = 50;
    private static final int FIRST = 20_000;

    /** Where Linux begins with the ports of connections. */
    private static final int END = 32_768;

    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePort() {}

    public static int find() throws IOException {
        return row(1);
    }

    /**
     * So many in a row, as the demo takes them.
     *
     * @return the first of them
     */
    public static synchronized int row(int many) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(FIRST, END - many);
            List<Integer> row = IntStream.range(first, first + many).boxed().toList();
            try {
                requireFree(row);
                if (Collections.disjoint(GIVEN, row)) {
                    GIVEN.addAll(row);
                    return first;
                }
            } catch (BindException e) {
                if (attempt >= ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void requireFree(List<Integer> ports) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        for (int port : ports) {
            new ServerSocket(port, 1, loopback).close();
            new DatagramSocket(new InetSocketAddress(loopback, port)).close();
        }
    }
}
