package org.jalur.screening.exact;

import java.io.IOException;

/** Stored keys or a stored table are not what was written. */
public final class DamagedTableException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedTableException(String message) {
        super(message);
    }
}
