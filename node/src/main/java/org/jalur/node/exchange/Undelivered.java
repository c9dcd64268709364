package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Message;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Outbox.UnacceptableReceiptException;
import org.jalur.node.register.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages whose direct delivery fails, for whoever knows another way to the peer. Whichever way
 * the receipt comes back, it is checked and counts alike.
 */
@Component
public class Undelivered {
    private static final Logger log = LoggerFactory.getLogger(Undelivered.class);

    private final JdbcClient jdbc;
    private final Register register;
    private final Outbox outbox;
    private final JsonMapper json;

    Undelivered(JdbcClient jdbc, Register register, Outbox outbox, JsonMapper json) {
        this.jdbc = jdbc;
        this.register = register;
        this.outbox = outbox;
        this.json = json;
    }

    /**
     * A message without receipt.
     *
     * @param about the notice that it is about
     * @param since when it was signed
     * @param allowance its deadline, from the receipt to the decision; absent where it has none
     * @param nextRelayAt not before this is it given to somebody else again
     */
    public record Waiting(
            long row,
            Channel channel,
            Message message,
            Optional<UUID> about,
            Instant since,
            Optional<Duration> allowance,
            Instant nextRelayAt) {}

    /**
     * The first messages of a channel whose direct tries fail, in order, as far as the journal has
     * them under a checkpoint.
     */
    public List<Waiting> of(Channel channel, int most) {
        return jdbc.sql(
                        """
                        select %s, about, allowance_seconds, next_relay_at
                        from outbox join messages on messages.id = outbox.message
                        join channels on channels.id = outbox.channel
                        where outbox.channel = :channel and integrated and failing_since is not null
                        order by outbox.seq limit :most
                        """
                                .formatted(StoredMessage.COLUMNS))
                .param("channel", channel.id())
                .param("most", most)
                .query((row, number) -> waiting(channel, row, number))
                .list();
    }

    private static Waiting waiting(Channel channel, ResultSet row, int number) throws SQLException {
        StoredMessage stored = StoredMessage.from(row, number);
        long allowance = row.getLong("allowance_seconds");
        OffsetDateTime next = row.getObject("next_relay_at", OffsetDateTime.class);
        return new Waiting(
                stored.row(),
                channel,
                stored.parsed(),
                Optional.ofNullable(row.getObject("about", UUID.class)),
                stored.recordedAt(),
                Optional.of(allowance).filter(seconds -> seconds > 0).map(Duration::ofSeconds),
                next.toInstant());
    }

    /**
     * Keeps a message for whoever hands it in now.
     *
     * @return whether nobody else did meanwhile, and it still has no receipt
     */
    public boolean claim(Waiting message, Instant until) {
        return jdbc.sql(
                                """
                                update outbox set next_relay_at = :until
                                where message = :message and next_relay_at = :seen
                                """)
                        .param("until", until.atOffset(ZoneOffset.UTC))
                        .param("message", message.row())
                        .param("seen", message.nextRelayAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Not before this is the message handed in again. */
    public void again(Waiting message, Instant at) {
        jdbc.sql("update outbox set next_relay_at = :at where message = :message")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("message", message.row())
                .update();
    }

    /** The own signed statement that names the key of a message. */
    public Optional<String> keysOf(Waiting message) {
        Hash identity = Hash.parseHex(register.ownParty().identity());
        return jdbc
                .sql(
                        """
                        select statement from key_sets where channel = :channel and direction = 'out'
                        order by from_seq desc
                        """)
                .param("channel", message.channel().id())
                .query((row, _) -> row.getString("statement"))
                .list()
                .stream()
                .filter(statement ->
                        KeyStatement.open(statement, register.own(), identity)
                                .key(KeyStatement.Use.MESSAGE)
                                .kid()
                                .equals(message.message().jws().kid()))
                .findFirst();
    }

    /**
     * Takes the receipt out of what the peer's node answered to this message alone.
     *
     * @return whether the message is delivered by it
     */
    public boolean answered(Waiting message, byte[] answer) {
        Optional<String> receipt;
        try {
            receipt =
                    json.readValue(answer, Wire.Results.class).results().stream()
                            .findFirst()
                            .flatMap(Wire.Result::receipt);
        } catch (JacksonException e) {
            return false;
        }
        return receipt.isPresent() && delivered(message, receipt.get());
    }

    private boolean delivered(Waiting message, String receipt) {
        Optional<StoredMessage> stored =
                outbox.waiting(message.channel(), message.message().manifest().id());
        if (stored.isEmpty()) {
            return false;
        }
        try {
            Outbox.Verified verified = outbox.verify(message.channel(), stored.get(), receipt);
            return outbox.delivered(message.channel(), List.of(verified)) == 1;
        } catch (UnacceptableReceiptException e) {
            log.warn(
                    "message {} to {}: {}",
                    message.row(),
                    message.channel().peer(),
                    e.getMessage());
            return false;
        }
    }
}
