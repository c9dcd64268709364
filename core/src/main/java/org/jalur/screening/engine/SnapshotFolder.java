package org.jalur.screening.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A folder with an engine's segments, a file each, and its state in one that names them. Segments
 * never change, so a snapshot writes only those that the one before did not have.
 */
record SnapshotFolder(Path folder) {
    private static final String STATE = "state";
    private static final String SEGMENT = "segment-";

    /** Writes the segments, then the state, then takes away what is needed no more. */
    void write(List<Part> parts, State withoutParts) throws IOException {
        Files.createDirectories(folder);
        var stored = new ArrayList<State.StoredPart>();
        for (Part part : parts) {
            CheckedFile file = segment(part.segment().name());
            if (!file.isWhole()) {
                file.write(out -> SegmentFile.write(part.segment(), out));
            }
            stored.add(new State.StoredPart(part.segment().name(), file.said(), part.dead()));
        }
        State state = withoutParts.with(stored);
        new CheckedFile(folder.resolve(STATE)).write(out -> StateFile.write(state, out));
        clear(
                parts.stream()
                        .map(part -> SEGMENT + part.segment().name())
                        .collect(Collectors.toSet()));
    }

    private CheckedFile segment(UUID name) {
        return new CheckedFile(folder.resolve(SEGMENT + name));
    }

    private void clear(Set<String> needed) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, SEGMENT + "*")) {
            for (Path file : files) {
                if (!needed.contains(String.valueOf(file.getFileName()))) {
                    Files.delete(file);
                }
            }
        }
    }

    State readState() throws IOException {
        return new CheckedFile(folder.resolve(STATE)).read(StateFile::read);
    }

    List<Part> readParts(State state) throws IOException {
        var parts = new ArrayList<Part>();
        for (State.StoredPart stored : state.parts()) {
            CheckedFile file = segment(stored.segment());
            Segment segment = file.read(in -> SegmentFile.read(stored.segment(), in));
            if (file.said() != stored.sum()) {
                throw new DamagedSnapshotException(
                        file.path(), "is another file than the one that was written");
            }
            boolean same =
                    parts.isEmpty()
                            || parts.getFirst().segment().ids().hash().equals(segment.ids().hash());
            if (!same || !segment.ids().hash().equals(segment.tables().keyTable().hash())) {
                throw new DamagedSnapshotException(file.path(), "is of another engine");
            }
            parts.add(new Part(segment, stored.dead()));
        }
        return parts;
    }
}
