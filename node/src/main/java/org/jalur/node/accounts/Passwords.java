package org.jalur.node.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jalur.log.Hash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Signing in by name and password, closed to guessing without telling which names exist: an unknown
 * name costs the same work, fails with the same words, and is locked after as many tries.
 */
@Component
public class Passwords {
    /** After this long a failed try is forgotten. */
    static final Duration MEMORY = Duration.ofMinutes(15);

    /**
     * The fewest characters of a password; NIST SP 800-63B-4 §3.1.1.2 asks for 15 as only factor.
     */
    public static final int SHORTEST = 15;

    private static final int LONGEST = 200;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    /** OWASP's parameters for Argon2id: 19 MiB, two passes, one lane. */
    private static final Argon2PasswordEncoder ARGON2 =
            new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    /** Each check takes 19 MiB: guessers wait for each other, not for the memory of the node. */
    private final Semaphore gate = new Semaphore(2, true);

    private final String nobody = hash(fresh());
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final Clock clock;

    Passwords(Accounts accounts, JdbcClient jdbc, Clock clock) {
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How often each of them may fail within {@link #MEMORY}. */
    private record Limit(byte[] what, int most) {}

    private static List<Limit> limits(String name, String address) {
        String known = name.toLowerCase(Locale.ROOT);
        return List.of(
                new Limit(digest("name and address", known + "\n" + address), 5),
                new Limit(digest("name", known), 50),
                new Limit(digest("address", address), 50));
    }

    private static byte[] digest(String kind, String value) {
        return Hash.sha256((kind + "\n" + value).getBytes(UTF_8)).bytes();
    }

    /** Who signs in; empty for a wrong name, a wrong password and too many tries alike. */
    Optional<Caller> check(String name, String password, String address) {
        if (isLocked(name, address) || password.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<Accounts.Credentials> credentials = accounts.credentials(name);
        boolean right =
                matches(password, credentials.map(Accounts.Credentials::password).orElse(nobody));
        if (right && credentials.isPresent()) {
            forget(limits(name, address).getFirst());
            return credentials.map(Accounts.Credentials::caller);
        }
        limits(name, address).forEach(this::remember);
        return Optional.empty();
    }

    /** Whether a signed-in person knows the password of the account. */
    public boolean knows(UUID account, String password, String address) {
        return check(accounts.name(account), password, address).isPresent();
    }

    private boolean matches(String password, String hash) {
        gate.acquireUninterruptibly();
        try {
            return ARGON2.matches(password, hash);
        } finally {
            gate.release();
        }
    }

    private boolean isLocked(String name, String address) {
        return limits(name, address).stream().anyMatch(limit -> failures(limit) >= limit.most());
    }

    private int failures(Limit limit) {
        return jdbc.sql("select count(*) from sign_in_failures where what = :what and at > :since")
                .param("what", limit.what())
                .param("since", since().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    private void remember(Limit limit) {
        jdbc.sql("insert into sign_in_failures (what, at) values (:what, :now)")
                .param("what", limit.what())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void forget(Limit limit) {
        jdbc.sql("delete from sign_in_failures where what = :what")
                .param("what", limit.what())
                .update();
    }

    private Instant since() {
        return clock.instant().minus(MEMORY);
    }

    @Scheduled(fixedDelay = 600_000)
    void forgetOldFailures() {
        jdbc.sql("delete from sign_in_failures where at < :since")
                .param("since", since().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Gives the account a new random password and returns it; it is shown once. */
    public String renew(UUID account) {
        String password = fresh();
        set(account, password);
        return password;
    }

    /**
     * @throws IllegalArgumentException if it is shorter or longer than a password may be
     */
    public void set(UUID account, String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the password has %d characters; use %d to %d"
                            .formatted(password.length(), SHORTEST, LONGEST));
        }
        accounts.keepPassword(account, hash(password));
    }

    /** As it is kept: Argon2id with its parameters and salt. */
    public static String hash(String password) {
        return ARGON2.encode(password);
    }

    /** 20 characters that are easy to tell apart: 99 bits. */
    public static String fresh() {
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            if (i > 0 && i % 5 == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
