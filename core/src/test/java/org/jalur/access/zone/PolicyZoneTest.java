package org.jalur.access.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.AccessRule;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.order.BlockedName;
import org.jalur.access.zone.ZoneJournal.Transfer;
import org.junit.jupiter.api.Test;

class PolicyZoneTest {
    private static final int MANY = 10_000;

    @Test
    void zoneHoldsSoaCanaryVersionAndQnameTriggersOnly() {
        PolicyZone zone = zone(Names.exactly("t.me"), Names.below("web.example.org"));

        assertThat(zone.records().map(ZoneRecord::line))
                .containsExactly(
                        "orders.rpz.example. 30 IN SOA localhost. officer.example.go.id. 1 60 10 86400 30",
                        "orders.rpz.example. 30 IN NS localhost.",
                        "canary.example.go.id.orders.rpz.example. 30 IN CNAME .",
                        "serial.canary.example.go.id.orders.rpz.example. 30 IN TXT \"1\"",
                        "t.me.orders.rpz.example. 30 IN CNAME .",
                        "web.example.org.orders.rpz.example. 30 IN CNAME .",
                        "*.web.example.org.orders.rpz.example. 30 IN CNAME .");
    }

    @Test
    void nameThatIsListedBothWaysHasOneRecordOfEach() {
        PolicyZone zone = zone(Names.exactly("a.test"), Names.below("a.test"));

        assertThat(zone.records().map(ZoneRecord::line)).doesNotHaveDuplicates().hasSize(6);
    }

    @Test
    void settingsThatWouldKeepNamesBlockedAreRefused() {
        assertThat(refusedSettings(61, 60, 10, 86_400)).hasMessageContaining("ttl is 61");
        assertThat(refusedSettings(30, 61, 10, 86_400)).hasMessageContaining("refresh is 61");
        assertThat(refusedSettings(30, 60, 10, 86_401)).hasMessageContaining("use 140 to 86400");
        assertThat(refusedSettings(30, 60, 10, 100)).hasMessageContaining("expire is 100");
        assertThat(refusedSettings(0, 60, 10, 86_400)).hasMessageContaining("ttl is 0");
    }

    @Test
    void nameTooLongForTheZoneIsNamedBeforeItStopsTheWholeZone() {
        String name = ("a".repeat(50) + ".").repeat(5).substring(0, 231) + ".com";

        assertThatThrownBy(() -> zone(Names.exactly("t.me"), Names.exactly(name)))
                .isInstanceOf(InvalidAccessException.class)
                .hasMessageContaining(name);
        assertThat(zone(Names.exactly(name.substring(1))).names().size()).isEqualTo(1);
        assertThatThrownBy(() -> zone(Names.below(name.substring(1))))
                .isInstanceOf(InvalidAccessException.class);
    }

    @Test
    void canaryIsNoName() {
        assertThatThrownBy(() -> zone(Names.below("go.id")))
                .isInstanceOf(InvalidAccessException.class);
        assertThatThrownBy(() -> zone(Names.exactly("serial.canary.example.go.id")))
                .isInstanceOf(InvalidAccessException.class);
    }

    @Test
    void secondaryThatAppliesTheDifferencesHasTheZone() {
        var random = new Random(4);
        int differences = 0;
        for (int round = 0; round < 200; round++) {
            PolicyZone zone =
                    new PolicyZone(
                            Names.SETTINGS,
                            new Serial(random.nextInt(3) == 0 ? 4_294_967_290L : 7),
                            NameTable.of(Names.few(random)));
            PolicyZone theirs = zone;
            ZoneJournal journal = ZoneJournal.startingAt(zone.serial(), 100);
            for (int version = 0; version < 10; version++) {
                PolicyZone next =
                        zone.next(zone.names().with(Names.few(random), Names.few(random)));
                journal = journal.with(ZoneChange.between(zone, next, MANY).orElseThrow());
                zone = next;
                theirs = random.nextInt(4) == 0 ? next : theirs;
                assertThat(journal.records()).isLessThanOrEqualTo(100);
            }
            switch (journal.since(theirs.serial(), Long.MAX_VALUE)) {
                case Transfer.UpToDate _ -> assertThat(theirs.serial()).isEqualTo(zone.serial());
                case Transfer.Whole _ -> {}
                case Transfer.Differences(var changes) -> {
                    assertThat(applied(theirs, changes)).isEqualTo(records(zone));
                    differences++;
                }
            }
        }
        assertThat(differences).isGreaterThan(30);
    }

    @Test
    void differencesLargerThanTheZoneAndUnknownVersionsGetTheWholeZone() {
        PolicyZone one = zone(Names.exactly("a.test"));
        PolicyZone two = one.next(NameTable.of(List.of(Names.exactly("b.test"))));
        ZoneJournal journal =
                ZoneJournal.startingAt(one.serial(), MANY)
                        .with(ZoneChange.between(one, two, MANY).orElseThrow());

        assertThat(journal.since(one.serial(), 6)).isInstanceOf(Transfer.Differences.class);
        assertThat(journal.since(one.serial(), 5)).isInstanceOf(Transfer.Whole.class);
        assertThat(journal.since(new Serial(0), 6)).isInstanceOf(Transfer.Whole.class);
        assertThat(journal.since(two.serial(), 6)).isInstanceOf(Transfer.UpToDate.class);
        assertThat(journal.restartedAt(new Serial(9)).since(two.serial(), 6))
                .isInstanceOf(Transfer.Whole.class);
    }

    @Test
    void changeIsInTheOrderThatIxfrWants() {
        PolicyZone one = zone(Names.exactly("a.test"));
        PolicyZone two = one.next(NameTable.of(List.of(Names.exactly("b.test"))));

        assertThat(ZoneChange.between(one, two, MANY).orElseThrow().records())
                .containsExactly(
                        one.soa(),
                        one.version(),
                        one.block("a.test"),
                        two.soa(),
                        two.version(),
                        two.block("b.test"));
    }

    @Test
    void changeThatIsTooLargeOrLeadsNowhereIsNone() {
        PolicyZone one = zone();
        PolicyZone two = one.next(NameTable.of(Names.few(new Random(5))));

        assertThat(ZoneChange.between(one, two, 5)).isEmpty();
        assertThatThrownBy(() -> ZoneChange.between(two, one, MANY))
                .hasMessageContaining("RFC 1982");
        assertThatThrownBy(() ->
                        ZoneJournal.startingAt(two.serial(), MANY)
                                .with(ZoneChange.between(one, two, MANY).orElseThrow()))
                .hasMessageContaining("begins at version 1; the journal ends at 2");
    }

    @Test
    void largeListChangeAndProtectedNameWaitForApproval() {
        NameTable before = NameTable.of(List.of(Names.exactly("a.test"), Names.exactly("b.test")));
        NameTable after = NameTable.of(List.of(Names.exactly("b.test"), Names.below("c.test")));
        var protectedName = DomainName.read("bank.c.test");

        ListChange change = ListChange.between(before, after, List.of());
        assertThat(change.added()).isEqualTo(1);
        assertThat(change.removed()).isEqualTo(1);
        assertThat(change.waitsForApproval(2)).isFalse();
        assertThat(change.waitsForApproval(1)).isTrue();
        ListChange hit = ListChange.between(before, after, List.of(protectedName));
        assertThat(hit.protectedNames()).containsExactly(protectedName);
        assertThat(hit.waitsForApproval(MANY)).isTrue();
        assertThat(ListChange.between(after, after, List.of(protectedName)).waitsForApproval(0))
                .isFalse();
    }

    @Test
    void listIsPublishedOnlyUnderAnOrderThatSaysHowToObject() {
        var issued = Instant.parse("2026-03-01T00:00:00Z");

        assertThatThrownBy(() -> new ListOrder("Kementerian Contoh", "UU 1", " ", issued, issued))
                .hasMessageContaining("objection is empty");
        assertThatThrownBy(() ->
                        new ListOrder("Kementerian Contoh", "UU 1", "By mail.", issued, issued))
                .hasMessageContaining("reviewAt is " + issued);
    }

    private static PolicyZone zone(BlockedName... names) {
        return PolicyZone.first(Names.SETTINGS, NameTable.of(List.of(names)));
    }

    private static Set<String> records(PolicyZone zone) {
        Set<String> lines = new TreeSet<>();
        zone.records().forEach(record -> lines.add(record.line()));
        return lines;
    }

    private static Set<String> applied(PolicyZone theirs, List<ZoneChange> changes) {
        Set<String> lines = records(theirs);
        for (ZoneChange change : changes) {
            List<ZoneRecord> gone = new ArrayList<>(change.removed());
            gone.add(change.from());
            gone.forEach(record -> assertThat(lines.remove(record.line())).isTrue());
            change.added().forEach(record -> assertThat(lines.add(record.line())).isTrue());
            lines.add(change.to().line());
        }
        return lines;
    }

    private static InvalidAccessException refusedSettings(
            int ttl, int refresh, int retry, int expire) {
        InvalidAccessException e =
                catchThrowableOfType(
                        InvalidAccessException.class,
                        () ->
                                new ZoneSettings(
                                        Names.SETTINGS.origin(),
                                        Names.SETTINGS.mailbox(),
                                        Names.SETTINGS.canary(),
                                        ttl,
                                        refresh,
                                        retry,
                                        expire));
        assertThat(e.rule()).isEqualTo(AccessRule.RANGE);
        return e;
    }
}
