package org.jalur.screening.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jalur.screening.Mode;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.image.PdqHash;

/** Made-up entries and content, and a clock that is set by hand. */
final class Samples {
    static final Settings SETTINGS = Settings.standard();
    static final String LIST = "sample";
    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private Samples() {}

    static final class SetClock implements InstantSource {
        private volatile Instant now = NOON;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    static Holdings holdings(InstantSource clock) {
        return new Holdings(KeyHash.secret(), SETTINGS.deepest(), clock, Known.NOTHING);
    }

    static Screening engine(Holdings holdings, InstantSource clock) {
        return new Screening(SETTINGS, clock, holdings, new Opinions(), List.of());
    }

    /** An engine with one list of the platform's own. */
    static Screening engine(InstantSource clock, Mode mode) {
        Screening engine = engine(holdings(clock), clock);
        engine.put(SignatureList.own(LIST, "Sample list", mode));
        return engine;
    }

    static UUID id(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    static Entry entry(Signal signal, String value) {
        return Entry.of(UUID.randomUUID(), LIST, signal, value);
    }

    /** Adds one that must be taken. */
    static Entry added(Screening engine, Entry entry) {
        Added added = engine.add(List.of(entry));
        if (!added.refused().isEmpty()) {
            throw new AssertionError(added.refused());
        }
        return engine.find(entry.id()).orElseThrow();
    }

    static Entry added(Screening engine, Signal signal, String value) {
        return added(engine, entry(signal, value));
    }

    static Content text(String text) {
        return Content.that(Visibility.PUBLIC).text(text).build();
    }

    static Content url(String url) {
        return Content.that(Visibility.PUBLIC).url(url).build();
    }

    static Verdict screen(Screening engine, Content content) {
        return engine.screen(content, Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    static PdqHash hash(RandomGenerator random) {
        return new PdqHash(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    static Entry ending(Entry entry, Instant end) {
        return new Entry(
                entry.id(),
                entry.list(),
                entry.signal(),
                entry.value(),
                entry.origin(),
                entry.countries(),
                Optional.of(end));
    }

    static Entry in(Entry entry, String... countries) {
        return new Entry(
                entry.id(),
                entry.list(),
                entry.signal(),
                entry.value(),
                entry.origin(),
                List.of(countries),
                entry.expiresAt());
    }
}
