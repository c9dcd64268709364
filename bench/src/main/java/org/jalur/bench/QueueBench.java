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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform's queue and one case by API, with a million cases in the demo's database. */
public final class QueueBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
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
        try (Connection database = Millions.open(Path.of(arguments[1]), "platform")) {
            Millions.fillCases(database, Millions.CASES, 1, 20);
            List<String> ids = Millions.some("cases", database, REQUESTS);
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
        Figures.print(
                "%s, %,d cases, %d requests/s".formatted(what, Millions.CASES, PER_SECOND), millis);
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
