package org.jalur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How long both nodes take for the scorecard of a month with 100,000 decided notices. */
public final class ScorecardBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NOTICES = 100_000;
    private static final int ROUNDS = 15;

    /** Messages that the real channel never reaches. */
    private static final long FIRST_SEQ = 1_000_000_000L;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode demo;

    private ScorecardBench(JsonNode demo) {
        this.demo = demo;
    }

    /**
     * @param arguments demo.json; the folder of the demo's data, with one notice in it; if wanted,
     *     how many notices
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        int notices = arguments.length > 2 ? Integer.parseInt(arguments[2]) : NOTICES;
        for (boolean authority : new boolean[] {true, false}) {
            try (Connection database = Millions.open(data, authority ? "authority" : "platform")) {
                fill(database, authority, notices);
            }
        }
        var bench = new ScorecardBench(JSON.readTree(Path.of(arguments[0])));
        String here = bench.measure("authority", "officer", notices);
        String there = bench.measure("platform", "reviewer", notices);
        if (!here.equals(there)) {
            throw new IllegalStateException("the two nodes show different scorecards");
        }
        System.out.println("both nodes answered the same, octet for octet");
    }

    /** One in ten notices names what another one named before; one in four is refused. */
    private static void fill(Connection database, boolean authority, int notices)
            throws SQLException {
        String received = "timestamptz '2026-01-03 00:00Z' + n * interval '20 seconds'";
        execute(
                database,
                """
                create temporary table one as
                    select message.*, own.id as own from %s own join messages message on message.id = own.message
                    where own.agreement is not null order by message.id limit 1
                """
                        .formatted(authority ? "notices" : "cases"));
        said(database, authority, true, 0, "notice", received, notices);
        said(
                database,
                authority,
                false,
                0,
                "acknowledgement",
                received + " + interval '1 minute'",
                notices);
        said(
                database,
                authority,
                false,
                notices,
                "decision",
                received + " + n % 300 * interval '1 minute'",
                notices);
        execute(
                database,
                (authority
                                ? """
                                insert into notices (id, channel, state, kind, urgency, category, reference, organisation, item_count,
                                    drafted_by, message, agreement, received_at, due_at, created_at, changed_at)
                                select message.message_id, message.channel, 'closed', own.kind, own.urgency, own.category, own.reference,
                                    own.organisation, 1, drafted_by, message.id, own.agreement, message.recorded_at,
                                    message.recorded_at, message.recorded_at, message.recorded_at
                                from notices own join one on one.own = own.id, messages message
                                where message.kind = 'notice' and message.seq > %1$d
                                """
                                : """
                                insert into cases (id, channel, notice_id, message, state, kind, urgency, category, reference,
                                    organisation, item_count, undecided, agreement, facts_leaf, reasons_leaf, received_at, due_at,
                                    changed_at)
                                select gen_random_uuid(), message.channel, message.message_id, message.id, 'closed', own.kind, own.urgency,
                                    own.category, own.reference, own.organisation, 1, 0, own.agreement, own.facts_leaf,
                                    own.reasons_leaf, message.recorded_at, message.recorded_at, message.recorded_at
                                from cases own join one on one.own = own.id, messages message
                                where message.kind = 'notice' and message.seq > %1$d
                                """)
                        .formatted(FIRST_SEQ));
        String subject =
                authority
                        ? "message.about"
                        : "(select id from cases where channel = message.channel and notice_id = message.about)";
        execute(
                database,
                """
                insert into decisions (message, subject, no, outcome, ground, leaf, role, decided_at)
                select message.id, %s, 1, case when seq %% 4 = 0 then 'refused' else 'blocked' end,
                    case when seq %% 4 = 0 then 'not_illegal' end, digest, 'reviewer', recorded_at
                from messages message where kind = 'decision' and seq > %d
                """
                        .formatted(subject, FIRST_SEQ));
        execute(
                database,
                """
                insert into measures (action, subject, no, kind, result, told, outcome, measured_at)
                select gen_random_uuid(), %s, 1, 'remove_post', 'done', true, 'gone', message.sent_at + interval '1 second'
                from messages message where kind = 'decision' and seq > %d and seq %% 4 > 0
                """
                        .formatted(subject, FIRST_SEQ));
        execute(
                database,
                """
                insert into item_marks (channel, notice, no, seq, leaf, mark)
                select channel, message_id, 1, seq, digest, sha256((seq %% %d)::text::bytea)
                from messages where kind = 'notice' and seq > %d
                """
                        .formatted(notices - notices / 10, FIRST_SEQ));
        execute(database, "analyze");
    }

    /** Messages of one side about each notice, and their receipts where this node sent them. */
    private static void said(
            Connection database,
            boolean authority,
            boolean byAuthority,
            int offset,
            String kind,
            String at,
            int notices)
            throws SQLException {
        boolean sent = authority == byAuthority;
        String id = kind.equals("notice") ? "md5('card ' || n)::uuid" : "gen_random_uuid()";
        execute(
                database,
                """
                insert into messages (channel, direction, seq, message_id, kind, about, digest, jws, leaves, sent_at,
                    recorded_at)
                select channel, '%1$s', %2$d + n, %3$s, '%4$s', md5('card ' || n)::uuid,
                    sha256((n || '%4$s')::bytea), jws, substr(leaves, 1, 32), %5$s - interval '2 seconds', %5$s
                from one, generate_series(1, %6$d) n
                """
                        .formatted(sent ? "out" : "in", FIRST_SEQ + offset, id, kind, at, notices));
        if (sent) {
            execute(
                    database,
                    """
                    insert into receipts (message, jws, received_at, recorded_at)
                    select id, jws, recorded_at, recorded_at from messages where kind = '%s' and seq > %d
                    """
                            .formatted(kind, FIRST_SEQ));
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private String measure(String side, String role, int notices) throws Exception {
        double[] millis = new double[ROUNDS];
        String answer = "";
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            answer = card(side, role);
            millis[round] = (System.nanoTime() - began) / 1e6;
        }
        long counted = JSON.readTree(answer).at("/all/notices/decided").asLong();
        if (counted != notices) {
            throw new IllegalStateException(
                    "%d of %d notices are on the scorecard: %s"
                            .formatted(counted, notices, answer));
        }
        Figures.print("%s, %,d notices of one month".formatted(side, notices), millis);
        return answer;
    }

    private String card(String side, String role) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        demo.at("/" + side + "/url").asString()
                                                + "/api/scorecard?month=2026-01"))
                        .header(
                                "Authorization",
                                "Bearer " + demo.at("/" + side + "/tokens/" + role).asString())
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
