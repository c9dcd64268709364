package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jalur.screening.url.AddressFinder;
import org.jalur.screening.url.Platform;
import org.jalur.screening.url.PublicSuffixes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGateTest {
    private static final String[] PIECES = {
        "http", "hxxp", "tg", "://", "[:]//", "[://]", "[/]", ":", "/", ".", "[.]", "(.)", "(dot)",
        "[DOT]", "{dot}", "@", "[at]", "(AT)", "。", "．", "｡", " ", "\n", "\u200b", "\u00ad", "com",
        "example", "t", "me", "sample", "例", "ａ", "é", "-", "1", "?", "#"
    };

    private final AddressFinder finder =
            new AddressFinder(PublicSuffixes.bundled(), Optional.of(Platform.TELEGRAM));

    @Test
    void everyTextWithAnAddressPasses() {
        var random = new SplittableRandom(1);
        int found = 0;
        for (int i = 0; i < 300_000; i++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(9); piece >= 0; piece--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            if (!finder.find(text.toString()).isEmpty()) {
                found++;
                assertThat(AddressGate.mayHaveAddress(text.toString())).as("%s", text).isTrue();
            }
        }
        assertThat(found).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sample post A", "The end. Another... (and) [so on].", "a: b/c"})
    void textWithoutAnAddressDoesNot(String text) {
        assertThat(AddressGate.mayHaveAddress(text)).isFalse();
    }

    @Test
    void decodedTextIsThatOfTheLibraryAndKnowsItsOctets() {
        String text = "aé例𝐚\u0800\uffffz";
        var decoded = new DecodedText(text.getBytes(UTF_8));

        assertThat(decoded.text()).isEqualTo(text);
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                assertThat(decoded.octet(i)).isEqualTo(text.substring(0, i).getBytes(UTF_8).length);
            }
        }
    }

    @Test
    void octetsThatAreNoTextStandForThemselves() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(12)];
            random.nextBytes(octets);

            var decoded = new DecodedText(octets);

            assertThat(decoded.octet(decoded.text().length())).isEqualTo(octets.length);
            if (isText(octets)) {
                assertThat(decoded.text()).isEqualTo(new String(octets, UTF_8));
            } else {
                assertThat(decoded.text()).contains("\ufffd");
            }
        }
    }

    private static boolean isText(byte[] octets) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
