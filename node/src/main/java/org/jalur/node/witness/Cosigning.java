package org.jalur.node.witness;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Checkpoint;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.WitnessAnswer;
import org.jalur.node.journal.IntegrationListener;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.PublishedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks all witnesses for cosignatures soon after the journal has grown; at most a few times a
 * second, all at once, and without making anybody wait who fails to answer.
 */
@Component
class Cosigning implements SmartLifecycle, IntegrationListener {
    private static final Logger log = LoggerFactory.getLogger(Cosigning.class);
    private static final Duration PACE = Duration.ofMillis(250);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final PublishedLog published;
    private final Witnesses witnesses;
    private final WitnessClient client;
    private final CosignedCheckpoints cosigned;
    private final Clock clock;
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Semaphore grown = new Semaphore(0);
    private volatile boolean running;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    Cosigning(
            PublishedLog published,
            Witnesses witnesses,
            WitnessClient client,
            CosignedCheckpoints cosigned,
            Clock clock) {
        this.published = published;
        this.witnesses = witnesses;
        this.client = client;
        this.cosigned = cosigned;
        this.clock = clock;
    }

    /**
     * Where a witness stands.
     *
     * @param size of the checkpoint that it cosigned last
     * @param trouble why it does not cosign
     * @param askedAt when it was asked last
     */
    record Standing(long size, Optional<String> trouble, Instant askedAt) {
        static final Standing UNKNOWN = new Standing(0, Optional.empty(), Instant.EPOCH);
    }

    Standing standing(AskedWitness witness) {
        return standings.getOrDefault(witness.name(), Standing.UNKNOWN);
    }

    @Override
    public void integrated(List<JournalEntry> entries) {
        grown.release();
    }

    @Override
    public void resumed() {
        grown.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("cosigning").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        boolean behind = false;
        while (running) {
            try {
                // Only the process that leads the journal is told; a witness that failed is asked
                // again.
                if (grown.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS) || behind) {
                    grown.drainPermits();
                    behind = !ask();
                    Thread.sleep(PACE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.error("cosignatures were not collected; they are asked for again", e);
                    behind = true;
                }
            }
        }
    }

    /** Whether every witness has cosigned the newest checkpoint. */
    private boolean ask() {
        Optional<SignedNote> note = published.checkpoint().map(SignedNote::parse);
        List<AskedWitness> all = witnesses.called();
        if (note.isEmpty() || all.isEmpty()) {
            return true;
        }
        var answered = new AtomicInteger();
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (AskedWitness witness : all) {
                if (mayBeAsked(witness)) {
                    calls.execute(() -> {
                        if (ask(witness, note.get())) {
                            answered.incrementAndGet();
                        }
                    });
                }
            }
        }
        return answered.get() == all.size();
    }

    /** Who has just failed is left alone for a while, so that nobody waits for it each time. */
    private boolean mayBeAsked(AskedWitness witness) {
        Standing standing = standing(witness);
        return standing.trouble().isEmpty()
                || standing.askedAt().plus(AGAIN).isBefore(clock.instant());
    }

    /** Whether the witness has cosigned; what it gave counts as soon as it is there. */
    private boolean ask(AskedWitness witness, SignedNote note) {
        Standing before = standing(witness);
        try {
            Optional<SignedNote> cosignedByOne = ask(witness, note, before.size(), true);
            cosignedByOne.ifPresent(
                    one -> cosigned.add(one, witness.name(), witness.independent()));
            return cosignedByOne.isPresent();
        } catch (IOException | RuntimeException e) {
            // Whatever one witness answers, the others are asked, and theirs counts.
            trouble(witness, before, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Optional<SignedNote> ask(
            AskedWitness witness, SignedNote note, long from, boolean again) throws IOException {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        Standing before = standing(witness);
        if (from > checkpoint.size()) {
            return trouble(
                    witness,
                    before,
                    "it has cosigned size %d, larger than this journal's %d"
                            .formatted(from, checkpoint.size()));
        }
        var request = AddCheckpoint.of(published.between(from, checkpoint.size()), note);
        return switch (client.ask(witness, request)) {
            case WitnessAnswer.Cosigned answer -> {
                SignedNote cosignedNote =
                        request.cosigned(answer, witness.keys().toArray(NoteVerifier[]::new));
                standings.put(
                        witness.name(),
                        new Standing(checkpoint.size(), Optional.empty(), clock.instant()));
                yield Optional.of(cosignedNote);
            }
            case WitnessAnswer.Conflict(long size) when again -> ask(witness, note, size, false);
            case WitnessAnswer.Conflict(long size) ->
                    trouble(witness, before, "it moved to size %d meanwhile".formatted(size));
            case WitnessAnswer.Malformed(String reason) -> trouble(witness, before, reason);
            case WitnessAnswer.Untrusted(String reason) -> trouble(witness, before, reason);
            case WitnessAnswer.UnknownLog(String reason) -> trouble(witness, before, reason);
            case WitnessAnswer.Inconsistent(String reason) -> trouble(witness, before, reason);
        };
    }

    private Optional<SignedNote> trouble(AskedWitness witness, Standing before, String reason) {
        if (!before.trouble().equals(Optional.of(reason))) {
            log.warn("witness {} does not cosign: {}", witness.name(), reason);
        }
        standings.put(
                witness.name(), new Standing(before.size(), Optional.of(reason), clock.instant()));
        return Optional.empty();
    }
}
