package org.jalur.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's queue and one case by API, with a million cases in the demo's database. */
public final class QueueBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CASES = 1_000_000;
    private static final int PER_SECOND = 10;
    private static final int REQUESTS = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String platform;
    private final String token;

    private QueueBench(JsonNode demo) {
        platform = demo.at("/platform/url").asString();
        token = demo.at("/platform/tokens/reviewer").asString();
    }

    /**
     * @param arguments demo.json; the folder of the demo's data. One case has to be there.
     */
    public static void main(String[] arguments) throws Exception {
        var bench = new QueueBench(JSON.readTree(Path.of(arguments[0])));
        Path postgres = Path.of(arguments[1]).resolve("postgres");
        String port = Files.readAllLines(postgres.resolve("data/postmaster.pid")).get(3).strip();
        try (Connection database =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%s/platform".formatted(port),
                        "jalur",
                        Files.readString(postgres.resolve("password")).strip())) {
            multiply(database);
            List<String> ids = someCases(database);
            bench.measure("the queue's first page", List.of("/api/cases"));
            bench.measure("one case", ids.stream().map(id -> "/api/cases/" + id).toList());
            explain(
                    database,
                    """
                    select * from cases left join accounts on accounts.id = claimed_by
                    where state = 'open' and (due_at, cases.id) > ('epoch', '00000000-0000-0000-0000-000000000000')
                    order by due_at, cases.id limit 50
                    """);
            explain(database, "select * from cases where id = '%s'".formatted(ids.getFirst()));
            explain(
                    database,
                    "select * from case_items where case_id = '%s' and no >= 1 order by no limit 100"
                            .formatted(ids.getFirst()));
        }
    }

    /** Copies of one real case, each with its item, due within a year. */
    private static void multiply(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    """
                    insert into cases (id, channel, notice_id, message, state, kind, urgency, category, reference,
                        organisation, item_count, undecided, agreement, facts_leaf, reasons_leaf, received_at, due_at,
                        changed_at)
                    select gen_random_uuid(), channel, gen_random_uuid(), message,
                        case when n %% 20 = 0 then 'open' else 'closed' end, kind, urgency, category, reference,
                        organisation, 1, 1, agreement, facts_leaf, reasons_leaf, received_at,
                        due_at + n * interval '30 seconds', changed_at
                    from (select * from cases order by received_at limit 1) one, generate_series(1, %d) n
                    """
                            .formatted(CASES));
            statement.execute(
                    """
                    insert into case_items (case_id, no, kind, leaf)
                    select cases.id, 1, 'post', one.leaf from cases, (select leaf from case_items limit 1) one
                    on conflict do nothing
                    """);
            statement.execute("analyze");
        }
    }

    private static List<String> someCases(Connection database) throws SQLException {
        var ids = new ArrayList<String>();
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select id from cases tablesample system (1) limit " + REQUESTS)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private void measure(String what, List<String> paths) throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            get(paths.get(i % paths.size()));
        }
        double[] millis = new double[REQUESTS];
        long start = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            long asked = System.nanoTime();
            get(paths.get(i % paths.size()));
            millis[i] = (System.nanoTime() - asked) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s, %,d cases, %d requests/s: median %.1f ms, p95 %.1f ms, p99 %.1f ms (n=%d)%n",
                what,
                CASES,
                PER_SECOND,
                millis[REQUESTS / 2],
                millis[REQUESTS * 95 / 100],
                millis[REQUESTS * 99 / 100],
                REQUESTS);
    }

    private void get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(URI.create(platform + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(path, response.statusCode()));
        }
    }

    private static void explain(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "explain (analyze, costs off, timing off) " + query)) {
            while (rows.next()) {
                System.out.println("  " + rows.getString(1));
            }
        }
    }
}
