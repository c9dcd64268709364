package org.jalur.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.dns.Loopback.KEY;
import static org.jalur.dns.Loopback.secondary;
import static org.jalur.dns.TestZone.ORDERS;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;

class NotifyTest {
    private final TestZone zone = new TestZone(ORDERS, "one.example");
    private DatagramSocket resolver;

    @BeforeEach
    void listen() throws Exception {
        resolver = new DatagramSocket(new InetSocketAddress(Loopback.ADDRESS, 0));
        resolver.setSoTimeout(5_000);
    }

    @AfterEach
    void stop() {
        resolver.close();
    }

    /** What came, and from where. */
    private record Heard(byte[] octets, SocketAddress from) {
        Message message() throws IOException {
            return new Message(octets);
        }
    }

    private Heard hear() throws IOException {
        var packet = new DatagramPacket(new byte[1500], 1500);
        resolver.receive(packet);
        return new Heard(
                Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
    }

    private void answer(DatagramSocket from, Heard heard, int rcode) throws IOException {
        Message answer = heard.message();
        answer.removeAllRecords(Section.ADDITIONAL);
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(rcode);
        byte[] wire = answer.toWire();
        from.send(new DatagramPacket(wire, wire.length, heard.from()));
    }

    private InetSocketAddress at() {
        return (InetSocketAddress) resolver.getLocalSocketAddress();
    }

    private static Optional<SecondaryState.Told> told(Primary primary) {
        return primary.states().getFirst().told().stream().findFirst();
    }

    private static boolean acknowledged(Primary primary) {
        return told(primary).flatMap(SecondaryState.Told::acknowledgedAt).isPresent();
    }

    private static boolean soon(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        return condition.getAsBoolean();
    }

    @Test
    void newVersionIsToldWithItsSoa() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());

            Message heard = hear().message();

            assertThat(heard.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
            assertThat(heard.getHeader().getFlag(Flags.AA)).isTrue();
            assertThat(heard.getQuestion().getName()).isEqualTo(Loopback.name(ORDERS));
            assertThat(((SOARecord) heard.getSection(Section.ANSWER).getFirst()).getSerial())
                    .isEqualTo(1);
        }
    }

    @Test
    void lostNotifyIsSentAgainUntilItIsAnswered() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());
            hear();
            Heard second = hear();
            assertThat(acknowledged(primary)).isFalse();

            answer(resolver, second, Rcode.NOERROR);

            assertThat(soon(() -> acknowledged(primary))).isTrue();
            assertThat(told(primary).orElseThrow().tries()).isGreaterThanOrEqualTo(2);
            resolver.setSoTimeout(2_500);
            assertThat(silent()).isTrue();
        }
    }

    private boolean silent() throws IOException {
        try {
            hear();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        }
    }

    @Test
    void refusalIsRememberedAndDoesNotEndIt() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());

            answer(resolver, hear(), Rcode.REFUSED);

            assertThat(soon(() -> told(primary).flatMap(SecondaryState.Told::refusal).isPresent()))
                    .isTrue();
            assertThat(told(primary).orElseThrow().refusal()).contains("REFUSED");
            answer(resolver, hear(), Rcode.NOERROR);
            assertThat(soon(() -> acknowledged(primary))).isTrue();
        }
    }

    @Test
    void answerFromElsewhereAndWrongNumberCountForNothing() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()));
                var stranger = new DatagramSocket(new InetSocketAddress(Loopback.ADDRESS, 0))) {
            primary.serve(zone.served());
            Heard heard = hear();

            answer(stranger, heard, Rcode.NOERROR);
            byte[] wrong = heard.octets().clone();
            wrong[0] ^= 0x55;
            answer(resolver, new Heard(wrong, heard.from()), Rcode.NOERROR);
            resolver.send(new DatagramPacket(new byte[3], 3, heard.from()));

            Heard again = hear();
            assertThat(acknowledged(primary)).isFalse();
            answer(resolver, again, Rcode.NOERROR);
            assertThat(soon(() -> acknowledged(primary))).isTrue();
        }
    }

    @Test
    void answerToAnEarlierVersionDoesNotCountForTheNewest() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());
            Heard first = hear();
            primary.serve(zone.change("two.example"));
            Heard second = hear();

            answer(resolver, first, Rcode.NOERROR);
            Heard again = hear();

            assertThat(acknowledged(primary)).isFalse();
            assertThat(
                            ((SOARecord) second.message().getSection(Section.ANSWER).getFirst())
                                    .getSerial())
                    .isEqualTo(2);
            answer(resolver, again, Rcode.NOERROR);
            assertThat(soon(() -> acknowledged(primary))).isTrue();
        }
    }

    @Test
    void unsignedAnswerCountsForNothingWhereAKeyIsAgreed() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.of(KEY), at()))) {
            primary.serve(zone.served());
            Heard heard = hear();
            TSIGRecord ours = heard.message().getTSIG();
            assertThat(ours).isNotNull();

            answer(resolver, heard, Rcode.NOERROR);
            Heard again = hear();
            assertThat(acknowledged(primary)).isFalse();

            answerSigned(again);
            assertThat(soon(() -> acknowledged(primary))).isTrue();
        }
    }

    private void answerSigned(Heard heard) throws IOException {
        Message answer = heard.message();
        TSIGRecord asked = answer.getTSIG();
        answer.removeAllRecords(Section.ADDITIONAL);
        answer.getHeader().setFlag(Flags.QR);
        answer.setTSIG(KEY.tsig(Clock.systemUTC()), Rcode.NOERROR, asked);
        byte[] wire = answer.toWire(Message.MAXLENGTH);
        resolver.send(new DatagramPacket(wire, wire.length, heard.from()));
    }

    @Test
    void whoFetchedTheVersionNeedNotBeTold() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());
            hear();

            var transfer =
                    org.xbill.DNS.ZoneTransferIn.newAXFR(
                            Loopback.name(ORDERS), primary.address(), null);
            transfer.run();

            resolver.setSoTimeout(2_500);
            hearAtMostOne();
            assertThat(silent()).isTrue();
            assertThat(acknowledged(primary)).isFalse();
        }
    }

    @Test
    void whoAnswersAndDoesNotComeIsToldAgain() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());
            answer(resolver, hear(), Rcode.NOERROR);
            assertThat(soon(() -> acknowledged(primary))).isTrue();
            var knewAt = told(primary).flatMap(SecondaryState.Told::acknowledgedAt);

            resolver.setSoTimeout(10_000);
            Heard again = hear();
            answer(resolver, again, Rcode.REFUSED);
            hear();

            assertThat(told(primary).flatMap(SecondaryState.Told::acknowledgedAt))
                    .as("since when it knows")
                    .isEqualTo(knewAt);
            assertThat(told(primary).flatMap(SecondaryState.Told::refusal)).isEmpty();
        }
    }

    /** One may have been on its way. */
    private void hearAtMostOne() throws IOException {
        try {
            hear();
        } catch (SocketTimeoutException _) {
            // None was.
        }
    }

    @Test
    void notifyToThePrimaryItselfChangesNothing() throws Exception {
        try (Primary primary = Loopback.primary(secondary("one", Optional.empty(), at()))) {
            primary.serve(zone.served());
            byte[] notify = hear().octets();

            Message answer = new Message(Loopback.udp(primary, notify).orElseThrow());

            assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
            assertThat(
                            Loopback.ask(primary, Loopback.query(ORDERS, org.xbill.DNS.Type.SOA))
                                    .getRcode())
                    .isEqualTo(Rcode.NOERROR);
        }
    }
}
