package org.jalur.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jalur.dns.Loopback.FORGED_KEY;
import static org.jalur.dns.Loopback.KEY;
import static org.jalur.dns.Loopback.OTHER_KEY;
import static org.jalur.dns.Loopback.ask;
import static org.jalur.dns.Loopback.name;
import static org.jalur.dns.Loopback.query;
import static org.jalur.dns.Loopback.secondary;
import static org.jalur.dns.TestZone.ORDERS;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

class SignedTransferTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final TestZone zone = new TestZone(ORDERS, "one.example");
    private Primary primary;

    @BeforeEach
    void start() throws Exception {
        primary =
                Loopback.primary(
                        secondary("one", Optional.of(KEY)),
                        secondary("two", Optional.of(OTHER_KEY)));
        primary.serve(zone.served());
    }

    @AfterEach
    void stop() throws Exception {
        primary.close();
    }

    private List<Record> axfr(TSIG tsig) throws Exception {
        var transfer = ZoneTransferIn.newAXFR(name(ORDERS), primary.address(), tsig);
        transfer.run();
        return transfer.getAXFR();
    }

    private Message asked(TransferKey key, Clock clock) throws Exception {
        Message query = query(ORDERS, Type.SOA);
        query.setTSIG(key.tsig(clock));
        return ask(primary, query);
    }

    @Test
    void eachMessageOfALongTransferIsSigned() throws Exception {
        List<BlockedName> names =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> BlockedName.exactly(new DomainName("n" + i + ".example")))
                        .toList();
        primary.serve(zone.change(NameTable.of(names)));

        // The client checks the chain of signatures, and that none is missing.
        assertThat(axfr(KEY.tsig(CLOCK))).hasSize(5_005);
        assertThat(axfr(OTHER_KEY.tsig(CLOCK))).hasSize(5_005);
    }

    @Test
    void differencesAreSignedToo() throws Exception {
        primary.serve(zone.change("two.example"));

        var transfer =
                ZoneTransferIn.newIXFR(name(ORDERS), 1, false, primary.address(), KEY.tsig(CLOCK));
        transfer.run();

        assertThat(transfer.isIXFR()).isTrue();
    }

    @Test
    void answerOverUdpIsSigned() throws Exception {
        TSIG tsig = KEY.tsig(CLOCK);
        Message query = query(ORDERS, Type.SOA);
        query.setTSIG(tsig);
        byte[] wire = query.toWire(Message.MAXLENGTH);

        byte[] octets = Loopback.udp(primary, wire).orElseThrow();

        TSIGRecord asked = new Message(wire).getTSIG();
        assertThat(tsig.verify(new Message(octets), octets, asked)).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void withoutAKeyNobodyIsASecondary() throws Exception {
        assertThat(ask(primary, query(ORDERS, Type.SOA)).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThatThrownBy(
                        () -> ZoneTransferIn.newAXFR(name(ORDERS), primary.address(), null).run())
                .isInstanceOf(ZoneTransferException.class);
    }

    @Test
    void wrongSecretIsRefusedAndNamed() throws Exception {
        Message answer = asked(FORGED_KEY, CLOCK);

        assertThat(answer.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADSIG);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThatThrownBy(() -> axfr(FORGED_KEY.tsig(CLOCK)))
                .isInstanceOf(ZoneTransferException.class);
    }

    @Test
    void unknownKeyIsRefusedAndNamed() throws Exception {
        TransferKey unknown =
                new TransferKey(
                        new DomainName("who.operator.example"),
                        TransferKey.Algorithm.HMAC_SHA256,
                        new byte[32]);

        Message answer = asked(unknown, CLOCK);

        assertThat(answer.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADKEY);
    }

    @Test
    void queryOfYesterdayIsNotTakenAgain() throws Exception {
        Clock past = Clock.offset(CLOCK, Duration.ofDays(-1));

        Message answer = asked(KEY, past);

        assertThat(answer.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADTIME);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void shortenedSignatureIsRefused() throws Exception {
        Message query = query(ORDERS, Type.SOA);
        byte[] wire = query.toWire();
        TSIGRecord whole = KEY.tsig(CLOCK).generate(query, wire, Rcode.NOERROR, null);
        var half =
                new TSIGRecord(
                        whole.getName(),
                        whole.getDClass(),
                        0,
                        whole.getAlgorithm(),
                        whole.getTimeSigned(),
                        whole.getFudge(),
                        java.util.Arrays.copyOf(whole.getSignature(), 16),
                        whole.getOriginalID(),
                        0,
                        null);

        Message answer =
                new Message(Loopback.udp(primary, Signing.append(wire, half)).orElseThrow());

        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADSIG);
    }

    @Test
    void changedQueryIsRefused() throws Exception {
        Message query = query(ORDERS, Type.SOA);
        query.setTSIG(KEY.tsig(CLOCK));
        byte[] wire = query.toWire(Message.MAXLENGTH);
        // The first letter of the zone's name.
        wire[13] ^= 0x01;

        Message answer = new Message(Loopback.udp(primary, wire).orElseThrow());

        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADSIG);
    }

    @Test
    void oneNameStandsForOneSecret() {
        assertThatThrownBy(() ->
                        Loopback.primary(
                                secondary("one", Optional.of(KEY)),
                                secondary("another", Optional.of(FORGED_KEY))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one.operator.example");
    }

    @Test
    void neitherErrorsNorTextsTellASecret() {
        assertThat(KEY.toString()).isEqualTo("one.operator.example");
        assertThatThrownBy(() -> TransferKey.parse("hmac-sha256 a.example c2hvcnQ="))
                .hasMessageContaining("5 octets")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> TransferKey.parse("hmac-sha256 a.example not*base64"))
                .hasMessageNotContaining("not*base64");
        assertThatThrownBy(() -> TransferKey.parse("hmac-md5 a.example c2hvcnQ="))
                .hasMessageContaining("hmac-md5");
    }
}
