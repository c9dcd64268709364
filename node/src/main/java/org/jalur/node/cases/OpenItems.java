package org.jalur.node.cases;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jalur.notice.ItemKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The items of cases that can be decided now. */
@Component
class OpenItems {
    private final JdbcClient jdbc;

    OpenItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Kinds by number, in order; none that waits for a second reviewer. */
    Map<Integer, ItemKind> of(UUID id) {
        Map<Integer, ItemKind> open = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select no, kind from case_items
                        where case_id = :id and state in ('open', 'clarification', 'impossible') and not %s
                        order by no
                        """
                                .formatted(CaseViews.UNCONFIRMED))
                .param("id", id)
                .query(row -> {
                    open.put(
                            row.getInt("no"),
                            ItemKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)));
                });
        return open;
    }
}
