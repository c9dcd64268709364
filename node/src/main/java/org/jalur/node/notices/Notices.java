package org.jalur.node.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.agreement.check.Answer;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.channel.DraftFile;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.agreement.Filings;
import org.jalur.node.appeals.EndedAppeals;
import org.jalur.node.contacts.Emergencies;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Clocks;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.ItemMarks;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.nondisclosure.Renewals;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Withdrawal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Files notices: drafts, approval by four eyes, sending, withdrawal, answers to questions. */
@Component
class Notices {
    private final JdbcClient jdbc;
    private final Drafts drafts;
    private final Channels channels;
    private final Agreements agreements;
    private final Filings filings;
    private final Accounts accounts;
    private final Exchange exchange;
    private final SignOffs signOffs;
    private final WithdrawalDrafts withdrawals;
    private final Emergencies emergencies;
    private final ItemMarks marks;
    private final InterimRecords interims;
    private final EndedAppeals appeals;
    private final Dialogue dialogue;
    private final Renewals renewals;
    private final Timeline timeline;
    private final Notifications notifications;
    private final JalurSettings settings;
    private final Clock clock;

    Notices(
            JdbcClient jdbc,
            Drafts drafts,
            Channels channels,
            Agreements agreements,
            Filings filings,
            Accounts accounts,
            Exchange exchange,
            SignOffs signOffs,
            WithdrawalDrafts withdrawals,
            Emergencies emergencies,
            ItemMarks marks,
            InterimRecords interims,
            EndedAppeals appeals,
            Dialogue dialogue,
            Renewals renewals,
            Timeline timeline,
            Notifications notifications,
            JalurSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.channels = channels;
        this.agreements = agreements;
        this.filings = filings;
        this.accounts = accounts;
        this.exchange = exchange;
        this.signOffs = signOffs;
        this.withdrawals = withdrawals;
        this.emergencies = emergencies;
        this.marks = marks;
        this.interims = interims;
        this.appeals = appeals;
        this.dialogue = dialogue;
        this.renewals = renewals;
        this.timeline = timeline;
        this.notifications = notifications;
        this.settings = settings;
        this.clock = clock;
    }

    /** A notice as its commands see it; the row is locked. */
    private record Locked(
            int channel,
            String state,
            int version,
            @Nullable UUID draftedBy,
            byte @Nullable [] draft) {
        static Locked from(ResultSet row, int number) throws SQLException {
            return new Locked(
                    row.getInt("channel"),
                    row.getString("state"),
                    row.getInt("version"),
                    row.getObject("drafted_by", UUID.class),
                    row.getBytes("draft"));
        }
    }

    @Transactional
    public UUID draft(NoticeForm form, Caller officer) {
        Channel channel = channelFor(form);
        requireMember(form.organisation(), officer);
        checkAgreement(channel, form, Drafts.check(form));
        UUID id = UUID.randomUUID();
        NoticeFacts facts = form.facts();
        jdbc.sql(
                        """
                        insert into notices (id, channel, state, kind, urgency, category, reference, organisation,
                            item_count, draft, draft_seed, drafted_by, created_at, changed_at)
                        values (:id, :channel, 'draft', :kind, :urgency, :category, :reference, :organisation,
                            :items, :draft, :seed, :officer, :now, :now)
                        """)
                .param("id", id)
                .param("channel", channel.id())
                .param("kind", wire(facts.kind()))
                .param("urgency", wire(facts.urgency()))
                .param("category", facts.category())
                .param("reference", facts.reference())
                .param("organisation", facts.organisation())
                .param("items", facts.itemCount())
                .param("draft", drafts.sealed(id, form))
                .param("seed", drafts.newSeed(id))
                .param("officer", officer.account())
                .param("now", now())
                .update();
        drafts.replaceContent(id, form);
        timeline.add(id, "drafted", officer.role().wire(), null);
        askForApproval(id, facts);
        return id;
    }

    /** A change makes a new version; approvals count for the version they were given to. */
    @Transactional
    public void change(UUID id, NoticeForm form, Caller officer) {
        Locked notice = lock(id);
        requireState(notice, "draft", "changed");
        Channel channel = channelFor(form);
        requireMember(form.organisation(), officer);
        checkAgreement(channel, form, Drafts.check(form));
        NoticeFacts facts = form.facts();
        jdbc.sql(
                        """
                        update notices set channel = :channel, kind = :kind, urgency = :urgency, category = :category,
                            reference = :reference, organisation = :organisation, item_count = :items,
                            draft = :draft, draft_seed = :seed, drafted_by = :officer, version = version + 1, changed_at = :now
                        where id = :id
                        """)
                .param("channel", channel.id())
                .param("kind", wire(facts.kind()))
                .param("urgency", wire(facts.urgency()))
                .param("category", facts.category())
                .param("reference", facts.reference())
                .param("organisation", facts.organisation())
                .param("items", facts.itemCount())
                .param("draft", drafts.sealed(id, form))
                .param("seed", drafts.newSeed(id))
                .param("officer", officer.account())
                .param("now", now())
                .param("id", id)
                .update();
        drafts.replaceContent(id, form);
        timeline.add(id, "changed", officer.role().wire(), null);
        notifications.settled(id, Kind.APPROVAL);
        askForApproval(id, facts);
    }

    private void askForApproval(UUID id, NoticeFacts facts) {
        notifications.tell(
                Event.of(Kind.APPROVAL, id, clock.instant(), facts.reference())
                        .asEmergency(facts.kind() == NoticeKind.EMERGENCY));
    }

    /**
     * Sends the notice once enough others than its drafter have approved this version of it.
     *
     * @param seen root over the parts that the approver has seen; nothing else is approved then
     * @param signed the approver's sign-off, where the party's keys name approvers
     */
    @Transactional
    public void approve(UUID id, Optional<Hash> seen, Optional<String> signed, Caller approver) {
        Locked notice = lock(id);
        requireState(notice, "draft", "approved");
        NoticeForm form = drafts.form(id, Optional.ofNullable(notice.draft()).orElseThrow());
        requireMember(form.organisation(), approver);
        Drafts.Content content = drafts.content(id, form);
        if (!seen.equals(Optional.of(content.root())) && seen.isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "draft-changed",
                    "Draft %s was changed since you read it: its parts have the root %s, not %s. Read it again."
                            .formatted(id, content.root(), seen.get()));
        }
        if (approver.account().equals(notice.draftedBy())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "own-draft",
                    "You drafted notice %s; another person approves it.".formatted(id));
        }
        List<Part> parts = withSignOff(id, notice, content, signed);
        int approvals =
                jdbc.sql(
                                """
                                with given as (
                                    insert into approvals (notice, version, account, approved_at)
                                    values (:notice, :version, :account, :now)
                                    on conflict do nothing returning account)
                                select count(*) from (
                                    select account from given
                                    union select account from approvals
                                    where notice = :notice and version = :version) as all_given
                                """)
                        .param("notice", id)
                        .param("version", notice.version())
                        .param("account", approver.account())
                        .param("now", now())
                        .query(Integer.class)
                        .single();
        timeline.add(id, "approved", approver.role().wire(), null);
        if (approvals >= settings.approvals()) {
            send(id, notice, form, content, parts);
        } else {
            touch(id);
        }
    }

    boolean isDraftedBy(UUID id, UUID account) {
        return jdbc.sql("select drafted_by from notices where id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .filter(account::equals)
                .isPresent();
    }

    /** Every approver signs; the sign-off of the last one travels with the notice. */
    private List<Part> withSignOff(
            UUID id, Locked notice, Drafts.Content content, Optional<String> signed) {
        Channel channel = channels.byId(notice.channel());
        return signOffs.signedOff(
                new DraftFile(id, channel.local(), channel.peer(), content.parts()), signed);
    }

    /** A draft for an approver who reads and signs it elsewhere. */
    DraftFile file(UUID id, NoticeForm form) {
        Channel channel = channelFor(form);
        return new DraftFile(id, channel.local(), channel.peer(), drafts.content(id, form).parts());
    }

    private void send(
            UUID id, Locked notice, NoticeForm form, Drafts.Content content, List<Part> parts) {
        Channel channel = channels.byId(notice.channel());
        Agreements.Signed signed = checkAgreement(channel, form, content.items());
        NoticeFacts facts = form.facts();
        insertItems(id, content.items().stream().map(Item::kind).toList(), content.itemLeaves());
        drafts.delete(id);
        timeline.add(id, "sent", null, null);
        if (facts.kind() == NoticeKind.EMERGENCY) {
            emergencies.claim(id, channel, id, facts.organisation(), clock.instant());
        }
        notifications.settled(id, Kind.APPROVAL);
        // Last, for whoever sends next waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                id,
                                MessageKind.NOTICE,
                                Optional.of(id),
                                Optional.of(signed.digest()),
                                Optional.of(
                                        Clocks.allowance(
                                                ClockRule.forNotice(signed.agreement(), facts),
                                                clock.instant())),
                                parts));
        // Nobody else sends on the channel now: what was filed today is counted exactly.
        requireCovered(channel, signed, form, content.items());
        filings.count(channel, signed.agreement(), facts, clock.instant());
        agreements.named(sent);
        marks.add(channel, id, sent.seq(), content.items(), content.itemLeaves());
        jdbc.sql(
                        """
                        update notices set state = 'sent', draft = null, draft_seed = null, message = :message,
                            agreement = :agreement, facts_leaf = :facts, reasons_leaf = :reasons, changed_at = :now
                        where id = :id
                        """)
                .param("message", sent.row())
                .param("agreement", signed.digest().bytes())
                .param("facts", content.facts().bytes())
                .param("reasons", content.reasons().bytes())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /**
     * @param itemLeaves of the private part of each item, by number - 1
     */
    void insertItems(UUID id, List<ItemKind> itemKinds, List<Hash> itemLeaves) {
        int count = itemLeaves.size();
        int[] numbers = new int[count];
        String[] kinds = new String[count];
        byte[][] leaves = new byte[count][];
        for (int i = 0; i < count; i++) {
            numbers[i] = i + 1;
            kinds[i] = wire(itemKinds.get(i));
            leaves[i] = itemLeaves.get(i).bytes();
        }
        jdbc.sql(
                        """
                        insert into notice_items (notice, no, kind, leaf)
                        select :notice, no, kind, leaf
                        from unnest(:numbers::int[], :kinds::text[], :leaves::bytea[]) as new(no, kind, leaf)
                        """)
                .param("notice", id)
                .param("numbers", numbers)
                .param("kinds", kinds)
                .param("leaves", leaves)
                .update();
    }

    /**
     * Takes a sent notice back; where the party's keys name approvers, nothing leaves before one of
     * them has signed what is kept from now on.
     *
     * @return whether it is withdrawn now
     */
    @Transactional
    public boolean withdraw(UUID id, Withdrawal withdrawal, Caller approver) {
        Locked notice = lock(id);
        requireWithdrawable(id, notice);
        if (signOffs.areNeeded()) {
            withdrawals.keep(id, withdrawal);
            return false;
        }
        withdraw(
                id,
                notice,
                UUID.randomUUID(),
                List.of(Parts.json("withdrawal", withdrawal)),
                approver);
        return true;
    }

    /**
     * Sends the withdrawal that waits.
     *
     * @param signed an approver's sign-off of {@link #withdrawalFile}
     */
    @Transactional
    public void signWithdrawal(UUID id, String signed, Caller approver) {
        Locked notice = lock(id);
        requireWithdrawable(id, notice);
        DraftFile draft = withdrawalFile(id, notice);
        List<Part> parts = signOffs.signedOff(draft, Optional.of(signed));
        withdrawals.delete(id);
        withdraw(id, notice, draft.message(), parts, approver);
    }

    /** For an approver who reads and signs it elsewhere. */
    @Transactional(readOnly = true)
    public DraftFile withdrawalFile(UUID id) {
        return withdrawalFile(
                id,
                jdbc.sql(
                                "select channel, state, version, drafted_by, draft from notices where id = :id")
                        .param("id", id)
                        .query(Locked::from)
                        .optional()
                        .orElseThrow(() -> NoticeViews.unknown(id)));
    }

    private DraftFile withdrawalFile(UUID id, Locked notice) {
        Channel channel = channels.byId(notice.channel());
        WithdrawalDrafts.Content content =
                withdrawals
                        .of(id)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "no-withdrawal-waits",
                                        "No withdrawal of notice %s waits for a signature; say the reason first."
                                                .formatted(id)));
        return new DraftFile(
                content.message(),
                Optional.of(id),
                channel.local(),
                channel.peer(),
                List.of(content.part()));
    }

    private static void requireWithdrawable(UUID id, Locked notice) {
        if (!notice.state().equals("sent") && !notice.state().equals("closed")) {
            throw conflict(
                    "Notice %s is %s; only a sent notice can be withdrawn."
                            .formatted(id, notice.state()));
        }
    }

    private void withdraw(UUID id, Locked notice, UUID message, List<Part> parts, Caller approver) {
        exchange.send(
                channels.byId(notice.channel()),
                new Exchange.Draft(
                        message, MessageKind.WITHDRAWAL, Optional.of(id), agreement(id), parts));
        setState(id, "withdrawn");
        interims.endAll(id, InterimRecords.Ending.WITHDRAWN, clock.instant());
        renewals.forget(id);
        appeals.withdrawn(id, clock.instant());
        notifications.settled(
                id,
                Kind.UNDELIVERED,
                Kind.UNACKNOWLEDGED,
                Kind.NOTICE_DUE_SOON,
                Kind.NOTICE_OVERDUE,
                Kind.QUESTION,
                Kind.LADDER_CALL,
                Kind.CALL_BACK);
        timeline.add(id, "withdrawn", approver.role().wire(), null);
    }

    /**
     * Answers a question; the clock goes on when the platform has the answer to the last one.
     *
     * @throws ProblemException 409 if nothing is asked, or that is answered already
     */
    @Transactional
    public void answer(UUID id, AnswerForm form, Caller officer) {
        Locked notice = lock(id);
        requireState(notice, "sent", "clarified");
        List<UUID> open = dialogue.open(id);
        UUID question = question(id, form.question(), open);
        Dialogue.Prepared answer =
                dialogue.prepare(
                        MessageKind.CLARIFICATION,
                        new Dialogue.Saying(
                                form.answer(),
                                dialogue.items(id, question),
                                Optional.of(question),
                                form.fileList()),
                        officer);
        dialogue.send(
                new Dialogue.About(id, channels.byId(notice.channel()), id, agreement(id)),
                answer,
                List.of());
        int reopened = dialogue.reopen(ItemStates.Of.NOTICE, id);
        touch(id);
        timeline.add(id, "clarified", officer.role().wire(), "%d items".formatted(reopened));
        if (open.size() == 1) {
            notifications.settled(id, Kind.QUESTION);
        }
    }

    /** The one that is named, or the only one that waits. */
    private static UUID question(UUID id, Optional<UUID> named, List<UUID> open) {
        if (open.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "nothing-asked",
                    "No question about notice %s waits for an answer.".formatted(id));
        }
        if (named.isEmpty() && open.size() > 1) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "which-question",
                    "%d questions about notice %s wait for an answer; name one of %s."
                            .formatted(open.size(), id, open));
        }
        return named.map(
                        one -> {
                            if (!open.contains(one)) {
                                throw new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "question-over",
                                        "Question %s about notice %s waits for no answer; reload and look again."
                                                .formatted(one, id));
                            }
                            return one;
                        })
                .orElseGet(open::getFirst);
    }

    private Optional<Hash> agreement(UUID id) {
        return jdbc.sql("select agreement from notices where id = :id")
                .param("id", id)
                .query((row, _) -> Hash.of(row.getBytes("agreement")))
                .optional();
    }

    private Channel channelFor(NoticeForm form) {
        if (form.platform().isPresent()) {
            return form.platform()
                    .filter(id -> id.matches("[a-z0-9-]{3,63}"))
                    .flatMap(id -> channels.with(new PartyId(id)))
                    .orElseThrow(() ->
                            new ProblemException(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    "unknown-platform",
                                    "platform is \"%s\"; open channels lead to %s"
                                            .formatted(form.platform().get(), peers())));
        }
        if (channels.all().size() != 1) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-platform",
                    "platform is missing; name one of %s".formatted(peers()));
        }
        return channels.all().getFirst();
    }

    private List<String> peers() {
        return channels.all().stream().map(channel -> channel.peer().value()).sorted().toList();
    }

    private Agreements.Signed checkAgreement(Channel channel, NoticeForm form, List<Item> items) {
        Agreements.Signed signed =
                agreements
                        .with(channel.peer())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "no-agreement",
                                        "There is no agreement with %s; nothing can be filed before one is signed."
                                                .formatted(channel.peer())));
        requireCovered(channel, signed, form, items);
        return signed;
    }

    private void requireCovered(
            Channel channel, Agreements.Signed signed, NoticeForm form, List<Item> items) {
        switch (filings.ask(
                channel,
                signed.agreement(),
                form.facts(),
                Drafts.reasons(form),
                items,
                clock.instant())) {
            case Answer.Covered _ -> {}
            case Answer.Refused(var breaches) ->
                    throw new ProblemException(
                            HttpStatus.UNPROCESSABLE_CONTENT,
                            "outside-agreement",
                            breaches.stream()
                                    .map(breach -> "Clause " + breach.sentence() + ".")
                                    .collect(Collectors.joining(" ")));
        }
    }

    /** Nobody files for an organisation that they do not belong to. */
    private void requireMember(String organisation, Caller caller) {
        Set<String> own = accounts.organisations(caller.account());
        if (!own.contains(organisation)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "other-organisation",
                    "You do not belong to \"%s\"; an admin says for whom you file, now for %s."
                            .formatted(organisation, own),
                    organisation);
        }
    }

    private Locked lock(UUID id) {
        return jdbc.sql(
                        """
                        select channel, state, version, drafted_by, draft from notices where id = :id for no key update
                        """)
                .param("id", id)
                .query(Locked::from)
                .optional()
                .orElseThrow(() -> NoticeViews.unknown(id));
    }

    private static void requireState(Locked notice, String state, String verb) {
        if (!notice.state().equals(state)) {
            throw conflict(
                    "The notice is %s; only one that is %s can be %s. A sent notice is withdrawn by a message."
                            .formatted(notice.state(), state, verb));
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "wrong-state", detail);
    }

    void setState(UUID id, String state) {
        jdbc.sql("update notices set state = :state, changed_at = :now where id = :id")
                .param("state", state)
                .param("now", now())
                .param("id", id)
                .update();
    }

    void touch(UUID id) {
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atOffset(ZoneOffset.UTC);
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
