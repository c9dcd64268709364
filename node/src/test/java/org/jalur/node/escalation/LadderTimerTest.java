package org.jalur.node.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.jalur.agreement.Ladder.Silence;
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
class LadderTimerTest {
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
        jdbc.sql("insert into channels (local_party, peer_party) values ('here', 'there')")
                .update();
        jdbc.sql(
                        "create table taken (subject uuid, by_whom text, due timestamptz, at timestamptz default clock_timestamp())")
                .update();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
    }

    @AfterEach
    void nothingIsLeft() {
        jdbc.sql("delete from open_ladders").update();
        jdbc.sql("delete from taken").update();
    }

    private static HikariDataSource open(String url, String user, String password) {
        var database = new HikariDataSource();
        database.setJdbcUrl(url);
        database.setUsername(user);
        database.setPassword(password);
        database.setMaximumPoolSize(3);
        return database;
    }

    /** Takes each step by writing it down, and forgets the ladder then. */
    private static DueTimer<Ladders.Due> timer(HikariDataSource database, String name) {
        JdbcClient jdbc = JdbcClient.create(database);
        var ladders = new Ladders(jdbc, CLOCK);
        return new DueTimer<>(
                "ladders",
                database,
                ladders,
                64,
                new DueTimer.Looking<>() {
                    @Override
                    public void failed(Ladders.Due due) {
                        ladders.failed(due);
                    }

                    @Override
                    public Consumer<Ladders.Due> at(List<Ladders.Due> due) {
                        return one -> {
                            jdbc.sql(
                                            """
                                            insert into taken (subject, by_whom, due)
                                            select subject, :name, look_at from open_ladders where subject = :subject
                                            """)
                                    .param("name", name)
                                    .param("subject", one.subject())
                                    .update();
                            if (jdbc.sql(
                                                            "select count(*) from taken where subject = :subject and by_whom = 'faulty'")
                                                    .param("subject", one.subject())
                                                    .query(Integer.class)
                                                    .single()
                                            > 0
                                    && one.attempts() == 0) {
                                throw new IllegalStateException("a fault of the test");
                            }
                            ladders.close(one);
                        };
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

    private static void due(int count, Instant from, Duration within) {
        Map<UUID, Instant> looks = new HashMap<>();
        for (int i = 0; i < count; i++) {
            looks.put(UUID.randomUUID(), from.plus(within.multipliedBy(i).dividedBy(count)));
        }
        new Ladders(jdbc, CLOCK).open(1, Silence.NOTICE, looks);
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
    void aKilledProcessLosesAndDoublesNoStep() throws Exception {
        int steps = 6_000;
        due(steps, CLOCK.instant(), Duration.ofMillis(1));
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
        await("taken where by_whom = 'other'");
        DueTimer<Ladders.Due> here = timer(database, "here");
        here.start();
        await("taken where by_whom = 'here'");

        other.destroyForcibly().waitFor();
        await("(select 1 where not exists (select 1 from open_ladders)) as done");
        here.stop();

        assertThat(count("taken")).isEqualTo(steps);
        assertThat(count("(select distinct subject from taken) as steps")).isEqualTo(steps);
        assertThat(count("taken where by_whom = 'other'")).isBetween(1, steps - 1);
    }

    @Test
    void stepsAreTakenWithinASecondAlsoThoseThatComeUpWhileTheTimerSleeps() throws Exception {
        due(1_000, CLOCK.instant().plus(Duration.ofHours(1)), Duration.ofHours(24));
        DueTimer<Ladders.Due> here = timer(database, "here");
        here.start();
        due(400, CLOCK.instant().plusMillis(200), Duration.ofSeconds(2));
        await("(select 1 from taken having count(*) = 400) as all_of_them");
        due(1, CLOCK.instant(), Duration.ofMillis(1));
        await("(select 1 from taken having count(*) = 401) as one_more");
        here.stop();

        assertThat(
                        jdbc.sql(
                                        "select percentile_disc(0.99) within group (order by extract(epoch from at - due)) from taken")
                                .query(Double.class)
                                .single())
                .isBetween(0.0, 1.0);
        assertThat(count("open_ladders")).isEqualTo(1_000);
    }

    @Test
    void whatFailsIsRolledBackAndTriedAgainWhileTheOthersAreTaken() throws Exception {
        due(50, CLOCK.instant(), Duration.ofMillis(1));
        DueTimer<Ladders.Due> here = timer(database, "faulty");
        here.start();
        await(
                "(select 1 from open_ladders having count(*) filter (where attempts = 1) = 50) as tried");
        assertThat(count("taken")).isZero();

        await("(select 1 from taken having count(*) = 50) as all_of_them");
        here.stop();

        assertThat(count("open_ladders")).isZero();
    }
}
