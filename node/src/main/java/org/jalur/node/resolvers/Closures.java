package org.jalur.node.resolvers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Cell;
import org.jalur.access.measure.Closure;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Names that somebody closed as not measured at a resolver, with a reason. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Closures {
    private final JdbcClient jdbc;

    Closures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Closure> of(UUID block) {
        return jdbc.sql("select * from measure_closures where block = :block order by closed_at")
                .param("block", block)
                .query(Closures::closure)
                .list();
    }

    private static Closure closure(ResultSet row, int number) throws SQLException {
        return new Closure(
                new Cell(row.getString("resolver"), new DomainName(row.getString("name"))),
                row.getString("reason"),
                row.getString("closed_by"),
                row.getObject("closed_at", OffsetDateTime.class).toInstant());
    }

    /** The first word on a cell stays. */
    void add(UUID block, Closure closure) {
        jdbc.sql(
                        """
                        insert into measure_closures (block, resolver, name, reason, closed_by, closed_at)
                        values (:block, :resolver, :name, :reason, :by, :at) on conflict do nothing
                        """)
                .param("block", block)
                .param("resolver", UUID.fromString(closure.cell().resolver()))
                .param("name", closure.cell().name().ascii())
                .param("reason", closure.reason())
                .param("by", closure.by())
                .param("at", closure.at().atOffset(ZoneOffset.UTC))
                .update();
    }
}
