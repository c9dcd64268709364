package org.jalur.node.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.ladder.LadderEvent;
import org.jalur.agreement.ladder.LadderEvent.Proof;
import org.jalur.log.Hash;
import org.jalur.node.escalation.LadderSubjects.SubjectKey;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.RelatedMessages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What either side did on ladders: one row for each message, and for each that was refused. */
@Component
class LadderActs implements RelatedMessages {
    private final JdbcClient jdbc;

    LadderActs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Each step is a message about itself, and a refusal of one is about that. A lift is named by
     * the message that made it due, which is about its order, as an appeal is about its notice.
     */
    @Override
    public List<Long> related(Channel channel, UUID subject) {
        return jdbc.sql(
                        """
                        select message from ladder_acts where channel = :channel and (subject = :subject
                            or about <> 'notice' and subject in (select message_id from messages
                                where channel = :channel and about = :subject))
                        """)
                .param("channel", channel.id())
                .param("subject", subject)
                .query((row, _) -> row.getLong("message"))
                .list();
    }

    /**
     * @param message row of the message
     * @param act its id
     * @param leaf of the part with a reason, a call or a proof
     * @param seenAt when an independent witness saw what nobody answered
     */
    record New(
            long message,
            int channel,
            UUID act,
            Said.Act said,
            Optional<Hash> leaf,
            Optional<Instant> seenAt) {}

    /**
     * @param digest of the message
     * @param recordedAt when this node stored it
     * @param at when it counts: at its receipt; while there is none, on its sender's side, once a
     *     vain try is journaled; empty before that
     * @param receipted whether there is a receipt, and not only a vain try
     */
    record Row(
            Hash digest,
            Said.Kind kind,
            String step,
            Optional<String> role,
            Optional<Hash> leaf,
            Optional<Instant> seenAt,
            boolean refused,
            Instant recordedAt,
            Optional<Instant> at,
            boolean receipted) {
        static Row from(ResultSet row) throws SQLException {
            byte[] leaf = row.getBytes("leaf");
            return new Row(
                    Hash.of(row.getBytes("digest")),
                    Said.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    row.getString("step"),
                    Optional.ofNullable(row.getString("role")),
                    leaf == null ? Optional.empty() : Optional.of(Hash.of(leaf)),
                    Ladders.time(row, "seen_at"),
                    row.getBoolean("refused"),
                    row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                    Ladders.time(row, "at"),
                    row.getBoolean("receipted"));
        }

        /** As both sides count it; empty while it does not count. */
        Optional<LadderEvent> event() {
            return refused ? Optional.empty() : at.map(this::event);
        }

        private LadderEvent event(Instant time) {
            return switch (kind) {
                case ANNOUNCED -> new LadderEvent.Announced(step, time);
                case APPROVED -> new LadderEvent.Approved(step, role.orElseThrow(), time);
                // The words stand in their part, which only a page opens.
                case STOPPED -> new LadderEvent.Stopped(step, leaf.orElseThrow().hex(), time);
                case TAKEN ->
                        new LadderEvent.Done(
                                step,
                                receipted ? new Proof.Receipt(digest) : new Proof.Attempt(digest),
                                time);
                case CALLED ->
                        new LadderEvent.Done(step, new Proof.Attempt(leaf.orElseThrow()), time);
                case COSIGNED -> new LadderEvent.Cosigned(seenAt.orElseThrow());
            };
        }
    }

    void add(New act) {
        add(
                act,
                act.said().act().wire(),
                act.leaf().map(Hash::bytes),
                act.seenAt().map(Ladders::at));
    }

    private void add(New act, String kind, Optional<byte[]> leaf, Optional<OffsetDateTime> seenAt) {
        jdbc.sql(
                        """
                        insert into ladder_acts (message, channel, about, subject, act, kind, step, role, leaf, seen_at)
                        values (:message, :channel, :about, :subject, :act, :kind, :step, :role, :leaf, :seenAt)
                        """)
                .param("message", act.message())
                .param("channel", act.channel())
                .param("about", Ladders.wire(act.said().about()))
                .param("subject", act.said().subject())
                .param("act", act.act())
                .param("kind", kind)
                .param("step", act.said().step())
                .param("role", act.said().role().orElse(null))
                .param("leaf", leaf.orElse(null))
                .param("seenAt", seenAt.orElse(null))
                .update();
    }

    /** What a ladder is about. */
    record Place(Silence about, UUID subject) {}

    /** Of an act that this side sent; empty if it sent none with this id. */
    Optional<Place> sent(int channel, UUID act) {
        return jdbc.sql(
                        """
                        select ladder_acts.about, subject from ladder_acts join messages on messages.id = ladder_acts.message
                        where ladder_acts.channel = :channel and act = :act and direction = 'out'
                        """)
                .param("channel", channel)
                .param("act", act)
                .query((row, _) ->
                        new Place(
                                Silence.valueOf(row.getString("about").toUpperCase(Locale.ROOT)),
                                row.getObject("subject", UUID.class)))
                .optional();
    }

    /** The other side does not take an act: it counts no more. */
    void refused(long message, int channel, UUID act, Hash reason) {
        jdbc.sql(
                        """
                        insert into ladder_acts (message, channel, about, subject, act, kind, step, leaf)
                        select :message, channel, about, subject, act, 'refused', step, :leaf from ladder_acts
                        where channel = :channel and act = :act and kind <> 'refused'
                        on conflict do nothing
                        """)
                .param("message", message)
                .param("channel", channel)
                .param("act", act)
                .param("leaf", reason.bytes())
                .update();
    }

    /** In the order of the messages. */
    Map<SubjectKey, List<Row>> of(
            Collection<Integer> channels, Silence about, Collection<UUID> subjects) {
        Map<SubjectKey, List<Row>> rows = new HashMap<>();
        jdbc.sql(
                        """
                        select acts.*, messages.digest, messages.recorded_at,
                            direction = 'in' or receipts.message is not null as receipted,
                            case direction when 'in' then messages.recorded_at
                                else coalesce(receipts.received_at, (
                                    select min(tendered.recorded_at) from journal_entries tendered
                                    where tendered.digest = messages.digest and tendered.kind = 'tendered')) end as at,
                            exists (select 1 from ladder_acts no where no.act = acts.act and no.kind = 'refused') as refused
                        from ladder_acts acts join messages on messages.id = acts.message
                        left join receipts on receipts.message = messages.id
                        where acts.channel = any(:channels) and subject = any(:subjects) and acts.about = :about
                            and acts.kind <> 'refused'
                        order by acts.message
                        """)
                .param("channels", channels.toArray(Integer[]::new))
                .param("subjects", subjects.toArray(UUID[]::new))
                .param("about", Ladders.wire(about))
                .query(row -> {
                    rows.computeIfAbsent(
                                    new SubjectKey(
                                            row.getInt("channel"),
                                            row.getObject("subject", UUID.class)),
                                    _ -> new ArrayList<>())
                            .add(Row.from(row));
                });
        return rows;
    }
}
