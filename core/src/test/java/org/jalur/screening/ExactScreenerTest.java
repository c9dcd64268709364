package org.jalur.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactScreenerTest {
    private static final String TEXT = "sample post a: made up, long enough to be recognised.";

    private final ExactScreener screener = new ExactScreener();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sample post A: made up, long enough to be recognised.",
                "  SAMPLE   post\u00a0A: made up,\nlong enough to be recognised. ",
                "Sam\u200bple post A: made up, long enough to be recognised.",
                "S\u0301ample post A: made up, long enough to be recognised.",
                "\uff33ample post A: made up, long enough to be recognised."
            })
    void sameWordsInAnotherDressAreFound(String text) {
        screener.add(signature(Signal.TEXT, TEXT, List.of()));

        assertThat(screener.screen(text(text, Optional.empty()))).hasSize(1);
    }

    @Test
    void otherWordsAreNotFound() {
        screener.add(signature(Signal.TEXT, TEXT, List.of()));

        assertThat(screener.screen(text(TEXT + " And more.", Optional.empty()))).isEmpty();
    }

    @Test
    void countryScopeHolds() {
        screener.add(signature(Signal.TEXT, TEXT, List.of("ID")));

        assertThat(screener.screen(text(TEXT, Optional.of("ID")))).hasSize(1);
        assertThat(screener.screen(text(TEXT, Optional.of("SG")))).isEmpty();
        assertThat(screener.screen(text(TEXT, Optional.empty()))).hasSize(1);
    }

    @Test
    void removedSignatureIsForgottenAndOthersOfTheSameValueStay() {
        Signature first = signature(Signal.TEXT, TEXT, List.of());
        Signature second = signature(Signal.TEXT, TEXT, List.of());
        screener.add(first);
        screener.add(second);
        screener.add(second);

        screener.remove(first);

        assertThat(screener.screen(text(TEXT, Optional.empty())))
                .extracting(match -> match.signature().id())
                .containsExactly(second.id());
    }

    @Test
    void shortTextNeverBecomesASignature() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signature(Signal.TEXT, "hello", List.of()))
                .withMessageContaining("5 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS://Social.Example/channels/a/",
                "https://social.example:443/channels/a",
                "https://social.example/channels/b/../a#part"
            })
    void sameAddressInAnotherSpellingIsFound(String url) {
        screener.add(signature(Signal.URL, "https://social.example/channels/a", List.of()));

        assertThat(
                        screener.screen(
                                new Content(
                                        Optional.empty(),
                                        List.of(url),
                                        List.of(),
                                        Optional.empty())))
                .hasSize(1);
    }

    private static Signature signature(Signal signal, String value, List<String> countries) {
        return new Signature(UUID.randomUUID(), signal, value, Mode.BLOCK, countries);
    }

    private static Content text(String text, Optional<String> country) {
        return new Content(Optional.of(text), List.of(), List.of(), country);
    }
}
