package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jalur.notice.MeasureFacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done and what was seen afterwards, on both sides the same records. */
@Component
public class Measures {
    private final JdbcClient jdbc;

    Measures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param outcome gone, visible or unknown
     */
    public record View(
            UUID action,
            String kind,
            String result,
            String outcome,
            boolean told,
            Instant measuredAt,
            List<MeasureFacts.Probe> probes) {}

    private record Row(long id, int no, View view) {}

    public void add(UUID action, UUID subject, MeasureFacts facts) {
        List<MeasureFacts.Probe> probes = facts.probes();
        jdbc.sql(
                        """
                        with measure as (
                            insert into measures (action, subject, no, kind, result, told, outcome, measured_at)
                            values (:action, :subject, :no, :kind, :result, :told, :outcome, :at)
                            returning id)
                        insert into probes (measure, route, country, state)
                        select id, route, country, state
                        from measure, unnest(:routes::text[], :countries::text[], :states::text[])
                            as probe(route, country, state)
                        on conflict do nothing
                        """)
                .param("action", action)
                .param("subject", subject)
                .param("no", facts.no())
                .param("kind", facts.action())
                .param("result", facts.result())
                .param("told", facts.told())
                .param("outcome", facts.outcome().name().toLowerCase(Locale.ROOT))
                .param("at", facts.measuredAt().atOffset(ZoneOffset.UTC))
                .param("routes", texts(probes, MeasureFacts.Probe::route))
                .param("countries", texts(probes, MeasureFacts.Probe::country))
                .param("states", texts(probes, MeasureFacts.Probe::state))
                .update();
    }

    private static String[] texts(
            List<MeasureFacts.Probe> probes, Function<MeasureFacts.Probe, String> fact) {
        return probes.stream().map(fact).toArray(String[]::new);
    }

    /** By item number. */
    public Map<Integer, List<View>> of(UUID subject, int from, int to) {
        Map<Long, List<MeasureFacts.Probe>> probes = new HashMap<>();
        jdbc.sql(
                        """
                        select measure, route, country, state from probes join measures on measures.id = measure
                        where subject = :subject and no between :from and :to order by measure, route, country
                        """)
                .param("subject", subject)
                .param("from", from)
                .param("to", to)
                .query((ResultSet row) -> {
                    probes.computeIfAbsent(row.getLong("measure"), _ -> new ArrayList<>())
                            .add(
                                    new MeasureFacts.Probe(
                                            row.getString("route"),
                                            row.getString("country"),
                                            row.getString("state")));
                });
        Map<Integer, List<View>> byItem = new HashMap<>();
        jdbc.sql(
                        """
                        select id, action, no, kind, result, told, outcome, measured_at from measures
                        where subject = :subject and no between :from and :to order by id
                        """)
                .param("subject", subject)
                .param("from", from)
                .param("to", to)
                .query((row, _) -> row(row, probes))
                .list()
                .forEach(row ->
                        byItem.computeIfAbsent(row.no(), _ -> new ArrayList<>()).add(row.view()));
        return byItem;
    }

    private static Row row(ResultSet row, Map<Long, List<MeasureFacts.Probe>> probes)
            throws SQLException {
        long id = row.getLong("id");
        return new Row(
                id,
                row.getInt("no"),
                new View(
                        row.getObject("action", UUID.class),
                        row.getString("kind"),
                        row.getString("result"),
                        row.getString("outcome"),
                        row.getBoolean("told"),
                        row.getObject("measured_at", OffsetDateTime.class).toInstant(),
                        probes.getOrDefault(id, List.of())));
    }
}
