package org.jalur.node.objections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.order.OrderEvent;
import org.jalur.log.Hash;
import org.jalur.node.access.OrderActs;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who answers which objection, and the answer: by two people where a lift needs two. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Answering {
    static final int LONGEST = 4_000;
    private static final Duration CLAIM = Duration.ofMinutes(30);

    /**
     * So long after the answer its words can be read still: by then nobody disputes it any more.
     */
    private static final Duration KEPT = Duration.ofDays(180);

    private final JdbcClient jdbc;
    private final PublicBlocks blocks;
    private final OrderActs acts;
    private final DraftKeys keys;
    private final Journal journal;
    private final Notifications notifications;
    private final Clock clock;

    Answering(
            JdbcClient jdbc,
            PublicBlocks blocks,
            OrderActs acts,
            DraftKeys keys,
            Journal journal,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.acts = acts;
        this.keys = keys;
        this.journal = journal;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * @throws ProblemException 404 if there is none
     */
    Objection one(UUID id) {
        return jdbc.sql(Objection.ROWS + "where objections.id = :id")
                .param("now", Objections.at(clock.instant()))
                .param("id", id)
                .query(Objection::from)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-objection",
                                "This node knows no objection %s.".formatted(id)));
    }

    /** Nobody else answers it until the claim ends. */
    @Transactional
    public void claim(UUID id, Caller caller) {
        Objection one = locked(id);
        requireOpen(one);
        if (one.claim().filter(it -> !it.account().equals(caller.account())).isPresent()) {
            throw conflict(
                    "objection-claimed",
                    "Somebody else answers objection %s; it is free again when their claim ends."
                            .formatted(one.reference()),
                    one.reference());
        }
        jdbc.sql(
                        """
                        insert into objection_claims (objection, account, until) values (:id, :account, :until)
                        on conflict (objection) do update set account = excluded.account, until = excluded.until
                        """)
                .param("id", id)
                .param("account", caller.account())
                .param("until", Objections.at(clock.instant().plus(CLAIM)))
                .update();
        notifications.settled(id, Kind.OBJECTION);
    }

    @Transactional
    public void release(UUID id, Caller caller) {
        jdbc.sql("delete from objection_claims where objection = :id and account = :account")
                .param("id", id)
                .param("account", caller.account())
                .update();
    }

    /**
     * Answers with reasons; if it is upheld, the lift is proposed at once.
     *
     * @return whether it is answered now; where two must want the same, the first waits
     */
    @Transactional
    public boolean answer(UUID id, boolean upheld, String reasons, Caller caller) {
        Objection one = locked(id);
        requireOpen(one);
        if (one.claim().filter(it -> it.account().equals(caller.account())).isEmpty()) {
            throw conflict(
                    "objection-not-claimed",
                    "Objection %s is not claimed by you; claim it first."
                            .formatted(one.reference()),
                    one.reference());
        }
        byte[] sealed = keys.box(id).seal(reasons);
        if (blocks.terms(one.block(), one.filedAt()).byTwo()) {
            wish(id, upheld, sealed, caller);
            return false;
        }
        answered(one, upheld, reasons, sealed, caller.account(), Optional.empty());
        return true;
    }

    /** Another person wants the same answer; that gives it. */
    @Transactional
    public void agree(UUID id, Caller caller) {
        Objection one = locked(id);
        requireOpen(one);
        Objection.Wish wish =
                one.wish()
                        .orElseThrow(() ->
                                conflict(
                                        "no-objection-wish",
                                        "Nobody wants an answer to objection %s yet."
                                                .formatted(one.reference()),
                                        one.reference()));
        if (wish.account().equals(caller.account())) {
            throw conflict(
                    "own-objection-wish",
                    "You wanted this answer yourself; another person must want the same.");
        }
        byte[] sealed =
                jdbc.sql("select sealed from objection_wishes where objection = :id")
                        .param("id", id)
                        .query((row, _) -> row.getBytes("sealed"))
                        .single();
        answered(
                one,
                wish.upheld(),
                keys.opening(id).text(sealed),
                sealed,
                wish.account(),
                Optional.of(caller.account()));
    }

    private void wish(UUID id, boolean upheld, byte[] sealed, Caller caller) {
        jdbc.sql(
                        """
                        insert into objection_wishes (objection, account, upheld, sealed, at)
                        values (:id, :account, :upheld, :sealed, :now)
                        on conflict (objection) do update set account = excluded.account,
                            upheld = excluded.upheld, sealed = excluded.sealed, at = excluded.at
                        """)
                .param("id", id)
                .param("account", caller.account())
                .param("upheld", upheld)
                .param("sealed", sealed)
                .param("now", Objections.at(clock.instant()))
                .update();
        release(id, caller);
    }

    private void answered(
            Objection one,
            boolean upheld,
            String reasons,
            byte[] sealed,
            UUID account,
            Optional<UUID> also) {
        Instant at = acts.hold(one.block());
        jdbc.sql(
                        """
                        insert into objection_answers (objection, upheld, sealed, at, account, also)
                        values (:id, :upheld, :sealed, :at, :account, :also)
                        """)
                .param("id", one.id())
                .param("upheld", upheld)
                .param("sealed", sealed)
                .param("at", Objections.at(at))
                .param("account", account)
                .param("also", also.orElse(null))
                .update();
        for (String table : new String[] {"objection_claims", "objection_wishes"}) {
            jdbc.sql("delete from %s where objection = :id".formatted(table))
                    .param("id", one.id())
                    .update();
        }
        jdbc.sql("insert into objection_erasures (objection, due_at) values (:id, :due)")
                .param("id", one.id())
                .param("due", Objections.at(at.plus(KEPT)))
                .update();
        journal.append(EntryKind.RECORD, Hash.sha256(sealed));
        tell(one, upheld, reasons, at);
        notifications.settled(
                one.id(), Kind.OBJECTION, Kind.OBJECTION_DUE_SOON, Kind.OBJECTION_OVERDUE);
    }

    /** Of one that is upheld the platform learns in any case: a lift rests on it. */
    private void tell(Objection one, boolean upheld, String reasons, Instant at) {
        if (!one.told() && !upheld) {
            return;
        }
        if (!one.told()) {
            Instant answerBy = one.answerBy().isAfter(at) ? one.answerBy() : at.plusMillis(1);
            acts.record(one.block(), new OrderEvent.Objected(one.reference(), answerBy, at));
        }
        acts.record(
                one.block(),
                new OrderEvent.ObjectionAnswered(one.reference(), upheld, reasons, at));
    }

    /** Whoever acts on a block holds it first, so that all take the locks in one order. */
    private Objection locked(UUID id) {
        UUID block = one(id).block();
        acts.hold(block);
        return one(id);
    }

    private static void requireOpen(Objection one) {
        if (one.answer().isPresent()) {
            throw conflict(
                    "objection-answered",
                    "Objection %s was answered already.".formatted(one.reference()),
                    one.reference());
        }
    }

    private static ProblemException conflict(String type, String detail, Object... values) {
        return new ProblemException(HttpStatus.CONFLICT, type, detail, values);
    }
}
