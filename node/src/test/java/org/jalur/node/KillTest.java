package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jalur.log.Checkpoint;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.PosixStorage;
import org.jalur.log.SignedNote;
import org.jalur.log.TiledLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes are killed with SIGKILL at random moments while notices flow. */
class KillTest {
    private static final List<String> AUTHORITIES = List.of("otoritas-satu", "otoritas-dua");
    private static final List<String> PLATFORMS = List.of("platform-satu", "platform-dua");

    @TempDir private Path folder;

    @Test
    void noNoticeIsLostOrHandledTwiceWhenNodesAreKilled() throws Exception {
        run(List.of(AUTHORITIES.getFirst()), List.of(PLATFORMS.getFirst()), 40, 4);
    }

    @Test
    @Tag("long")
    void noneOfFiveHundredNoticesIsLostOverFiftyKillsOfTwoAuthoritiesAndTwoPlatforms()
            throws Exception {
        run(AUTHORITIES, PLATFORMS, 500, 50);
    }

    private void run(List<String> authorities, List<String> platforms, int notices, int kills)
            throws Exception {
        var random = new Random(2017);
        try (var nodes = new TestNodes(folder, authorities, platforms);
                var processes = new Processes(nodes)) {
            var all = new ArrayList<>(authorities);
            all.addAll(platforms);
            for (String party : all) {
                processes.start(party);
            }
            var filing = new Filing(nodes, authorities, platforms, notices);
            Thread officer = Thread.ofVirtual().start(filing::run);

            for (int i = 0; i < kills; i++) {
                String party = all.get(random.nextInt(all.size()));
                processes.awaitReady(party);
                // A share of the notices flows around each kill.
                filing.allow(notices / kills);
                Thread.sleep(random.nextInt(notices / kills * 60));
                processes.kill(party);
                processes.start(party);
            }
            officer.join();
            filing.rethrow();

            for (String party : all) {
                processes.awaitReady(party);
            }
            for (var sent : filing.sent().entrySet()) {
                nodes.await(
                        sent.getValue(),
                        "officer",
                        "/api/notices/" + sent.getKey(),
                        notice -> notice.hasNonNull("receipt"));
            }
            settle(nodes, all);
            checkCases(nodes, platforms, filing.sent().keySet());
            for (String party : all) {
                checkJournal(nodes, party);
            }
        }
    }

    /** Until nothing waits any more, on either side. */
    private static void settle(TestNodes nodes, List<String> all) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        for (String party : all) {
            while (count(
                            nodes,
                            party,
                            "select (select count(*) from outbox) + (select count(*) from journal_pending) + (select count(*) from unhandled)")
                    > 0) {
                assertThat(System.nanoTime())
                        .as(party + " still has something under way")
                        .isLessThan(deadline);
                Thread.sleep(100);
            }
        }
        Thread.sleep(1000);
    }

    private static void checkCases(TestNodes nodes, List<String> platforms, Set<String> sent)
            throws Exception {
        Set<String> handled = new TreeSet<>();
        int cases = 0;
        for (String platform : platforms) {
            for (String notice : strings(nodes, platform, "select notice_id::text from cases")) {
                handled.add(notice);
                cases++;
            }
        }
        assertThat(handled).isEqualTo(new TreeSet<>(sent));
        assertThat(cases).isEqualTo(sent.size());
    }

    /**
     * Every message and every receipt has exactly one entry, and the tiles say what the database
     * says.
     */
    private void checkJournal(TestNodes nodes, String party) throws Exception {
        for (String direction : List.of("in", "out")) {
            String kind = direction.equals("in") ? "message-received" : "message-sent";
            assertThat(
                            count(
                                    nodes,
                                    party,
                                    """
                                    select count(*) from messages where direction = '%s' and 1 <> (
                                        select count(*) from journal_entries entry
                                        where entry.message = messages.id and entry.kind = '%s' and entry.digest = messages.digest)
                                    """
                                            .formatted(direction, kind)))
                    .as("messages of %s without exactly one entry", party)
                    .isZero();
        }
        assertThat(
                        count(
                                nodes,
                                party,
                                "select count(*) from journal_entries where kind = 'receipt-received'"))
                .isEqualTo(
                        count(
                                nodes,
                                party,
                                "select count(*) from receipts join messages on messages.id = message where direction = 'out'"));
        List<String> entries =
                strings(
                        nodes,
                        party,
                        "select kind || ' ' || encode(digest, 'base64') from journal_entries order by log_index");
        assertThat(
                        count(
                                nodes,
                                party,
                                "select coalesce(max(log_index) + 1, 0) from journal_entries"))
                .isEqualTo(entries.size());
        byte[] note =
                new FileCheckpointStore(folder.resolve(party).resolve("checkpoints"))
                        .load("checkpoint")
                        .orElseThrow();
        var head = Checkpoint.parse(SignedNote.parse(note).text()).head();
        TiledLog log =
                TiledLog.open(
                        new PosixStorage(folder.resolve(party).resolve("journal")),
                        head.size(),
                        head.root());
        assertThat(head.size()).isEqualTo(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertThat(new String(log.entry(i), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo(entries.get(i));
        }
    }

    private static long count(TestNodes nodes, String party, String sql) throws Exception {
        return Long.parseLong(strings(nodes, party, sql).getFirst());
    }

    private static List<String> strings(TestNodes nodes, String party, String sql)
            throws Exception {
        var postgres = nodes.postgres();
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(party.replace('-', '_')),
                                postgres.username(),
                                postgres.password());
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var strings = new ArrayList<String>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    /** An officer and an approver who repeat each call with its key until it is answered. */
    private static final class Filing {
        private final TestNodes nodes;
        private final List<String> authorities;
        private final List<String> platforms;
        private final int notices;
        private final Semaphore allowed = new Semaphore(0);
        private final Map<String, String> sent = new HashMap<>();
        private final AtomicReference<Optional<Exception>> fault =
                new AtomicReference<>(Optional.empty());

        Filing(TestNodes nodes, List<String> authorities, List<String> platforms, int notices) {
            this.nodes = nodes;
            this.authorities = authorities;
            this.platforms = platforms;
            this.notices = notices;
        }

        void run() {
            try {
                for (int i = 0; i < notices; i++) {
                    allowed.acquire();
                    String authority = authorities.get(i % authorities.size());
                    String platform = platforms.get(i / authorities.size() % platforms.size());
                    Object form = ChannelTest.form(platform, "https://social.example/kill/" + i);
                    String id =
                            repeat(authority, "officer", "/api/notices", form, "draft-" + i)
                                    .at("/notice/id")
                                    .asString();
                    repeat(
                            authority,
                            "approver",
                            "/api/notices/" + id + "/approval",
                            Map.of(),
                            "approve-" + i);
                    sent.put(id, authority);
                }
            } catch (Exception e) {
                fault.set(Optional.of(e));
            }
        }

        private tools.jackson.databind.JsonNode repeat(
                String party, String role, String path, Object body, String key) throws Exception {
            long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (true) {
                try {
                    var reply =
                            nodes.call(
                                    party, role, "POST", path, Optional.of(body), Optional.of(key));
                    if (reply.status() / 100 == 2) {
                        return reply.body();
                    }
                    // 401: the node is up before its demo accounts are.
                    if (reply.status() < 500 && reply.status() != 401) {
                        throw new IllegalStateException(path + " answers " + reply);
                    }
                } catch (java.io.IOException e) {
                    if (System.nanoTime() > deadline) {
                        throw e;
                    }
                }
                Thread.sleep(100);
            }
        }

        void allow(int more) {
            allowed.release(more);
        }

        Map<String, String> sent() {
            return sent;
        }

        void rethrow() throws Exception {
            if (fault.get().isPresent()) {
                throw fault.get().get();
            }
        }
    }

    /** Nodes as processes of their own. */
    private static final class Processes implements AutoCloseable {
        private final TestNodes nodes;
        private final Map<String, Process> running = new HashMap<>();

        Processes(TestNodes nodes) {
            this.nodes = nodes;
        }

        void start(String party) throws Exception {
            var lines = new ArrayList<String>();
            nodes.settings(party).forEach((key, value) -> lines.add(key + "=" + value));
            Path configuration = Files.createTempFile("jalur-" + party, ".properties");
            Files.write(configuration, lines);
            Path log = configuration.resolveSibling(configuration.getFileName() + ".log");
            running.put(
                    party,
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseSerialGC",
                                    "-Xmx256m",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "org.jalur.node.JalurNode",
                                    "--spring.config.additional-location=file:" + configuration,
                                    "--logging.level.org.jalur=warn")
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start());
        }

        void awaitReady(String party) throws Exception {
            nodes.awaitStatus(party, "/actuator/health/readiness");
        }

        void kill(String party) throws Exception {
            Process process = Optional.ofNullable(running.remove(party)).orElseThrow();
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            running.values().forEach(process -> process.destroyForcibly().onExit().join());
        }
    }
}
