package org.jalur.evidence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jalur.evidence.ExhibitCheck.Result;
import org.jalur.log.Checkpoint;

/**
 * Checks several messages at once, because signatures take most of the time, and hands the findings
 * on in the order of the file. Only so many wait at a time.
 */
final class CheckLine implements AutoCloseable {
    private static final int WAITING_PER_PROCESSOR = 8;

    private final Streams streams;
    private final Tally tally;
    private final int most;
    private final ExecutorService workers;
    private final Queue<Future<Result>> waiting = new ArrayDeque<>();

    CheckLine(Streams streams, Tally tally) {
        this.streams = streams;
        this.tally = tally;
        int processors = Runtime.getRuntime().availableProcessors();
        this.most = WAITING_PER_PROCESSOR * processors;
        this.workers = Executors.newFixedThreadPool(processors);
    }

    /** Checks a message when its turn comes. */
    void add(Callable<Result> check) {
        waiting.add(workers.submit(check));
        deliver(most);
    }

    /** Hands on what needs no check when its turn comes. */
    void add(Result known) {
        waiting.add(CompletableFuture.completedFuture(known));
        deliver(most);
    }

    /** Waits for everything that was added. */
    void finish() {
        deliver(0);
    }

    private void deliver(int left) {
        while (waiting.size() > left) {
            Result result = await(waiting.remove());
            tally.accept(withForks(result));
        }
    }

    private static Result await(Future<Result> check) {
        try {
            return check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a message was checked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed instead of saying no", e);
        }
    }

    private Finding withForks(Result result) {
        List<Flaw> forks = new ArrayList<>();
        for (Checkpoint checkpoint : result.seen()) {
            streams.forks(checkpoint).ifPresent(forks::add);
        }
        return switch (result.finding()) {
            case Finding.OfMessage message when !forks.isEmpty() -> message.with(forks);
            case Finding other -> other;
        };
    }

    @Override
    public void close() {
        workers.shutdownNow();
        workers.close();
    }
}
