package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.DraftKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decisions that wait for a second reviewer, and those that one sent back. Until they are confirmed
 * they are drafts: kept encrypted, told to nobody, and gone once they are over.
 */
@Component
class Unconfirmed {
    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final JsonMapper json;

    Unconfirmed(JdbcClient jdbc, DraftKeys keys, JsonMapper json) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.json = json;
    }

    /**
     * A decision as its reviewer wants it.
     *
     * @param by pseudonym of the reviewer
     * @param sentBack absent while it waits
     */
    record Wanted(
            UUID id,
            String by,
            Role role,
            Instant at,
            List<DecisionForm.Group> groups,
            Optional<SentBack> sentBack) {}

    /**
     * @param by pseudonym of the second reviewer
     * @param reason what is to be thought over
     */
    record SentBack(String by, String reason, Instant at) {}

    /** What a command about one needs to know. */
    record Waiting(
            UUID account, Caller reviewer, List<DecisionForm.Group> groups, boolean sentBack) {}

    /** The items wait from here on. */
    @Transactional(propagation = Propagation.MANDATORY)
    void add(
            UUID caseId,
            Collection<Integer> items,
            List<DecisionForm.Group> groups,
            Caller reviewer,
            Instant now) {
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into unconfirmed_decisions (id, case_id, account, role, decision, wanted_at)
                        values (:id, :case, :account, :role, :decision, :now)
                        """)
                .param("id", id)
                .param("case", caseId)
                .param("account", reviewer.account())
                .param("role", reviewer.role().name())
                .param(
                        "decision",
                        keys.box(id)
                                .seal(
                                        json.writeValueAsBytes(
                                                new DecisionForm(groups, Optional.empty()))))
                .param("now", CaseMessages.at(now))
                .update();
        jdbc.sql(
                        """
                        insert into unconfirmed_items (case_id, no, decision)
                        select :case, no, :id from unnest(:numbers::int[]) as new(no)
                        """)
                .param("case", caseId)
                .param("id", id)
                .param("numbers", items.toArray(Integer[]::new))
                .update();
        jdbc.sql("update cases set recovered_at = null where id = :case")
                .param("case", caseId)
                .update();
        count(caseId, now);
    }

    /** Whoever gives up the last items to wait for somebody else need not hold the case. */
    private void count(UUID caseId, Instant now) {
        jdbc.sql(
                        """
                        with counted as (select count(*) as waiting from unconfirmed_items where case_id = :case)
                        update cases set unconfirmed = waiting, changed_at = :now,
                            claimed_by = case when waiting < undecided then claimed_by end,
                            claimed_at = case when waiting < undecided then claimed_at end,
                            claimed_until = case when waiting < undecided then claimed_until end
                        from counted where id = :case
                        """)
                .param("case", caseId)
                .param("now", CaseMessages.at(now))
                .update();
    }

    private record Row(
            UUID id,
            UUID account,
            Caller reviewer,
            Instant at,
            byte[] decision,
            @Nullable String backBy,
            byte @Nullable [] back,
            @Nullable OffsetDateTime backAt) {
        static Row from(ResultSet row, int number) throws SQLException {
            UUID account = row.getObject("account", UUID.class);
            return new Row(
                    row.getObject("id", UUID.class),
                    account,
                    new Caller(
                            account, Role.valueOf(row.getString("role")), row.getString("by_whom")),
                    row.getObject("wanted_at", OffsetDateTime.class).toInstant(),
                    row.getBytes("decision"),
                    row.getString("back_by"),
                    row.getBytes("sent_back"),
                    row.getObject("sent_back_at", OffsetDateTime.class));
        }
    }

    private static final String ROWS =
            """
            select unconfirmed_decisions.id, account, unconfirmed_decisions.role, first.pseudonym as by_whom, wanted_at,
                decision, second.pseudonym as back_by, sent_back, sent_back_at
            from unconfirmed_decisions join accounts first on first.id = account
            left join accounts second on second.id = sent_back_by
            where case_id = :case
            """;

    /** Those of a case that can still be read, the earliest first. */
    List<Wanted> of(UUID caseId) {
        return jdbc
                .sql(ROWS + " order by wanted_at, id")
                .param("case", caseId)
                .query(Row::from)
                .list()
                .stream()
                .flatMap(row -> wanted(row).stream())
                .toList();
    }

    private Optional<Wanted> wanted(Row row) {
        return keys.existing(row.id())
                .map(box ->
                        new Wanted(
                                row.id(),
                                row.reviewer().pseudonym(),
                                row.reviewer().role(),
                                row.at(),
                                groups(box, row),
                                sentBack(box, row)));
    }

    private List<DecisionForm.Group> groups(DraftKeys.Box box, Row row) {
        return json.readValue(box.open(row.decision()), DecisionForm.class).decisions();
    }

    private static Optional<SentBack> sentBack(DraftKeys.Box box, Row row) {
        byte[] reason = row.back();
        String by = row.backBy();
        OffsetDateTime at = row.backAt();
        return reason == null || by == null || at == null
                ? Optional.empty()
                : Optional.of(new SentBack(by, box.text(reason), at.toInstant()));
    }

    /** For a command that holds the case. */
    Optional<Waiting> waiting(UUID caseId, UUID id) {
        return jdbc.sql(ROWS + " and unconfirmed_decisions.id = :id")
                .param("case", caseId)
                .param("id", id)
                .query(Row::from)
                .optional()
                .map(row ->
                        new Waiting(
                                row.account(),
                                row.reviewer(),
                                groups(keys.opening(row.id()), row),
                                row.backAt() != null));
    }

    /** The items can be decided again; what was wanted, and why not, stays until then. */
    @Transactional(propagation = Propagation.MANDATORY)
    void sendBack(UUID caseId, UUID id, String reason, Caller second, Instant now) {
        jdbc.sql(
                        """
                        with freed as (delete from unconfirmed_items where decision = :id)
                        update unconfirmed_decisions set sent_back = :reason, sent_back_by = :second, sent_back_at = :now
                        where id = :id
                        """)
                .param("id", id)
                .param("reason", keys.box(id).seal(reason))
                .param("second", second.account())
                .param("now", CaseMessages.at(now))
                .update();
        count(caseId, now);
    }

    /** It was confirmed. */
    @Transactional(propagation = Propagation.MANDATORY)
    void remove(UUID caseId, UUID id, Instant now) {
        delete(id);
        count(caseId, now);
    }

    /** Whoever decides again has read why. */
    @Transactional(propagation = Propagation.MANDATORY)
    void forgetSentBack(UUID caseId) {
        jdbc.sql(
                        "select id from unconfirmed_decisions where case_id = :case and sent_back_at is not null")
                .param("case", caseId)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(this::delete);
    }

    /** The case is over. */
    @Transactional(propagation = Propagation.MANDATORY)
    void forget(UUID caseId, Instant now) {
        jdbc.sql("select id from unconfirmed_decisions where case_id = :case")
                .param("case", caseId)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(this::delete);
        count(caseId, now);
    }

    /**
     * After a recovery: a backup may have what was confirmed, sent back for good or withdrawn
     * since. What nobody can read any more, or what is about a decided item, does not wait.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void forgetOver(Instant now) {
        Map<UUID, UUID> known = new LinkedHashMap<>();
        Set<UUID> over = new HashSet<>();
        jdbc.sql(
                        """
                        select id, case_id, exists (
                            select 1 from unconfirmed_items
                            join case_items using (case_id, no)
                            where decision = unconfirmed_decisions.id
                                and case_items.state not in ('open', 'clarification', 'impossible')) as decided
                        from unconfirmed_decisions order by case_id, id for update
                        """)
                .query(row -> {
                    UUID id = row.getObject("id", UUID.class);
                    known.put(id, row.getObject("case_id", UUID.class));
                    if (row.getBoolean("decided")) {
                        over.add(id);
                    }
                });
        Set<UUID> readable = keys.existing(known.keySet()).keySet();
        known.forEach((id, caseId) -> {
            if (over.contains(id) || !readable.contains(id)) {
                remove(caseId, id, now);
            }
        });
    }

    private void delete(UUID id) {
        jdbc.sql("delete from unconfirmed_decisions where id = :id").param("id", id).update();
        keys.destroy(id);
    }
}
