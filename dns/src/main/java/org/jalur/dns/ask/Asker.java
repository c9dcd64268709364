package org.jalur.dns.ask;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Way;
import org.jalur.access.zone.Serial;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks a resolver one question at a time and follows nothing that it is told: no alias, no
 * referral. Each question has a random id (RFC 5452) and comes from a port of the system's choice;
 * what does not answer exactly this question from exactly that address was not heard.
 *
 * @param patience with one try
 * @param tries over UDP, at least one; TCP repeats by itself
 */
public record Asker(Duration patience, int tries) {
    /** What fits into every network without fragments (DNS Flag Day 2020). */
    private static final int UDP_SIZE = 1232;

    private static final int LARGEST = 65_535;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Asker {
        if (tries < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException(
                    "%d tries of %s; give at least one of some time".formatted(tries, patience));
        }
    }

    /** Two tries of 1.5 seconds. */
    public static Asker usual() {
        return new Asker(Duration.ofMillis(1_500), 2);
    }

    /** What the resolver answers for a name. */
    public Heard ask(InetSocketAddress resolver, DomainName name, Way way) {
        int type =
                switch (way.asked()) {
                    case A -> Type.A;
                    case AAAA -> Type.AAAA;
                    case HTTPS -> Type.HTTPS;
                };
        return exchange(resolver, question(name, type, way.dnssec()), way.tcp())
                .<Heard>map(answer -> HeardAnswer.of(answer, type))
                .orElseGet(Heard.Nothing::new);
    }

    /** The serial of the zone that a resolver follows, as the zone's own record tells. */
    public Optional<Serial> serial(InetSocketAddress resolver, DomainName name) {
        return exchange(resolver, question(name, Type.TXT, false), false)
                .flatMap(HeardAnswer::serial);
    }

    private static Message question(DomainName name, int type, boolean dnssec) {
        try {
            Record question =
                    Record.newRecord(Name.fromString(name.ascii() + "."), type, DClass.IN);
            Message query = Message.newQuery(question);
            query.getHeader().setID(RANDOM.nextInt(LARGEST + 1));
            query.addRecord(
                    new OPTRecord(UDP_SIZE, 0, 0, dnssec ? ExtendedFlags.DO : 0),
                    Section.ADDITIONAL);
            return query;
        } catch (TextParseException e) {
            throw new IllegalArgumentException("no name for a question: " + name, e);
        }
    }

    private Optional<Message> exchange(InetSocketAddress resolver, Message query, boolean tcp) {
        if (tcp) {
            return overTcp(resolver, query);
        }
        for (int i = 0; i < tries; i++) {
            Optional<Message> answer = overUdp(resolver, query);
            if (answer.isPresent()) {
                // What does not fit is asked for again as RFC 7766 §5 wants it.
                return answer.get().getHeader().getFlag(Flags.TC)
                        ? overTcp(resolver, query)
                        : answer;
            }
        }
        return Optional.empty();
    }

    private Optional<Message> overUdp(InetSocketAddress resolver, Message query) {
        byte[] buffer = new byte[LARGEST];
        long end = System.nanoTime() + patience.toNanos();
        try (var socket = new DatagramSocket()) {
            // Only what comes from there is received.
            socket.connect(resolver);
            byte[] octets = query.toWire();
            socket.send(new DatagramPacket(octets, octets.length));
            for (int left = left(end); left > 0; left = left(end)) {
                socket.setSoTimeout(left);
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                Optional<Message> answer = answer(Arrays.copyOf(buffer, packet.getLength()), query);
                if (answer.isPresent()) {
                    return answer;
                }
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<Message> overTcp(InetSocketAddress resolver, Message query) {
        long end = System.nanoTime() + patience.toNanos();
        try (var socket = new Socket()) {
            socket.connect(resolver, left(end));
            byte[] octets = query.toWire();
            var out = new DataOutputStream(socket.getOutputStream());
            byte[] framed = new byte[octets.length + 2];
            framed[0] = (byte) (octets.length >> 8);
            framed[1] = (byte) octets.length;
            System.arraycopy(octets, 0, framed, 2, octets.length);
            out.write(framed);
            var in = new DataInputStream(socket.getInputStream());
            byte[] length = read(socket, in, 2, end);
            int announced = ((length[0] & 0xff) << 8) | (length[1] & 0xff);
            return answer(read(socket, in, announced, end), query);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Whoever sends octet by octet gets no more time than others. */
    private static byte[] read(Socket socket, DataInputStream in, int length, long end)
            throws IOException {
        byte[] octets = new byte[length];
        int read = 0;
        while (read < length) {
            int left = left(end);
            if (left == 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(left);
            int some = in.read(octets, read, length - read);
            if (some < 0) {
                throw new java.io.EOFException();
            }
            read += some;
        }
        return octets;
    }

    /** In milliseconds; 0 once it is over. */
    private static int left(long end) {
        return (int) Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
    }

    /** Empty for whatever is no answer to this question. */
    private static Optional<Message> answer(byte[] octets, Message query) {
        try {
            var answer = new Message(octets);
            boolean ours =
                    answer.getHeader().getFlag(Flags.QR)
                            && answer.getHeader().getID() == query.getHeader().getID()
                            && query.getQuestion().equals(answer.getQuestion());
            return ours ? Optional.of(answer) : Optional.empty();
        } catch (IOException | RuntimeException _) {
            // The library throws of either kind at octets that are no message.
            return Optional.empty();
        }
    }
}
