package org.jalur.screening.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ListWriterTest {
    @ParameterizedTest
    @CsvSource({
        "entries.csv",
        "hash-columns.csv",
        "signals.csv",
        "signals.tsv",
        "signals.txt",
        "threat-updates.json",
        "hash-list.json",
        "hash-list.csv",
        "tcap-alerts.csv",
        "tcap-urls.json",
        "domains.txt"
    })
    void whatWasReadIsWrittenAndReadBack(String sample) throws IOException {
        Received list = Received.sample(sample);

        byte[] written = written(list.summary().format(), list.entries, list.summary().cursor());
        Received again = Received.of(written);

        assertThat(again.errors).isEmpty();
        assertThat(again.summary().format()).isEqualTo(list.summary().format());
        assertThat(again.entries).isEqualTo(list.entries);
    }

    @Test
    void checkpointOfAHashListIsKept() throws IOException {
        byte[] written = written(ListFormat.HASH_LIST, List.of(), Optional.of("1,2"));

        assertThat(Received.of(new ByteArrayInputStream(written), ListFormat.HASH_LIST).summary())
                .extracting(ListSummary::cursor)
                .isEqualTo(Optional.of("1,2"));
    }

    @ParameterizedTest
    @EnumSource
    void emptyListIsReadBack(ListFormat format) throws IOException {
        byte[] written = written(format, List.of(), Optional.empty());

        Received again = Received.of(new ByteArrayInputStream(written), format);

        assertThat(again.errors).isEmpty();
        assertThat(again.entries).isEmpty();
    }

    @Test
    void anyTextSurvivesOurOwnFormats() throws IOException {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            List<ListEntry> entries = List.of(phrase(random), phrase(random), phrase(random));
            for (ListFormat format : List.of(ListFormat.ENTRIES, ListFormat.ENTRIES_TABS)) {
                byte[] written = written(format, entries, Optional.empty());

                assertThat(Received.of(written).entries).isEqualTo(entries);
            }
        }
    }

    private static ListEntry phrase(SplittableRandom random) {
        return new ListEntry(
                SignalKind.PHRASE,
                "a" + text(random) + "z",
                Optional.of("id " + random.nextInt(1000) + "\""),
                Optional.of(",;" + text(random) + "\"\""),
                Optional.of("\"" + text(random).repeat(10) + "."),
                random.nextBoolean() ? List.of("ID", "SG", "MY") : List.of(),
                Optional.of(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
                Optional.empty(),
                random.nextBoolean(),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(1000)) : OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static String text(SplittableRandom random) {
        String letters = "ab ,\t\"\n#'=\u00e9\u0628\uD83D\uDE00x";
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int at = random.nextInt(letters.length());
            // A character outside of the basic plane is two here.
            text.append(
                    Character.isSurrogate(letters.charAt(at))
                            ? "\uD83D\uDE00"
                            : String.valueOf(letters.charAt(at)));
        }
        return text.toString();
    }

    @Test
    void meaningThatAFormatCannotSayIsRefusedAndTheRestIsWritten() throws IOException {
        var out = new ByteArrayOutputStream();
        ListEntry domain = ListEntry.of(SignalKind.DOMAIN, "sample-a.example");
        try (ListWriter writer = ListWriter.of(out, ListFormat.DOMAINS, Optional.empty())) {
            writer.write(domain);
            assertThatThrownBy(() -> writer.write(ListEntry.of(SignalKind.HANDLE, "@sample")))
                    .isInstanceOf(UnwritableEntryException.class)
                    .hasMessage("domain names, one a line has no place for a handle");
            assertThatThrownBy(() -> writer.write(changed(domain, List.of("ID"), false)))
                    .isInstanceOf(UnwritableEntryException.class);
            assertThatThrownBy(() -> writer.write(changed(domain, List.of(), true)))
                    .isInstanceOf(UnwritableEntryException.class);
            writer.write(ListEntry.of(SignalKind.DOMAIN, "sample-b.example"));
        }

        assertThat(out).hasToString("sample-a.example\nsample-b.example\n");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ENTRIES", "ENTRIES_TABS"},
            mode = EnumSource.Mode.EXCLUDE)
    void handleForOneCountryIsWrittenOnlyInOurOwnFormats(ListFormat format) {
        ListEntry handle =
                changed(ListEntry.of(SignalKind.HANDLE, "@sample"), List.of("ID"), false);

        assertThatThrownBy(() -> written(format, List.of(handle), Optional.empty()))
                .isInstanceOf(UnwritableEntryException.class);
    }

    private static ListEntry changed(ListEntry entry, List<String> countries, boolean deleted) {
        return new ListEntry(
                entry.kind(),
                entry.value(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                countries,
                Optional.empty(),
                Optional.empty(),
                deleted,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private static byte[] written(
            ListFormat format, List<ListEntry> entries, Optional<String> cursor)
            throws IOException {
        var out = new ByteArrayOutputStream();
        try (ListWriter writer = ListWriter.of(out, format, cursor)) {
            for (ListEntry entry : entries) {
                writer.write(entry);
            }
        }
        return out.toByteArray();
    }
}
