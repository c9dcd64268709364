package org.jalur.node.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The states of a notice's or a case's items, changed many at once. */
@Component
public class ItemStates {
    private final JdbcClient jdbc;

    ItemStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where the items stand. */
    public enum Of {
        NOTICE("notice_items", "notice"),
        CASE("case_items", "case_id");

        private final String table;
        private final String key;

        Of(String table, String key) {
            this.table = table;
            this.key = key;
        }
    }

    /** What was decided, by item number. */
    public void decided(Of items, UUID subject, Map<Integer, String> states) {
        set(items, "state", subject, states);
    }

    /** What was measured, by item number. */
    public void measured(Of items, UUID subject, Map<Integer, String> states) {
        set(items, "enforcement", subject, states);
    }

    /**
     * Numbers of the items about which something can be asked: not decided, and not impossible.
     *
     * @param named only these; empty for all
     */
    public List<Integer> askable(Of items, UUID subject, List<Integer> named) {
        return jdbc.sql(
                        """
                        select no from %s where %s = :subject and state in ('open', 'clarification')
                            and (:all or no = any(:named)) order by no
                        """
                                .formatted(items.table, items.key))
                .param("subject", subject)
                .param("all", named.isEmpty())
                .param("named", named.toArray(Integer[]::new))
                .query((row, _) -> row.getInt("no"))
                .list();
    }

    /**
     * Items that waited for an answer are open again.
     *
     * @param waiting those that still wait
     * @return how many are open again
     */
    public int reopen(Of items, UUID subject, List<Integer> waiting) {
        return jdbc.sql(
                        """
                        update %s set state = 'open'
                        where %s = :subject and state = 'clarification' and not no = any(:waiting)
                        """
                                .formatted(items.table, items.key))
                .param("subject", subject)
                .param("waiting", waiting.toArray(Integer[]::new))
                .update();
    }

    private void set(Of items, String column, UUID subject, Map<Integer, String> states) {
        Map<String, List<Integer>> byState = new TreeMap<>();
        states.forEach(
                (no, state) -> byState.computeIfAbsent(state, _ -> new ArrayList<>()).add(no));
        // A statement for each state: a join with 10,000 rows is planned badly while a table is
        // young.
        byState.forEach((state, numbers) ->
                jdbc.sql(
                                "update %s set %s = :state where %s = :subject and no = any(:numbers)"
                                        .formatted(items.table, column, items.key))
                        .param("state", state)
                        .param("subject", subject)
                        .param("numbers", numbers.toArray(Integer[]::new))
                        .update());
    }
}
