package org.jalur.node.keys;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.Jws;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.WorkingKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings keys that are ready in the folder into force: the row that decides, its journal entry and
 * the keys message on every channel are one transaction. Before it the old keys sign, after it the
 * new ones, in every process.
 */
@Component
class KeyChanges {
    private static final Logger log = LoggerFactory.getLogger(KeyChanges.class);

    private final OwnKeys keys;
    private final Channels channels;
    private final Exchange exchange;
    private final Journal journal;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    /** Why the last look failed, which is said once; only the scheduler's thread looks. */
    private volatile String trouble = "";

    KeyChanges(
            OwnKeys keys,
            Channels channels,
            Exchange exchange,
            Journal journal,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Clock clock) {
        this.keys = keys;
        this.channels = channels;
        this.exchange = exchange;
        this.journal = journal;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Also what the command line installed, or a process that died before it changed over. */
    @Scheduled(fixedDelay = 1_000)
    void look() {
        try {
            adoptReady();
            trouble = "";
        } catch (IOException | RuntimeException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(trouble)) {
                log.error("the keys cannot be changed over, the present ones stay: {}", now);
            }
            trouble = now;
        }
    }

    /** One after the other: a revocation that somebody else's rotation follows is told as well. */
    void adoptReady() throws IOException {
        keys.follow();
        for (Optional<WorkingKeys> next = keys.toAdopt(); next.isPresent(); next = keys.toAdopt()) {
            WorkingKeys ready = next.get();
            boolean first = Boolean.TRUE.equals(transactions.execute(_ -> adopt(ready)));
            keys.follow();
            if (first) {
                log.info("keys no. {} are in force", ready.serial());
            }
        }
        keys.forgetEarlier();
    }

    /** False if another process was first. */
    private boolean adopt(WorkingKeys ready) {
        int added =
                jdbc.sql(
                                """
                                insert into own_keys (serial, statement, adopted_at)
                                values (:serial, :statement, :now) on conflict do nothing
                                """)
                        .param("serial", ready.serial())
                        .param("statement", ready.signedStatement())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (added == 0) {
            return false;
        }
        journal.append(EntryKind.KEYS, Jws.parse(ready.signedStatement(), Jws.Type.KEYS).digest());
        // Always in one order: two processes that lock several streams do not wait for each other.
        List<Channel> all =
                channels.all().stream().sorted(Comparator.comparingInt(Channel::id)).toList();
        all.forEach(channel -> exchange.announceKeys(channel, ready));
        return true;
    }
}
