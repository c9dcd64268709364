package org.jalur.node.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import org.jalur.node.register.UnusableKeysException;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** The configuration file of one node, read before anything is started. */
public final class NodeConfiguration {
    private final Path file;
    private final java.util.List<PropertySource<?>> sources;

    private NodeConfiguration(Path file, java.util.List<PropertySource<?>> sources) {
        this.file = file;
        this.sources = sources;
    }

    /** Takes {@code --config FILE} from the arguments. */
    static NodeConfiguration from(String[] arguments) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals("--config")) {
                return read(Path.of(arguments[i + 1]).toAbsolutePath());
            }
        }
        throw new RefusedException(
                "--config FILE is missing; docs/operations.md describes the file");
    }

    public static NodeConfiguration read(Path file) {
        if (!Files.isReadable(file)) {
            throw new RefusedException("the configuration %s cannot be read".formatted(file));
        }
        try {
            var loader =
                    file.toString().endsWith(".properties")
                            ? new PropertiesPropertySourceLoader()
                            : new YamlPropertySourceLoader();
            return new NodeConfiguration(file, loader.load("node", new FileSystemResource(file)));
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(
                    "the configuration %s is not readable: %s".formatted(file, e.getMessage()));
        }
    }

    public Path file() {
        return file;
    }

    public Optional<String> get(String key) {
        return sources.stream()
                .map(source -> source.getProperty(key))
                .filter(value -> value != null)
                .findFirst()
                .map(Object::toString);
    }

    public String required(String key) {
        return get(key).orElseThrow(() ->
                new RefusedException(
                        "%s is missing in %s; docs/operations.md describes it"
                                .formatted(key, file)));
    }

    /** What a node for real use must not have, and must have. */
    void check() {
        if (get("jalur.demo").filter("true"::equalsIgnoreCase).isPresent()) {
            throw new RefusedException(
                    "jalur.demo is true; the demo's accounts exist in the demo alone");
        }
        Path keys = Path.of(required("jalur.home")).resolve("keys");
        if (Files.exists(keys.resolve("DEMO"))) {
            throw new RefusedException(
                    "the keys in %s are the demo's; make new ones with \"./jalur keys create\""
                            .formatted(keys));
        }
        if (new KeyFolder(keys).serials().isEmpty()) {
            throw new RefusedException(
                    "there are no keys in %s; make them with \"./jalur keys create\""
                            .formatted(keys));
        }
        requirePassphrase();
        boolean tls = get("server.ssl.bundle").isPresent();
        boolean loopback =
                get("server.address").orElse("127.0.0.1").matches("127\\..*|localhost|::1");
        if (!tls && !loopback && get("jalur.behind-proxy").isEmpty()) {
            throw new RefusedException(
                    "server.address is %s without TLS; set server.ssl.bundle, or name the proxy in jalur.behind-proxy"
                            .formatted(required("server.address")));
        }
        requireDatabase("jalur.database");
        requireDatabase("jalur.part-keys");
        if (required("jalur.database.url").equals(required("jalur.part-keys.url"))) {
            throw new RefusedException(
                    "jalur.part-keys.url is the node's own database; its backups would keep what was erased");
        }
        if (get("jalur.checkpoints.url").equals(get("jalur.database.url"))) {
            throw new RefusedException(
                    "jalur.checkpoints.url is the node's own database; restoring a backup would turn the checkpoints back");
        }
    }

    private void requirePassphrase() {
        try {
            Passphrase.of(
                    get("jalur.keys-passphrase-file").map(Path::of),
                    Passphrase.WORKING,
                    System.getenv());
        } catch (UnusableKeysException e) {
            throw new RefusedException(
                    "jalur.keys-passphrase-file: "
                            + Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    public void requireDatabase(String prefix) {
        try (Connection _ = connect(prefix)) {
            return;
        } catch (SQLException e) {
            throw new RefusedException(
                    "the database %s cannot be reached: %s"
                            .formatted(required(prefix + ".url"), e.getMessage()));
        }
    }

    public Connection connect(String prefix) throws SQLException {
        DriverManager.setLoginTimeout(10);
        return DriverManager.getConnection(
                required(prefix + ".url"),
                required(prefix + ".username"),
                required(prefix + ".password"));
    }
}
