package org.jalur.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jalur.tools.Launcher.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenDocumentTest {
    @TempDir private Path folder;

    private static String block(String document, String language) {
        String begin = "```" + language + "\n";
        int from = document.indexOf(begin) + begin.length();
        return document.substring(from, document.indexOf("```", from));
    }

    @Test
    void whatTheDocumentShowsIsWhatHappens() throws IOException, InterruptedException {
        String document =
                Files.readString(Launcher.ROOT.resolve("docs/screening.md"))
                        .split("# Comparing publications", 2)[1];
        String commands =
                block(document, "sh")
                        .replace("./jalur", "'%s'".formatted(Launcher.ROOT.resolve("jalur")));
        var shell = new ProcessBuilder("bash", "-euc", commands).directory(folder.toFile());
        shell.environment().putAll(Map.of("JALUR_JDK", System.getProperty("java.home")));
        shell.redirectError(folder.resolve("errors").toFile());

        Ended ended = Launcher.end(shell);

        assertThat(ended.code()).as(Files.readString(folder.resolve("errors"))).isZero();
        assertThat(ended.output()).isEqualTo(block(document, "json"));
    }
}
