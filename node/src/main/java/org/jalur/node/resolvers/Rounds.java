package org.jalur.node.resolvers;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.access.DomainName;
import org.jalur.access.measure.Subdomains;
import org.jalur.access.measure.Testimony;
import org.jalur.dns.ask.Asker;
import org.jalur.dns.ask.Inquiry;
import org.jalur.dns.ask.Pace;
import org.jalur.node.web.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks each resolver when its turn has come: within seconds of a change, then less often. A turn is
 * leased, so that of several processes one asks, and one that was killed is followed by another.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Rounds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    /** How many resolvers are asked at once by one process. */
    private static final int WORKERS = 8;

    /** Questions about one name: every way, the canary and the serial. */
    private static final int QUESTIONS = 14;

    private static final int SECONDS_OF_A_ROUND = 45;
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LOOK = Duration.ofMillis(500);

    private final JdbcClient jdbc;
    private final MeasureSettings settings;
    private final ResolverRegister register;
    private final WatchedNames watched;
    private final AskedAddresses addresses;
    private final Controls controls;
    private final Judging judging;
    private final Readings readings;
    private final LiftMeasuring lifts;
    private final Clock clock;
    private final Map<UUID, Pace> paces = new ConcurrentHashMap<>();
    private final Workers threads = new Workers();

    Rounds(
            JdbcClient jdbc,
            MeasureSettings settings,
            ResolverRegister register,
            WatchedNames watched,
            AskedAddresses addresses,
            Controls controls,
            Judging judging,
            Readings readings,
            LiftMeasuring lifts,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.register = register;
        this.watched = watched;
        this.addresses = addresses;
        this.controls = controls;
        this.judging = judging;
        this.readings = readings;
        this.lifts = lifts;
        this.clock = clock;
    }

    @Override
    public void start() {
        threads.begin();
        if (!controls.exist()) {
            log.info("jalur.measure.control is not set: resolvers are not measured");
            return;
        }
        for (int i = 0; i < WORKERS; i++) {
            threads.start("resolver-rounds-" + i, this::run);
        }
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void run() {
        while (threads.isRunning()) {
            try {
                Optional<UUID> due = claim();
                if (due.isPresent()) {
                    round(due.get());
                } else {
                    Thread.sleep(LOOK);
                }
            } catch (InterruptedException _) {
                // Whoever stops the node; the loop ends.
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("a resolver was not asked; trying again", e);
                    rest();
                }
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes a turn: when the next one is, whoever watches another name may say before this one
     * does. What a process left that was killed is taken when its lease has run out.
     */
    private Optional<UUID> claim() {
        return jdbc.sql(
                        """
                        update resolver_turns set lease_until = :until, next_at = 'infinity' where resolver = (
                            select resolver from resolver_turns where lease_until <= :now
                                and (next_at <= :now or lease_until > '-infinity')
                            order by next_at limit 1 for update skip locked)
                        returning resolver
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("until", clock.instant().plus(LEASE).atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getObject("resolver", UUID.class))
                .optional();
    }

    private void round(UUID id) throws InterruptedException {
        Optional<Duration> pause = watched.pause();
        try {
            Optional<Resolver> resolver = register.find(id).filter(Resolver::counts);
            if (resolver.isPresent() && pause.isPresent()) {
                if (resolver.get().askedFrom() == Resolver.AskedFrom.NODE) {
                    ask(resolver.get());
                }
                lifts.read();
            }
        } finally {
            release(id, pause);
        }
    }

    /** A change since the claim has set another time, which stays. */
    private void release(UUID id, Optional<Duration> pause) {
        jdbc.sql(
                        """
                        update resolver_turns set lease_until = '-infinity',
                            next_at = least(next_at, :next::timestamptz)
                        where resolver = :id
                        """)
                .param(
                        "next",
                        pause.map(one -> clock.instant().plus(one).toString()).orElse("infinity"))
                .param("id", id)
                .update();
    }

    private void ask(Resolver resolver) throws InterruptedException {
        if (!addresses.allow(resolver.address())) {
            log.warn(
                    "resolver {} is not asked: its address is not allowed any more", resolver.id());
            return;
        }
        var inquiry =
                new Inquiry(
                        Asker.usual(),
                        paces.computeIfAbsent(
                                resolver.id(), _ -> new Pace(settings.questionsPerSecond())),
                        clock);
        int most = Math.max(1, settings.questionsPerSecond() * SECONDS_OF_A_ROUND / QUESTIONS);
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS_OF_A_ROUND).toNanos();
        List<DomainName> names = watched.oldest(resolver.id(), most);
        for (DomainName name : names) {
            if (System.nanoTime() > end || !threads.isRunning()) {
                return;
            }
            DomainName asked = Subdomains.asked(name, RANDOM);
            Testimony testimony = inquiry.about(resolver.socket(), asked, judging.canary(resolver));
            readings.add(judging.row(resolver, asked, testimony, Readings.Source.NODE, ""));
        }
    }
}
