package org.jalur.node.notices;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.agreement.Filings;
import org.jalur.node.appeals.EndedAppeals;
import org.jalur.node.contacts.Emergencies;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.TurnParts;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.ItemMarks;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.NoticeParts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.nondisclosure.Renewals;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notices that this authority sent and its database lost, from what it signed then. */
@Component
class RestoredNotices implements SentMessageHandler {
    private final JdbcClient jdbc;
    private final Notices notices;
    private final Drafts drafts;
    private final Emergencies emergencies;
    private final ItemMarks marks;
    private final Dialogue dialogue;
    private final Agreements agreements;
    private final Filings filings;
    private final InterimRecords interims;
    private final Renewals renewals;
    private final EndedAppeals appeals;
    private final Timeline timeline;
    private final Clock clock;

    RestoredNotices(
            JdbcClient jdbc,
            Notices notices,
            Drafts drafts,
            Emergencies emergencies,
            ItemMarks marks,
            Dialogue dialogue,
            Agreements agreements,
            Filings filings,
            InterimRecords interims,
            Renewals renewals,
            EndedAppeals appeals,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.drafts = drafts;
        this.emergencies = emergencies;
        this.marks = marks;
        this.dialogue = dialogue;
        this.agreements = agreements;
        this.filings = filings;
        this.interims = interims;
        this.renewals = renewals;
        this.appeals = appeals;
        this.timeline = timeline;
        this.clock = clock;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.NOTICE, MessageKind.WITHDRAWAL, MessageKind.CLARIFICATION);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
            case NOTICE -> sent(message, NoticeParts.read(contents));
            case WITHDRAWAL -> {
                notices.setState(about(message), "withdrawn");
                interims.endAll(
                        about(message), InterimRecords.Ending.WITHDRAWN, message.manifest().time());
                renewals.forget(about(message));
                appeals.withdrawn(about(message), message.manifest().time());
                told(message, "withdrawn", null);
            }
            case CLARIFICATION -> {
                UUID notice = about(message);
                dialogue.keep(
                        message.row(),
                        notice,
                        MessageKind.CLARIFICATION,
                        TurnParts.readAnswer(message.manifest(), contents),
                        List.of());
                int reopened = dialogue.reopen(ItemStates.Of.NOTICE, notice);
                notices.touch(notice);
                told(message, "clarified", "%d items".formatted(reopened));
            }
            case KEYS,
                    ACKNOWLEDGEMENT,
                    DECISION,
                    MEASURES,
                    REFUSAL,
                    ERASURE,
                    LIST,
                    REGISTER,
                    DRILL,
                    DRILL_ANSWER,
                    CALL_BACK,
                    CALL_BACK_ANSWER,
                    PROPOSAL,
                    COMMENT,
                    SIGNATURE,
                    TERMINATION,
                    ESCALATION,
                    INTERIM,
                    ACCESS_ORDER,
                    ACCESS_EVENT,
                    ACCESS_ANSWER,
                    QUESTION,
                    REMARK,
                    DECONFLICTION,
                    NON_DISCLOSURE,
                    APPEAL,
                    APPEAL_OUTCOME ->
                    throw new IllegalArgumentException(
                            "no message of an authority: " + message.manifest().kind());
        }
    }

    private void sent(SentMessage message, NoticeParts content) {
        NoticeFacts facts = content.facts();
        UUID id = message.manifest().id();
        Agreements.Signed signed =
                agreements.of(message.channel(), message.manifest().agreement().orElseThrow());
        agreements.named(message);
        filings.count(message.channel(), signed.agreement(), facts, message.manifest().time());
        // The backup may still have it as a draft.
        drafts.delete(id);
        jdbc.sql(
                        """
                        insert into notices (id, channel, state, kind, urgency, category, reference, organisation,
                            item_count, message, agreement, facts_leaf, reasons_leaf, created_at, changed_at)
                        values (:id, :channel, 'sent', :kind, :urgency, :category, :reference, :organisation,
                            :items, :message, :agreement, :facts, :reasons, :sentAt, :now)
                        on conflict (id) do update set state = 'sent', channel = excluded.channel,
                            kind = excluded.kind, urgency = excluded.urgency, category = excluded.category,
                            reference = excluded.reference, organisation = excluded.organisation,
                            item_count = excluded.item_count, draft = null, draft_seed = null,
                            message = excluded.message, agreement = excluded.agreement, facts_leaf = excluded.facts_leaf,
                            reasons_leaf = excluded.reasons_leaf, changed_at = excluded.changed_at
                        """)
                .param("id", id)
                .param("channel", message.channel().id())
                .param("kind", Notices.wire(facts.kind()))
                .param("urgency", Notices.wire(facts.urgency()))
                .param("category", facts.category())
                .param("reference", facts.reference())
                .param("organisation", facts.organisation())
                .param("items", facts.itemCount())
                .param("message", message.row())
                .param("agreement", signed.digest().bytes())
                .param("facts", content.factsLeaf().bytes())
                .param("reasons", content.reasonsLeaf().bytes())
                .param("sentAt", message.manifest().time().atOffset(ZoneOffset.UTC))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        notices.insertItems(
                id,
                content.items().stream().map(one -> one.facts().kind()).toList(),
                content.items().stream().map(NoticeParts.ItemPart::leaf).toList());
        marks.add(message.channel(), id, message.seq(), content.items());
        if (facts.kind() == NoticeKind.EMERGENCY) {
            emergencies.claim(
                    id, message.channel(), id, facts.organisation(), message.manifest().time());
        }
        told(message, "sent", null);
    }

    private void told(SentMessage message, String event, @Nullable String detail) {
        timeline.add(about(message), event, null, detail, message.manifest().time());
    }

    private static UUID about(SentMessage message) {
        return message.manifest().about().orElseThrow();
    }
}
