package org.jalur.screening.list;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What came out of a list.
final class Received implements ListReceiver {
    final List<ListEntry> entries = new ArrayList<>();
    final List<Long> lines = new ArrayList<>();
    final List<LineError> errors = new ArrayList<>();
    int progress;
    private ListSummary summary;

    private Received(InputStream in, String name) throws IOException {
        summary = ListReader.read(in, name, this);
    }

    private Received(InputStream in, ListFormat format) throws IOException {
        summary = ListReader.read(in, format, this);
    }

    static Received sample(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Received.class.getResourceAsStream(name), name)) {
            return new Received(in, name);
        }
    }

    static Received of(String text) throws IOException {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Received of(byte[] octets) throws IOException {
        return new Received(new ByteArrayInputStream(octets), "list");
    }

    static Received of(InputStream in, ListFormat format) throws IOException {
        return new Received(in, format);
    }

    static Received of(String text, ListFormat format) throws IOException {
        return new Received(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), format);
    }

    ListSummary summary() {
        return summary;
    }

    List<String> values() {
        return entries.stream().map(ListEntry::value).toList();
    }

    List<String> rules() {
        return errors.stream().map(error -> error.line() + ": " + error.rule()).toList();
    }

    @Override
    public void entry(long line, ListEntry entry) {
        lines.add(line);
        entries.add(entry);
    }

    @Override
    public void error(LineError error) {
        errors.add(error);
    }

    @Override
    public void progress(long octets, long lines) {
        progress++;
    }
}
