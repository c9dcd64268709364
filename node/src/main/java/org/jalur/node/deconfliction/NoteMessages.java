package org.jalur.node.deconfliction;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.agreement.Agreements.Citation;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Exchange;
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
import org.jalur.node.register.Register;
import org.jalur.notice.NoteFacts;
import org.springframework.stereotype.Component;

/** What the other side says about notes; what this side said, when it comes back. */
@Component
class NoteMessages implements MessageHandler, SentMessageHandler {
    private final NoteRows rows;
    private final PartStore parts;
    private final Agreements agreements;
    private final Exchange exchange;
    private final Notifications notifications;
    private final boolean authority;

    NoteMessages(
            NoteRows rows,
            PartStore parts,
            Agreements agreements,
            Exchange exchange,
            Notifications notifications,
            Register register) {
        this.rows = rows;
        this.parts = parts;
        this.agreements = agreements;
        this.exchange = exchange;
        this.notifications = notifications;
        this.authority = register.isAuthority();
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.DECONFLICTION, MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest()
                .about()
                .filter(note -> rows.isOwn(message.channel(), note))
                .isPresent();
    }

    @Override
    public void handle(ReceivedMessage message) {
        Contents contents = parts.contents(message.channel(), message.leaves());
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            Refusal refusal =
                    contents.only()
                            .map(part -> Parts.read(part, Refusal.class))
                            .orElseThrow(() -> new MalformedMessageException("an empty refusal"));
            UUID note = about(message);
            if (refusal.message().map(note::equals).orElse(true)) {
                rows.refused(note, refusal.clause(), refusal.reason());
            }
            return;
        }
        NoteParts said = NoteParts.read(contents);
        if (!said.facts().note().equals(about(message))) {
            throw new MalformedMessageException("a note is about itself");
        }
        switch (said.facts().act()) {
            case ASKED -> asked(message, said);
            case ENDED -> {
                requireKnown(message, said.facts());
                rows.ended(message.row(), said.facts());
            }
            case OVERRIDDEN -> {
                requireKnown(message, said.facts());
                rows.overridden(message.row(), said.facts(), said.leaf().orElseThrow());
                if (!message.again()) {
                    notifications.tell(
                            Event.of(
                                    Kind.NOTE_OVERRIDDEN,
                                    said.facts().note(),
                                    message.receivedAt(),
                                    NoteRows.reference(said.facts().note())));
                }
            }
        }
    }

    private static UUID about(ReceivedMessage message) {
        return message.manifest()
                .about()
                .orElseThrow(() -> new MalformedMessageException("about no note"));
    }

    /** Each side says what is its own to say, about a note of this channel. */
    private void requireKnown(ReceivedMessage message, NoteFacts facts) {
        boolean own = facts.act() == NoteFacts.Act.OVERRIDDEN;
        boolean known =
                rows.lock(facts.note())
                        .filter(note -> note.channel() == message.channel().id())
                        .isPresent();
        if (!known || rows.isOwn(message.channel(), facts.note()) != own) {
            throw new MalformedMessageException(
                    "there is no such note %s on this channel".formatted(facts.note()));
        }
    }

    private void asked(ReceivedMessage message, NoteParts said) {
        if (authority) {
            exchange.refuse(
                    message,
                    new Refusal(
                            "deconfliction", "An authority leaves nothing up: it has nothing."));
            return;
        }
        if (!message.manifest().id().equals(said.facts().note())) {
            throw new MalformedMessageException("a note has the id of the message that asks");
        }
        switch (agreements.cited(message)) {
            case Citation.Broken(var refusal) -> exchange.refuse(message, refusal);
            case Citation.Binding(var signed) -> {
                Optional<NoteRules.Broken> broken =
                        message.again()
                                ? Optional.empty()
                                : NoteRules.broken(
                                        signed.agreement(),
                                        said.facts(),
                                        message.receivedAt(),
                                        rows.held(message.channel()));
                if (broken.isPresent()) {
                    exchange.refuse(
                            message, new Refusal(broken.get().clause(), broken.get().sentence()));
                    return;
                }
                rows.asked(
                        message.channel(),
                        message.row(),
                        said.facts(),
                        said.text(),
                        said.leaf().orElseThrow());
                if (!message.again()) {
                    notifications.tell(
                            Event.of(
                                            Kind.NOTE,
                                            said.facts().note(),
                                            message.receivedAt(),
                                            NoteRows.reference(said.facts().note()))
                                    .due(said.facts().until()));
                }
            }
        }
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        NoteParts said = NoteParts.read(contents);
        switch (said.facts().act()) {
            case ASKED -> {
                agreements.named(message);
                rows.asked(
                        message.channel(),
                        message.row(),
                        said.facts(),
                        said.text(),
                        said.leaf().orElseThrow());
            }
            case ENDED -> rows.ended(message.row(), said.facts());
            case OVERRIDDEN ->
                    rows.overridden(message.row(), said.facts(), said.leaf().orElseThrow());
        }
    }
}
