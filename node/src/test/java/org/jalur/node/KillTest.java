package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
                var processes = new NodeProcesses(nodes)) {
            var all = new ArrayList<>(authorities);
            all.addAll(platforms);
            for (String party : all) {
                processes.start(party);
            }
            var databases = new NodeDatabases(nodes);
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
            databases.settle(all);
            checkCases(databases, platforms, filing.sent().keySet());
            for (String party : all) {
                databases.checkJournal(party);
            }
        }
    }

    private static void checkCases(
            NodeDatabases databases, List<String> platforms, Set<String> sent) throws Exception {
        Set<String> handled = new TreeSet<>();
        int cases = 0;
        for (String platform : platforms) {
            for (String notice : databases.strings(platform, "select notice_id::text from cases")) {
                handled.add(notice);
                cases++;
            }
        }
        assertThat(handled).isEqualTo(new TreeSet<>(sent));
        assertThat(cases).isEqualTo(sent.size());
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
}
