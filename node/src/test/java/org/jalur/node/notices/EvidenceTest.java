package org.jalur.node.notices;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.notice.InvalidNoticeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are taken: known by their first octets, not by their names. */
class EvidenceTest {
    private static FileForm file(String octets) {
        return new FileForm("sample.webp", octets.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "\u0089PNG, image/png",
        "\u00ff\u00d8\u00ff, image/jpeg",
        "GIF89a, image/gif",
        "RIFF....WEBPVP8, image/webp",
        "%PDF-1.7, application/pdf"
    })
    void kindFollowsFromTheFirstOctets(String octets, String type) {
        assertThat(Evidence.typeOf(file(octets))).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF....WAVEfmt ", "RIFF....AVI LIST", "RIFF....WEB", "RIFF", "<svg>"})
    void otherFilesAreRefusedWhateverTheirName(String octets) {
        assertThatThrownBy(() -> Evidence.typeOf(file(octets)))
                .isInstanceOf(InvalidNoticeException.class)
                .hasMessageContaining("upload PNG, JPEG, GIF, WebP or PDF");
    }
}
