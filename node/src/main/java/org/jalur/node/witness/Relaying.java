package org.jalur.node.witness;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.log.Cosignature;
import org.jalur.log.Hash;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Undelivered;
import org.jalur.node.exchange.Undelivered.Waiting;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.JournalSearch;
import org.jalur.node.register.Register;
import org.jalur.node.web.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has an independent witness hand on what direct tries did not deliver in time: first the message
 * is journaled as tendered, then it goes out, then the witness's statement is kept. Direct tries go
 * on beside it.
 */
@Component
class Relaying implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Relaying.class);

    /** Each after twice the time of the one before. */
    private static final int MOST_TRIES = 3;

    /** The window of a stream: a step about the last message in it is tendered too. */
    private static final int AT_ONCE = 64;

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration CLAIM = Duration.ofMinutes(2);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration WITHOUT_DEADLINE = Duration.ofMinutes(5);
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Optional<AskedWitness> relay;
    private final Optional<Duration> after;
    private final Channels channels;
    private final Register register;
    private final Undelivered undelivered;
    private final RelayStatements statements;
    private final JournalSearch journal;
    private final WitnessClient client;
    private final Clock clock;
    private final Workers threads = new Workers();

    Relaying(
            JalurSettings settings,
            Witnesses witnesses,
            Channels channels,
            Register register,
            Undelivered undelivered,
            RelayStatements statements,
            JournalSearch journal,
            WitnessClient client,
            Clock clock) {
        this.relay = Optional.ofNullable(settings.relay()).map(one -> named(one, witnesses));
        this.after = Optional.ofNullable(settings.relay()).flatMap(one -> after(one));
        this.channels = channels;
        this.register = register;
        this.undelivered = undelivered;
        this.statements = statements;
        this.journal = journal;
        this.client = client;
        this.clock = clock;
    }

    private static Optional<Duration> after(JalurSettings.Relay relay) {
        return Optional.ofNullable(relay.after());
    }

    private static AskedWitness named(JalurSettings.Relay relay, Witnesses witnesses) {
        return witnesses
                .independent(relay.witness())
                .orElseThrow(() ->
                        new IllegalStateException(
                                "jalur.relay.witness is \"%s\", which is no witness with an address in jalur.witness-policy"
                                        .formatted(relay.witness())));
    }

    @Override
    public void start() {
        threads.begin();
        relay.ifPresent(witness -> {
            for (Channel channel : channels.all()) {
                // Nobody can call a peer that only pulls.
                if (register.peer(channel.peer()).orElseThrow().delivery()
                        != JalurSettings.Delivery.PULLED) {
                    threads.start(
                            "relay-" + channel.peer(), () -> relayWhileRunning(witness, channel));
                }
            }
        });
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void relayWhileRunning(AskedWitness witness, Channel channel) {
        while (threads.isRunning()) {
            Duration pause = IDLE;
            try {
                relayWhatIsDue(witness, channel);
            } catch (IOException e) {
                log.warn("witness {} hands nothing on: {}", witness.name(), e.getMessage());
                pause = AGAIN;
            } catch (RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("relaying to {} stands still", channel.peer(), e);
                    pause = AGAIN;
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What is due takes along what stands before it: the peer handles messages in order. */
    private void relayWhatIsDue(AskedWitness witness, Channel channel) throws IOException {
        List<Waiting> waiting = undelivered.of(channel, AT_ONCE);
        Instant now = clock.instant();
        int due = waiting.size();
        while (due > 0
                && waiting.get(due - 1).since().plus(patience(waiting.get(due - 1))).isAfter(now)) {
            due--;
        }
        List<Waiting> tendered = new ArrayList<>();
        for (Waiting message : waiting.subList(0, due)) {
            if (journal.has(EntryKind.TENDERED, message.message().jws().digest())) {
                tendered.add(message);
            } else {
                statements.tender(message, witness.name());
            }
        }
        // After all entries: a witness that is busy holds up none of them.
        for (Waiting message : tendered) {
            if (!message.nextRelayAt().isAfter(now)
                    && undelivered.claim(message, now.plus(CLAIM))) {
                relay(witness, message);
            }
        }
    }

    private Duration patience(Waiting message) {
        return after.orElseGet(() ->
                message.allowance()
                        .map(allowance -> allowance.dividedBy(4))
                        .map(quarter -> quarter.compareTo(LEAST) < 0 ? LEAST : quarter)
                        .orElse(WITHOUT_DEADLINE));
    }

    private void relay(AskedWitness witness, Waiting message) throws IOException {
        Optional<String> keys = undelivered.keysOf(message);
        if (keys.isEmpty()) {
            undelivered.again(message, NEVER);
            log.warn("message {} is signed with a key that no own statement names", message.row());
            return;
        }
        try {
            WitnessClient.Relayed relayed = client.relay(witness, keys.get(), message.message());
            SignedRelay signed = checked(witness, message, relayed.statement());
            statements.keep(message, witness.name(), signed);
            int tries = statements.count(message.row());
            undelivered.again(
                    message,
                    tries < MOST_TRIES
                            ? message.since().plus(patience(message).multipliedBy(1L << tries))
                            : NEVER);
            boolean delivered =
                    answer(signed, relayed)
                            .filter(octets -> undelivered.answered(message, octets))
                            .isPresent();
            log.info(
                    "witness {} handed message {} on: {}{}",
                    witness.name(),
                    message.row(),
                    signed.statement().outcome().word(),
                    delivered ? ", with its receipt" : "");
        } catch (IOException e) {
            undelivered.again(message, clock.instant().plus(AGAIN));
            throw e;
        }
    }

    /** A statement that the witness did not sign, or about another message, is as good as none. */
    private static SignedRelay checked(AskedWitness witness, Waiting message, String text)
            throws IOException {
        try {
            SignedRelay signed = SignedRelay.parse(text);
            boolean about =
                    signed.statement()
                            .isAbout(message.message().jws(), message.message().manifest());
            if (about
                    && !Cosignature.on(signed.note(), witness.keys().toArray(NoteVerifier[]::new))
                            .isEmpty()) {
                return signed;
            }
            throw new IOException("its statement is not about this message, or not signed by it");
        } catch (MalformedMessageException | MalformedNoteException | UntrustedNoteException e) {
            throw new IOException("its statement does not hold: " + e.getMessage(), e);
        }
    }

    /** The node's answer as the statement names it, or nothing. */
    private static Optional<byte[]> answer(SignedRelay signed, WitnessClient.Relayed relayed)
            throws IOException {
        if (relayed.answer().isEmpty()
                || !(signed.statement().outcome() instanceof RelayOutcome.Answered answered)) {
            return Optional.empty();
        }
        try {
            byte[] octets = Base64.getDecoder().decode(relayed.answer().get());
            return Optional.of(octets).filter(one -> Hash.sha256(one).equals(answered.answer()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the answer that it passes on is not base64", e);
        }
    }
}
