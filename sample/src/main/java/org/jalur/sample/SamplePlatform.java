package org.jalur.sample;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.h2.jdbcx.JdbcConnectionPool;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Starts the sample platform on a loopback port. It has no accounts: it is a sample. */
@Command(
        name = "sample-platform",
        mixinStandardHelpOptions = true,
        description = "A sample platform with public channels, on loopback only.")
public final class SamplePlatform implements Callable<Integer> {
    @Option(names = "--port", required = true, description = "Port on 127.0.0.1.")
    private int port;

    @Option(
            names = "--data",
            required = true,
            description = "Folder of the database; made if missing.")
    private Path data = Path.of(".");

    @Option(
            names = "--config",
            required = true,
            description =
                    "Properties file: connector.secret, screen.url and screen.token (left out: nothing is screened), public.url.")
    private Path config = Path.of(".");

    @Option(names = "--stop-with-stdin", description = "Stop when the standard input closes.")
    private boolean stopWithStdin;

    public static void main(String[] arguments) {
        int code = new CommandLine(new SamplePlatform()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() throws Exception {
        var settings = new Properties();
        try (Reader reader = Files.newBufferedReader(config)) {
            settings.load(reader);
        } catch (IOException e) {
            System.err.println(
                    "The configuration %s cannot be read: %s".formatted(config, e.getMessage()));
            return 2;
        }
        String secret = settings.getProperty("connector.secret", "");
        if (secret.length() < 16) {
            System.err.println(
                    "connector.secret in %s is too short; use at least 16 characters."
                            .formatted(config));
            return 2;
        }
        Files.createDirectories(data);
        Javalin app = start(settings, secret);
        System.out.println("Sample platform on http://127.0.0.1:" + port);
        if (stopWithStdin) {
            Thread.ofPlatform().name("parent-watch").start(() -> stopWhenStdinCloses(app));
        }
        Thread.currentThread().join();
        return 0;
    }

    private Javalin start(Properties settings, String secret) {
        String base = settings.getProperty("public.url", "http://127.0.0.1:" + port);
        var pool =
                JdbcConnectionPool.create(
                        "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
                                .formatted(data.toAbsolutePath().resolve("sample")),
                        "sample",
                        "");
        pool.setMaxConnections(16);
        Clock clock = Clock.systemUTC();
        JsonMapper json =
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
        var posts = new Posts(pool, base, clock);
        posts.createTables();
        var screening =
                new Screening(
                        Optional.ofNullable(settings.getProperty("screen.url")).map(URI::create),
                        settings.getProperty("screen.token", ""),
                        json);
        var publishing = new Publishing(posts, screening, json);
        if (posts.isEmpty()) {
            SampleContent.fill(posts);
        }
        var pages = new Pages(posts, publishing, json);
        var connector =
                new ConnectorEndpoint(
                        posts,
                        new Routes(base),
                        secret.getBytes(StandardCharsets.UTF_8),
                        json,
                        clock);
        return Javalin.create(
                        setup -> {
                            setup.startup.showJavalinBanner = false;
                            setup.http.maxRequestSize = 4L * 1024 * 1024;
                            pages.register(setup.routes);
                            connector.register(setup.routes);
                        })
                .start("127.0.0.1", port);
    }

    private static void stopWhenStdinCloses(Javalin app) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said on this stream; only its end counts.
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        app.stop();
        System.exit(0);
    }
}
