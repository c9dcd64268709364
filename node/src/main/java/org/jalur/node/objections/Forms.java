package org.jalur.node.objections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The brake on programs that file: each form has a token that this node sealed when it showed the
 * form, is taken once, not sooner than anybody reads it, and not later than a day.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Forms {
    static final Duration LEAST = Duration.ofSeconds(3);
    static final Duration MOST = Duration.ofDays(1);

    /** By which the key of all tokens is found; it is never destroyed. */
    private static final UUID KEY = UUID.fromString("0f4a5b1e-7a61-4d6b-9a50-6f626a656374");

    private final DraftKeys keys;
    private final JdbcClient jdbc;
    private final Clock clock;

    Forms(DraftKeys keys, JdbcClient jdbc, Clock clock) {
        this.keys = keys;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Why a form is not taken, as its text is named. */
    enum Refusal {
        UNKNOWN,
        TOO_SOON,
        TOO_LATE
    }

    String token(UUID block) {
        byte[] sealed = keys.box(KEY).seal(block + " " + clock.instant().toEpochMilli());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Whether the form may be sent, without taking it. */
    Optional<Refusal> refusal(UUID block, String token) {
        Optional<Instant> shown = shown(block, token);
        if (shown.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN);
        }
        Duration open = Duration.between(shown.get(), clock.instant());
        if (open.compareTo(LEAST) < 0) {
            return Optional.of(Refusal.TOO_SOON);
        }
        return open.compareTo(MOST) > 0 ? Optional.of(Refusal.TOO_LATE) : Optional.empty();
    }

    private Optional<Instant> shown(UUID block, String token) {
        try {
            String[] said = keys.box(KEY).text(Base64.getUrlDecoder().decode(token)).split(" ", -1);
            return said.length == 2 && said[0].equals(block.toString())
                    ? Optional.of(Instant.ofEpochMilli(Long.parseLong(said[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ProblemException _) {
            return Optional.empty();
        }
    }

    /**
     * The secret of what a program files by a key of its own: the same for the same, and for nobody
     * without the key of this node to be worked out.
     */
    String secret(UUID block, String key, byte[] filing) {
        byte[] said = Hash.sha256((block + "\n" + key + "\n").getBytes(UTF_8), filing).bytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(keys.box(KEY).mark(said));
    }

    /** In the transaction that files; false for a form that was sent before. */
    boolean take(String token) {
        return jdbc.sql(
                                "insert into objection_forms (form, sent_at) values (:form, :now) on conflict do nothing")
                        .param("form", Hash.sha256(token.getBytes(UTF_8)).bytes())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** What is too old to be taken need not be remembered. */
    @Scheduled(fixedDelay = 3_600_000)
    void forget() {
        jdbc.sql("delete from objection_forms where sent_at < :limit")
                .param("limit", clock.instant().minus(MOST).minus(MOST).atOffset(ZoneOffset.UTC))
                .update();
    }
}
