package org.jalur.node.erasure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.ErasureListener;
import org.jalur.node.exchange.Erasures;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Filed;
import org.jalur.node.exchange.MessageFiles;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Erasure;
import org.jalur.notice.ErasureGround;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Erases parts by a message, and does what such a message of the peer says. */
@Component
class Erasing implements MessageHandler, SentMessageHandler {
    private final MessageFiles messages;
    private final PartStore parts;
    private final Exchange exchange;
    private final Erasures erasures;
    private final Subjects subjects;
    private final Holds holds;
    private final ObjectProvider<ErasureListener> listeners;
    private final Timeline timeline;

    Erasing(
            MessageFiles messages,
            PartStore parts,
            Exchange exchange,
            Erasures erasures,
            Subjects subjects,
            Holds holds,
            ObjectProvider<ErasureListener> listeners,
            Timeline timeline) {
        this.messages = messages;
        this.parts = parts;
        this.exchange = exchange;
        this.erasures = erasures;
        this.subjects = subjects;
        this.holds = holds;
        this.listeners = listeners;
        this.timeline = timeline;
    }

    /**
     * Erases on this side, and tells the other.
     *
     * @param subject the notice or the case
     * @return how many parts
     * @throws ProblemException if nothing of that is left, or a message is not delivered yet
     */
    @Transactional
    public int erase(UUID subject, Wanted wanted, Role role) {
        Subjects.Known known = subjects.known(subject);
        List<Hash> leaves = chosen(known, parts -> Erasable.of(parts, wanted));
        if (leaves.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "nothing-to-erase",
                    "Nothing of that is left; what was chosen is erased already, or the notice has no such item.");
        }
        send(known, leaves, wanted.ground());
        timeline.add(subject, "erased", role.wire(), null);
        return leaves.size();
    }

    /**
     * Erases what may be kept no longer, as far as it is left.
     *
     * @throws ProblemException if a message is not delivered yet
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void eraseKept(UUID subject, Set<Kept> kinds) {
        Subjects.Known known = subjects.known(subject);
        List<Hash> leaves = chosen(known, parts -> Erasable.of(parts, kinds));
        if (!leaves.isEmpty()) {
            send(known, leaves, ErasureGround.RETENTION_ENDED);
            timeline.add(subject, "erased", null, null);
        }
    }

    private List<Hash> chosen(Subjects.Known known, Function<Map<Hash, Part>, Set<Hash>> erasable) {
        Map<Hash, Part> opened = new HashMap<>();
        for (Filed filed : filed(known.channel(), known.notice())) {
            Map<Hash, Part> one = parts.open(known.channel(), filed.message().leaves());
            boolean own = filed.message().manifest().from().equals(known.channel().local());
            if (own && filed.receipt().isEmpty() && !erasable.apply(one).isEmpty()) {
                throw new ProblemException(
                        HttpStatus.CONFLICT,
                        "not-delivered-yet",
                        "A message about it is on its way; what was never delivered cannot be erased on both sides. Wait for its receipt.");
            }
            opened.putAll(one);
        }
        return List.copyOf(erasable.apply(opened));
    }

    private void send(Subjects.Known known, List<Hash> leaves, ErasureGround ground) {
        for (int from = 0; from < leaves.size(); from += Erasure.MOST) {
            sendSome(
                    known,
                    leaves.subList(from, Math.min(leaves.size(), from + Erasure.MOST)),
                    ground);
        }
    }

    private void sendSome(Subjects.Known known, List<Hash> leaves, ErasureGround ground) {
        var erasure = new Erasure(leaves.stream().map(Hash::hex).toList(), ground);
        SentMessage sent =
                exchange.send(
                        known.channel(),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.ERASURE,
                                Optional.of(known.notice()),
                                Optional.empty(),
                                List.of(Parts.json("erasure", erasure))));
        erasures.record(known.channel(), known.notice(), Set.copyOf(leaves), sent.row());
    }

    private List<Filed> filed(Channel channel, UUID notice) {
        var filed = new ArrayList<Filed>();
        for (long row : messages.about(channel, notice)) {
            filed.add(messages.one(row));
        }
        return filed;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.ERASURE);
    }

    /** What this node erased then stays erased, also where the database forgot that it was. */
    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID notice = message.manifest().about().orElseThrow();
        Set<Hash> named = named(read(contents.present()));
        erasures.record(message.channel(), notice, named, message.row());
        subjects.subject(message.channel(), notice)
                .ifPresent(subject ->
                        timeline.add(subject, "erased", null, null, message.manifest().time()));
    }

    private static Erasure read(List<Part> content) {
        return content.stream()
                .filter(part -> part.type().equals("erasure"))
                .findFirst()
                .map(part -> Parts.read(part, Erasure.class))
                .orElseThrow(() -> new MalformedMessageException("an erasure without its part"));
    }

    private static Set<Hash> named(Erasure erasure) {
        return new HashSet<>(erasure.leaves().stream().map(Hash::parseHex).toList());
    }

    @Override
    public void handle(ReceivedMessage message) {
        UUID notice =
                message.manifest()
                        .about()
                        .orElseThrow(() ->
                                new MalformedMessageException("an erasure is about a notice"));
        Erasure erasure = read(parts.contents(message.channel(), message.leaves()).present());
        Set<Hash> named = named(erasure);
        Optional<String> wrong =
                message.again() ? Optional.empty() : wrong(message.channel(), notice, named);
        if (wrong.isPresent()) {
            exchange.refuse(message, new Refusal("erasure", wrong.get()));
            return;
        }
        Optional<UUID> subject = subjects.subject(message.channel(), notice);
        if (erasure.ground() == ErasureGround.RETENTION_ENDED
                && subject.filter(holds::isHeld).isPresent()) {
            // Each side keeps its own copies; once nothing holds these, the own job erases them.
            timeline.add(subject.get(), "kept", null, null);
            return;
        }
        erasures.record(message.channel(), notice, named, message.row());
        subject.ifPresent(one -> timeline.add(one, "erased", null, null));
    }

    /** Why parts cannot be erased: another notice's, or facts, which stay. */
    private Optional<String> wrong(Channel channel, UUID notice, Set<Hash> named) {
        Set<Hash> known = new HashSet<>();
        for (Filed filed : filed(channel, notice)) {
            known.addAll(filed.message().leaves());
        }
        if (!known.containsAll(named)) {
            return Optional.of("A part that is named belongs to no message about this notice.");
        }
        if (!parts.open(channel, named).values().stream().allMatch(Erasable::isContent)) {
            return Optional.of("Facts are not erased, only content.");
        }
        return listeners.stream()
                .flatMap(listener -> listener.objection(channel, notice).stream())
                .findFirst();
    }
}
