package org.jalur.screening.similar;

import java.io.IOException;

/// What was stored is not an index, or not as it was written.
public final class DamagedIndexException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedIndexException(String message) {
        super(message);
    }
}
