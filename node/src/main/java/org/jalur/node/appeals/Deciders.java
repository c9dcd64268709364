package org.jalur.node.appeals;

import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.node.accounts.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who decided or confirmed what about an item: they do not decide an appeal against it. */
@Component
public class Deciders {
    private final JdbcClient jdbc;

    Deciders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void decided(UUID caseId, Collection<Integer> items, Stream<Caller> by) {
        jdbc.sql(
                        """
                        insert into deciders (case_id, no, account)
                        select :case, no, account from unnest(:items::int[]) as item(no), unnest(:by::uuid[]) as person(account)
                        on conflict do nothing
                        """)
                .param("case", caseId)
                .param("items", items.toArray(Integer[]::new))
                .param("by", by.map(Caller::account).distinct().toArray(UUID[]::new))
                .update();
    }

    boolean isAmong(UUID caseId, int no, UUID account) {
        return jdbc.sql(
                        "select exists (select 1 from deciders where case_id = :case and no = :no and account = :account)")
                .param("case", caseId)
                .param("no", no)
                .param("account", account)
                .query(Boolean.class)
                .single();
    }

    /** Not of decisions that came back to a database that lost them. */
    boolean areKnown(UUID caseId, int no) {
        return jdbc.sql("select exists (select 1 from deciders where case_id = :case and no = :no)")
                .param("case", caseId)
                .param("no", no)
                .query(Boolean.class)
                .single();
    }
}
