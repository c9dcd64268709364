package org.jalur.node.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jalur.log.CheckpointStore;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checkpoints in a PostgreSQL database of their own, for nodes whose processes run on several
 * hosts. A value counts once it is committed and flushed: the pool insists on synchronous commits.
 */
final class DatabaseCheckpointStore implements CheckpointStore {
    private static final int LONGEST_KEY = 240;

    private final JdbcClient jdbc;
    private final String store;

    /**
     * @param store own or cosigned: the journal's checkpoint, or what the witness has seen
     */
    DatabaseCheckpointStore(JdbcClient jdbc, String store) {
        this.jdbc = jdbc;
        this.store = store;
    }

    @Override
    public Optional<byte[]> load(String key) {
        check(key);
        return orFail(() ->
                jdbc.sql("select value from checkpoints where store = :store and key = :key")
                        .param("store", store)
                        .param("key", key)
                        .query((row, _) -> row.getBytes("value"))
                        .optional());
    }

    @Override
    public boolean compareAndSwap(String key, byte @Nullable [] expected, byte[] next) {
        check(key);
        String replace =
                expected == null
                        ? "insert into checkpoints (store, key, value) values (:store, :key, :next) on conflict do nothing"
                        : "update checkpoints set value = :next where store = :store and key = :key and value = :expected";
        return orFail(() -> {
            JdbcClient.StatementSpec sql =
                    jdbc.sql(replace).param("store", store).param("key", key).param("next", next);
            return (expected == null ? sql : sql.param("expected", expected)).update();
        })
                == 1;
    }

    private static void check(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "a key has 1 to %d characters, not %d".formatted(LONGEST_KEY, key.length()));
        }
    }

    private static <T> T orFail(Supplier<T> call) {
        try {
            return call.get();
        } catch (DataAccessException e) {
            throw new UncheckedIOException(
                    "the store of checkpoints fails", new IOException(e.getMessage(), e));
        }
    }
}
