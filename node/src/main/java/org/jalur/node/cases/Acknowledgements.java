package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jalur.channel.MessageKind;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.Acknowledgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells authorities that a person opened their notice. The row is written with the claim; the
 * message follows right after it, so that fifty reviewers who claim at once do not wait for each
 * other on the channel.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Acknowledgements implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(100);
    private static final int BATCH = 16;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Exchange exchange;
    private final TransactionTemplate transactions;
    private final Semaphore rung = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    Acknowledgements(
            JdbcClient jdbc,
            Channels channels,
            Exchange exchange,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.exchange = exchange;
        this.transactions = transactions;
    }

    private record Due(
            UUID caseId, int channel, UUID notice, Hash agreement, String role, Instant at) {
        static Due from(ResultSet row, int number) throws SQLException {
            return new Due(
                    row.getObject("case_id", UUID.class),
                    row.getInt("channel"),
                    row.getObject("notice_id", UUID.class),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("role"),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }
    }

    /** Something was written, and is committed. */
    void ring() {
        rung.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("acknowledgements").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                if (!send() && rung.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
                    // Who claims at the same moment comes first; the messages go together.
                    Thread.sleep(GATHER);
                    rung.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.error("acknowledgements were not sent; they are tried again", e);
                    rung.drainPermits();
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there may be more. */
    private boolean send() {
        return Optional.ofNullable(transactions.execute(_ -> sendBatch())).orElse(false);
    }

    private boolean sendBatch() {
        List<Due> due =
                jdbc.sql(
                                """
                                select case_id, channel, notice_id, agreement, role, at from acknowledgements
                                join cases on cases.id = case_id
                                order by at limit :most for update of acknowledgements skip locked
                                """)
                        .param("most", BATCH)
                        .query(Due::from)
                        .list();
        for (Due one : due) {
            exchange.send(
                    channels.byId(one.channel()),
                    new Exchange.Draft(
                            UUID.randomUUID(),
                            MessageKind.ACKNOWLEDGEMENT,
                            Optional.of(one.notice()),
                            Optional.of(one.agreement()),
                            List.of(
                                    Parts.json(
                                            "acknowledgement",
                                            new Acknowledgement(one.role(), one.at())))));
        }
        jdbc.sql("delete from acknowledgements where case_id = any(:cases)")
                .param("cases", due.stream().map(Due::caseId).toArray(UUID[]::new))
                .update();
        return due.size() == BATCH;
    }
}
