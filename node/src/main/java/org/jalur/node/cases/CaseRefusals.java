package org.jalur.node.cases;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.RefusedMessages;
import org.jalur.node.exchange.RefusedMessages.Own;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages about cases that the authority's node did not take up: people see which, and why. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseRefusals implements MessageHandler {
    private final JdbcClient jdbc;
    private final Subjects subjects;
    private final RefusedMessages refused;
    private final Timeline timeline;
    private final Notifications notifications;

    CaseRefusals(
            JdbcClient jdbc,
            Subjects subjects,
            RefusedMessages refused,
            Timeline timeline,
            Notifications notifications) {
        this.jdbc = jdbc;
        this.subjects = subjects;
        this.refused = refused;
        this.timeline = timeline;
        this.notifications = notifications;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.REFUSAL);
    }

    private Optional<UUID> about(ReceivedMessage message) {
        return message.manifest()
                .about()
                .flatMap(notice -> subjects.subject(message.channel(), notice));
    }

    /** A refused call has its own place on the page. */
    private Optional<Own> own(ReceivedMessage message) {
        return refused.own(message).filter(own -> own.kind() != MessageKind.CALL_BACK);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return about(message).isPresent() && own(message).isPresent();
    }

    @Override
    public void handle(ReceivedMessage message) {
        UUID id =
                about(message)
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "the refusal is about no notice that this node took up"));
        Own own =
                own(message)
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "the refusal names no message of this node"));
        refused.add(message, id, own);
        timeline.add(id, "rejected", null, null, message.receivedAt());
        if (!message.again()) {
            String reference =
                    jdbc.sql("select reference from cases where id = :id")
                            .param("id", id)
                            .query(String.class)
                            .single();
            notifications.tell(Event.of(Kind.CASE_REJECTED, id, message.receivedAt(), reference));
        }
    }
}
