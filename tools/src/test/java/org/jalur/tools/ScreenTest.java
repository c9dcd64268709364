package org.jalur.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ScreenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/screen");

    @TempDir private Path folder;

    private record Ended(int code, List<String> hits, List<String> errors) {
        String error(int index) {
            return errors.get(index);
        }

        /** Standard error without what differs from run to run. */
        String errorsWithoutTimes() {
            return String.join("\n", errors).replaceAll("[0-9.]+ s, [0-9]+ messages/s", "TIME")
                    + "\n";
        }
    }

    private static Ended screen(InputStream in, String... words) {
        var out = new ByteArrayOutputStream();
        var errors = new StringWriter();
        int code =
                new CommandLine(new Screen(in, out))
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setErr(new PrintWriter(errors, true))
                        .execute(words);
        return new Ended(
                code, out.toString(UTF_8).lines().toList(), errors.toString().lines().toList());
    }

    private Ended screen(String input, String... options) throws IOException {
        if (Files.notExists(folder.resolve("sample.csv"))) {
            list("sample.csv", "kind,value\nphrase,sample phrase\n");
        }
        String[] words = new String[options.length + 2];
        words[0] = "--lists";
        words[1] = folder.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        return screen(new ByteArrayInputStream(input.getBytes(UTF_8)), words);
    }

    private void list(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private static Ended golden(String... options) throws IOException {
        String[] words = new String[options.length + 2];
        words[0] = "--lists";
        words[1] = GOLDEN.resolve("lists").toString();
        System.arraycopy(options, 0, words, 2, options.length);
        try (InputStream in = Files.newInputStream(GOLDEN.resolve("input.jsonl"))) {
            return screen(in, words);
        }
    }

    @Test
    void everySignalIsFoundAndExplainedInTheOrderOfTheInput() throws IOException {
        Ended ended = golden();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(String.join("\n", ended.hits()) + "\n")
                .isEqualTo(Files.readString(GOLDEN.resolve("hits.jsonl")));
        assertThat(ended.errorsWithoutTimes())
                .isEqualTo(Files.readString(GOLDEN.resolve("errors.txt")));
    }

    @Test
    void looseFormsAndACountryChangeWhatIsFound() throws IOException {
        Ended ended = golden("--loose", "--country", "ID", "--pdq-radius", "15");

        assertThat(String.join("\n", ended.hits()) + "\n")
                .isEqualTo(Files.readString(GOLDEN.resolve("hits-loose-id.jsonl")));
    }

    @Test
    void offsetsAreThoseOfTheText() throws IOException {
        String text = "\ud83d\ude00 \u0430 \ud835\udc2c\u0430mple phrase \ud83d\ude00";

        Ended ended = screen("{\"id\":\"1\",\"text\":\"%s\"}".formatted(text));

        String matched = "\ud835\udc2c\u0430mple phrase";
        assertThat(ended.hits().getFirst())
                .contains(
                        "\"matched\":\"%s\",\"start\":%d,\"end\":%d,"
                                .formatted(
                                        matched,
                                        text.indexOf(matched),
                                        text.indexOf(matched) + matched.length()));
    }

    @Test
    void overlongLineIsRefusedAndTheNextIsCompared() throws IOException {
        String hit = "{\"id\":\"next\",\"text\":\"sample phrase\"}\n";
        byte[] before = "{\"id\":\"long\",\"text\":\"".getBytes(UTF_8);
        InputStream endless = new Repeated('x', 50 << 20);
        InputStream in =
                new SequenceInputStream(
                        new SequenceInputStream(new ByteArrayInputStream(before), endless),
                        new ByteArrayInputStream(("\"}\n" + hit).getBytes(UTF_8)));
        list("sample.csv", "kind,value\nphrase,sample phrase\n");

        Ended ended = screen(in, "--lists", folder.toString(), "--max-line-kib", "1");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.hits()).singleElement().asString().startsWith("{\"id\":\"next\"");
        assertThat(ended.error(1))
                .isEqualTo(
                        "standard input, line 1: the line has more than 1 KiB; shorten it, or raise"
                                + " --max-line-kib");
    }

    @Test
    void lineOfTheGreatestLengthIsCompared() throws IOException {
        String end = " sample phrase\"}";
        String begin = "{\"id\":\"1\",\"text\":\"";
        String line = begin + "x".repeat(1024 - begin.length() - end.length()) + end;

        assertThat(screen(line + "\r\n", "--max-line-kib", "1").code()).isZero();
        assertThat(screen(line, "--max-line-kib", "1").hits()).hasSize(1);
        assertThat(screen("x" + line + "\n", "--max-line-kib", "1").code()).isEqualTo(1);
    }

    @Test
    void octetsThatAreNoTextRefuseTheirLineOnly() throws IOException {
        list("sample.csv", "kind,value\nphrase,sample phrase\n");
        byte[] input =
                "{\"id\":\"1\",\"text\":\"?\"}\n{\"id\":\"2\",\"text\":\"sample phrase\"}"
                        .getBytes(UTF_8);
        input[18] = (byte) 0xff;

        Ended ended = screen(new ByteArrayInputStream(input), "--lists", folder.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.hits()).hasSize(1);
        assertThat(ended.error(1)).contains("line 1: the line is not UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"id":"1","pdqQuality":101}        | pdqQuality is not a whole number from 0 to 100
                    {"id":"1","pdqQuality":1e1}        | pdqQuality is not a whole number from 0 to 100
                    {"id":"1","pdqQuality":9999999999} | pdqQuality is not a whole number from 0 to 100
                    {"id":"1","pdq":"12"}              | pdq is not 64 hexadecimal digits
                    {"id":"1","tlsh":"T1"}             | tlsh is not T1 and 70 hexadecimal digits
                    {"id":"1","md5":"zz"}              | md5 is not 32 hexadecimal digits
                    {"id":"1","urls":"a.example"}      | urls is not an array
                    {"id":"1","urls":[1]}              | an element of urls is not a string
                    {"id":"1","urls":[["a"]]}          | the JSON is broken
                    {"id":"1","image":"a\\u0000b"}     | image is not a path
                    {"id":"1","text":{"a":{"b":1}}}    | text is not a string
                    {"id":" "}                         | the object has no id
                    {"id":1.5}                         | id is not a string
                    {"id":"1"} {"id":"2"}              | there is text after the object
                    {"id":"1","text":"\\x"}            | the JSON is broken
                    nonsense                           | the JSON is broken
                    {"id":"1","Text":"a"}              | no such member
                    """)
    void brokenLineIsRefusedWithItsRule(String line, String rule) throws IOException {
        Ended ended = screen(line + "\n{\"id\":\"next\",\"text\":\"sample phrase\"}");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.hits()).hasSize(1);
        assertThat(ended.error(1)).startsWith("standard input, line 1: ").contains(rule);
        assertThat(ended.error(2))
                .startsWith("2 lines read, 1 refused, 0 compared in part; 1 hits;");
    }

    @Test
    void absentMembersAreAsGoodAsNull() throws IOException {
        Ended ended =
                screen(
"""

{"id":12,"text":null,"urls":[],"image":null,"sha256":null}

""");

        assertThat(ended.code()).isZero();
        assertThat(ended.hits()).isEmpty();
        assertThat(ended.error(1))
                .startsWith("1 lines read, 0 refused, 0 compared in part; 0 hits;");
    }

    @Test
    void pictureIsComparedByItsDigestsAndInAllTurns() throws IOException {
        Path picture = folder.resolve("pictures/picture.webp");
        Files.createDirectories(picture.getParent());
        try (InputStream in = ScreenTest.class.getResourceAsStream("/pictures/lossless.webp")) {
            Files.copy(Objects.requireNonNull(in), picture);
        }
        list(
                "pictures.txt",
                "pdq 9203bffc0803aefc9543aea9d556a0a3f77cacd6922ba4c19634a4e4698e5b1e\n");

        Ended ended = screen("{\"id\":\"1\",\"image\":\"%s\"}".formatted(picture));

        assertThat(ended.code()).as(ended.errors().toString()).isZero();
        assertThat(ended.hits())
                .containsExactly(
                        "{\"id\":\"1\",\"list\":\"pictures.txt\",\"line\":1,\"signal\":\"pdq\",\"value\":"
                                + "\"9203bffc0803aefc9543aea9d556a0a3f77cacd6922ba4c19634a4e4698e5b1e\",\"matched\":"
                                + "\"9203bffc0803aefc9543aea9d556a0a3f77cacd6922ba4c19634a4e4698e5b1e\",\"distance\":0}");
    }

    @Test
    void damagedPictureIsComparedByItsDigestAndReported() throws IOException {
        Path damaged = folder.resolve(".damaged.gif");
        Files.write(damaged, new byte[] {'G', 'I', 'F', '8', '9'});
        list(
                "digests.txt",
                """
                sha256 cc96d875fc16cdc16adf3e93510d286d96bf8e309c0efb5a9d64d6a1637e0a9b
                md5 66c36c1e6fd1a09812f2f5bced275d86
                """);

        Ended ended = screen("{\"id\":\"1\",\"image\":\"%s\"}".formatted(damaged));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.hits())
                .extracting(hit -> hit.replaceAll(".*\"signal\":\"([a-z0-9]+)\".*", "$1"))
                .containsExactly("sha256", "md5");
        assertThat(ended.error(2)).contains("the picture has no PDQ hash; The GIF file cannot");
        assertThat(ended.error(3)).startsWith("1 lines read, 0 refused, 1 compared in part");
    }

    @Test
    void fileThatIsNoListEndsTheCommandUnlessItIsSkipped() throws IOException {
        list("page.html", "<html></html>");

        Ended ended = screen("{\"id\":\"1\",\"text\":\"sample phrase\"}");
        Ended skipped = screen("{\"id\":\"1\",\"text\":\"sample phrase\"}", "--skip-unreadable");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.hits()).isEmpty();
        assertThat(ended.errors())
                .containsExactly(
                        "page.html: the list cannot be read: it is XML or HTML; export it as CSV,"
                                + " or look what was downloaded. Take it out of the folder, or leave it"
                                + " out with --skip-unreadable.");
        assertThat(skipped.code()).isZero();
        assertThat(skipped.hits()).hasSize(1);
        assertThat(skipped.error(0)).startsWith("page.html: left out, the list cannot be read");
    }

    @Test
    void folderWithoutListsEndsTheCommand() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Ended ended = screen(InputStream.nullInputStream(), "--lists", empty.toString());
        Ended missing =
                screen(InputStream.nullInputStream(), "--lists", folder.resolve("no").toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.error(0)).isEqualTo("%s holds no list.".formatted(empty));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.error(0))
                .isEqualTo(
                        "The folder %s cannot be read (NoSuchFileException)."
                                .formatted(folder.resolve("no")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--pdq-radius=32",
                "--pdq-radius=-1",
                "--pdq-quality=101",
                "--max-line-kib=0",
                "--max-line-kib=65537",
                "--country=id",
                "--home=elsewhere"
            })
    void optionOutOfRangeIsNamed(String option) throws IOException {
        Ended ended = screen("", option);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.error(0)).contains(option.substring(0, option.indexOf('=')));
    }

    @Test
    void nameWithoutAPlatformIsThatOfTheHome() throws IOException {
        list("names.txt", "handle t.me/samplechannel\n");
        String input = "{\"id\":\"1\",\"text\":\"by @SampleChannel\"}";

        assertThat(screen(input).hits()).isEmpty();
        assertThat(screen(input, "--home", "telegram").hits())
                .singleElement()
                .asString()
                .contains("\"matched\":\"@SampleChannel\",\"start\":3,\"end\":17,");
    }

    @Test
    void outputThatIsClosedEndsTheCommand() throws IOException {
        list("sample.csv", "kind,value\nphrase,sample phrase\n");
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        var errors = new StringWriter();

        int code =
                new CommandLine(
                                new Screen(
                                        new ByteArrayInputStream(
                                                "{\"id\":\"1\",\"text\":\"sample phrase\"}"
                                                        .getBytes(UTF_8)),
                                        closed))
                        .setErr(new PrintWriter(errors, true))
                        .execute("--lists", folder.toString());

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).endsWith("Standard input or output failed: Broken pipe.\n");
    }

    /** One octet, so many times. */
    private static final class Repeated extends InputStream {
        private final byte octet;
        private long left;

        Repeated(char octet, long times) {
            this.octet = (byte) octet;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? octet : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(length, left);
            Arrays.fill(target, offset, offset + count, octet);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
