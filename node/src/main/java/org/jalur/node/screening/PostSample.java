package org.jalur.node.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jalur.node.JalurSettings;
import org.jalur.screening.engine.Visibility;
import org.springframework.stereotype.Component;

/**
 * The newest public posts, a share of them that the operator has chosen, to try an entry on before
 * it is switched on. In memory alone.
 */
@Component
class PostSample {
    static final int MOST = 10_000;

    private final double share;
    private final List<Submission> posts = new ArrayList<>();
    private int next;

    PostSample(JalurSettings settings) {
        share = settings.screening().sample();
    }

    boolean isKept() {
        return share > 0;
    }

    void offer(Submission post) {
        if (share > 0
                && post.content().visibility() == Visibility.PUBLIC
                && ThreadLocalRandom.current().nextDouble() < share) {
            keep(post);
        }
    }

    private synchronized void keep(Submission post) {
        if (posts.size() < MOST) {
            posts.add(post);
        } else {
            posts.set(next, post);
            next = (next + 1) % MOST;
        }
    }

    synchronized List<Submission> posts() {
        return List.copyOf(posts);
    }
}
