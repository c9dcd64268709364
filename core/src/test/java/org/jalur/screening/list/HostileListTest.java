package org.jalur.screening.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileListTest {
    private static final String HEADER = "kind,value,description\n";
    private static final String LAST = "domain,last.example,\n";

    @Test
    void hugeLineCostsNoMemoryAndOnlyItself() throws IOException {
        // A line of 400 MB, in the middle of a list.
        InputStream huge =
                new SequenceInputStream(stream("first.example\n"), repeated(400_000_000));
        Received list =
                Received.of(
                        new SequenceInputStream(huge, stream("\nlast.example\n")),
                        ListFormat.DOMAINS);

        assertThat(list.values()).containsExactly("first.example", "last.example");
        assertThat(list.rules()).containsExactly("2: the line has more than 262,144 octets");
        assertThat(list.lines).containsExactly(1L, 3L);
        assertThat(list.progress).isGreaterThan(100);
        assertThat(list.summary().octets()).isEqualTo(400_000_000 + 28);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream repeated(int length) {
        return new InputStream() {
            private int left = length;

            @Override
            public int read() {
                return left-- > 0 ? 'a' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                if (left <= 0) {
                    return -1;
                }
                int given = Math.min(count, left);
                Arrays.fill(target, offset, offset + given, (byte) 'a');
                left -= given;
                return given;
            }
        };
    }

    @Test
    void lineOfExactlyTheMostIsReadAndOneMoreIsNot() throws IOException {
        for (String end : List.of("\n", "\r\n", "")) {
            String most = "#".repeat(Lines.MAX_LINE);

            assertThat(Received.of(most + end, ListFormat.DOMAINS).errors).isEmpty();
            assertThat(Received.of("a.example\n" + most + "##" + end, ListFormat.DOMAINS).rules())
                    .containsExactly("2: the line has more than 262,144 octets");
        }
    }

    @Test
    void quoteThatIsNeverClosedCostsOneRecord() throws IOException {
        Received list =
                Received.of(HEADER + "domain,\"first.example,\n" + "domain,b.example,\n" + LAST);

        assertThat(list.values()).containsExactly("b.example", "last.example");
        assertThat(list.rules()).containsExactly("2: a quote opens a field and nothing closes it");
    }

    @Test
    void quoteThatIsNeverClosedInAGreatListCostsOneRecord() throws IOException {
        String record = "domain,b.example,\n";

        Received list = Received.of(HEADER + "domain,\"a.example,\n" + record.repeat(50_000));

        assertThat(list.entries).hasSize(50_000);
        assertThat(list.errors).hasSize(1);
        assertThat(list.lines.getFirst()).isEqualTo(3);
    }

    @Test
    void openQuotesOverEmptyLinesTakeNoMoreThanTimeInProportion() throws IOException {
        String open = "domain,\"a.example,\n" + "\n".repeat(70_000);

        Received list = Received.of(HEADER + open.repeat(10) + LAST);

        assertThat(list.values()).containsExactly("last.example");
        assertThat(list.errors).hasSize(10);
    }

    @Test
    void quoteInEveryLineTakesNoMoreThanTimeInProportion() throws IOException {
        String odd = "domain,\"\"\"a.example,\n";

        Received list = Received.of(HEADER + odd.repeat(20_000) + LAST);

        assertThat(list.values()).endsWith("last.example");
        assertThat(list.errors).hasSizeBetween(10_000, 20_000);
    }

    @Test
    void textAfterAQuoteAndAQuoteInTextAreRefused() throws IOException {
        Received list =
                Received.of(HEADER + "domain,\"a.example\"x,\n" + "domain,b\"c.example,\n" + LAST);

        assertThat(list.values()).containsExactly("last.example");
        assertThat(list.rules())
                .containsExactly(
                        "2: text after the quote that closes a field",
                        "3: a quote within a field that has none around it");
    }

    @Test
    void wrongNumberOfFieldsIsRefused() throws IOException {
        Received list =
                Received.of(
                        HEADER
                                + "domain\n"
                                + "domain,a.example,,\n"
                                + ",".repeat(5000)
                                + "\n"
                                + LAST);

        assertThat(list.values()).containsExactly("last.example");
        assertThat(list.rules())
                .containsExactly(
                        "2: 1 fields, where the header has 3",
                        "3: 4 fields, where the header has 3",
                        "4: more than 256 fields");
    }

    @Test
    void nulAndOtherCharsetsCostOneLine() throws IOException {
        byte[] octets =
                (HEADER + "phrase,sample \0 a,\n" + "phrase,sample caf\u00e9,\n" + LAST)
                        .getBytes(StandardCharsets.ISO_8859_1);

        Received list = Received.of(octets);

        assertThat(list.values()).containsExactly("last.example");
        assertThat(list.rules())
                .containsExactly("2: the line has a NUL", "3: the line is not UTF-8");
        assertThat(list.errors.getFirst().value()).doesNotContain("\0");
    }

    @Test
    void unreadableLineWithinAQuoteEndsTheRecordThere() throws IOException {
        byte[] octets =
                (HEADER + "phrase,\"sample\n" + "caf\u00e9\",\n" + LAST)
                        .getBytes(StandardCharsets.ISO_8859_1);

        Received list = Received.of(octets);

        assertThat(list.values()).containsExactly("last.example");
        assertThat(list.rules())
                .containsExactly(
                        "3: the line is not UTF-8",
                        "2: a quote opens a field and nothing closes it");
    }

    @Test
    void jsonOfAHundredThousandLevelsIsRefused() throws IOException {
        Received list =
                Received.of(
                        "{\"results\":[{\"hash_digest\":\"0\",\"algorithm\":\"MD5\"},{\"a\":"
                                + "[".repeat(100_000));

        assertThat(list.summary().complete()).isFalse();
        assertThat(list.rules())
                .containsExactly("1: not 32 hexadecimal digits", "1: the JSON is broken here");
    }

    @Test
    void jsonThatEndsEarlyGivesWhatCameBefore() throws IOException {
        String first = "{\"results\": [\n{\"hash_digest\": \"" + "0".repeat(32);

        Received list = Received.of(first + "\", \"algorithm\": \"MD5\"},\n{\"hash_digest\": \"0");

        assertThat(list.entries).hasSize(1);
        assertThat(list.summary().complete()).isFalse();
        assertThat(list.rules()).containsExactly("3: the JSON is broken here");
    }

    @Test
    void jsonInAnotherCharsetIsRefused() throws IOException {
        byte[] octets = "[{\"hash_digest\": \"caf\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1);

        Received list = Received.of(octets);

        assertThat(list.summary().complete()).isFalse();
        assertThat(list.errors.getFirst().rule()).contains("not UTF-8");
    }

    @Test
    void entryOfTenThousandMembersIsRefusedAndTheNextIsRead() throws IOException {
        var many = new StringBuilder("[{\"hash_digest\": \"0\"");
        for (int i = 0; i < 10_000; i++) {
            many.append(",\"m").append(i).append("\": 1");
        }
        many.append("},\n{\"hash_digest\": \"")
                .append("0".repeat(32))
                .append("\", \"algorithm\": \"MD5\"}]");

        Received list = Received.of(many.toString());

        assertThat(list.entries).hasSize(1);
        assertThat(list.rules()).containsExactly("1: more than 64 members");
    }

    @Test
    void pagingOfTooManyMembersIsReportedAndTheEntriesAreRead() throws IOException {
        var many = new StringBuilder("{\n\"paging\": {\"next\": \"https://other.example\"");
        for (int i = 0; i < 100; i++) {
            many.append(",\"m").append(i).append("\": 1");
        }
        many.append("},\n\"data\": [{\"indicator\": \"a.example\", \"type\": \"DOMAIN\"}]}");

        Received list = Received.of(many.toString(), ListFormat.THREAT_UPDATES);

        assertThat(list.values()).containsExactly("a.example");
        assertThat(list.rules()).containsExactly("2: more than 64 members");
        assertThat(list.summary().next()).isEmpty();
    }

    @Test
    void arrayOfAMillionTagsIsCutShort() throws IOException {
        String tags =
                String.join(",", Collections.nCopies(1_000_000, "\"sample tag\", {\"a\": 1}"));

        Received list =
                Received.of(
                        "{\"data\": [{\"indicator\": \"a.example\", \"type\": \"DOMAIN\", "
                                + "\"descriptors\": {\"data\": [{\"tags\": ["
                                + tags
                                + "]}]}}]}");

        assertThat(list.entries.getFirst().label()).contains("sample tag");
    }

    @Test
    void receiverThatHasEnoughEndsTheReading() {
        var enough =
                new ListReceiver() {
                    @Override
                    public void entry(long line, ListEntry entry) {
                        throw new IllegalStateException("enough");
                    }

                    @Override
                    public void error(LineError error) {}
                };

        assertThatThrownBy(() -> ListReader.read(stream("a.example\n"), "list", enough))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
    }

    @Test
    void brokenStreamIsNoBrokenList() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        throw new IOException("gone");
                    }
                };
        InputStream in = new SequenceInputStream(stream("[{\"hash_digest\": \"0\"},"), broken);

        assertThatThrownBy(() -> Received.of(in, ListFormat.HASH_LIST))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @ParameterizedTest
    @EnumSource
    void noiseIsReportedAndNothingElseHappens(ListFormat format) throws IOException {
        var random = new SplittableRandom(format.name().hashCode());
        String letters = "abc.,\t\"\\{}[]:\n\r\n #|^*0\u00e9\uD83D\uDE00";
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder(i % 2 == 0 ? "kind,value\n" : "[{\"hash_digest\":");
            for (int c = random.nextInt(400); c > 0; c--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
            octets[random.nextInt(2, octets.length)] = (byte) random.nextInt();

            Received list = Received.of(new ByteArrayInputStream(octets), format);

            assertThat(list.errors)
                    .allSatisfy(error -> assertThat(error.value()).hasSizeLessThan(81));
        }
    }
}
