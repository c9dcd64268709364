package org.jalur.node.enforcement;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes workers when there may be something to do; each ring wakes as many as wait. */
@Component
class WorkBell {
    private static final int MOST = 64;
    private final Semaphore work = new Semaphore(0);

    void ring() {
        work.release(Math.max(0, MOST - work.availablePermits()));
    }

    void await(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
    }
}
