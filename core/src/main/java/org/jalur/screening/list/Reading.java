package org.jalur.screening.list;

import java.util.Optional;

/// How far the reading of one list is, and where what is read goes.
final class Reading {
    private static final long STEP = 1 << 20;

    private final CountedInput in;
    private final ListReceiver receiver;
    private long lines;
    private long entries;
    private long errors;
    private long next = STEP;
    private boolean complete = true;
    private Optional<String> cursor = Optional.empty();
    private Optional<String> nextPage = Optional.empty();

    Reading(CountedInput in, ListReceiver receiver) {
        this.in = in;
        this.receiver = receiver;
    }

    CountedInput in() {
        return in;
    }

    void line(long line) {
        lines = line;
        if (in.octets() >= next) {
            next = in.octets() + STEP;
            receiver.progress(in.octets(), lines);
        }
    }

    void entry(long line, ListEntry entry) {
        entries++;
        receiver.entry(line, entry);
    }

    void error(long line, InvalidEntryException e) {
        error(e.at(line));
    }

    void error(LineError error) {
        errors++;
        receiver.error(error);
    }

    /// Hands over the entries of a row, or what is wrong with it.
    void row(long line, Dialect dialect, Row row) {
        try {
            for (ListEntry entry : dialect.entries(row)) {
                entry(line, entry);
            }
        } catch (InvalidEntryException e) {
            error(line, e);
        }
    }

    /// What comes after this cannot be read.
    void broken(LineError error) {
        complete = false;
        error(error);
    }

    void cursor(String value) {
        cursor = Optional.of(value);
    }

    void nextPage(String address) {
        nextPage = Optional.of(address);
    }

    ListSummary summary(ListFormat format) {
        receiver.progress(in.octets(), lines);
        return new ListSummary(
                format, in.octets(), lines, entries, errors, complete, cursor, nextPage);
    }
}
