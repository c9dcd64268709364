package org.jalur.node.notices;

import java.util.List;

/** A CSV with errors; nothing of it was taken. */
final class LinesRefusedException extends RuntimeException {
    private final transient List<ItemsCsv.LineError> errors;

    LinesRefusedException(List<ItemsCsv.LineError> errors) {
        super("%d lines of the CSV have errors; nothing was taken".formatted(errors.size()));
        this.errors = List.copyOf(errors);
    }

    List<ItemsCsv.LineError> errors() {
        return errors;
    }
}
