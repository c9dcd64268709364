package org.jalur.tools.picture;

import java.io.IOException;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Refused;

/** A picture is refused for what its header says. */
final class LimitException extends IOException {
    private final Ground ground;

    LimitException(Ground ground, String sentence) {
        super(sentence);
        this.ground = ground;
    }

    Refused refusal() {
        return new Refused(ground, String.valueOf(getMessage()));
    }
}
