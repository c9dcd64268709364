package org.jalur.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.jalur.node.TestPostgres;
import org.jalur.node.database.EmbeddedPostgres;
import org.jalur.node.web.DueTimer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Timers of several processes on one database, one of which is killed. */
class BlockTimerTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir private static Path folder;
    private static EmbeddedPostgres postgres;
    private static HikariDataSource database;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.start(folder.resolve("postgres"));
        postgres.createDatabase("timers");
        database = open(postgres.jdbcUrl("timers"), postgres.username(), postgres.password());
        Flyway.configure().dataSource(database).locations("classpath:db/node").load().migrate();
        jdbc = JdbcClient.create(database);
        // Looks alone are tried out here: the orders behind them are in AccessBlockTest.
        jdbc.sql("alter table access_looks drop constraint access_looks_block_fkey").update();
        jdbc.sql(
                        """
                        create table published (block uuid, by_whom text, failed boolean default false,
                            at timestamptz default clock_timestamp())
                        """)
                .update();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
    }

    @AfterEach
    void nothingIsLeft() {
        jdbc.sql("delete from access_looks").update();
        jdbc.sql("delete from published").update();
    }

    private static HikariDataSource open(String url, String user, String password) {
        var database = new HikariDataSource();
        database.setJdbcUrl(url);
        database.setUsername(user);
        database.setPassword(password);
        database.setMaximumPoolSize(3);
        return database;
    }

    /** Publishes each block by writing it down; a faulty one fails after it has. */
    private static DueTimer<BlockLooks.Due> timer(HikariDataSource database, String name) {
        JdbcClient jdbc = JdbcClient.create(database);
        var looks = new BlockLooks(jdbc, CLOCK);
        return new DueTimer<>(
                "access blocks",
                database,
                looks,
                16,
                new DueTimer.Looking<>() {
                    @Override
                    public Consumer<BlockLooks.Due> at(List<BlockLooks.Due> due) {
                        return this::look;
                    }

                    private void look(BlockLooks.Due due) {
                        write(due, false);
                        if (name.equals("faulty") && due.attempts() == 0) {
                            throw new IllegalStateException("a fault of the test");
                        }
                        looks.lookAt(due.block(), Optional.empty());
                    }

                    @Override
                    public void failed(BlockLooks.Due due) {
                        looks.failed(due);
                        write(due, true);
                    }

                    private void write(BlockLooks.Due due, boolean failed) {
                        jdbc.sql(
                                        "insert into published (block, by_whom, failed) values (:block, :name, :failed)")
                                .param("block", due.block())
                                .param("name", name)
                                .param("failed", failed)
                                .update();
                    }
                },
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                CLOCK);
    }

    /** The process that is killed: database, user and password. */
    public static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws InterruptedException {
            timer(open(arguments[0], arguments[1], arguments[2]), "other").start();
            Thread.sleep(Duration.ofMinutes(2));
        }
    }

    private static void due(int count, Instant from, Duration apart) {
        for (int i = 0; i < count; i++) {
            jdbc.sql("insert into access_looks (block, look_at) values (:block, :at)")
                    .param("block", UUID.randomUUID())
                    .param("at", BlockLooks.at(from.plus(apart.multipliedBy(i))))
                    .update();
        }
    }

    private static int count(String condition) {
        return jdbc.sql("select count(*) from " + condition).query(Integer.class).single();
    }

    private static void await(String condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count(condition) == 0) {
            assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void aKilledProcessLosesAndDoublesNoOrder() throws Exception {
        int orders = 3_000;
        due(orders, CLOCK.instant(), Duration.ZERO);
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                postgres.jdbcUrl("timers"),
                                postgres.username(),
                                postgres.password())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("other.log").toFile())
                        .start();
        await("published where by_whom = 'other'");
        DueTimer<BlockLooks.Due> here = timer(database, "here");
        here.start();
        await("published where by_whom = 'here'");

        other.destroyForcibly().waitFor();
        await(
                "(select 1 where not exists (select 1 from access_looks where look_at < 'infinity')) as done");
        here.stop();

        assertThat(count("published")).isEqualTo(orders);
        assertThat(count("(select distinct block from published) as orders")).isEqualTo(orders);
        assertThat(count("published where by_whom = 'other'")).isBetween(1, orders - 1);
    }

    @Test
    void ordersEndAtTheirMomentAlsoThoseThatComeUpWhileTheTimerSleeps() throws Exception {
        due(1, CLOCK.instant().plus(Duration.ofHours(1)), Duration.ZERO);
        DueTimer<BlockLooks.Due> here = timer(database, "here");
        here.start();
        Thread.sleep(200);
        UUID later = UUID.randomUUID();
        Instant at = CLOCK.instant().plusMillis(700);
        jdbc.sql("insert into access_looks (block, look_at) values (:block, 'infinity')")
                .param("block", later)
                .update();
        new BlockLooks(jdbc, CLOCK).lookAt(later, Optional.of(at));
        await("published");
        here.stop();

        assertThat(
                        Duration.between(
                                at,
                                jdbc.sql("select at from published")
                                        .query(OffsetDateTime.class)
                                        .single()
                                        .toInstant()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void whatFailsIsRolledBackAndWhatTheClockAsksForIsDoneAllTheSame() throws Exception {
        due(5, CLOCK.instant(), Duration.ZERO);
        DueTimer<BlockLooks.Due> here = timer(database, "faulty");
        here.start();
        await("(select 1 from published having count(*) filter (where failed) = 5) as tried");

        await("(select 1 from published having count(*) filter (where not failed) = 5) as done");
        here.stop();

        assertThat(count("published where not failed")).isEqualTo(5);
    }
}
