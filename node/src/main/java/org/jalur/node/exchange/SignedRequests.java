package org.jalur.node.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.SignedRequest;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Answer.Reason;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.Register;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Who asks, for the calls that are not themselves a message: see {@link SignedRequest}. */
@Component
class SignedRequests {
    /**
     * A key statement that the peer may not have received yet: what is queued before it may need a
     * request of its own.
     */
    static final String STATEMENT = "Jalur-Keys";

    private final JdbcClient jdbc;
    private final Register register;
    private final OwnKeys keys;
    private final Channels channels;
    private final KeySets keySets;
    private final Clock clock;

    SignedRequests(
            JdbcClient jdbc,
            Register register,
            OwnKeys keys,
            Channels channels,
            KeySets keySets,
            Clock clock) {
        this.jdbc = jdbc;
        this.register = register;
        this.keys = keys;
        this.channels = channels;
        this.keySets = keySets;
        this.clock = clock;
    }

    /** The {@code Authorization} header of a request of this node. */
    String authorization(Channel channel, String path, byte[] body) {
        var request =
                new SignedRequest(
                        channel.local(),
                        channel.peer(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        UUID.randomUUID(),
                        "POST",
                        path,
                        Hash.sha256(body));
        return SignedRequest.SCHEME + " " + request.sign(keys.current().message()).compact();
    }

    /** The own statement that goes along while the message that announces it is on its way. */
    Optional<String> statement(Channel channel) {
        return keySets.onItsWay(channel);
    }

    /**
     * The channel of the peer that signed this request.
     *
     * @throws ChannelProblemException if nobody did, or not this request, or not now
     */
    Channel check(HttpServletRequest http, String path, byte[] body) {
        @Nullable String authorization = http.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.startsWith(SignedRequest.SCHEME + " ")) {
            throw new ChannelProblemException(
                    Reason.UNKNOWN_PARTY,
                    "This call needs an Authorization header of scheme Jalur.");
        }
        Jws jws;
        SignedRequest request;
        try {
            jws =
                    Jws.parse(
                            authorization.substring(SignedRequest.SCHEME.length() + 1),
                            Jws.Type.REQUEST);
            request = SignedRequest.parse(jws);
        } catch (MalformedMessageException e) {
            throw new ChannelProblemException(
                    Reason.MALFORMED, Optional.ofNullable(e.getMessage()).orElse(""));
        }
        Channel channel =
                channels.with(request.from())
                        .orElseThrow(() ->
                                new ChannelProblemException(
                                        Reason.UNKNOWN_PARTY,
                                        request.from() + " is not a pinned peer of this node."));
        KeyStatement statement = statement(channel, http.getHeader(STATEMENT));
        if (!jws.isSignedBy(statement.key(KeyStatement.Use.MESSAGE))) {
            throw new ChannelProblemException(
                    Reason.BAD_SIGNATURE,
                    "The request is not signed with the present message key of %s."
                            .formatted(channel.peer()));
        }
        if (!request.to().equals(register.own())
                || !request.method().equals("POST")
                || !request.path().equals(path)
                || !request.body().equals(Hash.sha256(body))) {
            throw new ChannelProblemException(
                    Reason.BAD_SIGNATURE, "The signature is over another request than this one.");
        }
        if (!request.isFreshAt(clock.instant())) {
            throw new ChannelProblemException(
                    Reason.TIME_IN_FUTURE,
                    "The request says %s; here it is %s. Requests are fresh for %d minutes."
                            .formatted(
                                    request.time(),
                                    clock.instant(),
                                    SignedRequest.FRESHNESS.toMinutes()));
        }
        int first =
                jdbc.sql(
                                "insert into request_nonces (nonce, seen_at) values (:nonce, :now) on conflict do nothing")
                        .param("nonce", request.nonce())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (first == 0) {
            throw new ChannelProblemException(Reason.ID_REUSED, "This request was made before.");
        }
        return channel;
    }

    /**
     * The newest statement of a peer: the one received last, or one that comes with the request. It
     * proves itself by the pinned identity, as in a message, and an older one counts for nothing.
     */
    private KeyStatement statement(Channel channel, @Nullable String shown) {
        KeyStatement received =
                keySets.newest(channel)
                        .orElseThrow(() ->
                                new ChannelProblemException(
                                        Reason.UNKNOWN_KEY,
                                        "No key statement of %s has been received."
                                                .formatted(channel.peer())));
        if (shown == null) {
            return received;
        }
        try {
            KeyStatement fresh = keySets.open(channel, shown);
            return fresh.serial() > received.serial() ? fresh : received;
        } catch (MalformedMessageException | UntrustedKeyException e) {
            throw new ChannelProblemException(
                    Reason.UNKNOWN_KEY, Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    @Scheduled(fixedDelay = 60_000)
    void forgetOldNonces() {
        jdbc.sql("delete from request_nonces where seen_at < :limit")
                .param(
                        "limit",
                        clock.instant()
                                .minus(SignedRequest.FRESHNESS.multipliedBy(3))
                                .atOffset(ZoneOffset.UTC))
                .update();
    }
}
