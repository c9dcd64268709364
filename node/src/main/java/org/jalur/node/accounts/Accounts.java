package org.jalur.node.accounts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts and their API tokens. A token is 256 random bits, so its SHA-256 is enough to keep:
 * there is nothing to guess.
 */
@Component
class Accounts {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "jalur_";

    private final JdbcClient jdbc;
    private final Register register;
    private final Clock clock;

    Accounts(JdbcClient jdbc, Register register, Clock clock) {
        this.jdbc = jdbc;
        this.register = register;
        this.clock = clock;
    }

    /** An account as its admin sees it. */
    record Account(UUID id, String name, String role, String pseudonym, Instant createdAt) {
        static Account from(ResultSet row, int number) throws SQLException {
            return new Account(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("role"),
                    row.getString("pseudonym"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant());
        }
    }

    /** A token as its admin sees it: never the token itself. */
    record Token(
            UUID id, UUID account, String label, Instant createdAt, Optional<Instant> revokedAt) {
        static Token from(ResultSet row, int number) throws SQLException {
            return new Token(
                    row.getObject("id", UUID.class),
                    row.getObject("account", UUID.class),
                    row.getString("label"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }
    }

    Optional<Caller> caller(String token) {
        return jdbc.sql(
                        """
                        select account, role, pseudonym from tokens join accounts on accounts.id = account
                        where hash = :hash and revoked_at is null and disabled_at is null
                            and (expires_at is null or expires_at > :now)
                        """)
                .param("hash", hash(token))
                .param("now", now())
                .query((row, _) ->
                        new Caller(
                                row.getObject("account", UUID.class),
                                Role.of(row.getString("role")).orElseThrow(),
                                row.getString("pseudonym")))
                .optional();
    }

    /** Makes an account unless one of this name exists. */
    @Transactional
    UUID open(String name, Role role) {
        if (!role.exists(register.isAuthority())) {
            throw new IllegalArgumentException(
                    "role %s does not exist on this node; it hosts a %s"
                            .formatted(
                                    role.wire(),
                                    register.ownParty().kind().name().toLowerCase(Locale.ROOT)));
        }
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        jdbc.sql(
                        """
                        insert into accounts (id, name, role, pseudonym, created_at)
                        values (:id, :name, :role, :pseudonym, :now) on conflict (name) do nothing
                        """)
                .param("id", UUID.randomUUID())
                .param("name", name)
                .param("role", role.wire())
                .param("pseudonym", role.wire() + "-" + HexFormat.of().formatHex(random))
                .param("now", now())
                .update();
        return jdbc.sql("select id from accounts where name = :name")
                .param("name", name)
                .query(UUID.class)
                .single();
    }

    /** Makes a token and returns it; it is shown once. */
    String issue(UUID account, String label) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        keep(account, label, token);
        return token;
    }

    void keep(UUID account, String label, String token) {
        jdbc.sql(
                        """
                        insert into tokens (id, account, label, hash, created_at)
                        values (:id, :account, :label, :hash, :now)
                        on conflict (hash) do update set revoked_at = null
                        """)
                .param("id", UUID.randomUUID())
                .param("account", account)
                .param("label", label)
                .param("hash", hash(token))
                .param("now", now())
                .update();
    }

    boolean revoke(UUID token) {
        return jdbc.sql("update tokens set revoked_at = :now where id = :id and revoked_at is null")
                        .param("now", now())
                        .param("id", token)
                        .update()
                == 1;
    }

    void revokeAll(String label) {
        jdbc.sql("update tokens set revoked_at = :now where label = :label and revoked_at is null")
                .param("now", now())
                .param("label", label)
                .update();
    }

    List<Account> all() {
        return jdbc.sql("select id, name, role, pseudonym, created_at from accounts order by name")
                .query(Account::from)
                .list();
    }

    List<Token> tokens() {
        return jdbc.sql(
                        "select id, account, label, created_at, revoked_at from tokens order by created_at")
                .query(Token::from)
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String token) {
        return Hash.sha256(token.getBytes(US_ASCII)).bytes();
    }
}
