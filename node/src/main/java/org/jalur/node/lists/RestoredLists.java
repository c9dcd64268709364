package org.jalur.node.lists;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Timeline;
import org.jalur.notice.ListFacts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists that this authority sent and its database lost, from what it signed then. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class RestoredLists implements SentMessageHandler {
    private final JdbcClient jdbc;
    private final ListDrafts drafts;
    private final Agreements agreements;
    private final Timeline timeline;
    private final Clock clock;

    RestoredLists(
            JdbcClient jdbc,
            ListDrafts drafts,
            Agreements agreements,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.agreements = agreements;
        this.timeline = timeline;
        this.clock = clock;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.LIST);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        ListFacts facts =
                contents.at(0)
                        .map(part -> Parts.read(part, ListFacts.class))
                        .orElseThrow(
                                () -> new MalformedMessageException("a list without its facts"));
        UUID id = message.manifest().id();
        agreements.named(message);
        // The backup may still have it as a draft.
        drafts.delete(id);
        jdbc.sql(
                        """
                        insert into sent_lists (id, channel, state, list, name, category, entries, message, facts_leaf,
                            created_at, changed_at)
                        values (:id, :channel, 'sent', :list, :name, :category, :entries, :message, :facts,
                            :drawnUp, :now)
                        on conflict (id) do update set state = 'sent', draft = null, draft_seed = null,
                            message = excluded.message, facts_leaf = excluded.facts_leaf,
                            changed_at = excluded.changed_at
                        """)
                .param("id", id)
                .param("channel", message.channel().id())
                .param("list", facts.id())
                .param("name", facts.name())
                .param("category", facts.category())
                .param("entries", facts.entries())
                .param("message", message.row())
                .param("facts", contents.leaf(0).bytes())
                .param("drawnUp", facts.drawnUpAt().atOffset(ZoneOffset.UTC))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        timeline.add(id, "sent", null, null, message.manifest().time());
    }
}
