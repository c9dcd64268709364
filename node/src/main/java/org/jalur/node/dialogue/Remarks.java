package org.jalur.node.dialogue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Remarks: said by either side, and nothing waits for an answer. */
@Component
public class Remarks implements MessageHandler, SentMessageHandler {
    private final JdbcClient jdbc;
    private final Dialogue dialogue;
    private final Subjects subjects;
    private final PartStore parts;
    private final Exchange exchange;
    private final Timeline timeline;
    private final Notifications notifications;
    private final boolean authority;

    Remarks(
            JdbcClient jdbc,
            Dialogue dialogue,
            Subjects subjects,
            PartStore parts,
            Exchange exchange,
            Timeline timeline,
            Notifications notifications,
            Register register) {
        this.jdbc = jdbc;
        this.dialogue = dialogue;
        this.subjects = subjects;
        this.parts = parts;
        this.exchange = exchange;
        this.timeline = timeline;
        this.notifications = notifications;
        this.authority = register.isAuthority();
    }

    /**
     * @param subject the notice or the case
     * @throws org.jalur.node.web.ProblemException 404 if there is none, or it was never sent
     */
    @Transactional
    public void say(UUID subject, Dialogue.Saying saying, Caller caller) {
        Subjects.Known known = subjects.known(subject);
        Dialogue.Prepared prepared = dialogue.prepare(MessageKind.REMARK, saying, caller);
        timeline.add(subject, "remarked", caller.role().wire(), null);
        dialogue.send(
                new Dialogue.About(subject, known.channel(), known.notice(), Optional.empty()),
                prepared,
                List.of());
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.REMARK);
    }

    @Override
    public void handle(ReceivedMessage message) {
        Optional<UUID> subject =
                message.manifest()
                        .about()
                        .flatMap(notice -> subjects.subject(message.channel(), notice));
        if (subject.isEmpty()) {
            throw new MalformedMessageException("a remark about no notice of this channel");
        }
        TurnParts said;
        try {
            said = TurnParts.read(parts.contents(message.channel(), message.leaves()));
        } catch (MalformedMessageException e) {
            exchange.refuse(message, new Refusal(Refusal.DIALOGUE, String.valueOf(e.getMessage())));
            return;
        }
        if (!message.again() && dialogue.isTooMuch(subject.get(), message.receivedAt())) {
            exchange.refuse(
                    message, new Refusal(Refusal.DIALOGUE, "Too much was said within a day."));
            return;
        }
        dialogue.keep(message.row(), subject.get(), MessageKind.REMARK, said, List.of());
        timeline.add(subject.get(), "remarked", said.facts().role(), null, message.receivedAt());
        if (!message.again()) {
            notifications.tell(
                    Event.of(
                            authority ? Kind.NOTICE_REMARK : Kind.CASE_REMARK,
                            subject.get(),
                            message.receivedAt(),
                            reference(subject.get())));
        }
    }

    private String reference(UUID subject) {
        return jdbc.sql(
                        "select reference from %s where id = :id"
                                .formatted(authority ? "notices" : "cases"))
                .param("id", subject)
                .query(String.class)
                .single();
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID subject =
                subjects.subject(message.channel(), message.manifest().about().orElseThrow())
                        .orElseThrow();
        TurnParts said = TurnParts.read(contents);
        dialogue.keep(message.row(), subject, MessageKind.REMARK, said, List.of());
        timeline.add(subject, "remarked", said.facts().role(), null, said.facts().saidAt());
    }
}
