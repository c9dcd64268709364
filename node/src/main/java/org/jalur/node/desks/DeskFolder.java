package org.jalur.node.desks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jalur.log.SecretFile;
import org.jalur.node.serve.NodeConfiguration;

/**
 * The folder of a hosted desk: its configuration, keys, journal and checkpoints, as of any node.
 * Whoever takes it along, with the two databases, has the whole desk.
 *
 * @param path absolute
 */
record DeskFolder(Path path) {
    DeskFolder {
        path = path.toAbsolutePath().normalize();
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    Path configuration() {
        return path.resolve("desk.yaml");
    }

    Path passphrase() {
        return path.resolve("keys.passphrase");
    }

    Path keys() {
        return path.resolve("keys");
    }

    /** As it stands now: it may be mended while its host runs. */
    NodeConfiguration read() {
        return NodeConfiguration.read(configuration());
    }

    /** Lies here while the desk is not to run, whoever starts the host again. */
    private Path mark() {
        return path.resolve("STOPPED");
    }

    boolean isStopped() {
        return Files.exists(mark());
    }

    void stop() throws IOException {
        SecretFile.write(mark(), "stopped by the operator\n");
    }

    void start() throws IOException {
        Files.deleteIfExists(mark());
    }
}
