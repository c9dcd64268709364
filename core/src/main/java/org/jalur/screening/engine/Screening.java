package org.jalur.screening.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jalur.screening.exact.KeyHash;

/**
 * Compares public content with lists that change meanwhile.
 *
 * <p>What was added, removed or changed counts for every screening that begins after the call has
 * returned. Screening never waits for a change; any number of threads screen at once. To add many
 * entries, add many at a time.
 *
 * <pre>{@code
 * var engine = new Screening(Settings.standard(), InstantSource.system());
 * engine.put(SignatureList.own("blocked", "Blocked by us", Mode.BLOCK));
 * engine.add(List.of(Entry.of(id, "blocked", Signal.URL, "https://example.com/sample")));
 * Content post = Content.that(Visibility.ABOUT_TO_BE_PUBLIC).text("see example.com/sample").build();
 * Verdict verdict = engine.screen(post, Instant.now().plusMillis(50));
 * }</pre>
 */
public final class Screening implements AutoCloseable {
    private final Settings settings;
    private final InstantSource clock;
    private final Holdings holdings;
    private final Merges merges;
    private final FloodBrake brake;
    private final Opinions opinions;
    private final Weighing weighing;
    private final IdleComparisons idle;

    /** An engine that screens for nothing yet. */
    public Screening(Settings settings, InstantSource clock) {
        this(
                settings,
                clock,
                new Holdings(KeyHash.secret(), settings.deepest(), clock, Known.NOTHING),
                new Opinions(),
                List.of());
    }

    Screening(
            Settings settings,
            InstantSource clock,
            Holdings holdings,
            Opinions opinions,
            Collection<Throttled> throttled) {
        this.settings = settings;
        this.clock = clock;
        this.holdings = holdings;
        this.opinions = opinions;
        merges = new Merges(holdings);
        brake = new FloodBrake(settings.flood(), clock, throttled);
        weighing = new Weighing(brake, holdings.hash(), true);
        idle = new IdleComparisons(() -> new Comparison(settings, holdings.hash()));
    }

    /**
     * Says what to do with content.
     *
     * @param deadline when the answer must be there; if the engine cannot make it, it says {@link
     *     Verdict.Action#HOLD} and why, with the hits so far
     */
    public Verdict screen(Content content, Instant deadline) {
        return screen(content, deadline, weighing);
    }

    /** The same for content that is only tried: the flood brake does not count it. */
    public Verdict explain(Content content, Instant deadline) {
        return screen(content, deadline, weighing.withoutCounting());
    }

    private Verdict screen(Content content, Instant deadline, Weighing weighing) {
        Known known = holdings.known();
        Due due = Due.at(deadline, clock);
        var found = new Findings(known, content, due, clock.millis());
        if (content.textLength() > settings.longestText()) {
            return weighing.verdict(
                    content,
                    found,
                    Optional.of(
                            "a text of %,d is longer than %,d"
                                    .formatted(content.textLength(), settings.longestText())));
        }
        Comparison comparison = idle.take();
        try {
            comparison.with(content, known, due, found);
            idle.giveBack(comparison, content);
            return weighing.verdict(content, found, Optional.empty());
        } catch (Due.TooLate late) {
            return weighing.verdict(content, found, Optional.of(String.valueOf(late.getMessage())));
        }
    }

    /** Puts a list in place, or its new settings; they count for all its entries at once. */
    public void put(SignatureList list) {
        holdings.put(list);
    }

    /** Takes a list away with all its entries; whether it was there. */
    public boolean removeList(String id) {
        boolean was = holdings.removeList(id);
        opinions.entries().keySet().removeIf(entry -> find(entry).isEmpty());
        merges.ask();
        return was;
    }

    /** The lists, in no particular order. */
    public Collection<SignatureList> lists() {
        return holdings.known().lists().values();
    }

    /** A list as it is now; empty if there is none of this id. */
    public Optional<SignatureList> list(String id) {
        return Optional.ofNullable(holdings.known().lists().get(id));
    }

    /**
     * Adds entries. One with a known id takes the other's place; one that breaks a rule is refused,
     * and the others are added all the same.
     */
    public Added add(Collection<Entry> entries) {
        Added added = holdings.add(entries, new EntryRules(settings));
        merges.ask();
        return added;
    }

    /**
     * Says which entries {@link #add} would take, and in which spelling it would keep them; their
     * lists are not looked at, and nothing is added.
     */
    public static Checked check(Collection<Entry> entries, Settings settings) {
        return Holdings.check(entries, new EntryRules(settings), settings.deepest());
    }

    /** The entry as it is kept; empty if there is none, or it has ended. */
    public Optional<Entry> find(UUID entry) {
        return holdings.find(entry);
    }

    /** Takes entries out; those that were there. */
    public List<Entry> remove(Collection<UUID> entries) {
        List<Entry> removed = holdings.remove(entries);
        for (Entry entry : removed) {
            brake.forget(entry.id());
            opinions.forget(entry.id());
        }
        merges.ask();
        return removed;
    }

    /**
     * Takes an entry out, as after a won appeal, and asks whoever keeps the hits for what it has
     * caught. A screening that began before may still report the entry: whoever keeps hits looks
     * again once its deadline has passed.
     *
     * @param caughtBy gives what an entry has caught
     */
    public <T> List<T> removeAndListHits(UUID entry, Function<UUID, List<T>> caughtBy) {
        remove(List.of(entry));
        return caughtBy.apply(entry);
    }

    /**
     * Someone looked at a hit and found it right: the entry lasts for its list's term from now.
     *
     * @return whether there is such an entry
     */
    public boolean confirm(UUID id) {
        return judge(id, true);
    }

    /** Someone looked at a hit and found it wrong; whether there is such an entry. */
    public boolean deny(UUID id) {
        return judge(id, false);
    }

    private boolean judge(UUID id, boolean right) {
        Optional<Entry> entry = holdings.find(id);
        Optional<SignatureList> list = entry.flatMap(one -> list(one.list()));
        if (list.isEmpty()) {
            return false;
        }
        opinions.add(id, list.get(), right);
        if (right && list.get().term().isPresent()) {
            holdings.extend(id, clock.instant().plus(list.get().term().get()));
        }
        return true;
    }

    /** How often hits of an entry were right. */
    public Precision precisionOf(UUID entry) {
        return opinions.entries().getOrDefault(entry, Precision.NONE);
    }

    /** How often hits of a list were right, entries that are gone included. */
    public Precision precisionOf(String list) {
        return opinions.lists().getOrDefault(list, Precision.NONE);
    }

    /** How often hits of all lists of a source were right, lists that are gone included. */
    public Precision precisionOf(Source source) {
        return opinions.sources().getOrDefault(source, Precision.NONE);
    }

    /** The entries that the flood brake has caught, the latest first. */
    public List<Throttled> throttled() {
        return brake.caught().stream().filter(one -> find(one.entry()).isPresent()).toList();
    }

    /** Throttles an entry that another engine with the same lists has caught. */
    public void throttle(Throttled caught) {
        brake.take(caught);
    }

    /** Gives an entry its list's mode back; whether it was throttled. */
    public boolean release(UUID entry) {
        return brake.release(entry);
    }

    /** How the engine is. */
    public Status status() {
        Known known = holdings.known();
        return new Status(known.size(), known.parts().size(), merges.failure());
    }

    /**
     * Clears away what is left of entries that were removed or have ended, so that no snapshot
     * holds them any more. Takes as long as building those tables anew; screening goes on
     * meanwhile.
     */
    public void purge() {
        holdings.purge();
    }

    /**
     * Writes all that counts to a folder, for {@link #load}. It is there or not at all: what was
     * there before stays whole until then. Screening goes on meanwhile.
     */
    public synchronized void save(Path folder) throws IOException {
        Known known = holdings.known();
        var state =
                new State(
                        settings.deepest(),
                        List.copyOf(known.lists().values()),
                        List.of(),
                        opinions.entries(known),
                        opinions.lists(),
                        opinions.sources(),
                        throttled());
        new SnapshotFolder(folder).write(known.parts(), state);
    }

    /**
     * An engine with all that was saved to a folder. Counts of the flood brake begin anew, but what
     * it had caught stays caught.
     *
     * @throws DamagedSnapshotException if a file is missing or not what was written; it says which
     */
    public static Screening load(Path folder, Settings settings, InstantSource clock)
            throws IOException {
        var snapshot = new SnapshotFolder(folder);
        State state = snapshot.readState();
        List<Part> parts = snapshot.readParts(state);
        KeyHash hash = parts.isEmpty() ? KeyHash.secret() : parts.getFirst().segment().ids().hash();
        var known = new Known(parts, Known.byId(state.lists()));
        var holdings = new Holdings(hash, settings.deepest(), clock, known);
        if (state.deepest() != settings.deepest()) {
            holdings.rebuild();
        }
        var opinions = new Opinions();
        opinions.entries().putAll(state.byEntry());
        opinions.lists().putAll(state.byList());
        opinions.sources().putAll(state.bySource());
        return new Screening(settings, clock, holdings, opinions, state.throttled());
    }

    /** Waits for a merge that runs; the engine screens on, but nothing is merged any more. */
    @Override
    public void close() {
        merges.close();
    }
}
