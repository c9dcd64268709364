package org.jalur.node.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.Outbox.UnacceptableReceiptException;
import org.jalur.node.exchange.Outbox.Verified;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Brings messages to the peers, each channel on a thread of its own, in order, until there is a
 * receipt: parts first, then up to a window of messages, then the receipts that came back.
 */
@Component
class Delivery implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration PULL_PAUSE = Duration.ofMillis(500);

    private final Channels channels;
    private final Register register;
    private final Outbox outbox;
    private final Exchange exchange;
    private final PartStore parts;
    private final PeerClient peers;
    private final Puller puller;
    private final DeliveryBell bell;
    private final Set<Long> uploaded = ConcurrentHashMap.newKeySet();
    private final Workers threads = new Workers();
    private final ExecutorService settlers = Executors.newVirtualThreadPerTaskExecutor();

    Delivery(
            Channels channels,
            Register register,
            Outbox outbox,
            Exchange exchange,
            PartStore parts,
            PeerClient peers,
            Puller puller,
            DeliveryBell bell) {
        this.channels = channels;
        this.register = register;
        this.outbox = outbox;
        this.exchange = exchange;
        this.parts = parts;
        this.peers = peers;
        this.puller = puller;
        this.bell = bell;
    }

    @Override
    public void start() {
        threads.begin();
        for (Channel channel : channels.all()) {
            if (!announced(channel)) {
                threads.start("announce-" + channel.peer(), () -> announceWhileRunning(channel));
            }
            JalurSettings.Delivery way = register.peer(channel.peer()).orElseThrow().delivery();
            if (way != JalurSettings.Delivery.PULLED) {
                threads.start("delivery-" + channel.peer(), () -> deliverWhileRunning(channel));
            }
            if (way == JalurSettings.Delivery.PULL) {
                threads.start("pull-" + channel.peer(), () -> pullWhileRunning(channel));
            }
        }
    }

    @Override
    public void stop() {
        threads.stop();
        settlers.close();
        channels.all().forEach(outbox::release);
    }

    @Override
    public boolean isRunning() {
        return threads.isRunning();
    }

    /** A node that accepts nothing now, for want of room, still starts. */
    private boolean announced(Channel channel) {
        try {
            exchange.announceKeys(channel);
            return true;
        } catch (ProblemException e) {
            log.warn("keys are not announced to {} yet: {}", channel.peer(), e.getMessage());
            return false;
        }
    }

    private void announceWhileRunning(Channel channel) {
        do {
            pause(AGAIN);
        } while (threads.isRunning() && !announced(channel));
    }

    private void deliverWhileRunning(Channel channel) {
        var stream = new Stream(channel);
        while (threads.isRunning()) {
            long heard = bell.rings();
            try {
                if (!outbox.lease(channel) || !stream.advance()) {
                    bell.await(heard, IDLE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (threads.isRunning()) {
                    log.error("delivery to {} stands still", channel.peer(), e);
                    pause(IDLE);
                }
            }
        }
    }

    private void pullWhileRunning(Channel channel) {
        while (threads.isRunning()) {
            try {
                if (puller.pull(channel) == 0) {
                    pause(PULL_PAUSE);
                }
            } catch (IOException | RuntimeException e) {
                log.warn("pulling from {}: {}", channel.peer(), e.getMessage());
                pause(PULL_PAUSE.multipliedBy(4));
            }
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A channel's outgoing stream: while receipts are checked and stored, the next messages go. */
    private final class Stream {
        private final Channel channel;
        private Optional<Batch> settling = Optional.empty();
        private long sent;

        Stream(Channel channel) {
            this.channel = channel;
        }

        /**
         * @return whether there was something to do, so that the next look is worth it at once
         */
        boolean advance() throws InterruptedException {
            List<StoredMessage> next = outbox.next(channel, sent);
            if (next.isEmpty()) {
                return settling.isPresent() && settled();
            }
            try (LeaseKeeper _ = new LeaseKeeper(channel)) {
                upload(channel, next);
                List<Wire.Result> results = peers.send(channel, next);
                if (settling.isPresent() && !settled()) {
                    return false;
                }
                sent = next.getLast().seq();
                settling =
                        Optional.of(
                                new Batch(
                                        next.size(),
                                        settlers.submit(() -> settle(channel, next, results))));
                // The receipts under new keys can only be checked once these are known.
                return !next.getLast().kind().equals(MessageKind.KEYS.wire()) || settled();
            } catch (IOException e) {
                String reason =
                        Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
                log.warn(
                        "{} messages to {} are under way: {}", next.size(), channel.peer(), reason);
                if (settling.isPresent()) {
                    settled();
                }
                sent = 0;
                outbox.failed(channel, reason);
                return false;
            }
        }

        /**
         * Waits until the receipts of what was sent last are stored; what has none is sent again.
         *
         * @return whether there were any
         */
        private boolean settled() throws InterruptedException {
            Batch batch = settling.orElseThrow();
            int delivered = 0;
            try {
                delivered = batch.delivered().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("receipts could not be stored", e.getCause());
            } finally {
                settling = Optional.empty();
                if (delivered < batch.size()) {
                    sent = 0;
                }
            }
            return delivered > 0;
        }
    }

    private record Batch(int size, Future<Integer> delivered) {}

    private void upload(Channel channel, List<StoredMessage> messages) throws IOException {
        Set<Hash> leaves = new HashSet<>();
        for (StoredMessage message : messages) {
            if (!uploaded.contains(message.row())) {
                leaves.addAll(message.leaves());
            }
        }
        if (!leaves.isEmpty()) {
            peers.upload(channel, List.<Part>copyOf(parts.open(channel, leaves).values()));
        }
        messages.forEach(message -> uploaded.add(message.row()));
    }

    private int settle(Channel channel, List<StoredMessage> sent, List<Wire.Result> results) {
        Optional<String> trouble = Optional.empty();
        List<Verified> receipts =
                IntStream.range(0, sent.size())
                        .parallel()
                        .mapToObj(i -> verified(channel, sent.get(i), results.get(i)))
                        .flatMap(Optional::stream)
                        .toList();
        for (int i = 0; i < sent.size() && trouble.isEmpty(); i++) {
            trouble = trouble(sent.get(i), results.get(i));
        }
        if (!receipts.isEmpty()) {
            outbox.delivered(channel, receipts);
            receipts.forEach(receipt -> uploaded.remove(receipt.message().row()));
        }
        if (receipts.isEmpty()) {
            outbox.failed(
                    channel,
                    trouble.orElse(
                            "the receipt cannot be checked yet: the peer's keys have not arrived"));
        }
        return receipts.size();
    }

    private Optional<Verified> verified(Channel channel, StoredMessage sent, Wire.Result result) {
        try {
            return result.receipt().map(receipt -> outbox.verify(channel, sent, receipt));
        } catch (UnacceptableReceiptException e) {
            log.warn("message {} to {}: {}", sent.row(), channel.peer(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> trouble(StoredMessage sent, Wire.Result result) {
        return result.problem()
                .map(problem -> {
                    if (!problem.missingParts().isEmpty()) {
                        uploaded.remove(sent.row());
                    }
                    return "the peer answers %d %s: %s"
                            .formatted(problem.status(), problem.title(), problem.detail());
                });
    }

    /** Renews the lease while a call is under way. */
    private final class LeaseKeeper implements AutoCloseable {
        private final CountDownLatch over = new CountDownLatch(1);

        LeaseKeeper(Channel channel) {
            Thread.ofVirtual().name("lease-" + channel.peer()).start(() -> keep(channel));
        }

        private void keep(Channel channel) {
            try {
                while (!over.await(Outbox.LEASE.toMillis() / 3, TimeUnit.MILLISECONDS)) {
                    outbox.lease(channel);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            over.countDown();
        }
    }
}
