package org.jalur.node.enforcement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Measures;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.MeasureFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the authority what was done and seen; what is done together goes in one message. */
@Component
class MeasureReports implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MeasureReports.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int CASES = 64;
    private static final int MOST = 1_000;

    private final JdbcClient jdbc;
    private final Measures measures;
    private final Channels channels;
    private final Exchange exchange;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Semaphore rung = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    MeasureReports(
            JdbcClient jdbc,
            Measures measures,
            Channels channels,
            Exchange exchange,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.measures = measures;
        this.channels = channels;
        this.exchange = exchange;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Reported(UUID caseId, int channel, UUID notice, Hash agreement) {
        static Reported from(ResultSet row, int number) throws SQLException {
            return new Reported(
                    row.getObject("id", UUID.class),
                    row.getInt("channel"),
                    row.getObject("notice_id", UUID.class),
                    Hash.of(row.getBytes("agreement")));
        }
    }

    private record DoneAction(UUID id, int no) {
        static DoneAction from(ResultSet row, int number) throws SQLException {
            return new DoneAction(row.getObject("id", UUID.class), row.getInt("no"));
        }
    }

    void ring() {
        rung.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("measure-reports").start(this::run);
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
                boolean found = report();
                if (!found && rung.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
                    rung.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.error("measures were not reported; they are tried again", e);
                    try {
                        Thread.sleep(IDLE);
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                }
            }
        }
    }

    private boolean report() {
        List<Reported> cases =
                jdbc.sql(
                                """
                                select id, channel, notice_id, agreement from cases where id in (
                                    select case_id from actions where reported_at is null and done_at is not null limit :most)
                                """)
                        .param("most", CASES)
                        .query(Reported::from)
                        .list();
        // A transaction each: whoever else sends on the channel does not wait for them all.
        cases.forEach(one -> transactions.executeWithoutResult(_ -> report(one)));
        return !cases.isEmpty();
    }

    private void report(Reported reported) {
        List<DoneAction> done =
                jdbc.sql(
                                """
                                update actions set reported_at = :now where id in (
                                    select id from actions
                                    where case_id = :case and reported_at is null and done_at is not null
                                    order by no limit :most for no key update)
                                returning id, no
                                """)
                        .param("now", Enforcement.at(clock.instant()))
                        .param("case", reported.caseId())
                        .param("most", MOST)
                        .query(DoneAction::from)
                        .list();
        var parts = new ArrayList<Part>();
        if (!done.isEmpty()) {
            int low = done.stream().mapToInt(DoneAction::no).min().orElseThrow();
            int high = done.stream().mapToInt(DoneAction::no).max().orElseThrow();
            var byItem = measures.of(reported.caseId(), low, high);
            for (DoneAction action : done) {
                byItem.getOrDefault(action.no(), List.of()).stream()
                        .filter(measure -> measure.action().equals(action.id()))
                        .forEach(measure ->
                                parts.add(Parts.json("measure", facts(action.no(), measure))));
            }
        }
        if (!parts.isEmpty()) {
            exchange.send(
                    channels.byId(reported.channel()),
                    new Exchange.Draft(
                            UUID.randomUUID(),
                            MessageKind.MEASURES,
                            Optional.of(reported.notice()),
                            Optional.of(reported.agreement()),
                            parts));
        }
    }

    private static MeasureFacts facts(int no, Measures.View measure) {
        return new MeasureFacts(
                no,
                measure.kind(),
                measure.result(),
                MeasureFacts.Verification.valueOf(measure.outcome().toUpperCase(Locale.ROOT)),
                measure.told(),
                measure.measuredAt(),
                measure.probes());
    }
}
