package org.jalur.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.Jws;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.evidence.EntryName.Keys;
import org.jalur.evidence.EntryName.OneMessage;
import org.jalur.evidence.EntryName.OnePart;

/**
 * Reads an evidence file as a stream and refuses every other order, name or size than those of
 * {@link EvidenceWriter}. What the entries say is not looked at here.
 */
final class EvidenceReader implements AutoCloseable {
    private static final int MAX_README = 64 * 1024;
    private static final int MAX_COVER_SHEET = 16 * 1024 * 1024;
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final int MAX_PART = Part.MAX_LENGTH + Part.OVERHEAD + 32;
    private static final int MAX_KEYS = 1000;
    private static final int CHUNK = 16 * 1024;

    private final Archive archive;
    private final Map<PartyId, Long> keysAt = new HashMap<>();
    private final Map<PartyId, Long> messagesAt = new HashMap<>();
    private int keys;

    EvidenceReader(InputStream in) {
        archive = new Archive(in);
    }

    /**
     * @param readme the octets of the explanation
     */
    record Beginning(byte[] readme, CoverSheet sheet) {}

    /** An entry after the beginning. */
    record Entry(EntryName name, byte[] octets) {}

    Beginning beginning() throws IOException {
        byte[] readme = named(EntryName.README, MAX_README);
        byte[] sheet = named(EntryName.COVER_SHEET, MAX_COVER_SHEET);
        try {
            return new Beginning(readme, CoverSheet.parse(sheet));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvidenceException(
                    "%s: %s".formatted(EntryName.COVER_SHEET, e.getMessage()), e);
        }
    }

    private byte[] named(String name, int limit) throws IOException {
        Optional<String> found = archive.next();
        if (!found.equals(Optional.of(name))) {
            throw new UnreadableEvidenceException(
                    "%s where %s is expected".formatted(found.orElse("the end"), name));
        }
        return octets(name, limit);
    }

    /** The next entry; empty at the end of a file that is whole. */
    Optional<Entry> next(CoverSheet sheet) throws IOException {
        Optional<String> name = archive.next();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        EntryName known =
                EntryName.parse(name.get())
                        .orElseThrow(() -> unexpected("no entry of an evidence file", name.get()));
        int limit =
                switch (known) {
                    case Keys(var party, var seq) -> {
                        if (!messagesAt.isEmpty() || ++keys > MAX_KEYS) {
                            throw unexpected("keys after messages, or too many", name.get());
                        }
                        rise(keysAt, sheet, party, seq, name.get());
                        yield Jws.MAX_LENGTH;
                    }
                    case OneMessage(var sender, var seq) -> {
                        rise(messagesAt, sheet, sender, seq, name.get());
                        yield MAX_MESSAGE;
                    }
                    case OnePart _ -> {
                        if (messagesAt.isEmpty()) {
                            throw unexpected("a part before all messages", name.get());
                        }
                        yield MAX_PART;
                    }
                };
        return Optional.of(new Entry(known, octets(name.get(), limit)));
    }

    /** Rising numbers are also what keeps a name from standing there twice. */
    private static void rise(
            Map<PartyId, Long> last, CoverSheet sheet, PartyId party, long seq, String name) {
        if (!sheet.names(party)) {
            throw unexpected("of a party that the cover sheet does not name", name);
        }
        if (seq <= last.getOrDefault(party, 0L)) {
            throw unexpected("twice, or not in rising order", name);
        }
        last.put(party, seq);
    }

    private byte[] octets(String name, int limit) throws IOException {
        byte[] octets = new byte[CHUNK];
        int length = 0;
        while (true) {
            if (length > limit) {
                throw unexpected("larger than %d octets".formatted(limit), name);
            }
            if (length == octets.length) {
                octets = Arrays.copyOf(octets, Math.min(limit + 1, 2 * length));
            }
            int taken = archive.read(octets, length, octets.length - length);
            if (taken < 0) {
                return Arrays.copyOf(octets, length);
            }
            length += taken;
        }
    }

    private static UnreadableEvidenceException unexpected(String what, String name) {
        return new UnreadableEvidenceException("%s: %s".formatted(name, what));
    }

    @Override
    public void close() {
        archive.close();
    }
}
