package org.jalur.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.access.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A primary on loopback, and octets to and from it. */
final class Loopback {
    static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");
    static final TransferKey KEY =
            TransferKey.parse(
                    "hmac-sha256 one.operator.example b25lIHNlY3JldCBvZiAzMiBvY3RldHMgZm9yIHRlc3Rz");
    static final TransferKey OTHER_KEY =
            TransferKey.parse(
                    "hmac-sha512 two.operator.example YW5vdGhlciBzZWNyZXQgb2YgMzIgb2N0ZXRzIG9yIHNv");
    static final TransferKey FORGED_KEY =
            TransferKey.parse(
                    "hmac-sha256 one.operator.example Zm9yZ2VkIHNlY3JldCBvZiAzMiBvY3RldHMgaGVyZSE=");

    /** So that no test is slowed down by what another test is about. */
    static final Limits WIDE =
            new Limits(256, 256, 8, Duration.ofSeconds(5), Duration.ofMinutes(5), 100_000, 100_000);

    private Loopback() {}

    static Secondary secondary(String name, Optional<TransferKey> key, InetSocketAddress... at) {
        return new Secondary(
                name,
                List.of(AddressRange.of("127.0.0.1")),
                Arrays.asList(at),
                key,
                Set.of(TestZone.ORDERS));
    }

    static Primary primary(Secondary... secondaries) throws IOException {
        return primary(WIDE, secondaries);
    }

    static Primary primary(Limits limits, Secondary... secondaries) throws IOException {
        return new Primary(
                new InetSocketAddress(ADDRESS, 0),
                Arrays.asList(secondaries),
                limits,
                Clock.systemUTC());
    }

    static Name name(DomainName name) {
        return Name.fromConstantString(name + ".");
    }

    static Message query(String name, int type) {
        return Message.newQuery(
                Record.newRecord(Name.fromConstantString(name + "."), type, DClass.IN));
    }

    static Message query(DomainName name, int type) {
        return query(name.ascii(), type);
    }

    static Optional<byte[]> udp(Primary primary, byte[] octets) throws IOException {
        return udp(primary, octets, Duration.ofSeconds(2));
    }

    static Optional<byte[]> udp(Primary primary, byte[] octets, Duration patience)
            throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(ADDRESS, 0))) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.send(new DatagramPacket(octets, octets.length, primary.address()));
            var answer = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(answer);
            return Optional.of(Arrays.copyOf(answer.getData(), answer.getLength()));
        } catch (SocketTimeoutException _) {
            return Optional.empty();
        }
    }

    static Message ask(Primary primary, Message query) throws IOException {
        return new Message(udp(primary, query.toWire(Message.MAXLENGTH)).orElseThrow());
    }

    /** The first message that comes back over TCP. */
    static Message askTcp(Primary primary, byte[] query) throws IOException {
        try (Socket socket = new Socket(ADDRESS, primary.address().getPort())) {
            socket.setSoTimeout(5_000);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            return new Message(in.readNBytes(in.readUnsignedShort()));
        }
    }

    static List<String> owners(Message message, int section) {
        return message.getSection(section).stream()
                .map(record -> record.getName().toString(true))
                .toList();
    }

    static List<String> answers(Message message) {
        return owners(message, Section.ANSWER);
    }
}
