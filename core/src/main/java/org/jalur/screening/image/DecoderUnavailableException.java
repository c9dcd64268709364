package org.jalur.screening.image;

/** The process that decodes pictures cannot be started: nothing is known about the picture. */
public final class DecoderUnavailableException extends RuntimeException {
    DecoderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
