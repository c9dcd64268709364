package org.jalur.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jalur.screening.engine.Hit;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.Verdict;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Compares content and has the hits written down, both before a deadline. Whatever cannot be done
 * in time leads to "hold", never to an answer that lets pass.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Screener {
    private final LiveScreening live;
    private final HitRecorder recorder;
    private final PostSample sample;
    private final Clock clock;

    Screener(LiveScreening live, HitRecorder recorder, PostSample sample, Clock clock) {
        this.live = live;
        this.recorder = recorder;
        this.sample = sample;
        this.clock = clock;
    }

    /** A verdict whose hits may still be on their way to the disk. */
    private record Begun(Verdict verdict, CompletableFuture<Boolean> written) {}

    Verdict screen(Submission content, Instant deadline) {
        return screen(List.of(content), deadline).getFirst();
    }

    /** The verdicts in the order of the contents; all have the same deadline. */
    List<Verdict> screen(List<Submission> contents, Instant deadline) {
        var begun = new ArrayList<Begun>(contents.size());
        Optional<Screening> engine = live.engine();
        Optional<String> trouble = live.trouble();
        for (Submission content : contents) {
            if (engine.isEmpty() || trouble.isPresent()) {
                begun.add(held(trouble.orElse("the node is stopping")));
            } else {
                Verdict verdict = engine.get().screen(content.content(), deadline);
                begun.add(new Begun(verdict, recorder.record(content, verdict)));
                sample.offer(content);
            }
        }
        return begun.stream().map(one -> awaited(one, deadline)).toList();
    }

    private static Begun held(String why) {
        return new Begun(hold(List.of(), why), CompletableFuture.completedFuture(true));
    }

    private static Verdict hold(List<Hit> hits, String why) {
        return new Verdict(Verdict.Action.HOLD, hits, Optional.of(why));
    }

    private Verdict awaited(Begun one, Instant deadline) {
        long left = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
        try {
            return one.written().get(left, TimeUnit.MILLISECONDS)
                    ? one.verdict()
                    : hold(one.verdict().hits(), "the hits could not be recorded");
        } catch (TimeoutException | ExecutionException _) {
            return hold(one.verdict().hits(), "the hits were not recorded in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return hold(one.verdict().hits(), "the node is stopping");
        }
    }
}
