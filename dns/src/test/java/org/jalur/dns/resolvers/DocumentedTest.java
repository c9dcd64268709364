package org.jalur.dns.resolvers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the document shows is what the tests run. */
class DocumentedTest {
    private static final Path DOCUMENT = Path.of("../docs/resolvers.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bind-zone.conf",
                "bind-options.conf",
                "unbound.conf",
                "recursor.conf",
                "recursor.lua",
                "kresd.conf",
                "zone-watch"
            })
    void configurationStandsInTheDocumentAsItIsRun(String file) throws Exception {
        assertThat(Files.readString(DOCUMENT)).contains("\n" + Setup.documented(file) + "```");
    }
}
