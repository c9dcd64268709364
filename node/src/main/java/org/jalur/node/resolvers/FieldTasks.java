package org.jalur.node.resolvers;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.measure.Testimony;
import org.jalur.access.text.ProbeRequest;
import org.jalur.access.text.ProbeResult;
import org.jalur.access.text.ProbeTask;
import org.jalur.channel.Jws;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.PublicSigningKey;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.WorkingKeys;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tasks for probes in providers' networks, and what comes back. Both are signed; a result counts
 * once, for a name of a task that was given to this probe, while the task runs.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class FieldTasks {
    /** How long a probe has for a task. */
    static final Duration TERM = Duration.ofMinutes(5);

    /** How far a probe's clock may be from this node's. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final FieldProbes probes;
    private final ProbeCalls calls;
    private final ResolverRegister register;
    private final AskedAddresses addresses;
    private final WatchedNames watched;
    private final Judging judging;
    private final Controls controls;
    private final Readings readings;
    private final LiftMeasuring lifts;
    private final OwnKeys keys;
    private final TransactionTemplate transactions;
    private final Clock clock;

    FieldTasks(
            JdbcClient jdbc,
            FieldProbes probes,
            ProbeCalls calls,
            ResolverRegister register,
            AskedAddresses addresses,
            WatchedNames watched,
            Judging judging,
            Controls controls,
            Readings readings,
            LiftMeasuring lifts,
            OwnKeys keys,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.probes = probes;
        this.calls = calls;
        this.register = register;
        this.addresses = addresses;
        this.watched = watched;
        this.judging = judging;
        this.controls = controls;
        this.readings = readings;
        this.lifts = lifts;
        this.keys = keys;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * @param statement key statement of this node: a probe pins the identity that signed it
     * @param tasks each signed with the message key of the statement
     * @param pauseSeconds until the probe asks again
     */
    record Given(String statement, List<String> tasks, long pauseSeconds) {}

    /** A task as it was given. */
    private record Task(
            UUID id,
            UUID probe,
            UUID resolver,
            List<String> names,
            Instant givenAt,
            Instant expiresAt) {
        static Task from(ResultSet row, int number) throws SQLException {
            return new Task(
                    row.getObject("id", UUID.class),
                    row.getObject("probe", UUID.class),
                    row.getObject("resolver", UUID.class),
                    Arrays.asList((String[]) row.getArray("names").getArray()),
                    row.getObject("given_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant());
        }
    }

    /**
     * @throws ProblemException 400, 401, 409, 429: the request is malformed, of nobody known, was
     *     made already, or comes too often
     */
    @Transactional
    public Given give(String compact) {
        Jws jws = parse(compact, Jws.Type.PROBE_REQUEST);
        ProbeRequest request = read(() -> ProbeRequest.read(jws.payload()));
        requireSignedAndNotTooOften(jws, request.probe());
        Instant now = clock.instant();
        if (Duration.between(request.at(), now).abs().compareTo(SKEW) > 0) {
            throw new ProblemException(
                    HttpStatus.UNAUTHORIZED,
                    "stale-request",
                    "The request is of %s, and it is %s; set the probe's clock."
                            .formatted(request.at(), now));
        }
        int first =
                jdbc.sql(
                                """
                                update field_probe_states set asked_at = :at
                                where probe = :probe and (asked_at is null or asked_at < :at)
                                """)
                        .param("at", request.at().atOffset(ZoneOffset.UTC))
                        .param("probe", request.probe())
                        .update();
        if (first == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "request-repeated",
                    "A request of %s or later was made already; sign a new one."
                            .formatted(request.at()));
        }
        WorkingKeys own = keys.current();
        List<String> tasks = new ArrayList<>();
        Optional<Duration> pause = watched.pause();
        if (pause.isPresent() && controls.exist()) {
            for (Resolver resolver : resolvers(request.probe())) {
                task(request.probe(), resolver, pause.get(), now)
                        .map(task ->
                                Jws.sign(Jws.Type.PROBE_TASK, task.octets(), own.message())
                                        .compact())
                        .ifPresent(tasks::add);
            }
        }
        return new Given(
                own.signedStatement(),
                tasks,
                pause.map(one -> Math.max(1, Math.min(30, one.toSeconds()))).orElse(30L));
    }

    private List<Resolver> resolvers(UUID probe) {
        return probes.active(probe).orElseThrow().resolvers().stream()
                .flatMap(one -> register.find(one).stream())
                .filter(one ->
                        one.counts()
                                && one.askedFrom() == Resolver.AskedFrom.PROBE
                                && addresses.allow(one.address()))
                .toList();
    }

    /** A resolver's names that it was not asked for of late; a running task is not given twice. */
    private Optional<ProbeTask> task(UUID probe, Resolver resolver, Duration pause, Instant now) {
        List<DomainName> recent =
                jdbc.sql(
                                """
                                select distinct unnest(names) as name from field_tasks
                                where probe = :probe and resolver = :resolver and given_at > :since
                                    and given_at >= coalesce((select max(since) from watched_names), '-infinity')
                                """)
                        .param("probe", probe)
                        .param("resolver", resolver.id())
                        .param("since", now.minus(pause).atOffset(ZoneOffset.UTC))
                        .query((row, _) -> Subdomains.row(new DomainName(row.getString("name"))))
                        .list();
        List<DomainName> names =
                watched.oldest(resolver.id(), 1_000).stream()
                        .filter(name -> !recent.contains(name))
                        .limit(ProbeTask.NAMES)
                        .map(name -> Subdomains.asked(name, RANDOM))
                        .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var task =
                new ProbeTask(
                        UUID.randomUUID(),
                        probe,
                        resolver.address(),
                        resolver.port(),
                        names,
                        judging.canary(resolver),
                        now.plus(TERM));
        jdbc.sql(
                        """
                        insert into field_tasks (id, probe, resolver, names, given_at, expires_at)
                        values (:id, :probe, :resolver, :names, :now, :expires)
                        """)
                .param("id", task.id())
                .param("probe", probe)
                .param("resolver", resolver.id())
                .param("names", names.stream().map(DomainName::ascii).toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expires", task.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        return Optional.of(task);
    }

    /**
     * Takes one result in.
     *
     * @throws ProblemException 400, 401, 403, 409, 410, 429: malformed, not signed by the probe,
     *     for no task of its own, known already, too late, or too often
     */
    void take(String compact) throws InterruptedException {
        Jws jws = parse(compact, Jws.Type.PROBE_RESULT);
        ProbeResult result = read(() -> ProbeResult.read(jws.payload()));
        requireSignedAndNotTooOften(jws, result.probe());
        Task task = task(result);
        Instant now = clock.instant();
        if (now.isAfter(task.expiresAt())) {
            throw new ProblemException(
                    HttpStatus.GONE,
                    "task-over",
                    "Task %s ran until %s; ask for another."
                            .formatted(task.id(), task.expiresAt()));
        }
        Instant asked = result.testimony().askedAt();
        if (asked.isBefore(task.givenAt().minus(SKEW)) || asked.isAfter(now.plus(SKEW))) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "time-out-of-task",
                    "The result was asked at %s, and the task was given at %s; set the probe's clock."
                            .formatted(asked, task.givenAt()));
        }
        Resolver resolver =
                register.find(task.resolver())
                        .filter(Resolver::counts)
                        .orElseThrow(() -> notGiven(result));
        Readings.Row row =
                judging.row(
                        resolver,
                        result.name(),
                        within(result, task, now),
                        Readings.Source.PROBE,
                        probes.active(result.probe()).orElseThrow(() -> notGiven(result)).name());
        // The control resolver was asked before this, so that no transaction waits for it.
        transactions.executeWithoutResult(_ -> keep(result, compact, row, now));
        lifts.read();
    }

    private void keep(ProbeResult result, String compact, Readings.Row row, Instant now) {
        int added =
                jdbc.sql(
                                """
                                insert into field_results (task, name, jws, arrived_at) values (:task, :name, :jws, :now)
                                on conflict do nothing
                                """)
                        .param("task", result.task())
                        .param("name", result.name().ascii())
                        .param("jws", compact)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update();
        if (added == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "result-repeated",
                    "There is a result for %s in task %s already."
                            .formatted(result.name(), result.task()));
        }
        readings.add(row);
    }

    /** A probe's clock is a claim: it asked after it was told to, and before it answered. */
    private static Testimony within(ProbeResult result, Task task, Instant now) {
        Instant asked = result.testimony().askedAt();
        Instant bounded =
                asked.isBefore(task.givenAt()) ? task.givenAt() : asked.isAfter(now) ? now : asked;
        return new Testimony(
                bounded,
                result.testimony().canary(),
                result.testimony().serial(),
                result.testimony().heard());
    }

    private Task task(ProbeResult result) {
        return jdbc.sql("select * from field_tasks where id = :id and probe = :probe")
                .param("id", result.task())
                .param("probe", result.probe())
                .query(Task::from)
                .optional()
                .filter(task -> task.names().contains(result.name().ascii()))
                .orElseThrow(() -> notGiven(result));
    }

    private static ProblemException notGiven(ProbeResult result) {
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "no-such-task",
                "Probe %s was given no task %s for %s."
                        .formatted(result.probe(), result.task(), result.name()));
    }

    private void requireSignedAndNotTooOften(Jws jws, UUID probe) {
        Optional<PublicSigningKey> key = probes.key(probe);
        if (key.isEmpty() || !jws.isSignedBy(key.get())) {
            throw new ProblemException(
                    HttpStatus.UNAUTHORIZED,
                    "unknown-probe-key",
                    "No probe %s with this key is registered here.".formatted(probe));
        }
        calls.admit(probe);
    }

    private static Jws parse(String compact, Jws.Type type) {
        return read(() -> Jws.parse(compact, type));
    }

    private static <T> T read(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (MalformedMessageException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "malformed", String.valueOf(e.getMessage()));
        }
    }
}
