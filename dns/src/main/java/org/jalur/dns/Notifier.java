package org.jalur.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jalur.access.DomainName;
import org.jalur.dns.SecondaryState.Told;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/// Tells secondaries of new versions (RFC 1996), again and again with longer pauses, until each has
/// answered, or has come for the version by itself.
///
/// Whoever has answered and does not come is told a few times more: BIND answers also while it
/// still waits for a primary that was silent, and would ask a minute later.
///
/// An answer counts if it comes from the address that was told, bears the number of a NOTIFY that
/// is still open there, and, where a key is agreed, is signed. A forged one does little: the
/// secondary's own refresh goes on, and what it fetched is seen apart from what it acknowledged.
final class Notifier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Notifier.class);
    private static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();
    private static final long COMING = Duration.ofSeconds(3).toNanos();
    private static final int ANSWER = 1232;

    /** How often who has answered is told again. */
    private static final int AFTER_ANSWER = 5;

    /** How many numbers of one NOTIFY are open: late answers count too. */
    private static final int OPEN = 4;

    private final List<Secondary> secondaries;
    private final SecondaryStates states;
    private final DatagramSocket socket;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore news = new Semaphore(0);
    private final Map<Target, Telling> tellings = new HashMap<>();
    private final Thread sender;
    private final Thread receiver;

    Notifier(List<Secondary> secondaries, SecondaryStates states, InetAddress from, Clock clock)
            throws IOException {
        this.secondaries = secondaries;
        this.states = states;
        this.clock = clock;
        socket = new DatagramSocket(new InetSocketAddress(from, 0));
        sender = Thread.ofVirtual().name("dns-notify").start(this::send);
        receiver = Thread.ofVirtual().name("dns-notify-answers").start(this::receive);
    }

    private record Target(Secondary secondary, DomainName zone, InetSocketAddress at) {}

    /** A NOTIFY that waits for its answer. */
    private static final class Telling {
        private final ServedZone zone;
        private final Map<Integer, Optional<TSIGRecord>> open = new HashMap<>();
        private int tries;
        private long dueAt;
        private int answers;

        private Telling(ServedZone zone, long dueAt) {
            this.zone = zone;
            this.dueAt = dueAt;
        }

        /** Until it is told again: soon until it has answered. */
        private long pause() {
            return answers == 0
                    ? Math.min(FIRST_PAUSE << Math.min(tries - 1, 10), LONGEST_PAUSE)
                    : COMING << Math.min(answers - 1, 3);
        }
    }

    /** Begins to tell of a version; what was still to be told of earlier ones is dropped. */
    synchronized void tell(ServedZone zone) {
        for (Secondary secondary : secondaries) {
            if (secondary.zones().contains(zone.origin())) {
                for (InetSocketAddress at : secondary.notifyAt()) {
                    tellings.put(
                            new Target(secondary, zone.origin(), at),
                            new Telling(zone, System.nanoTime()));
                }
            }
        }
        news.release();
    }

    private void send() {
        while (!socket.isClosed()) {
            try {
                long next = sendDue();
                if (news.tryAcquire(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                log.error("a NOTIFY failed; the others go on", e);
            }
        }
    }

    /** When the next is due. */
    private synchronized long sendDue() {
        long now = System.nanoTime();
        long next = now + LONGEST_PAUSE;
        tellings.entrySet()
                .removeIf(one ->
                        states.follows(
                                one.getKey().secondary(),
                                one.getKey().zone(),
                                one.getValue().zone.serial()));
        for (Map.Entry<Target, Telling> one : tellings.entrySet()) {
            Telling telling = one.getValue();
            if (telling.dueAt - now <= 0) {
                send(one.getKey(), telling);
                telling.dueAt = now + telling.pause();
            }
            next = telling.dueAt - next < 0 ? telling.dueAt : next;
        }
        return next;
    }

    private void send(Target target, Telling telling) {
        telling.tries++;
        int id = random.nextInt(1 << 16);
        if (telling.open.size() >= OPEN) {
            telling.open.clear();
        }
        byte[] message = message(telling.zone, id);
        Optional<TSIGRecord> signature = Optional.empty();
        if (target.secondary().key().isPresent()) {
            TSIG tsig = target.secondary().key().get().tsig(clock);
            @Nullable TSIGRecord nothingBefore = null;
            TSIGRecord made = tsig.generate(new Message(id), message, Rcode.NOERROR, nothingBefore);
            message = Signing.append(message, made);
            signature = Optional.of(made);
        }
        telling.open.put(id, signature);
        if (telling.answers == 0) {
            record(target, telling, Optional.empty());
        }
        try {
            socket.send(new DatagramPacket(message, message.length, target.at()));
        } catch (IOException e) {
            log.debug("{} cannot be told at {}", target.secondary().name(), target.at(), e);
        }
    }

    /** With the SOA, so that whoever has the version need not ask (§3.7). */
    private static byte[] message(ServedZone zone, int id) {
        Name origin = Answers.name(zone.origin());
        var message = new Message(id);
        message.getHeader().setOpcode(Opcode.NOTIFY);
        message.getHeader().setFlag(Flags.AA);
        message.addRecord(Record.newRecord(origin, Type.SOA, DClass.IN), Section.QUESTION);
        message.addRecord(AnswerWriter.record(origin, zone.zone().soa()), Section.ANSWER);
        return message.toWire();
    }

    private void record(Target target, Telling telling, Optional<String> refusal) {
        states.told(
                target.secondary(),
                target.zone(),
                new Told(
                        target.at(),
                        telling.zone.serial(),
                        telling.tries,
                        Optional.empty(),
                        refusal));
    }

    private void receive() {
        byte[] buffer = new byte[ANSWER];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                answered(
                        (InetSocketAddress) packet.getSocketAddress(),
                        Arrays.copyOf(buffer, packet.getLength()));
            } catch (IOException | RuntimeException e) {
                // Also what a closed port says (ICMP); strangers may send anything.
                log.trace("no answer to a NOTIFY", e);
            }
        }
    }

    private synchronized void answered(InetSocketAddress from, byte[] octets) throws IOException {
        var answer = new Message(octets);
        @Nullable Record question = answer.getQuestion();
        if (!answer.getHeader().getFlag(Flags.QR)
                || answer.getHeader().getOpcode() != Opcode.NOTIFY
                || question == null) {
            return;
        }
        int id = answer.getHeader().getID();
        for (Target target : List.copyOf(tellings.keySet())) {
            @Nullable Telling telling = tellings.get(target);
            if (telling == null
                    || !target.at().equals(from)
                    || !telling.open.containsKey(id)
                    || !question.getName().equals(Answers.name(target.zone()))) {
                continue;
            }
            if (!isSigned(target, telling, id, answer, octets)) {
                continue;
            }
            int rcode = answer.getRcode();
            if (rcode == Rcode.NOERROR) {
                acknowledged(target, telling);
            } else if (telling.answers == 0) {
                record(target, telling, Optional.of(Rcode.string(rcode)));
            }
        }
    }

    /** The first answer is when it knew. */
    private void acknowledged(Target target, Telling telling) {
        telling.open.clear();
        if (telling.answers == 0) {
            states.told(
                    target.secondary(),
                    target.zone(),
                    new Told(
                            target.at(),
                            telling.zone.serial(),
                            telling.tries,
                            Optional.of(clock.instant()),
                            Optional.empty()));
        }
        telling.answers++;
        telling.dueAt = System.nanoTime() + telling.pause();
        if (telling.answers > AFTER_ANSWER) {
            tellings.remove(target);
        }
    }

    private boolean isSigned(
            Target target, Telling telling, int id, Message answer, byte[] octets) {
        Optional<TSIGRecord> ours = telling.open.getOrDefault(id, Optional.empty());
        return ours.isEmpty()
                || target.secondary()
                        .key()
                        .filter(key ->
                                key.tsig(clock).verify(answer, octets, ours.get()) == Rcode.NOERROR)
                        .isPresent();
    }

    @Override
    public void close() {
        socket.close();
        Ending.await(sender);
        Ending.await(receiver);
    }
}
