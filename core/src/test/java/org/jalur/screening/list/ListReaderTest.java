package org.jalur.screening.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListReaderTest {
    @ParameterizedTest
    @CsvSource({
        "entries.csv, ENTRIES, 8, 0",
        "hash-columns.csv, ENTRIES, 6, 1",
        "signals.csv, SIGNALS, 3, 2",
        "signals.tsv, SIGNALS_TABS, 3, 2",
        "signals.txt, SIGNAL_LINES, 4, 1",
        "threat-updates.json, THREAT_UPDATES, 6, 1",
        "threat-updates.jsonl, THREAT_UPDATES, 2, 1",
        "hash-list.json, HASH_LIST, 3, 1",
        "hash-list-v1.json, HASH_LIST, 2, 2",
        "hash-list.csv, HASH_LIST_CSV, 2, 0",
        "tcap-alerts.csv, TCAP_ALERTS, 2, 1",
        "tcap-urls.json, TCAP_URLS, 1, 0",
        "domains.txt, DOMAINS, 7, 5",
        "hosts.txt, DOMAINS, 3, 0"
    })
    void formatIsSeenInTheContentAndBadLinesCostOnlyThemselves(
            String sample, ListFormat format, int entries, int errors) throws IOException {
        Received list = Received.sample(sample);

        assertThat(list.summary().format()).isEqualTo(format);
        assertThat(list.errors).as("%s", list.errors).hasSize(errors);
        assertThat(list.entries).hasSize(entries);
        assertThat(list.summary().entries()).isEqualTo(entries);
        assertThat(list.summary().errors()).isEqualTo(errors);
        assertThat(list.summary().complete()).isTrue();
    }

    @Test
    void ownListKeepsEverything() throws IOException {
        ListEntry entry = Received.sample("entries.csv").entries.getFirst();

        assertThat(entry.kind()).isEqualTo(SignalKind.FILE_SHA256);
        assertThat(entry.sourceId()).contains("A-1");
        assertThat(entry.label()).contains("sample");
        assertThat(entry.description()).contains("A made-up file, with a comma");
        assertThat(entry.countries()).containsExactly("ID", "SG");
        assertThat(entry.added()).contains(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(entry.updated()).contains(Instant.parse("2026-02-03T04:05:06.789Z"));
        assertThat(entry.deleted()).isFalse();
    }

    @Test
    void quotedFieldGoesOnOverLinesAndTheLineIsItsFirst() throws IOException {
        Received list = Received.sample("entries.csv");

        assertThat(list.entries.get(1).description())
                .contains("Of \"sample image a\"\nover two lines");
        assertThat(list.entries.get(1).threshold()).isEqualTo(OptionalInt.of(40));
        assertThat(list.entries.get(1).quality()).isEqualTo(OptionalInt.of(90));
        assertThat(list.lines).containsExactly(2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void columnForEachHashGivesAnEntryEach() throws IOException {
        Received list = Received.sample("hash-columns.csv");

        assertThat(list.entries)
                .extracting(ListEntry::kind)
                .containsExactly(
                        SignalKind.FILE_SHA256,
                        SignalKind.FILE_MD5,
                        SignalKind.PDQ,
                        SignalKind.FILE_SHA256,
                        SignalKind.FILE_MD5,
                        SignalKind.SIMILAR_TEXT);
        assertThat(list.errors.getFirst().value()).isEqualTo("File Name");
    }

    @Test
    void columnOfAKindMayHaveAnyOfItsNames() throws IOException {
        Received list = Received.of("uri\ttresh\tx y\nhttps://social.example/a\t1\t\n");

        assertThat(list.summary().format()).isEqualTo(ListFormat.ENTRIES_TABS);
        assertThat(list.values()).containsExactly("https://social.example/a");
        assertThat(list.errors).extracting(LineError::value).containsExactly("tresh", "x y");
    }

    @Test
    void misspeltColumnIsReported() throws IOException {
        Received list = Received.of("kind,value,treshold\ndomain,sample-a.example,30\n");

        assertThat(list.entries).hasSize(1);
        assertThat(list.rules()).containsExactly("1: no such column; it is not read");
    }

    @Test
    void streamIsLeftOpen() throws IOException {
        var in =
                new ByteArrayInputStream(
                        "[{\"hash_digest\": 1}]".getBytes(StandardCharsets.UTF_8)) {
                    private boolean closed;

                    @Override
                    public void close() {
                        closed = true;
                    }
                };

        Received.of(in, ListFormat.HASH_LIST);

        assertThat(in.closed).isFalse();
    }

    @Test
    void signalsOfAnExchangeKeepTagsAndLeaveOutWhatIsCalledHarmless() throws IOException {
        Received list = Received.sample("signals.csv");

        assertThat(list.entries.getFirst().label()).contains("sample other");
        assertThat(list.rules())
                .containsExactly(
                        "5: its source calls it harmless",
                        "6: a kind of signal that is not screened");
    }

    @Test
    void updatesOfThreatExchangeSayWhatIsDeletedAndWhereTheyGoOn() throws IOException {
        Received list = Received.sample("threat-updates.json");

        ListEntry first = list.entries.getFirst();
        assertThat(first.kind()).isEqualTo(SignalKind.PDQ);
        assertThat(first.label()).contains("sample; other");
        assertThat(first.added()).contains(Instant.parse("2026-01-01T10:20:30Z"));
        assertThat(first.updated()).contains(Instant.ofEpochSecond(1767326645));
        assertThat(list.entries)
                .extracting(ListEntry::deleted)
                .containsExactly(false, true, true, false, true, true);
        assertThat(list.lines).containsExactly(3L, 16L, 17L, 19L, 20L, 21L);
        assertThat(list.summary().cursor()).contains("BBB");
        assertThat(list.summary().next()).contains("https://exchange.example/updates?after=BBB");
    }

    @Test
    void brokenObjectOnALineOfItsOwnCostsOnlyThatLine() throws IOException {
        Received list = Received.sample("threat-updates.jsonl");

        assertThat(list.lines).containsExactly(1L, 3L);
        assertThat(list.rules()).containsExactly("2: the JSON is broken here");
    }

    @Test
    void hashListOfTechAgainstTerrorismHasACheckpointAndDeletedEntries() throws IOException {
        Received list = Received.sample("hash-list.json");

        assertThat(list.summary().cursor()).contains("1767326648.5,2822");
        assertThat(list.summary().next()).isPresent();
        assertThat(list.entries).extracting(ListEntry::deleted).containsExactly(false, false, true);
        assertThat(list.entries.getFirst().updated())
                .contains(Instant.ofEpochSecond(1767326645, 222_779_000));
        assertThat(list.entries.getFirst().added())
                .contains(Instant.parse("2026-01-01T23:05:22.587Z"));
        assertThat(list.entries.getFirst().sourceId()).contains("2819");
        assertThat(list.entries.getFirst().label()).contains("islamist");
    }

    @Test
    void alertOfTheTcapGetsItsProtocol() throws IOException {
        Received list = Received.sample("tcap-alerts.csv");

        assertThat(list.values())
                .containsExactly("https://social.example/posts/1", "http://social.example/posts/3");
        assertThat(list.entries.getFirst().added()).contains(Instant.parse("2026-01-02T16:41:59Z"));
        assertThat(list.entries.getFirst().label()).contains("Sample Group (SG)");
        assertThat(list.rules()).containsExactly("3: not a time");
        assertThat(Received.sample("tcap-urls.json").entries.getFirst().label())
                .contains("Sample Group");
    }

    @Test
    void domainListsGiveNamesInOneForm() throws IOException {
        Received list = Received.sample("domains.txt");

        assertThat(list.values())
                .containsExactly(
                        "sample-a.example",
                        "www.sample-b.example",
                        "sample-c.example",
                        "sample-d.example",
                        "sample-e.example",
                        "xn--bcher-kva.example",
                        "under_score.example");
        assertThat(list.rules())
                .containsExactly(
                        "9: an IP address, not a domain name",
                        "10: a domain name has only letters, digits, hyphens and dots",
                        "11: a whole top-level domain",
                        "12: between its dots a domain name has 1 to 63 characters, none of the "
                                + "outer ones a hyphen",
                        "13: more than one word on a line");
        assertThat(Received.sample("hosts.txt").values())
                .containsExactly("sample-a.example", "sample-b.example", "sample-c.example");
    }

    @Test
    void everyErrorNamesLineValueRuleAndWayOut() throws IOException {
        for (LineError error : Received.sample("domains.txt").errors) {
            assertThat(error.line()).isPositive();
            assertThat(error.value()).isNotBlank();
            assertThat(error.rule()).isNotBlank();
            assertThat(error.wayOut()).isNotBlank();
        }
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreLeftOut() throws IOException {
        assertThat(Received.of("\uFEFFsample-a.example\r\nsample-b.example\r\n").values())
                .containsExactly("sample-a.example", "sample-b.example");
        assertThat(Received.of("\uFEFFkind,value\r\ndomain,sample-a.example\r\n").values())
                .containsExactly("sample-a.example");
    }

    @Test
    void nameDecidesOnlyWhereTheContentSaysNothing() throws IOException {
        assertThat(formatOf("", "sample.csv")).isEqualTo(ListFormat.ENTRIES);
        assertThat(formatOf("# nothing yet\n", "domains")).isEqualTo(ListFormat.DOMAINS);
        assertThat(formatOf("sample-a.example\n", "sample.csv")).isEqualTo(ListFormat.DOMAINS);
        assertThatThrownBy(() -> formatOf("", "sample"))
                .isInstanceOf(UnreadableListException.class)
                .hasMessageContaining("it is empty");
    }

    private static ListFormat formatOf(String text, String name) throws IOException {
        var none =
                new ListReceiver() {
                    @Override
                    public void entry(long line, ListEntry entry) {}

                    @Override
                    public void error(LineError error) {}
                };
        return ListReader.read(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), name, none)
                .format();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sample,text\nof,two columns",
                "sample",
                "<html>404</html>",
                "{\"error\": \"sample\"}",
                "%PDF-1.7",
                "PK\u0003\u0004",
                "\0\0\0\0",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "\"kind,value\nmd5,"
            })
    void fileOfNoKnownFormatIsRefusedWithAWayOut(String text) {
        assertThatThrownBy(() -> Received.of(text))
                .isInstanceOf(UnreadableListException.class)
                .hasMessageMatching("the list cannot be read: .+; .+");
    }

    @Test
    void utf16IsRefused() {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
            assertThatThrownBy(() -> Received.of("domain.example\n".getBytes(charset)))
                    .isInstanceOf(UnreadableListException.class)
                    .hasMessageContaining("UTF-8");
        }
    }

    @Test
    void formatThatIsNamedIsNotGuessed() throws IOException {
        assertThat(Received.of("", ListFormat.HASH_LIST).summary().entries()).isZero();
        assertThat(Received.of("sample\n", ListFormat.DOMAINS).errors).hasSize(1);
        assertThat(Received.of("", ListFormat.ENTRIES).summary().cursor())
                .isEqualTo(Optional.empty());
    }
}
