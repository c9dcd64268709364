package org.jalur.screening.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jalur.screening.ListRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListEntryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FILE_MD5 | d41d8cd98f00b204e9800998ecf8427",
                "FILE_MD5 | D41D8CD98F00B204E9800998ECF8427E",
                "FILE_SHA256 | d41d8cd98f00b204e9800998ecf8427e",
                "PDQ | g41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e",
                "PHRASE | ''",
                "PHRASE | ' '",
                "SIMILAR_TEXT | T1",
                "SIMILAR_TEXT | 09F05A198CC69A5A4F0F9380A9EE93F2B927CF42089EA74276DC5F0BB2D34E6811",
                "URL | https://social.example/a b",
                "HANDLE | @sample channel",
                "DOMAIN | ''",
                "DOMAIN | example",
                "DOMAIN | .example",
                "DOMAIN | a..example",
                "DOMAIN | a.example.",
                "DOMAIN | A.example",
                "DOMAIN | a-.example",
                "DOMAIN | a.-example",
                "DOMAIN | 192.0.2.1",
                "DOMAIN | [2001:db8::1]",
                "DOMAIN | b\u00fccher.example",
                "DOMAIN | a.example/path"
            })
    void valueThatIsNotOfItsKindIsRefused(SignalKind kind, String value) {
        assertThatThrownBy(() -> ListEntry.of(kind, value))
                .isInstanceOf(InvalidEntryException.class);
    }

    @Test
    void lengthsHaveLimits() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertThat(ListEntry.of(SignalKind.DOMAIN, longest).value()).hasSize(253);
        for (String domain : List.of(longest + "a", "a".repeat(64) + ".example")) {
            assertThatThrownBy(() -> ListEntry.of(SignalKind.DOMAIN, domain))
                    .isInstanceOf(InvalidEntryException.class);
        }
        assertThatThrownBy(() -> ListEntry.of(SignalKind.PHRASE, "a".repeat(1001)))
                .isInstanceOf(InvalidEntryException.class)
                .hasMessageContaining("1,001 characters");
    }

    @Test
    void fieldsHaveRules() {
        assertThatThrownBy(() -> entry(" label", List.of(), OptionalInt.empty()))
                .hasMessageContaining("begins or ends with a space");
        assertThatThrownBy(() -> entry("a".repeat(401), List.of(), OptionalInt.empty()))
                .hasMessageContaining("401 characters");
        assertThatThrownBy(() -> entry("label", List.of("id"), OptionalInt.empty()))
                .hasMessageContaining("not a country code");
        assertThatThrownBy(() -> entry("label", List.of(), OptionalInt.of(-1)))
                .hasMessageContaining("not between 0 and 1,000");
    }

    private static ListEntry entry(String label, List<String> countries, OptionalInt threshold) {
        return new ListEntry(
                SignalKind.PHRASE,
                "sample phrase",
                Optional.empty(),
                Optional.of(label),
                Optional.empty(),
                countries,
                Optional.empty(),
                Optional.empty(),
                false,
                threshold,
                OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02T03:04:05Z | 2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.678901+07:00 | 2026-01-01T20:04:05.678901Z",
                "2026-01-02T03:04:05+0000 | 2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.5 | 2026-01-02T03:04:05.5Z",
                "2026-01-02 03:04:05 | 2026-01-02T03:04:05Z",
                "2026-01-02 | 2026-01-02T00:00:00Z",
                "01/02/26 03:04:05 | 2026-01-02T03:04:05Z",
                "1767323045 | 2026-01-02T03:04:05Z",
                "1767323045.25 | 2026-01-02T03:04:05.250Z"
            })
    void timesAreReadAsOthersWriteThem(String written, Instant time) {
        assertThat(ListTime.parse(written)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-13-01",
                "2026-02-30T00:00:00Z",
                "999999999999",
                "1e9",
                "12/31/2026",
                "2026-01-02T03:04",
                "\u0661\u0662"
            })
    void otherTimesAreRefused(String written) {
        assertThatThrownBy(() -> ListTime.parse(written)).isInstanceOf(InvalidEntryException.class);
    }

    @Test
    void shownValueIsShortAndHasNoControlCharacters() {
        assertThat(new LineError(1, "a".repeat(100), ListRule.TIME.broken()).value())
                .hasSize(80)
                .endsWith("…");
        assertThat(new LineError(1, "\uD83D\uDE00".repeat(100), ListRule.TIME.broken()).value())
                .hasSizeLessThan(81);
        assertThat(new LineError(1, "a\u001b[31m\u202eb\n", ListRule.TIME.broken()).value())
                .isEqualTo("a\uFFFD[31m\uFFFDb\uFFFD");
    }
}
