package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.LogStorage;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.TiledLog;

/** A party's journal in memory. */
final class SampleJournal {
    private final String origin;
    private final TiledLog log = TiledLog.open(new Memory(), 0, MerkleTree.EMPTY_ROOT);
    private final List<String> entries = new ArrayList<>();

    SampleJournal(String origin) {
        this.origin = origin;
    }

    private static final class Memory implements LogStorage {
        private final Map<String, byte[]> objects = new HashMap<>();

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(objects.get(path));
        }

        @Override
        public void writeAll(Map<String, byte[]> batch) {
            objects.putAll(batch);
        }
    }

    void append(String kind, Hash digest) {
        String entry = "%s %s".formatted(kind, digest.base64());
        entries.add(entry);
        log.append(List.of(entry.getBytes(US_ASCII)));
    }

    SignedNote checkpoint(NoteSigner... signers) {
        return Checkpoint.of(origin, log.head()).sign(signers);
    }

    /** Proves an entry in the tree of the checkpoint. */
    LogProof proof(String kind, Hash digest, SignedNote checkpoint) {
        long index = entries.indexOf("%s %s".formatted(kind, digest.base64()));
        long size = Checkpoint.parse(checkpoint.text()).size();
        return LogProof.of(log.inclusionProof(index, size), checkpoint);
    }
}
