package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jalur.node.serve.Recover;
import org.jalur.node.serve.Serve;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A database from an old backup, or an empty one, beside a journal that knows more. */
class RecoverTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final List<String> BOTH = List.of(AUTHORITY, PLATFORM);

    @TempDir private Path folder;

    @Test
    void authorityGetsEverythingBackThatItsOldBackupDoesNotKnow() throws Exception {
        try (var place = new Place(folder)) {
            place.startBoth();
            String draft = place.story.before();
            place.backUp(AUTHORITY);
            place.story.after(draft);
            List<String> told = place.stopAndTell(AUTHORITY);

            place.putBackUp(AUTHORITY);
            Path configuration = place.processes.configuration(AUTHORITY, false, Map.of());
            var refused = place.processes.run(Serve.class, configuration);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.output())
                    .contains("The node does not start: the signed journal has ")
                    .contains("it was restored from a backup", "./jalur recover --config FILE");

            // Killed again and again, it goes on where it was.
            var random = new Random(2017);
            for (int i = 0; i < 2; i++) {
                Process process = place.processes.begin(Recover.class, configuration);
                place.awaitSteps(process, random.nextInt(25));
                process.destroyForcibly().waitFor();
            }
            var recovered = place.processes.run(Recover.class, configuration);
            assertThat(recovered.code()).as(recovered.output()).isZero();
            assertThat(place.tell(AUTHORITY)).isEqualTo(told);

            var again = place.processes.run(Recover.class, configuration);
            assertThat(again.output()).contains("Nothing is to be recovered.");
            assertThat(again.code()).isZero();
            assertThat(place.tell(AUTHORITY)).isEqualTo(told);

            place.goesOn(AUTHORITY);
        }
    }

    @Test
    void platformGetsEverythingBackIntoAnEmptyDatabaseWithoutItsPartKeys() throws Exception {
        try (var place = new Place(folder)) {
            place.startBoth();
            place.story.after(place.story.before());
            List<String> told = place.stopAndTell(PLATFORM);
            place.databases.drop("platform_contoh");
            place.databases.drop("platform_contoh_keys");
            Path configuration = place.processes.configuration(PLATFORM, false, Map.of());

            var recovered = place.processes.run(Recover.class, configuration);

            assertThat(recovered.code()).as(recovered.output()).isZero();
            assertThat(recovered.output())
                    .contains("The database knows 0 entries of the journal")
                    .contains("Entries of kind measure that stay digests")
                    .doesNotContain("message-received", "message-sent", "receipt-received");
            assertThat(place.tell(PLATFORM)).isEqualTo(told);
            place.goesOn(PLATFORM);
            JsonNode first =
                    place.nodes
                            .get(PLATFORM, "reviewer", "/api/cases?limit=500")
                            .body()
                            .at("/cases/0");
            assertThat(
                            place.nodes
                                    .get(
                                            PLATFORM,
                                            "reviewer",
                                            "/api/cases/" + first.path("id").asString())
                                    .body()
                                    .toString())
                    .contains("https://social.example/");
            assertThat(place.actions())
                    .as("only the new notice is acted on, nothing is done a second time")
                    .isEqualTo(place.acted + 1);
        }
    }

    @Test
    @Tag("long")
    void partKeysThatWereLostAreReplacedOnlyWhereTheOperatorSaysSo() throws Exception {
        try (var place = new Place(folder)) {
            place.startBoth();
            String notice = place.story.send("https://social.example/keys/1");
            place.databases.settle(BOTH);
            place.processes.stop(AUTHORITY);
            place.databases.drop("otoritas_contoh_keys");
            Path configuration = place.processes.configuration(AUTHORITY, false, Map.of());

            var without = place.processes.run(Recover.class, configuration);
            var with = place.processes.run(Recover.class, configuration, "--part-keys-lost");

            assertThat(without.output()).contains("Nothing is to be recovered.");
            assertThat(with.code()).as(with.output()).isZero();
            assertThat(with.output()).contains("parts whose keys were lost were fetched");
            place.processes.start(AUTHORITY);
            place.processes.awaitReady(AUTHORITY);
            place.nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.toString().contains("https://social.example/keys/1"));
        }
    }

    @Test
    void nothingIsStoredWhileAPeerIsSilentOrLies() throws Exception {
        nothingIsStored(List.of(LyingProxy.Lie.values()).subList(0, 3));
    }

    @Test
    @Tag("long")
    void nothingIsStoredWhateverLieAPeerTells() throws Exception {
        nothingIsStored(List.of(LyingProxy.Lie.values()));
    }

    private void nothingIsStored(List<LyingProxy.Lie> all) throws Exception {
        try (var place = new Place(folder)) {
            place.startBoth();
            place.story.before();
            Path own = place.processes.configuration(AUTHORITY, false, Map.of());
            var running = place.processes.run(Recover.class, own);
            assertThat(running.code()).isEqualTo(2);
            assertThat(running.output()).contains("a node is running on this database");
            place.backUp(AUTHORITY);
            place.story.send("https://social.example/lies/1");
            place.story.send("https://social.example/lies/2");
            place.story.decide(place.story.send("https://social.example/lies/3"), "blocked");
            List<String> told = place.stopAndTell(AUTHORITY);
            place.putBackUp(AUTHORITY);
            List<String> old = place.tell(AUTHORITY);

            place.processes.stop(PLATFORM);
            var silent = place.processes.run(Recover.class, own);
            assertThat(silent.code()).as(silent.output()).isEqualTo(3);
            assertThat(silent.output())
                    .contains("platform-contoh: not complete; platform-contoh could not be asked")
                    .contains("Nothing was stored");
            assertThat(place.tell(AUTHORITY)).isEqualTo(old);

            place.processes.start(PLATFORM);
            place.processes.awaitReady(PLATFORM);
            try (var lies =
                    new LyingProxy(place.nodes.url(PLATFORM), place.nodes.messageKey(PLATFORM))) {
                Path configuration =
                        place.processes.configuration(
                                AUTHORITY, false, Map.of("jalur.peers[0].url", lies.url()));
                for (LyingProxy.Lie lie : all) {
                    lies.tell(lie);
                    place.putBackUp(AUTHORITY);
                    var found = place.processes.run(Recover.class, configuration);
                    assertThat(found.code()).as(lie + ": " + found.output()).isEqualTo(4);
                    assertThat(found.output())
                            .as(lie.toString())
                            .contains("platform-contoh", "Nothing was stored")
                            .containsPattern(lie.found());
                    assertThat(place.tell(AUTHORITY)).as(lie.toString()).isEqualTo(old);
                }
            }

            var recovered = place.processes.run(Recover.class, own);
            assertThat(recovered.code()).as(recovered.output()).isZero();
            assertThat(place.tell(AUTHORITY)).isEqualTo(told);
            place.goesOn(AUTHORITY);
        }
    }

    /** Two nodes and a connector that does whatever it is asked. */
    private static final class Place implements AutoCloseable {
        private final TestNodes nodes;
        private final NodeProcesses processes;
        private final NodeDatabases databases;
        private final Story story;
        private final HttpServer connector;
        private final List<String> acts = new ArrayList<>();
        private long acted;

        Place(Path folder) throws Exception {
            nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
            connector =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            answer("/actions", "{\"result\":\"done\",\"told\":true}");
            answer(
                    "/probe",
                    "{\"routes\":[{\"route\":\"page\",\"country\":\"*\",\"state\":\"gone\"}]}");
            connector.start();
            Path secret = Files.writeString(folder.resolve("secret"), "sample-secret-of-a-test");
            nodes.with(
                    PLATFORM,
                    "jalur.connector.url",
                    "http://127.0.0.1:" + connector.getAddress().getPort());
            nodes.with(PLATFORM, "jalur.connector.secret-file", secret.toString());
            processes = new NodeProcesses(nodes);
            databases = new NodeDatabases(nodes);
            story = new Story(nodes, databases);
        }

        private void answer(String path, String body) {
            connector.createContext(
                    path,
                    exchange -> {
                        byte[] asked = exchange.getRequestBody().readAllBytes();
                        if (path.equals("/actions")) {
                            synchronized (acts) {
                                acts.add(new String(asked, StandardCharsets.UTF_8));
                            }
                        }
                        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, octets.length);
                        exchange.getResponseBody().write(octets);
                        exchange.close();
                    });
        }

        long actions() {
            synchronized (acts) {
                return acts.size();
            }
        }

        void startBoth() throws Exception {
            for (String party : BOTH) {
                processes.start(party);
            }
            for (String party : BOTH) {
                processes.awaitReady(party);
            }
        }

        void backUp(String party) throws Exception {
            databases.settle(BOTH);
            processes.stop(party);
            databases.copy(database(party), database(party) + "_backup");
            processes.start(party);
            processes.awaitReady(party);
        }

        void putBackUp(String party) throws Exception {
            databases.copy(database(party) + "_backup", database(party));
        }

        List<String> stopAndTell(String party) throws Exception {
            databases.settle(BOTH);
            acted = actions();
            processes.stop(party);
            return tell(party);
        }

        private static String database(String party) {
            return party.replace('-', '_');
        }

        /** Until so many messages or receipts are stored again, or the command ended. */
        void awaitSteps(Process process, int more) throws Exception {
            String sql = "select (select count(*) from messages) + (select count(*) from receipts)";
            long before = databases.count(AUTHORITY, sql);
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (process.isAlive()
                    && databases.count(AUTHORITY, sql) < before + more
                    && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }

        /** Everything that a node knows and messages can bring back, in words that compare. */
        List<String> tell(String party) throws Exception {
            var told = new ArrayList<String>();
            for (String sql : TOLD) {
                told.addAll(databases.strings(party, sql));
            }
            return told;
        }

        /**
         * The node starts, both streams and the journal go on, and nobody finds a contradiction.
         */
        void goesOn(String party) throws Exception {
            long size = databases.count(party, "select max(log_index) from journal_entries");
            assertThat(
                            databases.count(
                                    party,
                                    "select (select count(*) from recovered) + (select count(*) from recovered_entries)"))
                    .as("nothing is kept aside")
                    .isZero();
            processes.start(party);
            processes.awaitReady(party);
            String notice = story.send("https://social.example/goes-on");
            story.decide(notice, "blocked");
            databases.settle(BOTH);
            databases.awaitCompared(BOTH);
            assertThat(databases.count(party, "select max(log_index) from journal_entries"))
                    .isGreaterThan(size);
            for (String each : BOTH) {
                databases.checkJournal(each);
                assertThat(
                                databases.count(
                                        each,
                                        "select (select count(*) from conflicts) + (select count(*) from evidence)"))
                        .as("contradictions on " + each)
                        .isZero();
            }
        }

        @Override
        public void close() throws java.io.IOException {
            processes.close();
            connector.stop(0);
            nodes.close();
        }
    }

    private static final List<String> TOLD =
            List.of(
                    "select 'stream ' || direction || seq || encode(digest, 'hex') from streams order by direction",
                    """
                    select 'message ' || direction || seq || kind || encode(digest, 'hex') || recorded_at || sent_at
                    from messages order by direction, seq
                    """,
                    """
                    select 'receipt ' || direction || seq || receipts.jws || received_at
                    from receipts join messages on messages.id = message order by direction, seq
                    """,
                    "select 'keys ' || direction || from_seq || serial || statement from key_sets order by direction, from_seq",
                    """
                    select 'entry ' || log_index || kind || encode(entry.digest, 'hex')
                        || coalesce(encode((select digest from messages where messages.id = entry.message), 'hex'), '')
                    from journal_entries entry order by log_index
                    """,
                    """
                    select concat_ws(' ', 'notice', id, state, kind, urgency, category, reference, organisation, item_count,
                        received_at, acknowledged_at, due_at, stopped_at, refusal_clause, refusal_reason,
                        encode(facts_leaf, 'hex'), encode(reasons_leaf, 'hex'))
                    from notices where state <> 'draft' order by id
                    """,
                    """
                    select concat_ws(' ', 'notice item', notice, no, kind, encode(leaf, 'hex'), state, enforcement)
                    from notice_items order by notice, no
                    """,
                    """
                    select concat_ws(' ', 'case', notice_id, state, kind, urgency, category, reference, organisation, item_count,
                        undecided, encode(agreement, 'hex'), encode(facts_leaf, 'hex'), encode(reasons_leaf, 'hex'), tell_from,
                        received_at, due_at, stopped_at, acknowledged_at, closed_at)
                    from cases order by notice_id
                    """,
                    """
                    select concat_ws(' ', 'case item', notice_id, no, case_items.kind, encode(leaf, 'hex'), case_items.state,
                        enforcement, encode(place, 'hex'))
                    from case_items join cases on cases.id = case_id order by notice_id, no
                    """,
                    """
                    select concat_ws(' ', 'decision', coalesce(notice_id, subject), no, outcome, ground, countries,
                        encode(leaf, 'hex'), role, decided_at)
                    from decisions left join cases on cases.id = subject order by 1
                    """,
                    """
                    select concat_ws(' ', 'measure', coalesce(notice_id, subject), no, measures.kind, result, told, outcome,
                        measured_at, route, country, probes.state)
                    from measures left join cases on cases.id = subject join probes on probes.measure = measures.id order by 1
                    """,
                    """
                    select concat_ws(' ', 'action', notice_id, no, action, countries, tell, done_at is not null,
                        reported_at is not null)
                    from actions join cases on cases.id = case_id order by 1
                    """,
                    """
                    select concat_ws(' ', 'clock', coalesce(notice_id, subject), event, at)
                    from clock_events left join cases on cases.id = subject order by 1
                    """,
                    """
                    select concat_ws(' ', 'mark', notice, no, seq, encode(leaf, 'hex'), encode(mark, 'hex'))
                    from item_marks order by notice, no, mark
                    """,
                    """
                    select concat_ws(' ', 'interim', coalesce(notice_id, subject), no, encode(leaf, 'hex'), from_at, until_at,
                        ended_at, ending)
                    from interims left join cases on cases.id = subject order by 1
                    """,
                    """
                    select concat_ws(' ', 'turn', seq, coalesce(notice_id, subject), turns.kind, items, whole, question, role,
                        encode(leaf, 'hex'), said_at)
                    from turns join messages on messages.id = turns.message left join cases on cases.id = subject order by 1
                    """,
                    """
                    select concat_ws(' ', 'stop', coalesce(notice_id, subject), event, at)
                    from clock_stops left join cases on cases.id = subject order by 1
                    """,
                    """
                    select concat_ws(' ', 'note', id, state, organisation, category, until, target, encode(leaf, 'hex'), ended_at)
                    from notes where state <> 'draft' order by 1
                    """,
                    "select concat_ws(' ', 'note act', note, act, role, encode(leaf, 'hex'), at) from note_acts order by 1",
                    "select 'under way ' || count(*) from outbox");

    /** What officers and reviewers do. */
    private record Story(TestNodes nodes, NodeDatabases databases) {
        /** A notice that is over, one that is open, and a draft, which is the answer. */
        String before() throws Exception {
            decide(send("https://social.example/before/1"), "blocked");
            send("https://social.example/before/2");
            return draft("https://social.example/before/3");
        }

        void after(String draft) throws Exception {
            approve(draft);
            decide(draft, "blocked");
            String asked = send("https://social.example/after/1");
            decide(asked, "clarification");
            databases.settle(BOTH);
            ok(
                    nodes.post(
                            AUTHORITY,
                            "officer",
                            "/api/notices/" + asked + "/clarifications",
                            Map.of("answer", "Sample answer.")));
            databases.settle(BOTH);
            decide(asked, "refused");
            talk(send("https://social.example/after/6"));
            String withdrawn = send("https://social.example/after/2");
            decide(withdrawn, "blocked");
            databases.settle(BOTH);
            ok(
                    nodes.post(
                            AUTHORITY,
                            "approver",
                            "/api/notices/" + withdrawn + "/withdrawal",
                            Map.of("reason", "Sample reason.")));
            String erased = send("https://social.example/after/5");
            decide(erased, "refused");
            databases.settle(BOTH);
            ok(
                    nodes.post(
                            AUTHORITY,
                            "approver",
                            "/api/notices/" + erased + "/erasure",
                            Map.of("everything", true, "ground", "mistake")));
            databases.settle(BOTH);
            String waiting = send("https://social.example/after/3");
            decide(waiting, "impossible");
            send("https://social.example/after/4");
            withhold(send("https://social.example/after/8"));
            String shown = send("https://social.example/after/7");
            withhold(shown);
            databases.settle(BOTH);
            ok(nodes.post(PLATFORM, "reviewer", caseOf(shown) + "/interim/end", Map.of()));
            databases.settle(BOTH);
        }

        private void withhold(String notice) throws Exception {
            String path = caseOf(notice);
            ok(nodes.post(PLATFORM, "reviewer", path + "/claim", Map.of()));
            ok(
                    nodes.post(
                            PLATFORM,
                            "reviewer",
                            path + "/interim",
                            Map.of("policy", "Sample rule 1", "reason", "Sample reason.")));
        }

        /** Questions, an answer to one of them, remarks, and a note that was ended early. */
        private void talk(String notice) throws Exception {
            String theCase = awaitCase(notice);
            for (String text : List.of("First sample question?", "Second sample question?")) {
                ok(nodes.post(PLATFORM, "reviewer", "/api/cases/" + theCase + "/claim", Map.of()));
                ok(
                        nodes.post(
                                PLATFORM,
                                "reviewer",
                                "/api/cases/" + theCase + "/questions",
                                Map.of("text", text, "items", List.of(1))));
            }
            databases.settle(BOTH);
            String first =
                    nodes.get(AUTHORITY, "officer", "/api/notices/" + notice + "/dialogue")
                            .body()
                            .at("/0/id")
                            .asString();
            ok(
                    nodes.post(
                            AUTHORITY,
                            "officer",
                            "/api/notices/" + notice + "/clarifications",
                            Map.of("answer", "Sample answer.", "question", first)));
            ok(
                    nodes.post(
                            AUTHORITY,
                            "officer",
                            "/api/notices/" + notice + "/remarks",
                            Map.of("text", "Sample remark.")));
            ok(
                    nodes.post(
                            PLATFORM,
                            "reviewer",
                            "/api/cases/" + theCase + "/remarks",
                            Map.of("text", "Sample remark.")));
            for (String url : List.of("https://social.example/n/1", "https://social.example/n/2")) {
                var note =
                        nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notes",
                                Map.of(
                                        "platform", PLATFORM,
                                        "organisation", "Otoritas Contoh",
                                        "category", "terrorism",
                                        "target", "address",
                                        "value", url,
                                        "reason", "Sample reason.",
                                        "until",
                                                Instant.now().plus(Duration.ofDays(3)).toString()));
                ok(note);
                String id = note.body().path("id").asString();
                ok(nodes.post(AUTHORITY, "approver", "/api/notes/" + id + "/approval", Map.of()));
                if (url.endsWith("1")) {
                    ok(nodes.post(AUTHORITY, "approver", "/api/notes/" + id + "/end", Map.of()));
                }
            }
            databases.settle(BOTH);
            override(send("https://social.example/n/2"));
        }

        /** What the second note asks to be left is taken away, and its authority told why. */
        private void override(String notice) throws Exception {
            String path = caseOf(notice);
            Map<String, Object> decision = decision("blocked");
            decision.put("despiteNote", "Sample emergency.");
            ok(nodes.post(PLATFORM, "reviewer", path + "/claim", Map.of()));
            ok(
                    nodes.post(
                            PLATFORM,
                            "reviewer",
                            path + "/decisions",
                            Map.of("decisions", List.of(decision))));
            databases.settle(BOTH);
        }

        private static void ok(TestNodes.Reply reply) {
            assertThat(reply.status()).as(reply.body().toString()).isBetween(200, 299);
        }

        String draft(String url) throws Exception {
            // The node is up before its demo accounts are.
            nodes.await(AUTHORITY, "officer", "/api/notices", _ -> true);
            var reply =
                    nodes.post(
                            AUTHORITY, "officer", "/api/notices", ChannelTest.form(PLATFORM, url));
            ok(reply);
            return reply.body().at("/notice/id").asString();
        }

        void approve(String notice) throws Exception {
            nodes.await(AUTHORITY, "approver", "/api/notices", _ -> true);
            ok(nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of()));
            nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.hasNonNull("receipt"));
        }

        String send(String url) throws Exception {
            String notice = draft(url);
            approve(notice);
            return notice;
        }

        private String caseOf(String notice) throws Exception {
            return "/api/cases/" + awaitCase(notice);
        }

        private String awaitCase(String notice) throws Exception {
            JsonNode queue =
                    nodes.await(
                            PLATFORM,
                            "reviewer",
                            "/api/cases?limit=500",
                            page -> caseOf(page, notice).isPresent());
            return caseOf(queue, notice).orElseThrow();
        }

        void decide(String notice, String outcome) throws Exception {
            String path = caseOf(notice);
            ok(nodes.post(PLATFORM, "reviewer", path + "/claim", Map.of()));
            ok(
                    nodes.post(
                            PLATFORM,
                            "reviewer",
                            path + "/decisions",
                            Map.of("decisions", List.of(decision(outcome)))));
        }

        private static Optional<String> caseOf(JsonNode page, String notice) {
            return page.path("cases")
                    .valueStream()
                    .filter(one -> one.path("notice").asString().equals(notice))
                    .map(one -> one.path("id").asString())
                    .findFirst();
        }

        private static Map<String, Object> decision(String outcome) {
            Map<String, Object> decision = new HashMap<>();
            decision.put("outcome", outcome);
            decision.put("policy", "Sample rule 1");
            decision.put("reason", "Sample reason.");
            if (outcome.equals("refused")) {
                decision.put("ground", "not_illegal");
            }
            return decision;
        }
    }
}
