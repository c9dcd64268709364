package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jalur.log.CheckpointStore;
import org.jalur.node.database.EmbeddedPostgres;
import org.jalur.node.journal.PublishedLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node whose newest checkpoints stand in a database of their own, as beyond one host. */
class CheckpointDatabaseTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static EmbeddedPostgres other;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        other = TestPostgres.start(folder.resolve("checkpoints-postgres"));
        other.createDatabase("checkpoints");
        nodes = new TestNodes(folder.resolve("nodes"), List.of(AUTHORITY), List.of(PLATFORM));
        nodes.with(PLATFORM, "jalur.checkpoints.url", other.jdbcUrl("checkpoints"))
                .with(PLATFORM, "jalur.checkpoints.username", other.username())
                .with(PLATFORM, "jalur.checkpoints.password", other.password());
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        other.close();
    }

    private static JdbcClient database() {
        return BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                nodes.context(PLATFORM).getBeanFactory(), JdbcClient.class, "checkpoints");
    }

    private static CheckpointStore store() {
        return nodes.bean(PLATFORM, CheckpointStore.class);
    }

    @Test
    void journalAndWitnessOfTheNodeKeepTheirCheckpointsThere() throws Exception {
        String notice =
                nodes.post(
                                AUTHORITY,
                                "officer",
                                "/api/notices",
                                ChannelTest.form(PLATFORM, "https://social.example/p/1"))
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
        nodes.await(
                AUTHORITY, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));

        String origin = nodes.bean(PLATFORM, PublishedLog.class).origin();
        byte[] own =
                database()
                        .sql(
                                "select value from checkpoints where store = 'own' and key not like 'sample/%'")
                        .query((row, _) -> row.getBytes("value"))
                        .single();

        assertThat(new String(own, UTF_8)).startsWith(origin);
        assertThat(cosigned()).as("of the authority's journal").isEqualTo(1);
        assertThat(nodes.home(PLATFORM).resolve("checkpoints")).doesNotExist();
        assertThat(nodes.home(PLATFORM).resolve("cosigned")).doesNotExist();
    }

    /** How many journals the witness has cosigned; asked until there is one. */
    private static long cosigned() {
        long found = 0;
        for (int i = 0; i < 1_200 && found == 0; i++) {
            LockSupport.parkNanos(50_000_000);
            found =
                    database()
                            .sql(
                                    "select count(*) from checkpoints where store = 'cosigned' and key not like 'sample/%'")
                            .query(Long.class)
                            .single();
        }
        return found;
    }

    @Test
    void exactlyOneOfSeveralWritersReplacesAValue() throws Exception {
        CheckpointStore store = store();
        String key = "sample/" + UUID.randomUUID();
        byte[] current = null;
        try (var writers = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 50; round++) {
                byte[] expected = current;
                List<Callable<Boolean>> all =
                        List.of("a", "b", "c", "d").stream()
                                .<Callable<Boolean>>map(one ->
                                        () ->
                                                store.compareAndSwap(
                                                        key, expected, one.getBytes(UTF_8)))
                                .toList();
                long won = 0;
                for (Future<Boolean> one : writers.invokeAll(all)) {
                    won += one.get() ? 1 : 0;
                }

                assertThat(won).as("round %d", round).isEqualTo(1);
                store.compareAndSwap(
                        key, store.load(key).orElseThrow(), ("round " + round).getBytes(UTF_8));
                current = store.load(key).orElseThrow();
            }
        }
    }

    @Test
    void staleWriterChangesNothing() {
        CheckpointStore store = store();
        String key = "sample/" + UUID.randomUUID();

        assertThat(store.load(key)).isEmpty();
        assertThat(store.compareAndSwap(key, new byte[] {9}, new byte[] {1})).isFalse();
        assertThat(store.compareAndSwap(key, null, new byte[] {1})).isTrue();
        assertThat(store.compareAndSwap(key, null, new byte[] {2})).isFalse();
        assertThat(store.compareAndSwap(key, new byte[] {7}, new byte[] {2})).isFalse();
        assertThat(store.load(key)).contains(new byte[] {1});
    }

    @Test
    void storeThatFailsSaysSo() {
        CheckpointStore store = store();

        assertThatThrownBy(() -> store.load("")).isInstanceOf(IllegalArgumentException.class);
        database().sql("alter table checkpoints rename to away").update();
        try {
            assertThatThrownBy(() -> store.load("sample")).isInstanceOf(UncheckedIOException.class);
        } finally {
            database().sql("alter table away rename to checkpoints").update();
        }
    }
}
