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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jalur.node.database.EmbeddedPostgres;
import org.jalur.node.demo.story.Replay;
import org.jalur.node.demo.story.Resolvers;
import org.jalur.node.demo.story.StoryStoppedException;

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
     * @param story replay what happened in 2016 and 2017
     * @param port of the authority; the next four are the platform's, the sample platform's, the
     *     witness's and that of the zones for resolvers; two more are where resolvers are told of
     *     changes
     * @param data kept between starts
     */
    record Options(boolean headless, boolean story, int port, Path data) {
        static Options parse(String[] arguments) {
            boolean headless = false;
            boolean story = false;
            int port = 8080;
            Optional<Path> data = Optional.empty();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--headless" -> headless = true;
                    case "--story" -> story = true;
                    case "--ports" -> port = port(value(arguments, ++i, "--ports"));
                    case "--data" -> data = Optional.of(Path.of(value(arguments, ++i, "--data")));
                    default ->
                            throw new RefusedException(
                                    "unknown option \"%s\"; known are --headless, --story, --ports N, --data FOLDER"
                                            .formatted(arguments[i]));
                }
            }
            Path folder = data.orElse(Path.of("data", story ? "story" : "demo"));
            return new Options(headless, story, port, folder.toAbsolutePath().normalize());
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
        for (int i = 0; i < PORTS + (options.story() ? RESOLVERS : 0); i++) {
            requireFree(options.port() + i);
        }
        makeFolder(options.data());
        if (options.story() && DemoSetup.isUsed(options.data())) {
            throw new RefusedException(
                    "the folder %1$s has been used; choose another with --data FOLDER, or see what was told there with ./jalur demo --data %1$s"
                            .formatted(options.data()));
        }
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
        Files.deleteIfExists(announcement(options));
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
            if (options.story()) {
                try (Resolvers resolvers =
                        Resolvers.at(
                                options.data().resolve("resolvers"),
                                options.port() + PORTS,
                                options.port() + PORTS + 1)) {
                    return run(options, postgres, children, Optional.of(resolvers), stopped);
                }
            }
            return run(options, postgres, children, Optional.empty(), stopped);
        } finally {
            Files.deleteIfExists(announcement(options));
            ended.countDown();
        }
    }

    private static Path announcement(Options options) {
        return options.data().resolve("demo.json");
    }

    private static int run(
            Options options,
            EmbeddedPostgres postgres,
            Children children,
            Optional<Resolvers> resolvers,
            CountDownLatch stopped)
            throws Exception {
        DemoSetup setup =
                DemoSetup.prepare(
                        options.data(),
                        options.port(),
                        postgres,
                        resolvers.map(Resolvers::control));
        if (start(setup, children)) {
            setup.announce(announcement(options));
            System.out.println(options.headless() ? "READY" : setup.welcome(announcement(options)));
            System.out.flush();
            boolean told = resolvers.isEmpty() || tell(setup, children, resolvers.get(), stopped);
            if (!told) {
                return 1;
            }
            stopped.await();
        }
        children.failure().ifPresent(System.err::println);
        return children.failure().isPresent() ? 1 : 0;
    }

    /**
     * @return whether all processes answer
     */
    private static boolean start(DemoSetup setup, Children children) throws Exception {
        children.start("witness", setup.witness());
        // The nodes name the witness's keys, which it makes at its first start.
        if (!children.awaitAnswer(setup.witnessUrl() + "/")) {
            return false;
        }
        setup.writeWitnessPolicy(children.read(setup.witnessUrl() + "/"));
        children.start("authority", setup.node("authority"));
        children.start("platform", setup.node("platform"));
        children.start("sample-platform", setup.sample());
        return children.awaitAnswer(setup.url("authority") + "/actuator/health/readiness")
                && children.awaitAnswer(setup.url("platform") + "/actuator/health/readiness")
                && children.awaitAnswer(setup.sampleUrl() + "/");
    }

    /**
     * @return false if the story stopped before its end, and nobody wanted it to
     */
    private static boolean tell(
            DemoSetup setup, Children children, Resolvers resolvers, CountDownLatch stopped)
            throws IOException {
        try {
            new Replay(
                            new StoryWorld(setup, children, stopped),
                            resolvers,
                            DemoSetup.ORDERS,
                            System.out)
                    .tell(setup.primary());
            System.out.println("TOLD");
            System.out.flush();
            return true;
        } catch (StoryStoppedException e) {
            System.err.println("The story stops: " + e.getMessage());
            return false;
        } catch (InterruptedException _) {
            return stopped.getCount() == 0;
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
                    "port %d is taken; choose others with --ports N (N to N+4 are used, and for the story N+5 and N+6)"
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
