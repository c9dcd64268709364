package org.jalur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An authority with a million open clocks, some of whose steps come due while it is measured: how
 * late each announcement is signed, and what the node spends on it.
 */
public final class ClockBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CLOCKS = 1_000_000;

    /**
     * The template's ladder reminds at the deadline, 4 h after the receipt; announced 5 min before.
     */
    private static final String BEFORE = "3 hours 55 minutes";

    private static final int A_SECOND = 20;

    /** As a node is that has run for a while: before, it spends more on compiling than on steps. */
    private static final Duration WARMING = Duration.ofMinutes(2);

    private static final Duration MEASURED = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode demo;
    private final Connection database;

    private ClockBench(JsonNode demo, Connection database) {
        this.demo = demo;
        this.database = database;
    }

    /**
     * @param arguments demo.json; the folder of the demo's data, with one urgent notice in it; if
     *     wanted, how many clocks
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        int clocks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : CLOCKS;
        int steps = (int) WARMING.plus(MEASURED).toSeconds() * A_SECOND;
        try (Connection platform = Millions.open(data, "platform")) {
            fill(
                    platform,
                    """
                    insert into cases (id, channel, notice_id, message, state, kind, urgency, category, reference,
                        organisation, item_count, undecided, agreement, facts_leaf, reasons_leaf, received_at, due_at,
                        changed_at)
                    select gen_random_uuid(), channel, md5('clock ' || n)::uuid, message, 'open', kind, 'urgent', category,
                        reference, organisation, 1, 1, agreement, facts_leaf, reasons_leaf, received_at, due_at, changed_at
                    from (select * from cases order by received_at limit 1) one, generate_series(1, %d) n
                    """
                            .formatted(steps));
        }
        try (Connection authority = Millions.open(data, "authority")) {
            var bench = new ClockBench(JSON.readTree(Path.of(arguments[0])), authority);
            bench.run(clocks, steps);
        }
    }

    private static void fill(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private void run(int clocks, int steps) throws Exception {
        fill(
                database,
                """
                insert into notices (id, channel, state, kind, urgency, category, reference, organisation, item_count,
                    drafted_by, message, agreement, received_at, due_at, created_at, changed_at)
                select md5('clock ' || n)::uuid, channel, 'sent', kind, 'urgent', category, reference, organisation, 1,
                    drafted_by, message, agreement, now() + n * interval '1 second', now() + n * interval '1 second',
                    created_at, changed_at
                from (select * from notices where agreement is not null and message is not null
                    order by created_at limit 1) one, generate_series(1, %d) n
                """
                        .formatted(clocks));
        fill(
                database,
                """
                insert into open_ladders (channel, about, subject, look_at)
                select channel, 'notice', id, received_at + interval '%s' from notices
                where message is not null and due_at is not null and state = 'sent' on conflict do nothing
                """
                        .formatted(BEFORE));
        fill(database, "analyze");
        System.out.printf("%,d open clocks%n", number("select count(*) from open_ladders"));
        Thread.sleep(Duration.ofSeconds(20));
        double idle = spent(Duration.ofSeconds(30));
        fill(
                database,
                """
                with due as (
                    select n, now() + interval '10 seconds' + n * interval '%d milliseconds' as at
                    from generate_series(1, %d) n),
                began as (
                    update notices set received_at = due.at - interval '%s' from due
                    where notices.id = md5('clock ' || n)::uuid returning notices.id)
                update open_ladders set look_at = due.at from due where subject = md5('clock ' || n)::uuid
                """
                        .formatted(1_000 / A_SECOND, steps, BEFORE));
        fill(
                database,
                "create table if not exists bench_due as select subject, look_at from open_ladders order by look_at limit "
                        + steps);
        Thread.sleep(Duration.ofSeconds(10));
        double warming = spent(WARMING);
        double busy = spent(MEASURED);
        Thread.sleep(Duration.ofSeconds(5));
        double[] late = late();
        if (late.length != steps) {
            throw new IllegalStateException(
                    "%d of %d steps were announced".formatted(late.length, steps));
        }
        if (number(
                        "select count(*) - count(distinct (subject, step)) from ladder_acts where kind = 'announced'")
                > 0) {
            throw new IllegalStateException("a step was announced twice");
        }
        Figures.print("how late a step is signed, at %d a second".formatted(A_SECOND), late);
        System.out.printf(
                "the authority's node spent %.1f %% of a core (while it got warm: %.1f %%; idle before: %.1f %%)%n",
                100 * busy, 100 * warming, 100 * idle);
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private double[] late() throws SQLException {
        List<Double> late = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select 1000 * extract(epoch from recorded_at - look_at) from bench_due
                                join ladder_acts using (subject) join messages on messages.id = ladder_acts.message
                                where ladder_acts.kind = 'announced'
                                """)) {
            while (rows.next()) {
                late.add(rows.getDouble(1));
            }
        }
        return late.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The share of one core that the node's process takes while so much time passes. */
    private double spent(Duration time) throws Exception {
        double before = processor();
        long began = System.nanoTime();
        Thread.sleep(time);
        return (processor() - before) / (System.nanoTime() - began);
    }

    /** Nanoseconds of processor time since the node's start. */
    private double processor() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        demo.at("/authority/url").asString()
                                                + "/actuator/prometheus"))
                        .header(
                                "Authorization",
                                "Bearer " + demo.at("/authority/tokens/admin").asString())
                        .build();
        Optional<String> line =
                http.send(request, HttpResponse.BodyHandlers.ofString())
                        .body()
                        .lines()
                        .filter(one -> one.startsWith("process_cpu_time_ns_total"))
                        .findFirst();
        return Double.parseDouble(
                line.orElseThrow(
                                () -> new IllegalStateException("the node tells no processor time"))
                        .split(" ")[1]);
    }
}
