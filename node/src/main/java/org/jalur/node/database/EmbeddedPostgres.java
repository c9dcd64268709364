package org.jalur.node.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jalur.dns.resolvers.FreePort;

/**
 * A real PostgreSQL for the demo and the tests: durable, on loopback only, with a password. What a
 * killed process left running on the same folder is found and stopped first.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final String USER = "jalur";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path data;
    private final int port;
    private final String password;
    private final Process postmaster;

    private EmbeddedPostgres(Path data, int port, String password, Process postmaster) {
        this.data = data;
        this.port = port;
        this.password = password;
        this.postmaster = postmaster;
    }

    /**
     * @param folder holds binaries, data and password; made if missing, and kept
     */
    public static EmbeddedPostgres start(Path folder) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path binaries = unpack(folder.toAbsolutePath().resolve("postgres-18"));
        Path data = folder.toAbsolutePath().resolve("data");
        Path passwordFile = folder.toAbsolutePath().resolve("password");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(binaries, data, passwordFile);
        }
        stopLeftOver(data);
        int port = FreePort.find();
        List<String> command =
                command(
                        binaries.resolve("bin/postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "shared_buffers=64MB",
                        "-c",
                        "max_connections=80",
                        "-c",
                        "fsync=on",
                        "-c",
                        "synchronous_commit=on",
                        "-c",
                        "log_min_messages=warning");
        Process postmaster =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("postgres.log").toFile()))
                        .start();
        var server =
                new EmbeddedPostgres(
                        data, port, Files.readString(passwordFile).strip(), postmaster);
        server.awaitConnection();
        return server;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    public String username() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Makes a database unless it is there. */
    public void createDatabase(String name) throws SQLException {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (Connection connection = connect();
                var exists =
                        connection.prepareStatement(
                                "select 1 from pg_database where datname = ?")) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                try (var statement = connection.createStatement()) {
                    statement.execute("create database " + name);
                }
            }
        }
    }

    /** Stops fast: open transactions are rolled back, nothing committed is lost. */
    @Override
    public void close() throws IOException {
        signal(postmaster.toHandle(), data);
    }

    private static Path unpack(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return target;
        }
        Path temporary = Files.createTempDirectory(target.getParent(), ".postgres");
        try (InputStream resource = EmbeddedPostgres.class.getResourceAsStream(BINARIES)) {
            if (resource == null) {
                throw new IOException("there is no embedded PostgreSQL for this kind of machine");
            }
            try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(resource))) {
                for (TarArchiveEntry entry = tar.getNextEntry();
                        entry != null;
                        entry = tar.getNextEntry()) {
                    unpack(tar, entry, temporary);
                }
            }
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
            throw new IOException("the archive of PostgreSQL has a path outside itself");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent() == null ? into : file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    private static void initialise(Path binaries, Path data, Path passwordFile) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random) + "\n");
        Process initdb =
                new ProcessBuilder(
                                command(
                                        binaries.resolve("bin/initdb").toString(),
                                        "-D",
                                        data.toString(),
                                        "-U",
                                        USER,
                                        "--pwfile=" + passwordFile,
                                        "--auth=scram-sha-256",
                                        "--encoding=UTF8",
                                        "--locale=C",
                                        "--data-checksums"))
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(
                        initdb.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (initdb.waitFor() != 0) {
                throw new IOException(
                        "PostgreSQL could not be initialised in %s: %s".formatted(data, output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** PostgreSQL refuses to run as root: then it runs in a user namespace of its own. */
    private static List<String> command(String... words) {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.addAll(List.of(words));
        return command;
    }

    /** A postmaster outlives the process that started it when that one is killed. */
    private static void stopLeftOver(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        Path commandLine = Path.of("/proc/%d/cmdline".formatted(pid));
        boolean ours =
                Files.exists(commandLine)
                        && Files.readString(commandLine).contains("\0" + data + "\0");
        if (ours) {
            var handle = ProcessHandle.of(pid);
            if (handle.isPresent()) {
                signal(handle.get(), data);
            }
        }
    }

    private static void signal(ProcessHandle process, Path data) throws IOException {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            process.onExit()
                    .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping PostgreSQL", e);
        } catch (java.util.concurrent.CompletionException e) {
            throw new IOException(
                    "PostgreSQL on %s (process %d) does not stop".formatted(data, process.pid()),
                    e);
        }
    }

    private void awaitConnection() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection _ = connect()) {
                return;
            } catch (SQLException e) {
                if (!postmaster.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(
                            "PostgreSQL on %s does not start; see postgres.log beside it"
                                    .formatted(data),
                            e);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), USER, password);
    }
}
