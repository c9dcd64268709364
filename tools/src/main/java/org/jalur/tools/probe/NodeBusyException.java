package org.jalur.tools.probe;

import java.io.IOException;
import java.time.Duration;

/** The node wants fewer calls for a while. */
final class NodeBusyException extends IOException {
    private final Duration pause;

    NodeBusyException(Duration pause) {
        super("the node was called too often");
        this.pause = pause;
    }

    /** Until it may be called again. */
    Duration pause() {
        return pause;
    }
}
