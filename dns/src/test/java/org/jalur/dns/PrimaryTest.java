package org.jalur.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jalur.dns.Loopback.ask;
import static org.jalur.dns.Loopback.askTcp;
import static org.jalur.dns.Loopback.name;
import static org.jalur.dns.Loopback.query;
import static org.jalur.dns.Loopback.secondary;
import static org.jalur.dns.TestZone.ORDERS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.NameTable;
import org.jalur.access.zone.NameTableBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

class PrimaryTest {
    private final TestZone zone = new TestZone(ORDERS, "one.example", "*.two.example");
    private Primary primary;

    @BeforeEach
    void start() throws Exception {
        primary = Loopback.primary(secondary("resolver", Optional.empty()));
        primary.serve(zone.served());
    }

    @AfterEach
    void stop() throws Exception {
        primary.close();
    }

    private ZoneTransferIn axfr() throws IOException, ZoneTransferException {
        var transfer = ZoneTransferIn.newAXFR(name(ORDERS), primary.address(), null);
        transfer.run();
        return transfer;
    }

    private ZoneTransferIn ixfr(long serial) throws IOException, ZoneTransferException {
        var transfer = ZoneTransferIn.newIXFR(name(ORDERS), serial, false, primary.address(), null);
        transfer.run();
        return transfer;
    }

    private static List<String> owners(List<Record> records) {
        String zone = "." + ORDERS;
        return records.stream()
                .filter(record -> record.getType() != Type.SOA)
                .map(record -> record.getName().toString(true).replace(zone, ""))
                .toList();
    }

    @Test
    void wholeZoneIsTransferred() throws Exception {
        assertThat(owners(axfr().getAXFR()))
                .containsExactly(
                        ORDERS.ascii(),
                        "canary.authority.example",
                        "serial.canary.authority.example",
                        "one.example",
                        "two.example",
                        "*.two.example");
    }

    @Test
    void eachRecordOfANameIsCnameToTheRootWithTheZonesTtl() throws Exception {
        Record one =
                axfr().getAXFR().stream()
                        .filter(record -> record.getName().toString().startsWith("one."))
                        .findFirst()
                        .orElseThrow();

        assertThat(one.toString())
                .isEqualToIgnoringWhitespace("one.example." + ORDERS + ". 30 IN CNAME .");
    }

    @Test
    void changeIsTransferredAsItsDifference() throws Exception {
        primary.serve(zone.change("one.example", "three.example"));

        ZoneTransferIn transfer = ixfr(1);

        assertThat(transfer.isIXFR()).isTrue();
        assertThat(transfer.getIXFR()).hasSize(1);
        ZoneTransferIn.Delta delta = transfer.getIXFR().getFirst();
        assertThat(delta.start).isEqualTo(1);
        assertThat(delta.end).isEqualTo(2);
        assertThat(owners(delta.deletes))
                .contains("two.example", "*.two.example")
                .doesNotContain("one.example");
        assertThat(owners(delta.adds)).contains("three.example").doesNotContain("one.example");
    }

    @Test
    void changesInARowAreCondensedIntoOne() throws Exception {
        primary.serve(zone.change("one.example", "comes-and-goes.example"));
        primary.serve(zone.change("one.example", "stays.example"));

        ZoneTransferIn transfer = ixfr(1);

        assertThat(transfer.getIXFR()).hasSize(1);
        ZoneTransferIn.Delta delta = transfer.getIXFR().getFirst();
        assertThat(delta.end).isEqualTo(3);
        assertThat(owners(delta.adds))
                .contains("stays.example")
                .doesNotContain("comes-and-goes.example");
        assertThat(owners(delta.deletes)).doesNotContain("comes-and-goes.example");
    }

    @Test
    void whoHasTheNewestVersionIsToldSo() throws Exception {
        assertThat(ixfr(1).isCurrent()).isTrue();
    }

    @Test
    void whoHasAVersionThatNobodyKnowsGetsTheWholeZone() throws Exception {
        primary.serve(zone.change("three.example"));

        ZoneTransferIn transfer = ixfr(4_000_000_000L);

        assertThat(transfer.isAXFR()).isTrue();
        assertThat(owners(transfer.getAXFR())).contains("three.example");
    }

    @Test
    void manyNamesTravelInManyMessages() throws Exception {
        var names = new NameTableBuilder();
        IntStream.range(0, 20_000)
                .mapToObj(i -> BlockedName.exactly(new DomainName("n" + i + ".example")))
                .forEach(names::add);
        primary.serve(zone.change(names.build()));

        assertThat(owners(axfr().getAXFR())).hasSize(20_003);
    }

    @Test
    void longestNamesSurviveTheJourney() throws Exception {
        String label = "a".repeat(60);
        int room = DomainName.LONGEST - ORDERS.ascii().length() - 1;
        String longest = label + "." + label + "." + label + ".example";
        longest = "b".repeat(room - longest.length() - 1) + "." + longest;
        primary.serve(zone.change(longest));

        assertThat(owners(axfr().getAXFR())).contains(longest);
    }

    @Test
    void soaIsAnsweredOverUdpWithAuthority() throws Exception {
        Message answer = ask(primary, query(ORDERS, Type.SOA));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        var soa = (SOARecord) answer.getSection(Section.ANSWER).getFirst();
        assertThat(soa.getSerial()).isEqualTo(1);
        assertThat(soa.getExpire()).isEqualTo(86_400);
    }

    @Test
    void secondaryCanLookUpWhatIsBlocked() throws Exception {
        assertThat(ask(primary, query("ONE.example." + ORDERS, Type.A)).getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(ask(primary, query("below.two.example." + ORDERS, Type.CNAME)).getRcode())
                .isEqualTo(Rcode.NOERROR);
        assertThat(ask(primary, query("below.one.example." + ORDERS, Type.A)).getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
        assertThat(
                        ask(primary, query("serial.canary.authority.example." + ORDERS, Type.TXT))
                                .getSection(Section.ANSWER)
                                .getFirst()
                                .rdataToString())
                .isEqualTo("\"1\"");
    }

    @Test
    void whatIsNotThereIsAnsweredWithTheSoa() throws Exception {
        Message answer = ask(primary, query(ORDERS, Type.MX));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY).getFirst().getType()).isEqualTo(Type.SOA);
    }

    @Test
    void differencesThatHaveNoRoomInADatagramAreLeftToTcp() throws Exception {
        List<BlockedName> many = new ArrayList<>();
        IntStream.range(0, 500)
                .mapToObj(i -> BlockedName.exactly(new DomainName("n" + i + ".example")))
                .forEach(many::add);
        primary.serve(zone.change(NameTable.of(many)));
        Message query = query(ORDERS, Type.IXFR);
        query.addRecord(
                Record.fromString(
                        name(ORDERS), Type.SOA, DClass.IN, 0, "a. b. 1 0 0 0 0", name(ORDERS)),
                Section.AUTHORITY);

        Message answer = ask(primary, query);

        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
        assertThat(((SOARecord) answer.getSection(Section.ANSWER).getFirst()).getSerial())
                .isEqualTo(2);
    }

    @Test
    void smallDifferenceTravelsInADatagram() throws Exception {
        primary.serve(zone.change("one.example"));
        Message query = query(ORDERS, Type.IXFR);
        query.addRecord(
                Record.fromString(
                        name(ORDERS), Type.SOA, DClass.IN, 0, "a. b. 1 0 0 0 0", name(ORDERS)),
                Section.AUTHORITY);

        Message answer = ask(primary, query);

        assertThat(answer.getSection(Section.ANSWER).size()).isGreaterThan(3);
        assertThat(answer.toWire().length).isLessThanOrEqualTo(512);
    }

    @Test
    void answerToEdnsHasEdnsAndAnUnknownVersionIsNamed() throws Exception {
        Message query = query(ORDERS, Type.SOA);
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        Message future = query(ORDERS, Type.SOA);
        future.addRecord(new OPTRecord(1232, 0, 7), Section.ADDITIONAL);

        assertThat(ask(primary, query).getOPT()).isNotNull();
        assertThat(ask(primary, future).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void otherZonesAreRefused() throws Exception {
        assertThat(ask(primary, query("example.com", Type.A)).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(ask(primary, query("rpz.authority.example", Type.SOA)).getRcode())
                .isEqualTo(Rcode.REFUSED);
    }

    @Test
    void transferOfTheWholeZoneNeedsTcp() throws Exception {
        assertThat(ask(primary, query(ORDERS, Type.AXFR)).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void transferOfANameInsideTheZoneIsNoTransfer() throws Exception {
        Message answer = askTcp(primary, query("one.example." + ORDERS, Type.AXFR).toWire());

        assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void strangersLearnNothing() throws Exception {
        var elsewhere =
                new Secondary(
                        "elsewhere",
                        List.of(AddressRange.of("192.0.2.0/24")),
                        List.of(),
                        Optional.empty(),
                        Set.of(ORDERS));
        try (Primary strict = Loopback.primary(elsewhere)) {
            strict.serve(zone.served());

            for (int type : new int[] {Type.SOA, Type.A, Type.ANY, Type.IXFR, Type.TXT}) {
                Message answer = ask(strict, query(ORDERS, type));
                assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
                assertThat(answer.getSection(Section.ANSWER)).isEmpty();
                assertThat(answer.getSection(Section.AUTHORITY)).isEmpty();
            }
            assertThatThrownBy(() ->
                            ZoneTransferIn.newAXFR(name(ORDERS), strict.address(), null).run())
                    .isInstanceOf(ZoneTransferException.class);
        }
    }

    @Test
    void secondaryOfAnotherZoneIsRefusedThisOne() throws Exception {
        var other =
                new Secondary(
                        "other",
                        List.of(AddressRange.of("127.0.0.1")),
                        List.of(),
                        Optional.empty(),
                        Set.of(new DomainName("list.rpz.authority.example")));
        try (Primary strict = Loopback.primary(other)) {
            strict.serve(zone.served());

            assertThat(ask(strict, query(ORDERS, Type.SOA)).getRcode()).isEqualTo(Rcode.REFUSED);
        }
    }

    @Test
    void stateSaysWhatEachSecondaryHas() throws Exception {
        assertThat(primary.states().getFirst().has()).isEmpty();

        axfr();
        SecondaryState state = stateAt(1);
        primary.serve(zone.change("one.example"));

        assertThat(state.fetched().orElseThrow().kind()).isEqualTo(SecondaryState.Kind.WHOLE);

        ixfr(1);

        state = stateAt(2);
        assertThat(state.fetched().orElseThrow().kind()).isEqualTo(SecondaryState.Kind.DIFFERENCES);
    }

    /** Whoever reads the last record of a transfer may be quicker than whoever notes it down. */
    private SecondaryState stateAt(long serial) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            SecondaryState state = primary.states().getFirst();
            if (state.has().filter(has -> has.value() == serial).isPresent()) {
                return state;
            }
            assertThat(System.nanoTime()).as("%s", state).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void portThatIsTakenIsSaid() {
        assertThatThrownBy(() ->
                        new Primary(
                                new InetSocketAddress(
                                        Loopback.ADDRESS, primary.address().getPort()),
                                List.of(),
                                Loopback.WIDE,
                                java.time.Clock.systemUTC()))
                .isInstanceOf(java.net.BindException.class);
    }

    @Test
    void thousandClientsInTurnAreAllServed() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            primary.serve(zone.change("one.example", "n" + i + ".example"));
            List<Record> records =
                    i % 10 == 0 ? axfr().getAXFR() : ixfr(i + 1).getIXFR().getFirst().adds;
            assertThat(owners(records)).contains("n" + i + ".example");
        }
    }
}
