package org.jalur.node.zones;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jalur.access.zone.ExportedOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which order stands behind which name of the small zone, and until when: exports say it. */
@Component
class OrdersOnFile {
    private final JdbcClient jdbc;

    OrdersOnFile(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static ExportedOrder from(ResultSet row, int number) throws SQLException {
        String[] names = (String[]) row.getArray("names").getArray();
        return new ExportedOrder(
                row.getString("reference"),
                row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                Arrays.stream(names).map(Spelling::stored).toList());
    }

    List<ExportedOrder> all() {
        return jdbc.sql("select * from zone_orders order by place")
                .query(OrdersOnFile::from)
                .list();
    }

    void replace(Collection<ExportedOrder> orders) {
        jdbc.sql("delete from zone_orders").update();
        int place = 0;
        for (ExportedOrder order : orders) {
            jdbc.sql("insert into zone_orders values (:place, :reference, :endsAt, :names)")
                    .param("place", place++)
                    .param("reference", order.reference())
                    .param("endsAt", order.endsAt().atOffset(ZoneOffset.UTC))
                    .param("names", Spelling.of(order.names()))
                    .update();
        }
    }
}
