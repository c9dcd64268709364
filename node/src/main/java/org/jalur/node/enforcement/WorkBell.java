package org.jalur.node.enforcement;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes one worker when there may be something to do; who finds something wakes the next. */
@Component
class WorkBell {
    private final Semaphore work = new Semaphore(0);

    void ring() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    void await(Duration atMost) throws InterruptedException {
        if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }
}
