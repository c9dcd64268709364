package org.jalur.node.objections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many objections there are, and whether they are answered in time. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
public class ObjectionFigures {
    private static final String COUNTS =
            """
            select count(*) as filed,
                count(*) filter (where answers.at is null) as open,
                count(*) filter (where answers.at is null and answer_by < :now) as overdue,
                count(answers.at) as answered,
                count(*) filter (where answers.at <= answer_by) as in_time,
                count(*) filter (where upheld) as upheld
            from objections left join objection_answers answers on answers.objection = objections.id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ObjectionFigures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param open without an answer
     * @param overdue of these, whose time has run out
     * @param inTime of those that are answered
     * @param upheld of those that are answered
     */
    @Schema(name = "ObjectionFigures")
    public record Counts(int filed, int open, int overdue, int answered, int inTime, int upheld) {
        static Counts from(ResultSet row, int number) throws SQLException {
            return new Counts(
                    row.getInt("filed"),
                    row.getInt("open"),
                    row.getInt("overdue"),
                    row.getInt("answered"),
                    row.getInt("in_time"),
                    row.getInt("upheld"));
        }
    }

    public Counts all() {
        return jdbc.sql(COUNTS)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Counts::from)
                .single();
    }

    public Counts of(UUID block) {
        return jdbc.sql(COUNTS + "where block = :block")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("block", block)
                .query(Counts::from)
                .single();
    }
}
