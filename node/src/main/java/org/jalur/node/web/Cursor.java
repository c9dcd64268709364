package org.jalur.node.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** The place in a list after which its next page begins: the last row's time and id. */
public record Cursor(Instant at, UUID id) {
    /** The place before everything that happened at or after {@code time}. */
    public static Cursor before(Instant time) {
        return new Cursor(time, new UUID(0, 0));
    }

    /**
     * @throws ProblemException 400 if no page ever ended with this text
     */
    public static Cursor parse(String text) {
        try {
            String decoded =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            int space = decoded.indexOf(' ');
            return new Cursor(
                    Instant.parse(decoded.substring(0, space)),
                    UUID.fromString(decoded.substring(space + 1)));
        } catch (RuntimeException _) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-cursor",
                    "The cursor is \"%s\"; pass \"next\" of the page before, unchanged."
                            .formatted(text));
        }
    }

    /** As callers pass it back. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + id).getBytes(StandardCharsets.US_ASCII));
    }
}
