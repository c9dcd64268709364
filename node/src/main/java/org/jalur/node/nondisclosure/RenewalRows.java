package org.jalur.node.nondisclosure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.notice.RenewalFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Renewals as both sides keep them. */
@Component
class RenewalRows {
    private final JdbcClient jdbc;

    RenewalRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param state asked, renewed or refused
     * @param former the end that it takes the place of
     * @param draft sealed while it is asked for
     * @param leaf of the part with the reason, once it is sent
     */
    record Row(
            UUID id,
            String state,
            Instant former,
            RenewalFacts facts,
            Optional<UUID> askedBy,
            byte @Nullable [] draft,
            byte @Nullable [] seed,
            Optional<Long> message,
            Optional<Hash> leaf) {
        static Row from(ResultSet row, int number) throws SQLException {
            byte[] leaf = row.getBytes("leaf");
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getString("state"),
                    row.getObject("former_until", OffsetDateTime.class).toInstant(),
                    new RenewalFacts(
                            row.getObject("until", OffsetDateTime.class).toInstant(),
                            row.getString("role"),
                            row.getObject("asked_at", OffsetDateTime.class).toInstant()),
                    Optional.ofNullable(row.getObject("asked_by", UUID.class)),
                    row.getBytes("draft"),
                    row.getBytes("draft_seed"),
                    Optional.ofNullable(row.getObject("message", Long.class)),
                    leaf == null ? Optional.empty() : Optional.of(Hash.of(leaf)));
        }
    }

    /** In the order in which they were asked for. */
    List<Row> of(UUID subject) {
        return jdbc.sql(
                        """
                        select id, state, former_until, until, role, asked_at, asked_by, draft, draft_seed, message, leaf
                        from renewals where subject = :subject order by asked_at, id
                        """)
                .param("subject", subject)
                .query(Row::from)
                .list();
    }

    boolean isRenewed(UUID subject) {
        return of(subject).stream().anyMatch(row -> row.state().equals("renewed"));
    }

    void ask(
            UUID id,
            UUID subject,
            Instant former,
            RenewalFacts facts,
            UUID account,
            byte[] draft,
            byte[] seed) {
        jdbc.sql(
                        """
                        insert into renewals (id, subject, state, former_until, until, role, asked_at, asked_by, draft, draft_seed)
                        values (:id, :subject, 'asked', :former, :until, :role, :at, :account, :draft, :seed)
                        """)
                .param("id", id)
                .param("subject", subject)
                .param("former", at(former))
                .param("until", at(facts.until()))
                .param("role", facts.role())
                .param("at", at(facts.askedAt()))
                .param("account", account)
                .param("draft", draft)
                .param("seed", seed)
                .update();
    }

    /** How many others than the one who asked have approved it, this one included. */
    int approve(UUID id, UUID account, Instant now) {
        jdbc.sql(
                        """
                        insert into renewal_approvals (renewal, account, approved_at) values (:id, :account, :now)
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("account", account)
                .param("now", at(now))
                .update();
        return jdbc.sql("select count(*) from renewal_approvals where renewal = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** It was sent, or came, or comes back; the backup may still have it as asked for. */
    void renewed(UUID id, UUID subject, Instant former, long message, RenewalParts said) {
        jdbc.sql(
                        """
                        insert into renewals (id, subject, state, former_until, until, role, asked_at, message, leaf)
                        values (:id, :subject, 'renewed', :former, :until, :role, :at, :message, :leaf)
                        on conflict (id) do update set state = 'renewed', draft = null, draft_seed = null,
                            message = excluded.message, leaf = excluded.leaf
                        """)
                .param("id", id)
                .param("subject", subject)
                .param("former", at(former))
                .param("until", at(said.facts().until()))
                .param("role", said.facts().role())
                .param("at", at(said.facts().askedAt()))
                .param("message", message)
                .param("leaf", said.leaf().bytes())
                .update();
    }

    void refused(UUID id) {
        jdbc.sql("update renewals set state = 'refused' where id = :id and state = 'renewed'")
                .param("id", id)
                .update();
    }

    /** Of a notice, what waits for an approver; gone with it. */
    Optional<UUID> discard(UUID subject) {
        return jdbc.sql(
                        "delete from renewals where subject = :subject and state = 'asked' returning id")
                .param("subject", subject)
                .query(UUID.class)
                .optional();
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
