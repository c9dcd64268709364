package org.jalur.node.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.web.DueTimer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** When each order of this authority is looked at next. */
@Component
class BlockLooks implements DueTimer.Rows<BlockLooks.Due> {
    private static final String BELL = "jalur_access";

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    BlockLooks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An order whose time has come; its row is locked.
     *
     * @param attempts that failed
     */
    record Due(UUID block, int attempts) {
        static Due from(ResultSet row, int number) throws SQLException {
            return new Due(row.getObject("block", UUID.class), row.getInt("attempts"));
        }
    }

    /** Begins with an order, to be looked at at once. */
    void open(UUID block) {
        jdbc.sql(
                        """
                        insert into access_looks (block, look_at) values (:block, :now)
                        on conflict (block) do update set look_at = excluded.look_at
                        """)
                .param("block", block)
                .param("now", at(clock.instant()))
                .update();
        ring();
    }

    /** Something was said about it: what is to be done is found out at once. */
    void lookNow(UUID block) {
        int changed =
                jdbc.sql(
                                """
                                update access_looks set look_at = :now where block = :block and look_at > :now
                                """)
                        .param("now", at(clock.instant()))
                        .param("block", block)
                        .update();
        if (changed > 0) {
            ring();
        }
    }

    private void ring() {
        jdbc.sql("select pg_notify(:bell, '')").param("bell", BELL).query((_, _) -> true).list();
    }

    @Override
    public String bell() {
        return BELL;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Due> claim(int most) {
        return jdbc.sql(
                        """
                        select block, attempts from access_looks
                        where look_at <= :now order by look_at limit :most for update skip locked
                        """)
                .param("now", at(clock.instant()))
                .param("most", most)
                .query(Due::from)
                .list();
    }

    /** Whoever acts on an order of this authority, or looks at it, holds its row. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(UUID block) {
        jdbc.sql("select block from access_looks where block = :block for update")
                .param("block", block)
                .query(UUID.class)
                .optional();
    }

    @Override
    public Optional<Instant> next() {
        return jdbc.sql(
                        """
                        select look_at from access_looks where look_at < 'infinity' order by look_at limit 1
                        """)
                .query((row, _) -> row.getObject("look_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    /**
     * @param at empty: only a message or a person changes anything
     */
    void lookAt(UUID block, Optional<Instant> at) {
        set(block, at.map(Instant::toString).orElse("infinity"), 0);
        if (at.filter(one -> one.isBefore(clock.instant().plus(DueTimer.SLEEP))).isPresent()) {
            ring();
        }
    }

    void failed(Due due) {
        Duration pause =
                Duration.ofSeconds(
                        Math.min(1L << Math.min(due.attempts(), 10), LONGEST_PAUSE.toSeconds()));
        set(due.block(), clock.instant().plus(pause).toString(), due.attempts() + 1);
    }

    private void set(UUID block, String look, int attempts) {
        jdbc.sql(
                        """
                        update access_looks set look_at = :look::timestamptz, attempts = :attempts where block = :block
                        """)
                .param("look", look)
                .param("attempts", attempts)
                .param("block", block)
                .update();
    }

    static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
