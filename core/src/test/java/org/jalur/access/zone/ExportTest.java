package org.jalur.access.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jalur.access.InvalidAccessException;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final Instant MADE = Instant.parse("2026-03-05T03:00:00Z");
    private static final Instant FIRST_END = MADE.plus(Duration.ofHours(9));
    private static final Instant LAST_END = MADE.plus(Duration.ofDays(20));
    private static final String PATH = "/etc/jalur/orders.zone";

    private final Export export =
            export(
                    new ExportedOrder(
                            "001/2026",
                            FIRST_END,
                            List.of(Names.exactly("a.test"), Names.exactly("b.test"))),
                    new ExportedOrder(
                            "002/2026",
                            LAST_END,
                            List.of(Names.exactly("b.test"), Names.below("c.test"))));

    @Test
    void everyExportSaysUntilWhenItMayBeUsed() {
        assertThat(export.until()).isEqualTo(FIRST_END);
        List<String> texts =
                List.of(
                        export.plainList(),
                        export.zoneFile(),
                        export.unbound(PATH).text(),
                        export.bind(PATH).getFirst().text(),
                        export.bind(PATH).getLast().text(),
                        export.powerDns(PATH).text(),
                        export.knot(PATH).text());
        assertThat(texts).allMatch(text -> text.contains("before " + FIRST_END));
        assertThat(export.powerDns(PATH).text()).contains("< " + FIRST_END.getEpochSecond());
        assertThat(export.knot(PATH).text()).contains("< " + FIRST_END.getEpochSecond());
    }

    @Test
    void nameOfTwoOrdersStandsOnceWithTheLaterEnd() {
        assertThat(export.plainList().lines().filter(line -> !line.startsWith("# ")))
                .containsExactly("b.test", "c.test", "*.c.test", "a.test");
        assertThat(export.plainList())
                .containsSubsequence("002/2026, ends " + LAST_END, "b.test", "001/2026", "a.test");
    }

    @Test
    void zoneFileHoldsTheRecordsOfTheZone() {
        var zone =
                new PolicyZone(
                        Names.SETTINGS,
                        new Serial(5),
                        NameTable.of(
                                List.of(
                                        Names.exactly("a.test"),
                                        Names.exactly("b.test"),
                                        Names.below("c.test"))));

        assertThat(export.zoneFile().lines().filter(line -> !line.startsWith(";")))
                .containsExactlyInAnyOrderElementsOf(zone.records().map(ZoneRecord::line).toList());
    }

    @Test
    void orderThatHasEndedIsNotExported() {
        Export ended = export(new ExportedOrder("3", MADE, List.of(Names.exactly("a.test"))));

        assertThat(ended.plainList()).doesNotContain("a.test");
        assertThat(ended.zoneFile()).contains(" SOA ").doesNotContain("a.test");
    }

    @Test
    void referenceCannotBringLinesOfItsOwn() {
        Export hostile =
                export(
                        new ExportedOrder(
                                "1\nbank.example.\r\u2028* CNAME .",
                                LAST_END,
                                List.of(Names.exactly("a.test"))));

        assertThat(hostile.zoneFile().lines().filter(line -> line.contains("bank")))
                .singleElement()
                .asString()
                .startsWith("; ");
    }

    @Test
    void pathCannotBringConfigurationOfItsOwn() {
        List.of("/a\"; };", "relative", "/a b", "/a\n", "")
                .forEach(path ->
                        assertThatThrownBy(() -> export.unbound(path))
                                .isInstanceOf(InvalidAccessException.class));
    }

    @Test
    void answersNameTheAddressWhereEverybodyReadsWhy() {
        var register = URI.create("https://register.example/blocked");

        Export open = export.withRegister(register);

        assertThat(open.powerDns(PATH).text())
                .contains("extendedErrorCode=16", "see " + register + "\"");
        assertThat(open.knot(PATH).text()).contains("CENSORED", "see " + register + "'");
        assertThat(open.zoneFile()).isEqualTo(export.zoneFile());
        assertThat(open.until()).isEqualTo(export.until());
    }

    @Test
    void addressCannotBringConfigurationOfItsOwn() {
        List.of(
                        "https://a.example/'",
                        "https://a.example/?q=1",
                        "javascript:alert",
                        "https://" + "a".repeat(101))
                .forEach(address ->
                        assertThatThrownBy(() -> export.withRegister(URI.create(address)))
                                .isInstanceOf(InvalidAccessException.class));
    }

    private static Export export(ExportedOrder... orders) {
        return new Export(
                Names.SETTINGS,
                new Serial(5),
                List.of(orders),
                MADE,
                MADE.plus(Duration.ofDays(1)));
    }
}
