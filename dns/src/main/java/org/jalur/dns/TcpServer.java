package org.jalur.dns;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/** Answers over TCP, each connection on a thread of its own, none of them for ever. */
final class TcpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TcpServer.class);
    private static final int BACKLOG = 128;
    private static final int BUFFER = 32_768;
    private static final long SWEEP_MILLIS = 500;

    private final Answers answers;
    private final SecondaryStates states;
    private final Limits limits;
    private final ServerSocket socket;
    private final Semaphore transfers;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Thread accepter;
    private final Thread sweeper;

    TcpServer(Answers answers, SecondaryStates states, Limits limits, InetSocketAddress at)
            throws IOException {
        this.answers = answers;
        this.states = states;
        this.limits = limits;
        transfers = new Semaphore(limits.transfers(), true);
        socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(at, BACKLOG);
        accepter = Thread.ofVirtual().name("dns-tcp").start(this::accept);
        sweeper = Thread.ofVirtual().name("dns-tcp-sweeper").start(this::sweep);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** A connection, and when it last moved: what blocks in a write has no other clock. */
    private static final class Connection {
        private final Socket socket;
        private final long since = System.nanoTime();
        private volatile long movedAt = since;

        private Connection(Socket socket) {
            this.socket = socket;
        }

        private InetAddress from() {
            return socket.getInetAddress();
        }

        private void moved() {
            movedAt = System.nanoTime();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                InetAddress from = accepted.getInetAddress();
                long ofOne = open.stream().filter(one -> one.from().equals(from)).count();
                if (open.size() >= limits.connections() || ofOne >= limits.connectionsOfOne()) {
                    accepted.close();
                    continue;
                }
                var connection = new Connection(accepted);
                open.add(connection);
                Thread.ofVirtual().name("dns-tcp-client").start(() -> converse(connection));
            } catch (IOException | RuntimeException e) {
                if (!socket.isClosed()) {
                    log.warn("a connection was not accepted: {}", e.toString());
                }
            }
        }
    }

    private void sweep() {
        while (!socket.isClosed()) {
            long now = System.nanoTime();
            for (Connection one : open) {
                boolean stuck = now - one.movedAt > limits.idle().toNanos();
                if (stuck || now - one.since > limits.longest().toNanos()) {
                    closeQuietly(one.socket);
                }
            }
            try {
                Thread.sleep(SWEEP_MILLIS);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void converse(Connection connection) {
        try (Socket client = connection.socket;
                var in = new DataInputStream(client.getInputStream());
                var out =
                        new DataOutputStream(
                                new BufferedOutputStream(client.getOutputStream(), BUFFER))) {
            client.setTcpNoDelay(true);
            boolean goOn = true;
            while (goOn) {
                int length = in.readUnsignedShort();
                if (length > Limits.QUERY) {
                    return;
                }
                byte[] query = in.readNBytes(length);
                if (query.length < length) {
                    return;
                }
                connection.moved();
                goOn = answer(connection, query, out);
                out.flush();
                connection.moved();
            }
        } catch (EOFException _) {
            // The client has what it wanted.
        } catch (IOException e) {
            log.debug("{} is gone: {}", connection.from(), e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("a query of {} failed", connection.from(), e);
        } finally {
            open.remove(connection);
        }
    }

    /** Whether the client may ask again. */
    private boolean answer(Connection connection, byte[] query, DataOutputStream out)
            throws IOException, InterruptedException {
        return switch (answers.reply(connection.from(), query, true)) {
            case Answers.Reply.Silence() -> false;
            case Answers.Reply.One(byte[] message) -> {
                write(message, connection, out);
                yield true;
            }
            case Answers.Reply.Many(Transfer transfer) -> {
                if (!transfers.tryAcquire(limits.idle().toMillis(), TimeUnit.MILLISECONDS)) {
                    write(Query.bare(query, Rcode.SERVFAIL), connection, out);
                    yield false;
                }
                try {
                    transfer.write(message -> write(message, connection, out));
                    out.flush();
                } finally {
                    transfers.release();
                }
                states.sent(transfer.secondary(), transfer.zone(), transfer.kind());
                yield true;
            }
        };
    }

    private static void write(byte[] message, Connection connection, DataOutputStream out)
            throws IOException {
        out.writeShort(message.length);
        out.write(message);
        connection.moved();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing failed", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        open.forEach(one -> closeQuietly(one.socket));
        Ending.await(accepter);
        Ending.await(sweeper);
    }
}
