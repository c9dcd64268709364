package org.jalur.node.lists;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.check.Check;
import org.jalur.channel.DraftFile;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ListFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shares lists: a draft from an officer's file, approval by four eyes, sending. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class SentLists {
    private final JdbcClient jdbc;
    private final ListDrafts drafts;
    private final Channels channels;
    private final Agreements agreements;
    private final SignOffs signOffs;
    private final Exchange exchange;
    private final Timeline timeline;
    private final Notifications notifications;
    private final JalurSettings settings;
    private final Clock clock;

    SentLists(
            JdbcClient jdbc,
            ListDrafts drafts,
            Channels channels,
            Agreements agreements,
            SignOffs signOffs,
            Exchange exchange,
            Timeline timeline,
            Notifications notifications,
            JalurSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.channels = channels;
        this.agreements = agreements;
        this.signOffs = signOffs;
        this.exchange = exchange;
        this.timeline = timeline;
        this.notifications = notifications;
        this.settings = settings;
        this.clock = clock;
    }

    /** What an officer says about a list. */
    record Wanted(String id, String name, String category, String reason) {}

    /** A list as its commands see it; the row is locked. */
    private record Locked(
            int channel,
            String state,
            @Nullable UUID draftedBy,
            byte @Nullable [] draft,
            byte @Nullable [] seed) {
        static Locked from(ResultSet row, int number) throws SQLException {
            return new Locked(
                    row.getInt("channel"),
                    row.getString("state"),
                    row.getObject("drafted_by", UUID.class),
                    row.getBytes("draft"),
                    row.getBytes("draft_seed"));
        }
    }

    /**
     * @return the id of the draft, and of the message that it becomes
     * @throws ProblemException 422 if the agreement does not name the category
     */
    @Transactional
    public UUID draft(Channel channel, Wanted wanted, DrawnUp drawnUp, Caller officer) {
        checkAgreement(channel, wanted.category());
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var facts =
                new ListFacts(
                        wanted.id(),
                        wanted.name(),
                        wanted.category(),
                        wanted.reason(),
                        drawnUp.entries(),
                        now);
        jdbc.sql(
                        """
                        insert into sent_lists (id, channel, state, list, name, category, entries, draft, draft_seed,
                            drafted_by, created_at, changed_at)
                        values (:id, :channel, 'draft', :list, :name, :category, :entries, :draft, :seed,
                            :officer, :now, :now)
                        """)
                .param("id", id)
                .param("channel", channel.id())
                .param("list", facts.id())
                .param("name", facts.name())
                .param("category", facts.category())
                .param("entries", facts.entries())
                .param(
                        "draft",
                        drafts.sealed(
                                id, new ListDrafts.Draft(facts, drawnUp.wrong(), drawnUp.errors())))
                .param("seed", drafts.newSeed(id))
                .param("officer", officer.account())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        drafts.keep(id, drawnUp.chunks());
        timeline.add(id, "drafted", officer.role().wire(), null);
        notifications.tell(Event.of(Kind.LIST_APPROVAL, id, now, facts.id()));
        return id;
    }

    /**
     * Sends the list once enough others than whoever drew it up have approved it.
     *
     * @param seen root over the parts that the approver has seen; nothing else is approved
     * @param signed the approver's sign-off, where the party's keys name approvers
     */
    @Transactional
    public void approve(UUID id, Hash seen, Optional<String> signed, Caller approver) {
        Locked list = lock(id);
        requireDraft(list);
        ListDrafts.Draft draft = drafts.open(id, Optional.ofNullable(list.draft()).orElseThrow());
        ListDrafts.Content content =
                drafts.content(
                        id,
                        draft.facts(),
                        drafts.chunks(id),
                        Optional.ofNullable(list.seed()).orElseThrow());
        if (!seen.equals(content.root())) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "draft-changed",
                    "List %s has the root %s, not %s. Read it again."
                            .formatted(id, content.root(), seen));
        }
        if (approver.account().equals(list.draftedBy())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "own-list",
                    "You drew list %s up; another person approves it.".formatted(id));
        }
        List<Part> parts =
                signOffs.signedOff(file(id, channels.byId(list.channel()), content), signed);
        jdbc.sql(
                        """
                        insert into sent_list_approvals (list, account, approved_at)
                        values (:list, :account, :now) on conflict do nothing
                        """)
                .param("list", id)
                .param("account", approver.account())
                .param("now", now())
                .update();
        timeline.add(id, "approved", approver.role().wire(), null);
        int approvals =
                jdbc.sql("select count(*) from sent_list_approvals where list = :list")
                        .param("list", id)
                        .query(Integer.class)
                        .single();
        if (approvals >= settings.approvals()) {
            send(id, channels.byId(list.channel()), draft.facts(), content, parts);
        }
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @Transactional
    public DraftFile file(UUID id) {
        Locked list = lock(id);
        requireDraft(list);
        ListDrafts.Draft draft = drafts.open(id, Optional.ofNullable(list.draft()).orElseThrow());
        return file(
                id,
                channels.byId(list.channel()),
                drafts.content(
                        id,
                        draft.facts(),
                        drafts.chunks(id),
                        Optional.ofNullable(list.seed()).orElseThrow()));
    }

    private static DraftFile file(UUID id, Channel channel, ListDrafts.Content content) {
        return new DraftFile(id, channel.local(), channel.peer(), content.parts());
    }

    private void send(
            UUID id,
            Channel channel,
            ListFacts facts,
            ListDrafts.Content content,
            List<Part> parts) {
        Agreements.Signed agreement = checkAgreement(channel, facts.category());
        drafts.delete(id);
        timeline.add(id, "sent", null, null);
        notifications.settled(id, Kind.LIST_APPROVAL);
        // Last, for whoever sends next waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                id,
                                MessageKind.LIST,
                                Optional.of(id),
                                Optional.of(agreement.digest()),
                                parts));
        agreements.named(sent);
        jdbc.sql(
                        """
                        update sent_lists set state = 'sent', draft = null, draft_seed = null, message = :message,
                            facts_leaf = :facts, changed_at = :now
                        where id = :id
                        """)
                .param("message", sent.row())
                .param("facts", content.facts().bytes())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** A draft that is not to be sent goes, and nobody can read it any more. */
    @Transactional
    public void discard(UUID id) {
        requireDraft(lock(id));
        drafts.delete(id);
        notifications.settled(id, Kind.LIST_APPROVAL);
        jdbc.sql("delete from sent_list_approvals where list = :id").param("id", id).update();
        jdbc.sql("delete from sent_lists where id = :id").param("id", id).update();
    }

    private Agreements.Signed checkAgreement(Channel channel, String category) {
        Agreements.Signed signed =
                agreements
                        .with(channel.peer())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "no-agreement",
                                        "There is no agreement with %s; nothing can be shared before one is signed."
                                                .formatted(channel.peer())));
        Check.category(signed.agreement(), category)
                .ifPresent(breach -> {
                    throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "list-outside-agreement",
                            "Clause %s.".formatted(breach.sentence()));
                });
        return signed;
    }

    private Locked lock(UUID id) {
        return jdbc.sql(
                        """
                        select channel, state, drafted_by, draft, draft_seed from sent_lists
                        where id = :id for update
                        """)
                .param("id", id)
                .query(Locked::from)
                .optional()
                .orElseThrow(() -> unknown(id));
    }

    static ProblemException unknown(UUID id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-sent-list",
                "This node has drawn up no list %s.".formatted(id));
    }

    private static void requireDraft(Locked list) {
        if (!list.state().equals("draft")) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "wrong-state",
                    "The list is %s; only a draft can be approved or discarded."
                            .formatted(list.state()));
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
