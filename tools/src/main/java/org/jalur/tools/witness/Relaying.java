package org.jalur.tools.witness;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.rate.CallRate;

/**
 * Hands messages to the nodes of their receivers and signs what came of it. It needs only the
 * manifest, which has no personal content: parts never come here.
 *
 * <p>What somebody who sends to it can do: have their own signed messages carried to parties that
 * the operator named, so often. What they cannot: have any other address called, or anything else
 * sent.
 */
final class Relaying {
    private static final int AT_ONCE = 32;
    private static final int REPEATS = 6;
    private static final Duration DAY = Duration.ofDays(1);

    private final WitnessConfiguration configuration;
    private final NoteSigner[] signers;
    private final PartyNode nodes;
    private final InstantSource clock;
    private final CallRate<String> senders;
    private final CallRate<String> repeats;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Relaying(
            WitnessConfiguration configuration,
            NoteSigner[] signers,
            PartyNode nodes,
            InstantSource clock) {
        this.configuration = configuration;
        this.signers = signers.clone();
        this.nodes = nodes;
        this.clock = clock;
        this.senders =
                new CallRate<>(
                        CallRate.USUAL,
                        configuration.relaysPerMinute(),
                        configuration.relaysPerMinute(),
                        Duration.ofMinutes(1),
                        clock::millis);
        this.repeats = new CallRate<>(CallRate.USUAL, REPEATS, REPEATS, DAY, clock::millis);
    }

    /** What the witness answers to one who wants a message handed on. */
    sealed interface Answer {
        /**
         * It was tried.
         *
         * @param answer the octets of the node's answer, where there was one
         */
        record Tried(SignedRelay statement, Optional<byte[]> answer) implements Answer {}

        /** It was not tried. */
        record Refused(int status, String type, String detail) implements Answer {}
    }

    Answer relay(RelayRequest request) {
        Message message;
        try {
            message = Message.parse(request.jws(), request.leafHashes());
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return new Answer.Refused(400, "malformed", String.valueOf(e.getMessage()));
        }
        Manifest manifest = message.manifest();
        Optional<Answer> refusal = refusal(message, request.keys());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<URI> address =
                Optional.ofNullable(configuration.parties().get(manifest.to()))
                        .flatMap(WitnessConfiguration.Party::url);
        if (address.isEmpty()) {
            return new Answer.Refused(
                    404,
                    "unknown-receiver",
                    "This witness hands nothing on to %s; its operator names receivers in the configuration."
                            .formatted(manifest.to()));
        }
        // Whoever has a message can hand it in again: repeats cost the sender nothing.
        if (!repeats.admits(message.jws().digest().hex())) {
            return new Answer.Refused(
                    429,
                    "too-many-repeats",
                    "This message was handed on %d times; once more in %d hours."
                            .formatted(REPEATS, DAY.toHours() / REPEATS));
        }
        if (!senders.admits(manifest.from().value())) {
            return new Answer.Refused(
                    429,
                    "too-many-relays",
                    "%d messages of %s a minute are handed on; try again in a minute."
                            .formatted(configuration.relaysPerMinute(), manifest.from()));
        }
        if (!free.tryAcquire()) {
            return new Answer.Refused(
                    503, "busy", "%d messages are being handed on; try again.".formatted(AT_ONCE));
        }
        try {
            return relay(message, address.get(), request);
        } finally {
            free.release();
        }
    }

    /**
     * The smallest rule that makes the statement worth something: a key that the sender's pinned
     * identity has announced signed the message. Which keys are in force where in the stream only
     * the two nodes know.
     */
    private Optional<Answer> refusal(Message message, String keys) {
        Manifest manifest = message.manifest();
        Optional<Hash> identity =
                Optional.ofNullable(configuration.parties().get(manifest.from()))
                        .flatMap(WitnessConfiguration.Party::identity);
        if (identity.isEmpty()) {
            return Optional.of(
                    new Answer.Refused(
                            403,
                            "unknown-party",
                            "%s is not a pinned sender of this witness."
                                    .formatted(manifest.from())));
        }
        try {
            KeyStatement statement = KeyStatement.open(keys, manifest.from(), identity.get());
            if (message.jws().isSignedBy(statement.key(KeyStatement.Use.MESSAGE))) {
                return Optional.empty();
            }
            return Optional.of(
                    new Answer.Refused(
                            403,
                            "bad-signature",
                            "The message is not signed with the message key of statement %d of %s."
                                    .formatted(statement.serial(), manifest.from())));
        } catch (MalformedMessageException e) {
            return Optional.of(
                    new Answer.Refused(400, "malformed", String.valueOf(e.getMessage())));
        } catch (UntrustedKeyException e) {
            return Optional.of(
                    new Answer.Refused(403, "unknown-key", String.valueOf(e.getMessage())));
        }
    }

    private Answer relay(Message message, URI address, RelayRequest request) {
        Instant began = now();
        PartyNode.Told told = nodes.tell(address, request.forNode());
        RelayOutcome outcome = told.outcome();
        Instant ended = now();
        return new Answer.Tried(
                RelayStatement.of(
                                message,
                                address + PartyNode.MESSAGES,
                                began,
                                // A clock may be set back meanwhile.
                                ended.isBefore(began) ? began : ended,
                                outcome)
                        .sign(signers),
                told.answer());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
