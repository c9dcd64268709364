package org.jalur.node.agreement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Version;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything that either side did about the agreements of a channel, as it came. */
@Component
class Acts {
    /** Advisory locks of this class; no table has such rows. */
    private static final int LOCK = 0x61677265;

    private final JdbcClient jdbc;

    Acts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    enum Kind {
        PROPOSED,
        COMMENTED,
        SIGNED,
        REFUSED,
        /** A notice or list cited it for the first time: from here no earlier version binds. */
        NAMED,
        TERMINATED
    }

    /**
     * @param message absent for what a file says
     * @param proposed of a proposal alone
     * @param leaf of the part with what was said
     * @param lastDay of a termination alone
     * @param at when it was signed here, or received
     */
    record Row(
            Optional<Long> message,
            Kind kind,
            Side side,
            UUID proposal,
            Optional<Proposed> proposed,
            Optional<Hash> leaf,
            Optional<LocalDate> lastDay,
            Instant at) {
        static Row from(ResultSet row, int number) throws SQLException {
            long message = row.getLong("message");
            return new Row(
                    row.wasNull() ? Optional.empty() : Optional.of(message),
                    Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    Side.valueOf(row.getString("side").toUpperCase(Locale.ROOT)),
                    row.getObject("proposal", UUID.class),
                    Proposed.from(row),
                    hash(row, "leaf"),
                    Optional.ofNullable(row.getObject("last_day", LocalDate.class)),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }

        static Row of(@Nullable Long message, Kind kind, Side side, UUID proposal, Instant at) {
            return new Row(
                    Optional.ofNullable(message),
                    kind,
                    side,
                    proposal,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    at);
        }

        Row proposing(Proposed what, Optional<Hash> part) {
            return new Row(message, kind, side, proposal, Optional.of(what), part, lastDay, at);
        }

        Row saying(Hash part) {
            return new Row(message, kind, side, proposal, proposed, Optional.of(part), lastDay, at);
        }

        Row ending(LocalDate day) {
            return new Row(message, kind, side, proposal, proposed, leaf, Optional.of(day), at);
        }
    }

    /**
     * @param declines the proposal that this one counters
     */
    record Proposed(Hash digest, Version version, Optional<UUID> declines) {
        static Optional<Proposed> from(ResultSet row) throws SQLException {
            Optional<Hash> digest = hash(row, "digest");
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new Proposed(
                            digest.get(),
                            new Version(row.getInt("number"), hash(row, "previous")),
                            Optional.ofNullable(row.getObject("declines", UUID.class))));
        }
    }

    /** In the order in which this node learnt of them. */
    List<Row> of(Channel channel) {
        return jdbc.sql(
                        """
                        select message, kind, side, proposal, digest, number, previous, declines, leaf, last_day, at
                        from agreement_acts where channel = :channel order by id
                        """)
                .param("channel", channel.id())
                .query(Row::from)
                .list();
    }

    /** One who did it already does not do it again; everybody may comment as often as they like. */
    void add(Channel channel, Row act) {
        Optional<Proposed> proposed = act.proposed();
        jdbc.sql(
                        """
                        insert into agreement_acts
                            (channel, message, kind, side, proposal, digest, number, previous, declines, leaf, last_day, at)
                        values (:channel, :message, :kind, :side, :proposal, :digest, :number, :previous, :declines,
                            :leaf, :lastDay, :at)
                        on conflict do nothing
                        """)
                .param("channel", channel.id())
                .param("message", act.message().orElse(null))
                .param("kind", wire(act.kind()))
                .param("side", wire(act.side()))
                .param("proposal", act.proposal())
                .param("digest", proposed.map(one -> one.digest().bytes()).orElse(null))
                .param("number", proposed.map(one -> one.version().number()).orElse(null))
                .param(
                        "previous",
                        proposed.flatMap(one -> one.version().previous())
                                .map(Hash::bytes)
                                .orElse(null))
                .param("declines", proposed.flatMap(Proposed::declines).orElse(null))
                .param("leaf", act.leaf().map(Hash::bytes).orElse(null))
                .param("lastDay", act.lastDay().orElse(null))
                .param("at", act.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whoever changes what is agreed on a channel waits for whoever does so now. */
    void lock(Channel channel) {
        jdbc.sql("select pg_advisory_xact_lock(:lock, :channel)")
                .param("lock", LOCK)
                .param("channel", channel.id())
                .query(_ -> {});
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Hash> hash(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(Hash::of);
    }
}
