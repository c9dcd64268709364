package org.jalur.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Entry;
import org.jalur.screening.engine.Hit;
import org.jalur.screening.engine.Screening;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.Verdict;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** What an entry would catch among the public posts that the operator lets be kept for that. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Trials {
    private static final int SHOWN = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PostSample sample;
    private final LiveScreening live;
    private final Clock clock;

    Trials(PostSample sample, LiveScreening live, Clock clock) {
        this.sample = sample;
        this.live = live;
        this.clock = clock;
    }

    /**
     * @param kept whether posts are kept at all
     * @param posts how many were looked at
     * @param caught how many the entry would catch
     * @param shown the first of them
     */
    record Trial(boolean kept, int posts, int caught, List<Caught> shown) {}

    /** A post that would be caught. */
    record Caught(Optional<String> url, Hits.Words words) {}

    Trial of(EntryRow row) {
        if (!sample.isKept()) {
            return new Trial(false, 0, 0, List.of());
        }
        Instant until = clock.instant().plus(PATIENCE);
        int posts = 0;
        var caught = new ArrayList<Caught>();
        int count = 0;
        try (var alone = new Screening(live.settings(), clock)) {
            alone.put(SignatureList.own(row.list(), row.list(), Mode.REVIEW));
            alone.add(
                    List.of(
                            new Entry(
                                    row.id(),
                                    row.list(),
                                    row.signal(),
                                    row.value(),
                                    row.entry().origin(),
                                    row.countries(),
                                    Optional.empty())));
            for (Submission post : sample.posts()) {
                if (clock.instant().isAfter(until)) {
                    break;
                }
                posts++;
                Verdict verdict = alone.screen(post.content(), until);
                if (!verdict.hits().isEmpty()) {
                    count++;
                    if (caught.size() < SHOWN) {
                        caught.add(caught(post, verdict.hits().getFirst()));
                    }
                }
            }
        }
        return new Trial(true, posts, count, caught);
    }

    private static Caught caught(Submission post, Hit hit) {
        return new Caught(
                post.url(),
                post.excerpt(hit.place())
                        .map(one ->
                                new Hits.Words(
                                        one.words().substring(0, one.start()),
                                        one.words().substring(one.start(), one.end()),
                                        one.words().substring(one.end())))
                        .orElse(new Hits.Words("", post.matched(hit).orElse(""), "")));
    }
}
