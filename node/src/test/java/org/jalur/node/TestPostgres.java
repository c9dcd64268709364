package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.jalur.node.database.EmbeddedPostgres;

/**
 * A PostgreSQL for a test, copied from one that each fork of the tests makes once: unpacked,
 * initialised, and with databases to copy in which all migrations have run.
 */
public final class TestPostgres {
    private static final Path MODEL = TestFolder.PATH.resolve("postgres");
    private static final String BINARIES = "postgres-18";
    private static final String NODE = "model_node";
    private static final String KEYS = "model_keys";

    private static boolean made;

    private TestPostgres() {}

    /**
     * @param folder must not exist
     */
    public static EmbeddedPostgres start(Path folder) throws Exception {
        makeModel();
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve(BINARIES), MODEL.resolve(BINARIES));
        copy(MODEL.resolve("data"), folder);
        copy(MODEL.resolve("password"), folder);
        return EmbeddedPostgres.start(folder);
    }

    /** The two databases of a node, as they are before its first start but for the tables. */
    static void createDatabases(EmbeddedPostgres postgres, String name) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl("postgres"),
                                postgres.username(),
                                postgres.password());
                Statement statement = connection.createStatement()) {
            create(statement, name, NODE);
            create(statement, name + "_keys", KEYS);
        }
    }

    private static void create(Statement statement, String name, String model) throws SQLException {
        try (ResultSet known =
                statement.executeQuery(
                        "select 1 from pg_database where datname = '%s'".formatted(name))) {
            if (known.next()) {
                return;
            }
        }
        statement.execute(
                "create database %s template %s strategy file_copy".formatted(name, model));
    }

    private static synchronized void makeModel() throws Exception {
        if (made) {
            return;
        }
        run("rm", "-rf", MODEL.resolve("data").toString());
        Files.createDirectories(MODEL);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(MODEL)) {
            migrate(postgres, NODE, "db/node");
            migrate(postgres, KEYS, "db/keys");
        }
        made = true;
    }

    private static void migrate(EmbeddedPostgres postgres, String database, String migrations)
            throws SQLException {
        postgres.createDatabase(database);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(database), postgres.username(), postgres.password())
                .locations("classpath:" + migrations)
                .load()
                .migrate();
    }

    private static void copy(Path from, Path into) throws Exception {
        run("cp", "-a", from.toString(), into.toString());
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s: %s".formatted(String.join(" ", words), said));
        }
    }
}
