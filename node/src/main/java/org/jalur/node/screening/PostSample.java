package org.jalur.node.screening;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jalur.node.JalurSettings;
import org.jalur.screening.engine.Visibility;
import org.springframework.stereotype.Component;

/**
 * The newest public posts, a share of them that the operator has chosen, to try an entry on before
 * it is switched on: of at most 2,000 characters, for a day, in memory alone.
 */
@Component
class PostSample {
    static final int MOST = 10_000;

    private static final int LONGEST = 2_000;
    private static final Duration KEPT = Duration.ofHours(24);

    /** A post, and when it was offered. */
    private record Post(Submission content, Instant at) {}

    private final double share;
    private final Clock clock;
    private final List<Post> posts = new ArrayList<>();
    private int next;

    PostSample(JalurSettings settings, Clock clock) {
        this.clock = clock;
        share = settings.screening().sample();
    }

    boolean isKept() {
        return share > 0;
    }

    void offer(Submission post) {
        if (share > 0
                && post.content().visibility() == Visibility.PUBLIC
                && post.text().map(String::length).orElse(0) <= LONGEST
                && ThreadLocalRandom.current().nextDouble() < share) {
            keep(post);
        }
    }

    private synchronized void keep(Submission content) {
        var post = new Post(content, clock.instant());
        if (posts.size() < MOST) {
            posts.add(post);
        } else {
            posts.set(next, post);
            next = (next + 1) % MOST;
        }
    }

    synchronized List<Submission> posts() {
        Instant since = clock.instant().minus(KEPT);
        return posts.stream().filter(post -> post.at().isAfter(since)).map(Post::content).toList();
    }
}
