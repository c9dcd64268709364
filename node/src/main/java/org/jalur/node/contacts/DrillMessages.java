package org.jalur.node.contacts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.MessageKind;
import org.jalur.contacts.Drill;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Drills and their answers as they travel. An answer counts when it was received. */
@Component
class DrillMessages implements MessageHandler, SentMessageHandler, DeliveryListener {
    private final JdbcClient jdbc;
    private final Drills drills;
    private final OwnRegister own;
    private final PartStore parts;
    private final Notifications notifications;

    DrillMessages(
            JdbcClient jdbc,
            Drills drills,
            OwnRegister own,
            PartStore parts,
            Notifications notifications) {
        this.jdbc = jdbc;
        this.drills = drills;
        this.own = own;
        this.parts = parts;
        this.notifications = notifications;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.DRILL, MessageKind.DRILL_ANSWER, MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest()
                .about()
                .flatMap(id -> drills.no(message.channel(), Direction.OUT, id))
                .isPresent();
    }

    @Override
    public void handle(ReceivedMessage message) {
        Manifest manifest = message.manifest();
        Contents contents = parts.contents(message.channel(), message.leaves());
        if (manifest.kind().equals(MessageKind.DRILL.wire())) {
            requireItself(manifest);
            Drill drill = read(contents, "drill", Drill.class);
            long no =
                    drills.record(
                            message.channel(),
                            Direction.IN,
                            manifest.id(),
                            message.row(),
                            manifest.time(),
                            drill);
            if (!message.again()) {
                tell(no, drill, message);
            }
        } else if (manifest.kind().equals(MessageKind.DRILL_ANSWER.wire())) {
            Drill.Answer answer = read(contents, "drill-answer", Drill.Answer.class);
            answered(
                    message.channel(),
                    Direction.OUT,
                    manifest,
                    answer,
                    message.row(),
                    Optional.of(message.receivedAt()));
        } else {
            refused(message, read(contents, "refusal", Refusal.class));
        }
    }

    /** Whoever of the contacts has an account here; the admin where none has. */
    private void tell(long no, Drill drill, ReceivedMessage message) {
        notifications.tell(
                Event.of(
                                Kind.DRILL,
                                Long.toString(no),
                                message.receivedAt(),
                                message.channel().peer().value())
                        .due(drill.answerBy())
                        .onlyFor(
                                drill.contacts().stream()
                                        .flatMap(contact -> own.account(contact).stream())
                                        .collect(Collectors.toSet())));
    }

    private static void requireItself(Manifest manifest) {
        if (!manifest.about().equals(Optional.of(manifest.id()))) {
            throw new MalformedMessageException(
                    "a drill is about itself: its message id is its id");
        }
    }

    private static <T> T read(Contents contents, String type, Class<T> content) {
        return contents.only()
                .filter(part -> part.type().equals(type))
                .map(part -> Parts.read(part, content))
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "a message without its %s part".formatted(type)));
    }

    private void answered(
            Channel channel,
            Direction direction,
            Manifest manifest,
            Drill.Answer answer,
            long message,
            Optional<Instant> receivedAt) {
        UUID id =
                manifest.about()
                        .orElseThrow(
                                () -> new MalformedMessageException("the message names no drill"));
        long no =
                drills.no(channel, direction, id)
                        .filter(one -> drills.asks(one, answer.contact()))
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "no drill %s asked for contact %s"
                                                .formatted(id, answer.contact())));
        drills.answered(no, answer, message, receivedAt);
    }

    private void refused(ReceivedMessage message, Refusal refusal) {
        jdbc.sql(
                        """
                        update drills set refusal_clause = :clause, refusal_reason = :reason
                        where channel = :channel and direction = 'out' and id = :id
                        """)
                .param("clause", refusal.clause())
                .param("reason", refusal.reason())
                .param("channel", message.channel().id())
                .param("id", message.manifest().about().orElseThrow())
                .update();
    }

    /** Planned drills are in no message: they are planned again. */
    @Override
    public void restore(SentMessage message, Contents contents) {
        Manifest manifest = message.manifest();
        if (manifest.kind().equals(MessageKind.DRILL.wire())) {
            drills.record(
                    message.channel(),
                    Direction.OUT,
                    manifest.id(),
                    message.row(),
                    manifest.time(),
                    read(contents, "drill", Drill.class));
        } else if (manifest.kind().equals(MessageKind.DRILL_ANSWER.wire())) {
            answered(
                    message.channel(),
                    Direction.IN,
                    manifest,
                    read(contents, "drill-answer", Drill.Answer.class),
                    message.row(),
                    Optional.empty());
        }
    }

    @Override
    public void delivered(List<Delivered> messages) {
        messages.stream()
                .filter(one ->
                        one.message().manifest().kind().equals(MessageKind.DRILL_ANSWER.wire()))
                .forEach(one ->
                        jdbc.sql(
                                        "update drill_answers set received_at = :at where message = :message")
                                .param("at", one.receivedAt().atOffset(ZoneOffset.UTC))
                                .param("message", one.message().row())
                                .update());
    }
}
