package org.jalur.node.witness;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.exchange.Undelivered;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a witness signed about messages that it was asked to hand on; kept for evidence. */
@Component
public class RelayStatements {
    private final JdbcClient jdbc;
    private final Journal journal;
    private final Timeline timeline;
    private final Register register;
    private final Clock clock;

    RelayStatements(
            JdbcClient jdbc, Journal journal, Timeline timeline, Register register, Clock clock) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.timeline = timeline;
        this.register = register;
        this.clock = clock;
    }

    /**
     * That a witness tried to deliver a message.
     *
     * @param outcome answered, refused, timeout or broken
     * @param status of the node's answer, where there was one
     */
    public record Tried(
            String witness,
            Instant began,
            Instant ended,
            String outcome,
            Optional<Integer> status) {
        static Tried from(ResultSet row, int number) throws SQLException {
            RelayStatement statement = SignedRelay.parse(row.getString("statement")).statement();
            return new Tried(
                    row.getString("witness"),
                    statement.began(),
                    statement.ended(),
                    statement.outcome().word(),
                    statement.outcome() instanceof RelayOutcome.Answered(int status, _)
                            ? Optional.of(status)
                            : Optional.empty());
        }
    }

    /** Journals a message as tendered, once. */
    @Transactional
    public void tender(Undelivered.Waiting message, String witness) {
        int first =
                jdbc.sql(
                                """
                                insert into tenders (message, witness, recorded_at)
                                values (:message, :witness, :now) on conflict do nothing
                                """)
                        .param("message", message.row())
                        .param("witness", witness)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (first == 1) {
            journal.append(EntryKind.TENDERED, message.message().jws().digest());
        }
    }

    /** Keeps a statement, with its place in the journal and in the notice's timeline. */
    @Transactional
    public void keep(Undelivered.Waiting message, String witness, SignedRelay signed) {
        String text = signed.format();
        jdbc.sql(
                        """
                        insert into relays (message, witness, statement, recorded_at)
                        values (:message, :witness, :statement, :now)
                        """)
                .param("message", message.row())
                .param("witness", witness)
                .param("statement", text)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        journal.append(
                EntryKind.EVIDENCE,
                Hash.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        if (register.isAuthority() && message.about().isPresent()) {
            RelayStatement statement = signed.statement();
            timeline.add(
                    message.about().get(),
                    "relayed",
                    null,
                    statement.outcome() instanceof RelayOutcome.Answered(int status, _)
                            ? "answered " + status
                            : statement.outcome().word(),
                    statement.began());
        }
    }

    /** How often the message was handed on. */
    int count(long message) {
        return jdbc.sql("select count(*) from relays where message = :message")
                .param("message", message)
                .query(Integer.class)
                .single();
    }

    /** The tries for a message, in order. */
    public List<Tried> tries(long message) {
        return jdbc.sql(
                        "select witness, statement from relays where message = :message order by id")
                .param("message", message)
                .query(Tried::from)
                .list();
    }

    /** The signed statements about a message, octet for octet. */
    public List<String> of(long message) {
        return jdbc.sql("select statement from relays where message = :message order by id")
                .param("message", message)
                .query((row, _) -> row.getString("statement"))
                .list();
    }
}
