package org.jalur.node.lists;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A platform does not take a list up, and says which clause it breaks. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ListAnswers implements MessageHandler {
    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Timeline timeline;
    private final Notifications notifications;
    private final Clock clock;

    ListAnswers(
            JdbcClient jdbc,
            PartStore parts,
            Timeline timeline,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.timeline = timeline;
        this.notifications = notifications;
        this.clock = clock;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest().about().filter(one -> isSent(message.channel(), one)).isPresent();
    }

    private boolean isSent(Channel channel, UUID list) {
        return jdbc.sql(
                                """
                                select count(*) from sent_lists
                                where id = :id and channel = :channel and message is not null
                                """)
                        .param("id", list)
                        .param("channel", channel.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    @Override
    public void handle(ReceivedMessage message) {
        UUID list =
                message.manifest()
                        .about()
                        .filter(one -> isSent(message.channel(), one))
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "the message is about nothing that was sent to %s"
                                                .formatted(message.channel().peer())));
        Refusal refusal =
                parts.contents(message.channel(), message.leaves())
                        .only()
                        .map(part -> Parts.read(part, Refusal.class))
                        .orElseThrow(
                                () -> new MalformedMessageException("the part cannot be opened"));
        jdbc.sql(
                        """
                        update sent_lists set state = 'refused', refusal_clause = :clause, refusal_reason = :reason,
                            changed_at = :now
                        where id = :id
                        """)
                .param("clause", refusal.clause())
                .param("reason", refusal.reason())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", list)
                .update();
        timeline.add(list, "refused", null, refusal.clause(), message.receivedAt());
        if (!message.again()) {
            notifications.tell(Event.of(Kind.LIST_REFUSED, list, message.receivedAt(), name(list)));
        }
    }

    private String name(UUID list) {
        return jdbc.sql("select list from sent_lists where id = :id")
                .param("id", list)
                .query(String.class)
                .single();
    }
}
