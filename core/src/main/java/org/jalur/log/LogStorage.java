package org.jalur.log;

import java.io.IOException;
import java.util.Optional;
import java.util.SequencedMap;

/** Where tiles live: a folder, or a bucket. Paths are those of C2SP tlog-tiles, with slashes. */
public interface LogStorage {
    Optional<byte[]> read(String path) throws IOException;

    /**
     * Keeps every object durably before it returns. Tiles are immutable: the same path gets the
     * same bytes again after a crash, which changes nothing.
     */
    void write(SequencedMap<String, byte[]> objects) throws IOException;
}
