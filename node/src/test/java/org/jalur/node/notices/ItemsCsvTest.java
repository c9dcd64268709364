package org.jalur.node.notices;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items as clerks' spreadsheets write them. */
class ItemsCsvTest {
    private static final String URL = "https://social.example/";

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void fieldsAreDividedAsSpreadsheetsDoIt(String divider) {
        ItemsCsv.Result result =
                ItemsCsv.read(
                        "url,kind,text\n%sa,channel,\"Sample, text; and more\"\n"
                                .formatted(URL)
                                .replace(
                                        "url,kind,text",
                                        "url" + divider + "kind" + divider + "text")
                                .replace(
                                        "a,channel,\"",
                                        "a" + divider + "channel" + divider + "\""));

        assertThat(result.errors()).isEmpty();
        assertThat(result.items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.url()).isEqualTo(URL + "a");
                    assertThat(item.kind()).contains(ItemKind.CHANNEL);
                    assertThat(item.text()).contains("Sample, text; and more");
                });
    }

    @Test
    void lineThatTellsTheDividerIsNoHeader() {
        ItemsCsv.Result right = ItemsCsv.read("sep=;\r\nurl;text\r\n" + URL + "a;b\r\n");
        ItemsCsv.Result wrong = ItemsCsv.read("sep=;\r\nurl;text\r\nnot an address;b\r\n");

        assertThat(right.items()).hasSize(1);
        assertThat(wrong.errors()).extracting(ItemsCsv.LineError::line).containsExactly(3L);
    }

    @Test
    void fileMayBeUtf8OrMarkedUtf16AndNothingElse() {
        String csv = "\ufeffurl,text\n" + URL + "a,“contoh”\n";

        assertThat(ItemsCsv.read(csv.getBytes(UTF_8)).items()).hasSize(1);
        assertThat(ItemsCsv.read(csv.getBytes(UTF_16LE)).items()).hasSize(1);
        ItemsCsv.Result other =
                ItemsCsv.read(("url,text\n" + URL + "a,caf\u00e9\n").getBytes(ISO_8859_1));
        assertThat(other.items()).isEmpty();
        assertThat(other.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.error()).contains("CSV UTF-8"));
    }

    @Test
    void emptyFileIsOneErrorAndNoFault() {
        assertThat(ItemsCsv.read(new byte[0]).errors()).hasSize(1);
        assertThat(ItemsCsv.read("sep=;\n").errors()).hasSize(1);
        assertThat(ItemsCsv.read("sep=\"\nurl\n").errors()).isNotEmpty();
    }

    @Test
    void templateIsReadInBothLanguagesAndAsksForItems() {
        for (String language : new String[] {"id", "en"}) {
            ItemsCsv.Result empty = ItemsCsv.read(ItemsCsv.template(language));

            assertThat(empty.errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.error()).contains("items are 0"));
        }
    }

    @Test
    void tenThousandLinesAreTakenAndOneMoreIsNot() {
        String lines =
                IntStream.rangeClosed(1, NoticeFacts.MAX_ITEMS)
                        .mapToObj(no -> URL + no)
                        .collect(Collectors.joining("\n", "url\n", "\n"));

        assertThat(ItemsCsv.read(lines).items()).hasSize(NoticeFacts.MAX_ITEMS);
        ItemsCsv.Result more = ItemsCsv.read(lines + URL + "more\n");
        assertThat(more.items()).isEmpty();
        assertThat(more.errors()).hasSize(1);
    }

    @Test
    void oneWrongLineTakesNothing() {
        ItemsCsv.Result result =
                ItemsCsv.read("url,kind\n" + URL + "a,post\n" + URL + "b,video\n" + URL + "c\n");

        assertThat(result.items()).isEmpty();
        assertThat(result.errors()).extracting(ItemsCsv.LineError::line).containsExactly(3L, 4L);
    }
}
