package org.jalur.node.lists;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jalur.notice.ListFacts;
import org.jalur.screening.engine.Checked;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Refusal;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Settings;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.list.ListFormat;
import org.jalur.screening.list.ListReader;
import org.jalur.screening.list.ListReceiver;
import org.jalur.screening.list.ListWriter;

/**
 * What an officer's file says: the entries in Jalur's own format, and the lines that were left out.
 *
 * @param chunks each a list in itself, small enough for a part
 * @param entries in all chunks together
 * @param wrong how many lines were left out
 * @param errors the first of them
 */
record DrawnUp(List<byte[]> chunks, int entries, long wrong, List<LineError> errors) {
    /** A chunk that has so many octets is full; one more entry makes it no longer than a part. */
    private static final int CHUNK = 1024 * 1024;

    private static final int AT_ONCE = 5_000;
    private static final int MOST_ERRORS = 1_000;

    DrawnUp {
        chunks = List.copyOf(chunks);
        errors = List.copyOf(errors);
    }

    /** More than one message brings. */
    static final class TooManyEntriesException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyEntriesException() {
            super("more than %d entries".formatted(ListFacts.MOST));
        }
    }

    /**
     * Reads a file in any format that lists come in. What the screener of a platform would refuse
     * is left out here already.
     *
     * @param name of the file, which decides only where the content says nothing
     * @throws org.jalur.screening.list.UnreadableListException if it is no list
     * @throws TooManyEntriesException if it has more entries than one message brings
     */
    static DrawnUp read(InputStream in, String name) throws IOException {
        var reading = new Reading();
        ListReader.read(in, name, reading);
        return reading.end();
    }

    /** Writes what keeps the rules, in the order of the file. */
    private static final class Reading implements ListReceiver {
        private final Settings settings = Settings.standard();
        private final List<byte[]> chunks = new ArrayList<>();
        private final List<LineError> errors = new ArrayList<>();
        private final List<Lined> waiting = new ArrayList<>();
        private Optional<Chunk> open = Optional.empty();
        private int entries;
        private long wrong;

        private record Lined(long line, UUID id, ListEntry entry) {}

        private record Chunk(ByteArrayOutputStream octets, ListWriter writer) {}

        @Override
        public void entry(long line, ListEntry entry) {
            waiting.add(new Lined(line, UUID.randomUUID(), entry));
            if (waiting.size() == AT_ONCE) {
                flush();
            }
        }

        @Override
        public void error(LineError error) {
            wrong++;
            if (errors.size() < MOST_ERRORS) {
                errors.add(error);
            }
        }

        private void flush() {
            Map<UUID, Lined> kept = new LinkedHashMap<>();
            waiting.forEach(one -> kept.put(one.id(), one));
            waiting.clear();
            Checked checked =
                    Screening.check(
                            kept.values().stream().map(Reading::screened).toList(), settings);
            for (Refusal refused : checked.refused()) {
                Optional.ofNullable(kept.remove(refused.entry()))
                        .ifPresent(one ->
                                error(
                                        new LineError(
                                                one.line(), refused.value(), refused.broken())));
            }
            kept.values().forEach(this::write);
        }

        private static Entry screened(Lined one) {
            return Entry.of(
                    one.id(),
                    "draft",
                    Signal.valueOf(one.entry().kind().name()),
                    one.entry().value());
        }

        private void write(Lined one) {
            if (entries == ListFacts.MOST) {
                throw new TooManyEntriesException();
            }
            try {
                Chunk chunk = open.isPresent() ? open.get() : begin();
                chunk.writer().write(one.entry());
                entries++;
                if (chunk.octets().size() >= CHUNK) {
                    close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Chunk begin() throws IOException {
            var octets = new ByteArrayOutputStream();
            var chunk =
                    new Chunk(octets, ListWriter.of(octets, ListFormat.ENTRIES, Optional.empty()));
            open = Optional.of(chunk);
            return chunk;
        }

        private void close() throws IOException {
            if (open.isPresent()) {
                open.get().writer().close();
                chunks.add(open.get().octets().toByteArray());
                open = Optional.empty();
            }
        }

        DrawnUp end() throws IOException {
            flush();
            close();
            errors.sort(Comparator.comparingLong(LineError::line));
            return new DrawnUp(chunks, entries, wrong, errors);
        }
    }

    /** Hands the entries of chunks over, in their order. */
    static void each(List<byte[]> chunks, Consumer<ListEntry> to) {
        var receiver =
                new ListReceiver() {
                    @Override
                    public void entry(long line, ListEntry entry) {
                        to.accept(entry);
                    }

                    @Override
                    public void error(LineError error) {
                        throw new IllegalStateException(
                                "a list that this node wrote breaks a rule: " + error.rule());
                    }
                };
        for (byte[] chunk : chunks) {
            try {
                ListReader.read(new ByteArrayInputStream(chunk), ListFormat.ENTRIES, receiver);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
