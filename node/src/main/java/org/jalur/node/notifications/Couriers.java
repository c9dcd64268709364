package org.jalur.node.notifications;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jalur.node.notifications.NotificationOutbox.Leased;
import org.jalur.node.notifications.carriers.Carrier;
import org.jalur.node.notifications.carriers.Channel;
import org.jalur.node.web.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Deliver what waits, each channel by threads of its own, so that one that hangs holds up no other.
 * A delivery is leased: after a kill another process takes it, and with several none is taken
 * twice.
 */
@Component
class Couriers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Couriers.class);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final int OF_A_CHANNEL = 2;

    private final Map<Channel, Carrier> carriers;
    private final NotificationOutbox outbox;
    private final Wording wording;
    private final CourierBell bell;
    private final Clock clock;
    private final Workers threads = new Workers();

    Couriers(
            List<Carrier> carriers,
            NotificationOutbox outbox,
            Wording wording,
            CourierBell bell,
            Clock clock) {
        this.carriers =
                carriers.stream().collect(Collectors.toMap(Carrier::channel, Function.identity()));
        this.outbox = outbox;
        this.wording = wording;
        this.bell = bell;
        this.clock = clock;
    }

    /** What the operator has set up. */
    List<Channel> channels() {
        return Arrays.stream(Channel.values()).filter(carriers::containsKey).toList();
    }

    Optional<Carrier> carrier(Channel channel) {
        return Optional.ofNullable(carriers.get(channel));
    }

    @Override
    public void start() {
        threads.begin();
        for (Carrier carrier : carriers.values()) {
            for (int i = 0; i < OF_A_CHANNEL; i++) {
                threads.start(
                        "courier-%s-%d".formatted(carrier.channel().wire(), i),
                        () -> work(carrier));
            }
        }
    }

    @Override
    public void stop() {
        threads.stop();
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    private void work(Carrier carrier) {
        while (threads.isRunning()) {
            try {
                long heard = bell.rings();
                Optional<Leased> due = outbox.lease(carrier.channel());
                if (due.isPresent()) {
                    deliver(carrier, due.get());
                } else {
                    bell.await(heard, IDLE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("a notification was not delivered; it stays due", e);
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Carrier carrier, Leased due) {
        var quietUntil = due.reader().quiet().endAfter(clock.instant());
        if (!due.wanted()) {
            outbox.needless(due);
        } else if (quietUntil.isPresent() && !due.told().emergency()) {
            outbox.postpone(due, quietUntil.get());
        } else {
            switch (carrier.send(
                    due.address().forCarrier(),
                    wording.letter(due.id(), due.told(), due.reader()))) {
                case Carrier.Outcome.Sent _ -> outbox.sent(due);
                case Carrier.Outcome.Refused(String reason) -> outbox.failed(due, reason);
                case Carrier.Outcome.Later(Duration pause, String reason) ->
                        outbox.again(due, pause, reason);
            }
        }
    }
}
