package org.jalur.node.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jalur.channel.Part;
import org.jalur.notice.ListFacts;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.ListEntry;
import org.junit.jupiter.api.Test;

class DrawnUpTest {
    private static DrawnUp read(String text) throws IOException {
        return DrawnUp.read(new ByteArrayInputStream(text.getBytes(UTF_8)), "sample.csv");
    }

    private static List<ListEntry> entries(DrawnUp drawnUp) {
        var entries = new ArrayList<ListEntry>();
        DrawnUp.each(drawnUp.chunks(), entries::add);
        return entries;
    }

    private static String domains(int count) {
        return IntStream.range(0, count)
                .mapToObj("sample-%d.example\n"::formatted)
                .collect(Collectors.joining());
    }

    @Test
    void linesThatBreakARuleOfTheListOrOfTheScreenerAreLeftOutInTheOrderOfTheFile()
            throws IOException {
        DrawnUp drawnUp =
                read(
                        "kind,value,deleted\ndomain,co.id,\nphrase,kept sample words,\nmd5,xyz,\nphrase,gone sample words,yes\n");

        assertThat(drawnUp.errors()).extracting(LineError::line).containsExactly(2L, 4L);
        assertThat(drawnUp.wrong()).isEqualTo(2);
        assertThat(drawnUp.entries()).isEqualTo(2);
        assertThat(entries(drawnUp)).extracting(ListEntry::deleted).containsExactly(false, true);
    }

    @Test
    void longListComesInChunksThatFitIntoPartsAndKeepItsOrder() throws IOException {
        String words = "sample ".repeat(500).strip();
        String csv =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "domain,sample-%d.example,%s\n".formatted(i, words))
                        .collect(Collectors.joining("", "kind,value,description\n", ""));

        DrawnUp drawnUp = read(csv);

        assertThat(drawnUp.chunks()).hasSizeBetween(3, 5);
        assertThat(drawnUp.chunks()).allMatch(chunk -> chunk.length < Part.MAX_LENGTH / 8);
        List<ListEntry> entries = entries(drawnUp);
        assertThat(entries).hasSize(1_000);
        assertThat(entries.getFirst().value()).isEqualTo("sample-0.example");
        assertThat(entries.getLast().value()).isEqualTo("sample-999.example");
        assertThat(entries.getLast().description()).contains(words);
    }

    @Test
    void oneEntryMoreThanAMessageBringsIsTooMany() throws IOException {
        assertThat(read(domains(ListFacts.MOST)).entries()).isEqualTo(ListFacts.MOST);
        assertThatThrownBy(() -> read(domains(ListFacts.MOST + 1)))
                .isInstanceOf(DrawnUp.TooManyEntriesException.class);
    }

    @Test
    void previewCountsByKindAndShowsTheFirst() throws IOException {
        DrawnUp drawnUp = read("kind,value,deleted\nphrase,sample words,\nphrase,other words,1\n");

        ListPreview preview = ListPreview.of(drawnUp.chunks());

        assertThat(preview.counts())
                .singleElement()
                .satisfies(count -> {
                    assertThat(count.added()).isEqualTo(1);
                    assertThat(count.takenBack()).isEqualTo(1);
                });
        assertThat(preview.shown()).hasSize(2);
    }
}
