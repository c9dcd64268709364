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
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
public class Accounts {
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
    public record Account(
            UUID id,
            String name,
            String role,
            List<String> organisations,
            String pseudonym,
            Instant createdAt,
            Optional<Instant> disabledAt,
            boolean signsIn) {
        static Account from(ResultSet row, int number) throws SQLException {
            return new Account(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("role"),
                    List.of((String[]) row.getArray("organisations").getArray()),
                    row.getString("pseudonym"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("disabled_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant),
                    row.getBoolean("signs_in"));
        }
    }

    /** A token as its admin sees it: never the token itself. */
    public record Token(
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
                .query((row, _) -> caller(row))
                .optional();
    }

    /** Makes an account unless one of this name exists. */
    @Transactional
    public UUID open(String name, Role role) {
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

    /** Of the agreements, by name: for these and no others the account files. */
    public Set<String> organisations(UUID account) {
        return Set.copyOf(
                jdbc.sql("select unnest(organisations) from accounts where id = :id")
                        .param("id", account)
                        .query((row, _) -> row.getString(1))
                        .list());
    }

    /** From now on the account files for these, and no others. */
    public void belongs(UUID account, Collection<String> organisations) {
        jdbc.sql("update accounts set organisations = :organisations where id = :id")
                .param("organisations", organisations.stream().distinct().toArray(String[]::new))
                .param("id", account)
                .update();
    }

    /** Makes a token and returns it; it is shown once. */
    public String issue(UUID account, String label) {
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

    public boolean revoke(UUID token) {
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

    public List<Account> all() {
        return jdbc.sql(
                        """
                        select id, name, role, organisations, pseudonym, created_at, disabled_at, password is not null as signs_in
                        from accounts order by name
                        """)
                .query(Account::from)
                .list();
    }

    public List<Token> tokens() {
        return jdbc.sql(
                        "select id, account, label, created_at, revoked_at from tokens order by created_at")
                .query(Token::from)
                .list();
    }

    /**
     * Who signs in under a name.
     *
     * @param password Argon2id
     */
    record Credentials(Caller caller, String password) {}

    Optional<Credentials> credentials(String name) {
        return jdbc.sql(
                        """
                        select id as account, role, pseudonym, password from accounts
                        where name = :name and password is not null and disabled_at is null
                        """)
                .param("name", name)
                .query((row, _) -> new Credentials(caller(row), row.getString("password")))
                .optional();
    }

    /** The name that colleagues on this node know the account by. */
    public String name(UUID account) {
        return jdbc.sql("select name from accounts where id = :id")
                .param("id", account)
                .query(String.class)
                .single();
    }

    void keepPassword(UUID account, String hash) {
        jdbc.sql("update accounts set password = :hash where id = :id")
                .param("hash", hash)
                .param("id", account)
                .update();
    }

    /** Nobody signs in to it or calls with its tokens any more; what it did stays. */
    public boolean disable(UUID account) {
        return jdbc.sql(
                                "update accounts set disabled_at = :now where id = :id and disabled_at is null")
                        .param("now", now())
                        .param("id", account)
                        .update()
                == 1;
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(
                row.getObject("account", UUID.class),
                Role.of(row.getString("role")).orElseThrow(),
                row.getString("pseudonym"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String token) {
        return Hash.sha256(token.getBytes(US_ASCII)).bytes();
    }
}
