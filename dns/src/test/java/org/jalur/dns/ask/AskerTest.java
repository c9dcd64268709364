package org.jalur.dns.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jalur.access.DomainName;
import org.jalur.access.measure.ExtendedError;
import org.jalur.access.measure.Heard;
import org.jalur.access.measure.Rcode;
import org.jalur.access.measure.Testimony;
import org.jalur.access.measure.Way;
import org.jalur.access.zone.Serial;
import org.jalur.dns.resolvers.InventedNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** A resolver that answers as badly as somebody wishes. */
class AskerTest {
    private static final DomainName NAME = new DomainName("one.example");
    private static final Way UDP = new Way(Way.Asked.A, false, false);
    private static final Way TCP = new Way(Way.Asked.A, true, false);
    private static final Asker ASKER = new Asker(Duration.ofMillis(400), 2);

    private final Set<Integer> ids = ConcurrentHashMap.newKeySet();
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Function<Message, List<byte[]>> answers = _ -> List.of();
    private volatile long pause;
    private DatagramSocket udp;
    private ServerSocket tcp;

    @BeforeEach
    void start() throws Exception {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        tcp = new ServerSocket(0, 16, loopback);
        udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
        Thread.ofVirtual().start(this::receive);
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void stop() throws Exception {
        udp.close();
        tcp.close();
    }

    private InetSocketAddress resolver() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    private List<byte[]> answers(byte[] octets) throws IOException {
        asked.incrementAndGet();
        var query = new Message(octets);
        ids.add(query.getHeader().getID());
        return answers.apply(query);
    }

    private void receive() {
        byte[] buffer = new byte[65_535];
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                ports.add(packet.getPort());
                for (byte[] answer : answers(Arrays.copyOf(buffer, packet.getLength()))) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException _) {
                // Closed, or no question.
            }
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                var out = new DataOutputStream(socket.getOutputStream());
                for (byte[] answer : answers(query)) {
                    out.writeShort(answer.length);
                    for (byte octet : answer) {
                        out.write(octet);
                        if (pause > 0) {
                            out.flush();
                            Thread.sleep(pause);
                        }
                    }
                }
            } catch (IOException | InterruptedException _) {
                // Closed, or the asker had enough.
            }
        }
    }

    private static Message reply(Message query) {
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        return answer;
    }

    private static Message genuine(Message query) {
        try {
            Message answer = reply(query);
            answer.addRecord(
                    new ARecord(
                            query.getQuestion().getName(),
                            DClass.IN,
                            60,
                            InetAddress.ofLiteral("192.0.2.80")),
                    Section.ANSWER);
            return answer;
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    private Heard ask(Way way) {
        return ASKER.ask(resolver(), NAME, way);
    }

    @Test
    void answerIsHeardOverUdpAndTcp() {
        answers = query -> List.of(genuine(query).toWire());

        for (Way way : List.of(UDP, TCP)) {
            assertThat(ask(way))
                    .isEqualTo(
                            new Heard.Answer(
                                    Rcode.NOERROR,
                                    Set.of(InetAddress.ofLiteral("192.0.2.80")),
                                    true,
                                    60,
                                    List.of()));
        }
    }

    @Test
    void everyQuestionHasAnIdAndAPortOfItsOwn() {
        answers = query -> List.of(genuine(query).toWire());
        for (int i = 0; i < 40; i++) {
            ask(UDP);
        }

        assertThat(ids).hasSizeGreaterThan(38);
        assertThat(ports).hasSizeGreaterThan(5);
    }

    @Test
    void signaturesAreAskedForWhereWanted() {
        var wanted = new HashSet<Boolean>();
        answers =
                query -> {
                    wanted.add((query.getOPT().getFlags() & 0x8000) != 0);
                    return List.of(genuine(query).toWire());
                };
        ask(new Way(Way.Asked.A, false, true));
        assertThat(wanted).containsExactly(true);
        wanted.clear();
        ask(UDP);
        assertThat(wanted).containsExactly(false);
    }

    @Test
    void silenceEndsAfterTheTries() {
        assertThat(ask(UDP)).isEqualTo(new Heard.Nothing());
        assertThat(asked).hasValue(2);
        assertThat(ask(TCP)).isEqualTo(new Heard.Nothing());
    }

    @Test
    void nobodyListeningIsSilence() throws Exception {
        stop();
        assertThat(ask(UDP)).isEqualTo(new Heard.Nothing());
        assertThat(ask(TCP)).isEqualTo(new Heard.Nothing());
    }

    @Test
    void whatIsNoAnswerToTheQuestionIsNotHeard() {
        answers =
                query -> {
                    Message otherId = genuine(query);
                    otherId.getHeader().setID(query.getHeader().getID() ^ 1);
                    Message otherName = reply(query);
                    otherName.removeAllRecords(Section.QUESTION);
                    otherName.addRecord(
                            org.xbill.DNS.Record.newRecord(name("two.example."), 1, DClass.IN),
                            Section.QUESTION);
                    Message noAnswer = genuine(query);
                    noAnswer.getHeader().unsetFlag(Flags.QR);
                    return List.of(
                            otherId.toWire(), otherName.toWire(), noAnswer.toWire(), new byte[3]);
                };
        assertThat(ask(UDP)).isEqualTo(new Heard.Nothing());

        Function<Message, List<byte[]>> wrong = answers;
        answers =
                query -> {
                    var all = new java.util.ArrayList<>(wrong.apply(query));
                    all.add(genuine(query).toWire());
                    return all;
                };
        assertThat(ask(UDP)).as("the right one after wrong ones").isInstanceOf(Heard.Answer.class);
    }

    @Test
    void noiseIsHarmless() {
        var random = new Random(7);
        answers =
                query -> {
                    byte[] right = genuine(query).toWire();
                    byte[] noise = Arrays.copyOf(right, 12 + random.nextInt(80));
                    for (int i = 2; i < noise.length; i++) {
                        noise[i] ^= (byte) (random.nextInt(6) == 0 ? random.nextInt(256) : 0);
                    }
                    noise[2] |= (byte) 0x80;
                    return List.of(noise);
                };
        var quick = new Asker(Duration.ofMillis(20), 1);
        for (int i = 0; i < 300; i++) {
            assertThat(quick.ask(resolver(), NAME, UDP)).isNotNull();
        }
    }

    @Test
    void truncatedAnswerIsAskedForOverTcp() {
        answers =
                query -> {
                    Message answer = genuine(query);
                    if (asked.get() == 1) {
                        answer.getHeader().setFlag(Flags.TC);
                        answer.removeAllRecords(Section.ANSWER);
                    }
                    return List.of(answer.toWire());
                };

        assertThat(ask(UDP)).isInstanceOf(Heard.Answer.class);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoSendsOctetByOctetGetsNoMoreTime() {
        pause = 100;
        answers = query -> List.of(genuine(query).toWire());

        long began = System.nanoTime();
        assertThat(ask(TCP)).isEqualTo(new Heard.Nothing());
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aliasIsNotFollowed() throws Exception {
        answers =
                query -> {
                    Message answer = reply(query);
                    answer.addRecord(
                            new CNAMERecord(
                                    query.getQuestion().getName(),
                                    DClass.IN,
                                    9,
                                    name("elsewhere.example.")),
                            Section.ANSWER);
                    return List.of(answer.toWire());
                };

        assertThat(ask(UDP))
                .isEqualTo(new Heard.Answer(Rcode.NOERROR, Set.of(), false, 9, List.of()));
        assertThat(asked).hasValue(1);
    }

    @Test
    void negativeAnswerLastsAsItsSoaSays() {
        answers =
                query -> {
                    Message answer = reply(query);
                    answer.getHeader().setRcode(org.xbill.DNS.Rcode.NXDOMAIN);
                    answer.addRecord(
                            new SOARecord(
                                    name("rpz.example."),
                                    DClass.IN,
                                    300,
                                    name("localhost."),
                                    name("noc.example."),
                                    1,
                                    60,
                                    60,
                                    60,
                                    30),
                            Section.ADDITIONAL);
                    return List.of(answer.toWire());
                };

        assertThat(ask(UDP))
                .isEqualTo(new Heard.Answer(Rcode.NXDOMAIN, Set.of(), false, 30, List.of()));
    }

    @Test
    void extendedErrorsAreReadAndTheirTextIsTamed() {
        answers =
                query -> {
                    Message answer = reply(query);
                    answer.addRecord(
                            new OPTRecord(
                                    1232,
                                    0,
                                    0,
                                    0,
                                    List.of(
                                            new ExtendedErrorCodeOption(
                                                    15, "Sample\u0000\u202e\n" + "x".repeat(300)))),
                            Section.ADDITIONAL);
                    return List.of(answer.toWire());
                };

        List<ExtendedError> errors = ((Heard.Answer) ask(UDP)).errors();

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().code()).isEqualTo(15);
        assertThat(errors.getFirst().text()).startsWith("Samplexxx").hasSize(120);
    }

    @Test
    void serialIsReadAndWhatIsNoneIsNot() {
        for (String text : List.of("7", "4294967295", "4294967296", "-1", "seven", "")) {
            answers =
                    query -> {
                        Message answer = reply(query);
                        answer.addRecord(
                                new TXTRecord(
                                        query.getQuestion().getName(), DClass.IN, 1, List.of(text)),
                                Section.ANSWER);
                        return List.of(answer.toWire());
                    };
            assertThat(ASKER.serial(resolver(), NAME))
                    .as(text)
                    .isEqualTo(
                            text.matches("7|4294967295")
                                    ? Optional.of(new Serial(Long.parseLong(text)))
                                    : Optional.empty());
        }
    }

    @Test
    void silentResolverIsAskedLittleAndATalkingOneEverything() throws Exception {
        var inquiry = new Inquiry(ASKER, new Pace(1_000), Clock.systemUTC());
        Testimony silent =
                inquiry.about(resolver(), NAME, Optional.of(new DomainName("canary.example")));
        assertThat(silent.heard()).hasSize(2).containsValue(new Heard.Nothing());
        assertThat(silent.serial()).isEmpty();

        try (var internet = new InventedNames()) {
            Testimony testimony =
                    inquiry.about(
                            internet.address(),
                            NAME,
                            Optional.of(new DomainName("canary.example")));
            assertThat(testimony.heard()).containsOnlyKeys(Way.ALL);
            assertThat(testimony.canary().orElseThrow()).isInstanceOf(Heard.Answer.class);
        }
    }

    @Test
    void paceIsKeptByAll() throws Exception {
        var pace = new Pace(50);
        long began = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            pace.await();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }
}
