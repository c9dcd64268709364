package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jalur.channel.Jws;
import org.jalur.channel.Manifest;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;

/**
 * Writes an evidence file as a stream, in the one order that is read: cover sheet, keys of both
 * parties, then each message directly followed by the parts that are opened. It checks the order,
 * not the signatures.
 *
 * <p>Only {@link #finish} makes the file complete: whatever fails before leaves one that no reader
 * takes for whole.
 */
public final class EvidenceWriter implements AutoCloseable {
    private final OutputStream out;
    private final ZipOutputStream zip;
    private Optional<CoverSheet> cover = Optional.empty();
    private boolean messages;
    private boolean finished;
    private final Map<PartyId, Long> keysAt = new HashMap<>();
    private final Map<PartyId, Long> messagesAt = new HashMap<>();
    private final Set<Hash> closed = new HashSet<>();

    /**
     * @param out closed by {@link #close}
     */
    public EvidenceWriter(OutputStream out) {
        this.out = out;
        this.zip = new ZipOutputStream(out);
    }

    /** First, and once. */
    public void cover(CoverSheet sheet) throws IOException {
        require(cover.isEmpty(), "the cover sheet is written once");
        cover = Optional.of(sheet);
        deflated(EntryName.README, readme());
        deflated(EntryName.COVER_SHEET, sheet.toJson());
    }

    /**
     * A {@code keys} message as it was signed. All of a party's stream up to the last position used
     * belong into the file, rising.
     */
    public void keys(PartyId party, long seq, Jws message) throws IOException {
        require(!messages, "keys stand before all messages");
        rise(keysAt, party, seq);
        deflated(new EntryName.Keys(party, seq).format(), message.compact().getBytes(US_ASCII));
    }

    /** The next message; those of one sender rise. */
    public void message(Exhibit exhibit) throws IOException {
        Manifest manifest = Manifest.parse(exhibit.message().payload());
        require(
                !manifest.kind().equals(MessageKind.KEYS.wire()),
                "a keys message stands among the keys");
        require(sheet().names(manifest.to()), manifest.to() + " is not one of the two parties");
        rise(messagesAt, manifest.from(), manifest.seq());
        messages = true;
        closed.clear();
        closed.addAll(exhibit.disclosure().openable());
        deflated(
                new EntryName.OneMessage(manifest.from(), manifest.seq()).format(),
                ExhibitJson.write(exhibit));
    }

    /** Opens a part of the message written last. */
    public void part(Part part) throws IOException {
        part(part.wire());
    }

    /**
     * Opens a part of the message written last.
     *
     * @param wire see {@link Part#wire()}
     */
    public void part(byte[] wire) throws IOException {
        Hash leaf = Part.leafOf(wire);
        require(
                closed.remove(leaf),
                "not a part of the message before it, or opened already: " + leaf);
        require(
                !sheet().withheld().contains(leaf) && !sheet().erased().contains(leaf),
                "the cover sheet says that this part is left out: " + leaf);
        // Stored as it is, so that nothing in the file unpacks to much more than its size.
        var crc = new CRC32();
        crc.update(wire);
        var entry = new ZipEntry(new EntryName.OnePart(leaf).format());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(wire.length);
        entry.setCrc(crc.getValue());
        write(entry, wire);
    }

    /** Completes the file. */
    public void finish() throws IOException {
        require(cover.isPresent(), "an evidence file has a cover sheet");
        zip.finish();
        zip.flush();
        finished = true;
    }

    /** Closes the stream below; the file is complete only after {@link #finish}. */
    @Override
    public void close() throws IOException {
        if (finished) {
            zip.close();
        } else {
            out.close();
        }
    }

    private CoverSheet sheet() {
        return cover.orElseThrow(() -> new IllegalStateException("the cover sheet comes first"));
    }

    private void rise(Map<PartyId, Long> last, PartyId party, long seq) {
        require(sheet().names(party), party + " is not one of the two parties");
        require(
                seq > last.getOrDefault(party, 0L) && seq <= EntryName.MAX_SEQ,
                "sequence number %d of %s after %d"
                        .formatted(seq, party, last.getOrDefault(party, 0L)));
        last.put(party, seq);
    }

    private static void require(boolean rule, String sentence) {
        if (!rule) {
            throw new IllegalStateException(sentence);
        }
    }

    private void deflated(String name, byte[] bytes) throws IOException {
        write(new ZipEntry(name), bytes);
    }

    private void write(ZipEntry entry, byte[] bytes) throws IOException {
        Instant madeAt = sheet().madeAt();
        entry.setTimeLocal(LocalDateTime.ofInstant(madeAt, ZoneOffset.UTC));
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    static byte[] readme() throws IOException {
        try (InputStream text = EvidenceWriter.class.getResourceAsStream(EntryName.README)) {
            if (text == null) {
                throw new IllegalStateException(EntryName.README + " is missing from this program");
            }
            return text.readAllBytes();
        }
    }
}
