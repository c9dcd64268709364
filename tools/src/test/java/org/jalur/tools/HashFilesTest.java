package org.jalur.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HashFilesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir private Path folder;

    private record Ended(int code, List<JsonNode> lines, String errors) {}

    private static Ended hash(Object... arguments) {
        var output = new StringWriter();
        var errors = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code =
                new CommandLine(new HashFiles())
                        .setOut(new PrintWriter(output))
                        .setErr(new PrintWriter(errors, true))
                        .execute(words);
        return new Ended(
                code, output.toString().lines().map(JSON::readTree).toList(), errors.toString());
    }

    private Path picture() throws IOException {
        try (InputStream in = HashFilesTest.class.getResourceAsStream("/pictures/lossless.webp")) {
            Path file = folder.resolve("picture.webp");
            Files.copy(Objects.requireNonNull(in), file);
            return file;
        }
    }

    @Test
    void pictureHasItsDigestsAndItsPdqHash() throws IOException {
        Path picture = picture();

        Ended ended = hash(picture);

        assertThat(ended.code()).isZero();
        JsonNode line = ended.lines().getFirst();
        assertThat(line.get("file").asString()).isEqualTo(picture.toString());
        assertThat(line.get("sha256").asString()).hasSize(64);
        assertThat(line.get("md5").asString()).hasSize(32);
        assertThat(line.get("pdq").asString())
                .isEqualTo("9203bffc0803aefc9543aea9d556a0a3f77cacd6922ba4c19634a4e4698e5b1e");
        assertThat(line.get("pdqQuality").asInt()).isEqualTo(100);
        assertThat(line.path("notComputed").has("pdq")).isFalse();
    }

    @Test
    void fileOfAnotherKindHasItsDigestsAndTheReasonForTheRest() throws IOException {
        Path text = Files.writeString(folder.resolve("post.txt"), "sample post A");

        Ended ended = hash(text);

        assertThat(ended.code()).isZero();
        JsonNode line = ended.lines().getFirst();
        assertThat(line.get("sha256").asString())
                .isEqualTo("6ea5ea1100d9929a75650e318cb8dae02e2582975ceee91de549e3db29f5cff4");
        assertThat(line.get("md5").asString()).isEqualTo("ba95842c75bb1fd8849e95ca9611fc99");
        assertThat(line.has("pdq")).isFalse();
        assertThat(line.get("notComputed").get("pdq").asString())
                .isEqualTo("The file is no JPEG, PNG, GIF or WebP picture.");
        assertThat(line.get("notComputed").get("tlsh").asString())
                .contains("too short", "at least 50");
    }

    @Test
    void fileThatCannotBeReadHasItsLineAndTheOthersTheirs() throws IOException {
        Path missing = folder.resolve("missing.jpg");
        Path empty = Files.createFile(folder.resolve("empty"));

        Ended ended = hash(missing, folder, empty);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.lines()).hasSize(3);
        assertThat(ended.lines().get(0).get("notComputed").get("sha256").asString())
                .isEqualTo("There is no file %s.".formatted(missing));
        assertThat(ended.lines().get(1).get("notComputed").get("pdq").asString())
                .startsWith("%s cannot be read: ".formatted(folder));
        assertThat(ended.lines().get(2).get("md5").asString())
                .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @Test
    void damagedPictureIsNoFailureOfTheCommand() throws IOException {
        Path damaged = Files.write(folder.resolve("a.gif"), new byte[] {'G', 'I', 'F', '8', '9'});

        Ended ended = hash(damaged);

        assertThat(ended.code()).isZero();
        assertThat(ended.lines().getFirst().get("notComputed").get("pdq").asString())
                .startsWith("The GIF file cannot be decoded: ");
    }

    @Test
    void longFileIsDigestedButNotLookedInto() throws IOException {
        Path file = folder.resolve("long.jpg");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff});
            for (int i = 0; i < 1024; i++) {
                out.write(new byte[1024]);
            }
        }

        Ended ended = hash("--max-mib", 1, file);

        assertThat(ended.code()).isZero();
        JsonNode line = ended.lines().getFirst();
        assertThat(line.get("sha256").asString()).hasSize(64);
        assertThat(line.get("notComputed").get("pdq").asString())
                .isEqualTo(
                        "The file has 1048579 octets; up to 1048576 are looked into. --max-mib"
                                + " raises the limit.");
        assertThat(line.get("notComputed").has("tlsh")).isTrue();
    }

    @Test
    void largePictureNamesTheOptionThatAllowsIt() throws IOException {
        byte[] gif = new byte[40];
        gif[0] = 'G';
        gif[1] = 'I';
        gif[2] = 'F';
        gif[3] = '8';
        gif[4] = '9';
        gif[5] = 'a';
        gif[7] = 40;
        gif[9] = 40;
        Path file = Files.write(folder.resolve("large.gif"), gif);

        Ended ended = hash("--max-megapixels", 100, file);

        assertThat(ended.lines().getFirst().get("notComputed").get("pdq").asString())
                .contains("10240 × 10240", "100000000", "--max-megapixels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--max-mib=0", "--max-mib=513", "--max-megapixels=-1", "--max-seconds=3601"})
    void limitOutOfRangeIsNamed(String option) throws IOException {
        Ended ended = hash(option, picture());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.lines()).isEmpty();
        assertThat(ended.errors())
                .startsWith(
                        "%s; give a whole number from 1 to "
                                .formatted(option.replace("=", " is ")));
    }

    @Test
    void commandNeedsAFile() {
        Ended ended = hash();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors()).contains("FILE");
    }
}
