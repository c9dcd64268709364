package org.jalur.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.Loopback.ask;
import static org.jalur.dns.Loopback.query;
import static org.jalur.dns.Loopback.secondary;
import static org.jalur.dns.TestZone.ORDERS;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTableBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class HostileQueriesTest {
    private static final Limits NARROW =
            new Limits(6, 4, 2, Duration.ofMillis(700), Duration.ofSeconds(20), 100_000, 3);

    private final TestZone zone = new TestZone(ORDERS, "one.example");
    private Primary primary;

    @BeforeEach
    void start() throws Exception {
        primary = Loopback.primary(NARROW, secondary("resolver", Optional.empty()));
        primary.serve(zone.served());
    }

    @AfterEach
    void stillAnswers() throws Exception {
        assertThat(ask(primary, query(ORDERS, Type.SOA)).getRcode()).isEqualTo(Rcode.NOERROR);
        primary.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(Loopback.ADDRESS, primary.address().getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException _) {
            return true;
        }
    }

    @Test
    void noMutationOfAQueryStopsIt() throws Exception {
        var random = new Random(20170714);
        Message ixfr = query(ORDERS, Type.IXFR);
        ixfr.addRecord(
                Record.fromString(
                        Loopback.name(ORDERS),
                        Type.SOA,
                        DClass.IN,
                        0,
                        "a. b. 1 0 0 0 0",
                        Loopback.name(ORDERS)),
                Section.AUTHORITY);
        Message signed = query(ORDERS, Type.SOA);
        signed.setTSIG(Loopback.KEY.tsig(Clock.systemUTC()));
        List<byte[]> seeds =
                List.of(
                        query(ORDERS, Type.SOA).toWire(),
                        ixfr.toWire(),
                        signed.toWire(Message.MAXLENGTH));

        for (int i = 0; i < 3_000; i++) {
            byte[] octets = seeds.get(i % seeds.size()).clone();
            for (int change = random.nextInt(6); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            Loopback.udp(primary, octets, Duration.ofMillis(1));
        }
    }

    @Test
    void messageThatEndsEarlyClosesTheConnectionInTime() throws Exception {
        try (Socket socket = connect()) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(300);
            out.write(new byte[20]);
            out.flush();

            assertThat(isClosed(socket)).isTrue();
        }
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        try (Socket socket = connect()) {
            assertThat(isClosed(socket)).isTrue();
        }
    }

    @Test
    void whoSendsOctetByOctetIsSentAway() throws Exception {
        byte[] query = query(ORDERS, Type.SOA).toWire();
        long start = System.nanoTime();
        try (Socket socket = connect()) {
            var out = socket.getOutputStream();
            out.write(0);
            out.write(query.length);
            assertThat(dripsUntilClosed(socket, query)).isTrue();
            assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
        }
    }

    private static boolean dripsUntilClosed(Socket socket, byte[] query)
            throws InterruptedException {
        try {
            for (byte octet : query) {
                socket.getOutputStream().write(octet);
                socket.getOutputStream().flush();
                Thread.sleep(200);
            }
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void oversizedMessageIsNotRead() throws Exception {
        try (Socket socket = connect()) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(65_535);
            out.flush();

            assertThat(isClosed(socket)).isTrue();
        }
    }

    @Test
    void clientThatReadsNothingLosesItsTransfer() throws Exception {
        var names = new NameTableBuilder();
        IntStream.range(0, 400_000)
                .mapToObj(i -> BlockedName.exactly(new DomainName("name-" + i + ".example")))
                .forEach(names::add);
        primary.serve(zone.change(names.build()));
        List<Socket> stuck = new ArrayList<>();
        try {
            // As many as there may be transfers at once.
            for (int i = 0; i < 2; i++) {
                Socket socket = connect();
                stuck.add(socket);
                send(socket, query(ORDERS, Type.AXFR).toWire());
            }
            Thread.sleep(2_500);

            try (Socket patient = connect()) {
                send(patient, query(ORDERS, Type.AXFR).toWire());
                var in = new DataInputStream(patient.getInputStream());
                Message first = new Message(in.readNBytes(in.readUnsignedShort()));
                assertThat(first.getRcode()).isEqualTo(Rcode.NOERROR);
                assertThat(first.getSection(Section.ANSWER)).isNotEmpty();
            }
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    private static void send(Socket socket, byte[] query) throws IOException {
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(query.length);
        out.write(query);
        out.flush();
    }

    @Test
    void oneAddressDoesNotTakeAllConnections() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                sockets.add(connect());
            }
            Thread.sleep(50);
            try (Socket tooMany = connect()) {
                assertThat(isClosed(tooMany)).isTrue();
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void namesThatPointInCirclesOrAreTooLongAreRefused() throws Exception {
        byte[] circle = query(ORDERS, Type.SOA).toWire();
        circle[12] = (byte) 0xc0;
        circle[13] = 12;
        byte[] tooLong = new byte[12 + 5 * 64 + 5];
        tooLong[5] = 1;
        for (int label = 0; label < 5; label++) {
            tooLong[12 + label * 64] = 63;
            java.util.Arrays.fill(tooLong, 13 + label * 64, 76 + label * 64, (byte) 'a');
        }

        for (byte[] octets : List.of(circle, tooLong)) {
            var answer = new Message(Loopback.udp(primary, octets).orElseThrow());
            assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
        }
    }

    @Test
    void answersAreNeverAnswered() throws Exception {
        byte[] answer = query(ORDERS, Type.SOA).toWire();
        answer[2] |= (byte) 0x80;

        assertThat(Loopback.udp(primary, answer, Duration.ofMillis(200))).isEmpty();
        assertThat(Loopback.udp(primary, new byte[5], Duration.ofMillis(200))).isEmpty();
    }

    @Test
    void nothingIsUpdated() throws Exception {
        byte[] update = query(ORDERS, Type.SOA).toWire();
        update[2] = 5 << 3;

        var answer = new Message(Loopback.udp(primary, update).orElseThrow());

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
    }

    @Test
    void strangerWhoAsksOftenIsNotAnsweredAtAll() throws Exception {
        var elsewhere =
                new Secondary(
                        "elsewhere",
                        List.of(AddressRange.of("192.0.2.1")),
                        List.of(),
                        Optional.empty(),
                        java.util.Set.of(ORDERS));
        try (Primary strict = Loopback.primary(NARROW, elsewhere)) {
            int answered = 0;
            for (int i = 0; i < 60; i++) {
                answered +=
                        Loopback.udp(
                                                strict,
                                                query(ORDERS, Type.SOA).toWire(),
                                                Duration.ofMillis(20))
                                        .isPresent()
                                ? 1
                                : 0;
            }

            assertThat(answered).isBetween(25, 45);
        }
    }
}
