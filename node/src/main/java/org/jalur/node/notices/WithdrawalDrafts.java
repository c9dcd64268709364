package org.jalur.node.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.Withdrawal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Withdrawals that wait for an approver's signature: sealed like drafts, one for each notice. */
@Component
class WithdrawalDrafts {
    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final Clock clock;

    WithdrawalDrafts(JdbcClient jdbc, DraftKeys keys, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What is sent: the same part each time, until it is replaced.
     *
     * @param message id of the message that it becomes
     */
    record Content(UUID message, Withdrawal withdrawal, Part part) {}

    private record Row(UUID message, byte[] draft, byte[] seed) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getBytes("draft"),
                    row.getBytes("draft_seed"));
        }
    }

    /** Takes the place of one that was kept before. */
    @Transactional(propagation = Propagation.MANDATORY)
    void keep(UUID notice, Withdrawal withdrawal) {
        delete(notice);
        UUID id = UUID.randomUUID();
        DraftKeys.Box box = keys.box(id);
        jdbc.sql(
                        """
                        insert into withdrawal_drafts (notice, id, draft, draft_seed, drafted_at)
                        values (:notice, :id, :draft, :seed, :now)
                        """)
                .param("notice", notice)
                .param("id", id)
                .param("draft", box.seal(json.writeValueAsBytes(withdrawal)))
                .param("seed", box.seal(PartSeries.newSeed()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Empty if none waits, or nobody can read it any more. */
    Optional<Content> of(UUID notice) {
        return jdbc.sql(
                        "select id, draft, draft_seed from withdrawal_drafts where notice = :notice")
                .param("notice", notice)
                .query(Row::from)
                .optional()
                .flatMap(row -> keys.existing(row.message()).map(box -> content(box, row)));
    }

    private Content content(DraftKeys.Box box, Row row) {
        Withdrawal withdrawal = json.readValue(box.open(row.draft()), Withdrawal.class);
        return new Content(
                row.message(),
                withdrawal,
                Parts.json(new PartSeries(box.open(row.seed())), "withdrawal", withdrawal));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void delete(UUID notice) {
        jdbc.sql("delete from withdrawal_drafts where notice = :notice returning id")
                .param("notice", notice)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list()
                .forEach(keys::destroy);
    }
}
