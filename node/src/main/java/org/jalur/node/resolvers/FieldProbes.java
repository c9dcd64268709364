package org.jalur.node.resolvers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Probes in providers' networks: their keys, and which resolvers each may answer for. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class FieldProbes {
    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final ResolverRegister register;
    private final Clock clock;

    FieldProbes(JdbcClient jdbc, ResolverRegister register, Clock clock) {
        this.jdbc = jdbc;
        this.register = register;
        this.clock = clock;
    }

    /**
     * @param key its fingerprint, as operators compare it
     * @param askedAt when it asked last for tasks; empty: never
     */
    record FieldProbe(
            UUID id,
            String name,
            String key,
            List<UUID> resolvers,
            String registeredBy,
            Instant registeredAt,
            Optional<Instant> askedAt,
            Optional<Instant> removedAt) {
        static FieldProbe from(ResultSet row, int number) throws SQLException {
            return new FieldProbe(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    PublicSigningKey.of(row.getBytes("key")).fingerprint().hex(),
                    Arrays.asList((UUID[]) row.getArray("resolvers").getArray()),
                    row.getString("registered_by"),
                    time(row, "registered_at").orElseThrow(),
                    time(row, "asked_at"),
                    time(row, "removed_at"));
        }

        private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
            return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
        }
    }

    List<FieldProbe> all() {
        return jdbc.sql(
                        """
                        select probes.*, asked_at, removed_at,
                            array(select resolver from field_probe_resolvers where probe = id order by 1) as resolvers
                        from field_probes probes join field_probe_states on probe = id order by name
                        """)
                .query(FieldProbe::from)
                .list();
    }

    /** One that is not removed. */
    Optional<FieldProbe> active(UUID id) {
        return all().stream()
                .filter(one -> one.id().equals(id) && one.removedAt().isEmpty())
                .findFirst();
    }

    Optional<PublicSigningKey> key(UUID id) {
        return jdbc.sql(
                        """
                        select key from field_probes join field_probe_states on probe = id
                        where id = :id and removed_at is null
                        """)
                .param("id", id)
                .query((row, _) -> PublicSigningKey.of(row.getBytes("key")))
                .optional();
    }

    /**
     * @param key its public key, 32 octets in base64url, as {@code ./jalur probe key} prints it
     * @param resolvers at least one, each asked from a probe
     */
    @Transactional
    public UUID register(String name, String key, Set<UUID> resolvers, Caller admin) {
        String called = name.strip();
        if (called.isEmpty() || called.length() > TypedResolver.LONGEST) {
            throw unfit("probe-name", "The probe needs a name of at most 200 characters.");
        }
        PublicSigningKey read = key(key);
        if (resolvers.isEmpty()) {
            throw unfit(
                    "probe-resolvers", "Name at least one resolver that the probe answers for.");
        }
        resolvers.forEach(one -> {
            if (register.one(one).askedFrom() != Resolver.AskedFrom.PROBE) {
                throw unfit(
                        "probe-resolver",
                        "Resolver %s is asked by this node, not by a probe; change its entry first."
                                .formatted(one),
                        register.one(one).name());
            }
        });
        register.hold();
        if (all().size() >= MOST) {
            throw unfit("too-many-probes", "There are %d probes, the most.".formatted(MOST), MOST);
        }
        UUID id = UUID.randomUUID();
        int added =
                jdbc.sql(
                                """
                                insert into field_probes (id, name, key, registered_by, registered_at)
                                values (:id, :name, :key, :by, :now) on conflict do nothing
                                """)
                        .param("id", id)
                        .param("name", called)
                        .param("key", read.raw())
                        .param("by", admin.pseudonym())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (added == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "probe-known",
                    "A probe has the name \"%s\" or this key already.".formatted(called),
                    called);
        }
        jdbc.sql("insert into field_probe_states (probe) values (:id)").param("id", id).update();
        resolvers.forEach(one ->
                jdbc.sql("insert into field_probe_resolvers values (:probe, :resolver)")
                        .param("probe", id)
                        .param("resolver", one)
                        .update());
        return id;
    }

    private static PublicSigningKey key(String text) {
        try {
            return PublicSigningKey.of(Base64.getUrlDecoder().decode(text.strip()));
        } catch (IllegalArgumentException | UntrustedKeyException e) {
            throw unfit(
                    "probe-key",
                    "The key is \"%s\"; give the 43 characters that ./jalur probe key prints."
                            .formatted(text.strip()),
                    text.strip());
        }
    }

    @Transactional
    public void remove(UUID id) {
        int removed =
                jdbc.sql(
                                """
                                update field_probe_states set removed_at = :now where probe = :id and removed_at is null
                                """)
                        .param("id", id)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (removed == 0) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-probe",
                    "There is no probe %s.".formatted(id),
                    id);
        }
    }

    private static ProblemException unfit(String type, String sentence, Object... values) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, type, sentence, values);
    }
}
