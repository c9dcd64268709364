package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jalur.channel.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private final SampleEvidence sample = new SampleEvidence().showAll();

    @Test
    void fileCutOffAtAnyPlaceIsRefused() {
        byte[] whole = sample.bytes();
        for (int length = 0; length < whole.length; length += length < 200 ? 1 : 97) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length - 1));
    }

    /** Cut off at the end of an entry, a lenient reader would take the rest for the whole. */
    @Test
    void fileCutOffBehindAnEntryIsRefused() {
        byte[] whole = sample.bytes();
        int directory = new String(whole, ISO_8859_1).indexOf("PK\1\2");

        assertRefused(Arrays.copyOf(whole, directory));
    }

    @Test
    void octetsAfterTheEndAreRefused() {
        byte[] whole = sample.bytes();

        assertRefused(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void octetsBeforeTheBeginningAreRefused() {
        byte[] whole = sample.bytes();
        byte[] moved = new byte[whole.length + 1];
        System.arraycopy(whole, 0, moved, 1, whole.length);

        assertRefused(moved, "not a ZIP file");
    }

    /** Times and attributes of entries are the only octets that nothing depends on. */
    @Test
    void flippedBitIsRefusedOrFoundOrChangesNothing() {
        byte[] whole = sample.bytes();
        var findings = SampleEvidence.check(whole, Expectations.none()).findings();
        for (int octet = 0; octet < whole.length; octet += 31) {
            byte[] changed = whole.clone();
            changed[octet] ^= 0x10;
            try {
                var checked = SampleEvidence.check(changed, Expectations.none());
                if (checked.flaws().isEmpty()) {
                    assertThat(checked.findings()).as("octet %d", octet).isEqualTo(findings);
                }
            } catch (UnreadableEvidenceException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    /** Most programs show the names of the directory, not those before the entries. */
    @Test
    void directoryThatNamesOtherEntriesIsRefused() {
        byte[] whole = sample.bytes();
        String text = new String(whole, ISO_8859_1);
        int listed = text.indexOf("README.txt", text.indexOf("PK\1\2"));
        whole[listed] = 'r';

        assertRefused(whole, "lists other entries");
    }

    @Test
    void directoryThatLeavesAnEntryOutIsRefused() {
        SampleFile fewer = sample.file().without("parts/");
        byte[] whole = sample.bytes();
        String text = new String(whole, ISO_8859_1);
        String other = new String(fewer.zip(), ISO_8859_1);
        String grafted =
                text.substring(0, text.indexOf("PK\1\2"))
                        + other.substring(other.indexOf("PK\1\2"));

        assertRefused(grafted.getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes.txt",
                "../evidence.json",
                "/etc/passwd",
                "parts/",
                "parts/00",
                "keys/otoritas-contoh-2.jws",
                "messages/otoritas-contoh-00000000002.json",
                "messages/Otoritas-0000000002.json",
                "messages/x-0000000002.json"
            })
    void unknownNameIsRefused(String name) {
        assertRefused(sample.file().with(name, new byte[1]).zip(), name);
    }

    @Test
    void partyThatTheCoverSheetDoesNotNameIsRefused() {
        assertRefused(
                sample.file().with("messages/otoritas-lain-0000000009.json", new byte[1]).zip(),
                "does not name");
    }

    @Test
    void keysAfterMessagesAreRefused() {
        SampleFile file = sample.file();
        String name = file.name("keys/platform");
        byte[] keys = file.entries.getOrDefault(name, new byte[0]);

        assertRefused(file.without(name).with(name, keys).zip(), "keys after messages");
    }

    @Test
    void messagesInFallingOrderAreRefused() {
        SampleFile file = sample.file();

        assertRefused(
                file.with("messages/otoritas-contoh-0000000001.json", new byte[1]).zip(),
                "not in rising order");
    }

    @Test
    void partBeforeAllMessagesIsRefused() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        SampleFile file = sample.file();
        String part = file.name("parts/");
        file.entries.forEach((name, bytes) -> {
            if (name.startsWith("messages/")) {
                entries.putIfAbsent(part, sample.letter.wire());
            }
            entries.put(name, bytes);
        });
        file.entries.clear();
        file.entries.putAll(entries);

        assertRefused(file.zip(), "a part before all messages");
    }

    @Test
    void fileWithoutCoverSheetIsRefused() {
        assertRefused(sample.file().without("evidence.json").zip(), "evidence.json is expected");
        assertRefused(sample.file().without("README.txt").zip(), "README.txt is expected");
    }

    @Test
    void nameThatStandsThereTwiceIsRefused() throws IOException {
        byte[] whole = sample.bytes();
        String text = new String(whole, ISO_8859_1);
        String first = sample.file().name("parts/");
        String second =
                sample.file().entries.keySet().stream()
                        .filter(name -> name.startsWith("parts/") && !name.equals(first))
                        .findFirst()
                        .orElseThrow();

        assertRefused(text.replace(second, first).getBytes(ISO_8859_1), "twice");
    }

    @Test
    void largeEntryIsRefusedBeforeItIsUnpacked() {
        assertRefused(
                sample.file()
                        .with("messages/platform-contoh-0000000099.json", new byte[5 << 20])
                        .zip(),
                "unpacks to far more than its size");
        assertRefused(
                sample.file()
                        .with("parts/" + sample.letter.leaf(), new byte[Part.MAX_LENGTH + 1000])
                        .zip(),
                "larger than");
    }

    @Test
    void entryOfManyOctetsThatDoNotCompressIsRefusedByItsSize() {
        byte[] noise = new byte[5 << 20];
        new Random(7).nextBytes(noise);

        assertRefused(
                sample.file().with("messages/platform-contoh-0000000099.json", noise).zip(),
                "larger than");
    }

    @Test
    void encryptedOrForeignEntriesAreRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("README.txt");
            entry.setExtra(new byte[] {1, 0x7a, 0, 0});
            zip.putNextEntry(entry);
            zip.closeEntry();
        }
        byte[] encrypted = sample.bytes();
        encrypted[6] |= 1;

        assertRefused(bytes.toByteArray(), "no evidence file");
        assertRefused(encrypted, "no evidence file");
    }

    /** Beyond 65,534 entries a ZIP has another end. */
    @Test
    void archiveOfManyEntriesIsReadToItsEnd() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int count = 70_000;
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry("entry-" + i));
                zip.write("entry %d".formatted(i).getBytes(US_ASCII));
                zip.closeEntry();
            }
        }

        int read = 0;
        try (var archive = new Archive(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (Optional<String> name = archive.next(); name.isPresent(); name = archive.next()) {
                read++;
            }
        }

        assertThat(read).isEqualTo(count);
    }

    private static void assertRefused(byte[] file) {
        assertThatExceptionOfType(UnreadableEvidenceException.class)
                .isThrownBy(() -> SampleEvidence.check(file, Expectations.none()));
    }

    private static void assertRefused(byte[] file, String sentence) {
        assertThatExceptionOfType(UnreadableEvidenceException.class)
                .isThrownBy(() -> SampleEvidence.check(file, Expectations.none()))
                .withMessageContaining(sentence);
    }
}
