package org.jalur.node.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jalur.node.database.EmbeddedPostgres;

/**
 * Starts an authority's node, a platform's node, the sample platform and an independent witness,
 * each a process of its own on a loopback port, over one embedded PostgreSQL whose data stays.
 */
public final class Demo {
    private static final int PORTS = 5;
    private static final int RESOLVERS = 2;
    private static final int REFUSED = 2;

    private Demo() {}

    /** A reason not to start, in one sentence. */
    static final class RefusedException extends RuntimeException {
        RefusedException(String sentence) {
            super(sentence);
        }
    }

    /**
     * @param headless open nothing, say READY
     * @param port of the authority; the next four are the platform's, the sample platform's, the
     *     witness's and that of the zones for resolvers; two more are where resolvers are told of
     *     changes
     * @param data kept between starts
     */
    record Options(boolean headless, int port, Path data) {
        static Options parse(String[] arguments) {
            boolean headless = false;
            int port = 8080;
            Path data = Path.of("data", "demo");
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--headless" -> headless = true;
                    case "--ports" -> port = port(value(arguments, ++i, "--ports"));
                    case "--data" -> data = Path.of(value(arguments, ++i, "--data"));
                    default ->
                            throw new RefusedException(
                                    "unknown option \"%s\"; known are --headless, --ports N, --data FOLDER"
                                            .formatted(arguments[i]));
                }
            }
            return new Options(headless, port, data.toAbsolutePath().normalize());
        }

        private static String value(String[] arguments, int index, String option) {
            if (index >= arguments.length) {
                throw new RefusedException(option + " needs a value");
            }
            return arguments[index];
        }

        private static int port(String text) {
            if (!text.matches("[0-9]{1,5}")
                    || Integer.parseInt(text) < 1
                    || Integer.parseInt(text) > 65_535 - PORTS - RESOLVERS + 1) {
                throw new RefusedException("--ports is \"%s\"; use 1 to 65529".formatted(text));
            }
            return Integer.parseInt(text);
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(run(Options.parse(arguments)));
        } catch (RefusedException e) {
            System.err.println("The demo does not start: " + e.getMessage() + ".");
            System.exit(REFUSED);
        }
    }

    private static int run(Options options) throws Exception {
        for (int i = 0; i < PORTS; i++) {
            requireFree(options.port() + i);
        }
        makeFolder(options.data());
        try (FileChannel channel =
                        FileChannel.open(
                                options.data().resolve("demo.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new RefusedException("another demo uses the folder " + options.data());
            }
            return serve(options);
        }
    }

    private static int serve(Options options) throws Exception {
        Path announcement = options.data().resolve("demo.json");
        Files.deleteIfExists(announcement);
        var stopped = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            stopped.countDown();
                            try {
                                ended.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
        try (EmbeddedPostgres postgres = startPostgres(options.data());
                var children = new Children(options.data().resolve("logs"), stopped)) {
            DemoSetup setup = DemoSetup.prepare(options.data(), options.port(), postgres);
            children.start("witness", setup.witness());
            // The nodes name the witness's keys, which it makes at its first start.
            if (!children.awaitAnswer(setup.witnessUrl() + "/")) {
                children.failure().ifPresent(System.err::println);
                return children.failure().isPresent() ? 1 : 0;
            }
            setup.writeWitnessPolicy(children.read(setup.witnessUrl() + "/"));
            children.start("authority", setup.node("authority"));
            children.start("platform", setup.node("platform"));
            children.start("sample-platform", setup.sample());
            boolean up =
                    children.awaitAnswer(setup.url("authority") + "/actuator/health/readiness")
                            && children.awaitAnswer(
                                    setup.url("platform") + "/actuator/health/readiness")
                            && children.awaitAnswer(setup.sampleUrl() + "/");
            if (up) {
                setup.announce(announcement);
                System.out.println(options.headless() ? "READY" : setup.welcome(announcement));
                System.out.flush();
                stopped.await();
            }
            Files.deleteIfExists(announcement);
            children.failure().ifPresent(System.err::println);
            return children.failure().isPresent() ? 1 : 0;
        } finally {
            ended.countDown();
        }
    }

    private static EmbeddedPostgres startPostgres(Path data) throws SQLException {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(data.resolve("postgres"));
            for (String database :
                    List.of("authority", "authority_keys", "platform", "platform_keys")) {
                postgres.createDatabase(database);
            }
            return postgres;
        } catch (IOException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static void requireFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new RefusedException(
                    "port %d is taken; choose others with --ports N (N to N+4 are used)"
                            .formatted(port));
        }
    }

    private static void makeFolder(Path data) {
        try {
            Files.createDirectories(
                    data,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(Files.createTempFile(data, ".probe", ""));
        } catch (IOException e) {
            throw new RefusedException(
                    "the folder %s cannot be written; choose another with --data FOLDER"
                            .formatted(data));
        }
    }
}
