package org.jalur.node.appeals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealRule;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Clocks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rows of appeals, as messages change them on either side. */
@Component
class AppealRows {
    /** So long after the outcome the words can be read still: by then nobody disputes it. */
    private static final Duration KEPT = Duration.ofDays(180);

    private final JdbcClient jdbc;
    private final Clock clock;

    AppealRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An appeal that is to be written down.
     *
     * @param id of the row
     * @param sealed words and contact, where this node takes them
     */
    record New(
            UUID id,
            Channel channel,
            UUID notice,
            UUID subject,
            AppealFacts facts,
            Hash agreement,
            long message,
            Optional<Hash> words,
            Optional<byte[]> sealed) {}

    /**
     * @param receivedAt by the authority's receipt; until there is one the clock shows what it will
     *     at the earliest
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(New one, Agreement agreement, Optional<Instant> receivedAt) {
        jdbc.sql(
                        """
                        insert into appeals (id, channel, appeal, notice, subject, no, reference, appellant, agreement,
                            filed_at, message, words_leaf, sealed, received_at, due_at, changed_at)
                        values (:id, :channel, :appeal, :notice, :subject, :no, :reference, :appellant, :agreement,
                            :filedAt, :message, :words, :sealed, :receivedAt, :dueAt, :now)
                        """)
                .param("id", one.id())
                .param("channel", one.channel().id())
                .param("appeal", one.facts().appeal())
                .param("notice", one.notice())
                .param("subject", one.subject())
                .param("no", one.facts().no())
                .param("reference", one.facts().reference())
                .param("appellant", wire(one.facts().appellant()))
                .param("agreement", one.agreement().bytes())
                .param("filedAt", at(one.facts().filedAt()))
                .param("message", one.message())
                .param("words", one.words().map(Hash::bytes).orElse(null))
                .param("sealed", one.sealed().orElse(null))
                .param("receivedAt", receivedAt.map(AppealRows::at).orElse(null))
                .param(
                        "dueAt",
                        at(
                                Clocks.due(
                                        ClockRule.forAppeal(agreement),
                                        receivedAt.orElse(one.facts().filedAt()))))
                .param("now", now())
                .update();
    }

    /** The authority has it: from its receipt the clock runs. */
    void received(long message, Instant receivedAt, Instant dueAt) {
        jdbc.sql(
                        """
                        update appeals set received_at = :at, due_at = :due, changed_at = :now where message = :message
                        """)
                .param("at", at(receivedAt))
                .param("due", at(dueAt))
                .param("now", now())
                .param("message", message)
                .update();
    }

    /** The authority has the outcome. */
    void answered(long message, Instant receivedAt) {
        jdbc.sql(
                        "update appeals set answered_at = :at, changed_at = :now where outcome_message = :message")
                .param("at", at(receivedAt))
                .param("now", now())
                .param("message", message)
                .update();
    }

    /**
     * What was decided. It holds also where the notice was withdrawn while it was on its way.
     *
     * @return whether the appeal waited for it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean decided(
            UUID id,
            AppealOutcome outcome,
            Hash reasons,
            long message,
            Agreement agreement,
            Optional<Instant> answeredAt) {
        boolean granted = outcome.result() == AppealOutcome.Result.GRANTED;
        int decided =
                jdbc.sql(
                                """
                                update appeals set outcome = :outcome, outcome_message = :message, role = :role,
                                    reasons_leaf = :reasons, decided_at = :at, answered_at = :answeredAt,
                                    restores = :restores, restore_by = :restoreBy, erase_at = :eraseAt, changed_at = :now
                                where id = :id and outcome_message is null
                                """)
                        .param("outcome", wire(outcome.result()))
                        .param("message", message)
                        .param("role", outcome.role())
                        .param("reasons", reasons.bytes())
                        .param("at", at(outcome.decidedAt()))
                        .param("answeredAt", answeredAt.map(AppealRows::at).orElse(null))
                        .param("restores", granted ? outcome.restores() : null)
                        .param(
                                "restoreBy",
                                granted
                                        ? at(AppealRule.restoredBy(agreement, outcome.decidedAt()))
                                        : null)
                        .param("eraseAt", at(outcome.decidedAt().plus(KEPT)))
                        .param("now", now())
                        .param("id", id)
                        .update();
        jdbc.sql("delete from appeal_claims where appeal = :id").param("id", id).update();
        return decided == 1;
    }

    /** The notice was withdrawn: what is open needs no decision any more. */
    List<UUID> withdrawn(UUID subject, Instant at) {
        jdbc.sql(
                        """
                        delete from appeal_claims where appeal in (
                            select id from appeals where subject = :subject and outcome is null)
                        """)
                .param("subject", subject)
                .update();
        return jdbc.sql(
                        """
                        update appeals set outcome = 'withdrawn', decided_at = :at, erase_at = :eraseAt, changed_at = :now
                        where subject = :subject and outcome is null returning id
                        """)
                .param("at", at(at))
                .param("eraseAt", at(at.plus(KEPT)))
                .param("now", now())
                .param("subject", subject)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /**
     * The platform has the withdrawal.
     *
     * @return what it ended, as messages call them
     */
    List<UUID> withdrawnAt(UUID notice, Instant at) {
        return jdbc.sql(
                        """
                        update appeals set decided_at = :at, changed_at = :now
                        where subject = :notice and outcome = 'withdrawn' returning appeal
                        """)
                .param("at", at(at))
                .param("now", now())
                .param("notice", notice)
                .query((row, _) -> row.getObject("appeal", UUID.class))
                .list();
    }

    Optional<Appeal> find(UUID id) {
        return jdbc.sql(Appeal.ROWS + "where appeals.id = :id")
                .param("id", id)
                .param("now", now())
                .query(Appeal::from)
                .optional();
    }

    /** As the channel's messages call it. */
    Optional<Appeal> find(Channel channel, UUID appeal) {
        return jdbc.sql(
                        Appeal.ROWS
                                + "where appeals.channel = :channel and appeals.appeal = :appeal")
                .param("channel", channel.id())
                .param("appeal", appeal)
                .param("now", now())
                .query(Appeal::from)
                .optional();
    }

    /** About a notice or a case, the earliest first. */
    List<Appeal> of(UUID subject) {
        return jdbc.sql(
                        Appeal.ROWS
                                + "where appeals.subject = :subject order by filed_at, appeals.id")
                .param("subject", subject)
                .param("now", now())
                .query(Appeal::from)
                .list();
    }

    /** Who appealed about an item already. */
    Set<Appellant> before(UUID subject, int no) {
        Set<Appellant> before = EnumSet.noneOf(Appellant.class);
        jdbc.sql("select appellant from appeals where subject = :subject and no = :no")
                .param("subject", subject)
                .param("no", no)
                .query((row, _) ->
                        Appellant.valueOf(row.getString("appellant").toUpperCase(Locale.ROOT)))
                .list()
                .forEach(before::add);
        return before;
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }
}
