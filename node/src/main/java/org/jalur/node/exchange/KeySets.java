package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.channel.KeyStatement;
import org.jalur.log.Hash;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which keys of a peer are valid where in its stream. A statement holds from the message after the
 * one that carried it until the next statement, whatever the time.
 */
@Component
class KeySets {
    private final JdbcClient jdbc;
    private final Register register;
    private final Map<String, KeyStatement> opened = new ConcurrentHashMap<>();

    KeySets(JdbcClient jdbc, Register register) {
        this.jdbc = jdbc;
        this.register = register;
    }

    /** The peer's statement in force once its message {@code position} has been taken in. */
    Optional<KeyStatement> of(Channel channel, long position) {
        return jdbc.sql(
                        """
                        select statement from key_sets
                        where channel = :channel and direction = 'in' and from_seq <= :position
                        order by from_seq desc limit 1
                        """)
                .param("channel", channel.id())
                .param("position", position)
                .query(String.class)
                .optional()
                .map(statement -> open(channel, statement));
    }

    /**
     * The statement in force at a position of a direction, also where it is only coming back from
     * the peer.
     */
    Optional<KeyStatement> comingBack(Channel channel, String direction, long position) {
        return jdbc.sql(
                        """
                        select statement from (
                            select from_seq, statement from key_sets
                            where channel = :channel and direction = :direction
                            union all
                            select seq, statement from recovered
                            where channel = :channel and direction = :direction and statement is not null) as known
                        where from_seq <= :position order by from_seq desc limit 1
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .param("position", position)
                .query(String.class)
                .optional()
                .map(statement -> open(channel, direction, statement));
    }

    /** Of the peer, or of this node's own party in the other direction. */
    KeyStatement open(Channel channel, String direction, String statement) {
        return direction.equals("in")
                ? open(channel, statement)
                : KeyStatement.open(
                        statement, channel.local(), Hash.parseHex(register.ownParty().identity()));
    }

    Optional<KeyStatement> newest(Channel channel) {
        return of(channel, Long.MAX_VALUE);
    }

    /** Checks a statement against the pinned identity; one that was checked is remembered. */
    KeyStatement open(Channel channel, String statement) {
        return opened.computeIfAbsent(
                channel.peer() + " " + statement,
                _ ->
                        KeyStatement.open(
                                statement,
                                channel.peer(),
                                register.pinnedIdentity(channel.peer())));
    }

    /**
     * Where in a stream keys were announced.
     *
     * @param seq of the keys message; the keys hold from the next one
     */
    record Announced(long seq, long serial, String statement) {
        static Announced from(ResultSet row, int number) throws SQLException {
            return new Announced(
                    row.getLong("from_seq"), row.getLong("serial"), row.getString("statement"));
        }
    }

    /** The announcement in the own stream whose keys sign now; empty before the first. */
    Optional<Announced> own(Channel channel) {
        return jdbc.sql(
                        """
                        select from_seq, serial, statement from key_sets
                        where channel = :channel and direction = 'out' order by from_seq desc limit 1
                        """)
                .param("channel", channel.id())
                .query(Announced::from)
                .optional();
    }

    /** Every announcement of a stream, rising. */
    List<Announced> all(Channel channel, String direction) {
        return jdbc.sql(
                        """
                        select from_seq, serial, statement from key_sets
                        where channel = :channel and direction = :direction order by from_seq
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .query(Announced::from)
                .list();
    }

    /** The own statement that the peer has not receipted yet, and may not know. */
    Optional<String> onItsWay(Channel channel) {
        return own(channel)
                .filter(newest ->
                        jdbc.sql(
                                        """
                                        select exists (select 1 from outbox where channel = :channel and seq = :seq)
                                        """)
                                .param("channel", channel.id())
                                .param("seq", newest.seq())
                                .query(Boolean.class)
                                .single())
                .map(Announced::statement);
    }

    /** The own keys that sign this channel's messages from the next on; its stream is locked. */
    void announced(Channel channel, long seq, long serial, String statement) {
        add(channel, "out", seq, serial, statement);
        jdbc.sql(
                        "update streams set key_serial = :serial where channel = :channel and direction = 'out'")
                .param("serial", serial)
                .param("channel", channel.id())
                .update();
    }

    void add(Channel channel, String direction, long seq, long serial, String statement) {
        jdbc.sql(
                        """
                        insert into key_sets (channel, direction, from_seq, serial, statement)
                        values (:channel, :direction, :seq, :serial, :statement)
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .param("seq", seq)
                .param("serial", serial)
                .param("statement", statement)
                .update();
    }
}
