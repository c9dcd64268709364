package org.jalur.node.journal;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The advisory lock of who may give entries their place: one connection of all processes. */
final class LeaderLock {
    private static final long LOCK = 0x6a616c7572L;

    private LeaderLock() {}

    static boolean tryTake(JdbcClient jdbc) {
        return jdbc.sql("select pg_try_advisory_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }

    static void release(JdbcClient jdbc) {
        jdbc.sql("select pg_advisory_unlock(:lock)").param("lock", LOCK).query().singleRow();
    }
}
