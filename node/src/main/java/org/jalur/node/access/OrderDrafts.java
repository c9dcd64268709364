package org.jalur.node.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.CheckedOrder;
import org.jalur.access.check.Proportionality;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.Course;
import org.jalur.access.order.Ground;
import org.jalur.access.order.Limits;
import org.jalur.access.order.OrderEvent;
import org.jalur.access.text.OrderText;
import org.jalur.channel.DraftFile;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.escalation.BlockGrounds;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders from draft to message: checked, and approved by two people other than the drafter. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class OrderDrafts {
    static final int APPROVALS = 2;

    private final JdbcClient jdbc;
    private final DraftKeys keys;
    private final Channels channels;
    private final Agreements agreements;
    private final BlockGrounds grounds;
    private final Checking checking;
    private final Accounts accounts;
    private final OrderRows rows;
    private final BlockLooks looks;
    private final SignOffs signOffs;
    private final Exchange exchange;
    private final Notifications notifications;
    private final Clock clock;

    OrderDrafts(
            JdbcClient jdbc,
            DraftKeys keys,
            Channels channels,
            Agreements agreements,
            BlockGrounds grounds,
            Checking checking,
            Accounts accounts,
            OrderRows rows,
            BlockLooks looks,
            SignOffs signOffs,
            Exchange exchange,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.channels = channels;
        this.agreements = agreements;
        this.grounds = grounds;
        this.checking = checking;
        this.accounts = accounts;
        this.rows = rows;
        this.looks = looks;
        this.signOffs = signOffs;
        this.exchange = exchange;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** What an agreement allows now. */
    record Allowed(Hash agreement, Limits limits) {}

    /**
     * A draft as it is kept.
     *
     * @param drafter pseudonym
     */
    record Draft(
            UUID id,
            Channel channel,
            OrderText text,
            UUID draftedBy,
            String drafter,
            Instant createdAt,
            List<Approval> approvals) {
        Draft {
            approvals = List.copyOf(approvals);
        }
    }

    /**
     * @param by pseudonym
     */
    record Approval(UUID account, String by, boolean subdomains, Instant at) {
        static Approval from(ResultSet row, int number) throws SQLException {
            return new Approval(
                    row.getObject("account", UUID.class),
                    row.getString("pseudonym"),
                    row.getBoolean("subdomains"),
                    AccessBlocks.time(row, "at").orElseThrow());
        }
    }

    /**
     * @throws ProblemException 422 if there is no agreement, or one without access blocks
     */
    Allowed allowed(Channel channel) {
        Agreements.Signed signed =
                agreements
                        .with(channel.peer())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "no-agreement",
                                        "There is no agreement with %s; nothing can be ordered before one is signed."
                                                .formatted(channel.peer())));
        return Limits.of(signed.agreement())
                .map(limits -> new Allowed(signed.digest(), limits))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "no-access-blocks",
                                "The agreement with %s knows no access blocks; agree on them first."
                                        .formatted(channel.peer())));
    }

    /**
     * @return the id of the draft, and of the message that it becomes
     * @throws InvalidAccessException if it is forbidden, or outside the agreement
     */
    @Transactional
    public UUID draft(Channel channel, OrderForm form, Caller officer) {
        Allowed allowed = allowed(channel);
        CheckedOrder checked = checked(channel, form, allowed);
        OrderText text = OrderText.write(checked);
        Course.drafted(text.order(), allowed.limits(), officer.pseudonym(), text.digest());
        Instant now = now();
        requireNotice(text.order(), allowed.limits(), now);
        if (!accounts.organisations(officer.account()).contains(text.order().organisation())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "other-organisation",
                    "Your account does not file for %s.".formatted(text.order().organisation()),
                    text.order().organisation());
        }
        UUID id = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into access_drafts (id, channel, reference, draft, drafted_by, created_at)
                        values (:id, :channel, :reference, :draft, :officer, :now)
                        """)
                .param("id", id)
                .param("channel", channel.id())
                .param("reference", text.order().reference())
                .param("draft", keys.box(id).seal(text.octets()))
                .param("officer", officer.account())
                .param("now", BlockLooks.at(now))
                .update();
        notifications.tell(Event.of(Kind.ACCESS_APPROVAL, id, now, text.order().reference()));
        return id;
    }

    Proportionality look(OrderForm form) {
        return checking.check(form.wanted());
    }

    private CheckedOrder checked(Channel channel, OrderForm form, Allowed allowed) {
        return form.checked(look(form), notices(channel), allowed.limits().ladderStep());
    }

    private OrderForm.Notices notices(Channel channel) {
        List<BlockGrounds.Past> past = grounds.unanswered(channel);
        return new OrderForm.Notices() {
            @Override
            public Optional<Ground.Unanswered> unanswered(UUID notice) {
                return past.stream()
                        .filter(one -> one.id().equals(notice))
                        .map(one -> new Ground.Unanswered(one.message(), one.proof()))
                        .findFirst();
            }

            @Override
            public Optional<OrderForm.Listed> listed(UUID notice) {
                return jdbc.sql(
                                """
                                select digest, item_count from notices join messages on messages.id = message
                                where notices.id = :id and notices.channel = :channel
                                """)
                        .param("id", notice)
                        .param("channel", channel.id())
                        .query((row, _) ->
                                new OrderForm.Listed(
                                        Hash.of(row.getBytes("digest")), row.getInt("item_count")))
                        .optional();
            }
        };
    }

    /** The platform has the whole notice period, and something of the order is left after it. */
    private static void requireNotice(AccessOrder order, Limits limits, Instant now) {
        Instant earliest = now.plus(limits.noticePeriod());
        if (order.takesEffectAt().isBefore(earliest)) {
            throw new InvalidAccessException(
                    "takesEffectAt",
                    AccessRule.TOO_SOON,
                    order.takesEffectAt(),
                    limits.noticePeriod(),
                    earliest);
        }
    }

    Optional<Draft> find(UUID id) {
        return jdbc.sql(
                        """
                        select access_drafts.*, pseudonym from access_drafts
                        join accounts on accounts.id = drafted_by where access_drafts.id = :id
                        """)
                .param("id", id)
                .query(this::draft)
                .optional();
    }

    List<Draft> all() {
        return jdbc.sql(
                        """
                        select access_drafts.*, pseudonym from access_drafts
                        join accounts on accounts.id = drafted_by order by access_drafts.created_at desc, id
                        """)
                .query(this::draft)
                .list();
    }

    private Draft draft(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Draft(
                id,
                channels.byId(row.getInt("channel")),
                OrderText.read(keys.opening(id).open(row.getBytes("draft"))),
                row.getObject("drafted_by", UUID.class),
                row.getString("pseudonym"),
                AccessBlocks.time(row, "created_at").orElseThrow(),
                jdbc.sql(
                                """
                                select account, pseudonym, subdomains, at from access_draft_approvals
                                join accounts on accounts.id = account where draft = :id order by at, account
                                """)
                        .param("id", id)
                        .query(Approval::from)
                        .list());
    }

    /**
     * The second approval sends the order.
     *
     * @param read digest of what the approver has read; nothing else is approved
     * @param subdomains whether the reach below names is confirmed expressly
     * @return whether it is sent now
     * @throws InvalidAccessException for a rule of four eyes, or if the agreement changed since
     */
    @Transactional
    public boolean approve(UUID id, Hash read, boolean subdomains, Caller approver) {
        lock(id);
        Draft draft = find(id).orElseThrow(() -> AccessBlocks.unknown(id));
        if (draft.approvals().size() >= APPROVALS) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "waits-for-signature",
                    "Order %s is approved by two and waits for an approver's signature; sign its draft file."
                            .formatted(id));
        }
        Allowed allowed = allowed(draft.channel());
        Instant now = now();
        Course course =
                Course.drafted(
                        draft.text().order(),
                        allowed.limits(),
                        draft.drafter(),
                        draft.text().digest());
        for (Approval earlier : draft.approvals()) {
            course = course.with(event(earlier, draft));
        }
        course.with(new OrderEvent.Approved(approver.pseudonym(), read, subdomains, now));
        requireStillTrue(draft, allowed, now);
        jdbc.sql(
                        """
                        insert into access_draft_approvals (draft, account, subdomains, at)
                        values (:draft, :account, :subdomains, :now)
                        """)
                .param("draft", id)
                .param("account", approver.account())
                .param("subdomains", subdomains)
                .param("now", BlockLooks.at(now))
                .update();
        if (draft.approvals().size() + 1 < APPROVALS) {
            return false;
        }
        Draft approved = find(id).orElseThrow();
        if (signOffs.areNeeded()) {
            // From here on its parts are fixed; it leaves with the signature of an approver.
            jdbc.sql("update access_drafts set draft_seed = :seed where id = :id")
                    .param("seed", keys.box(id).seal(PartSeries.newSeed()))
                    .param("id", id)
                    .update();
            return false;
        }
        List<Part> parts = parts(approved, Part::of);
        send(approved, allowed, parts, parts);
        return true;
    }

    /**
     * Sends an order that two have approved.
     *
     * @param signed an approver's sign-off of its draft file
     */
    @Transactional
    public void sign(UUID id, String signed) {
        lock(id);
        Draft draft = find(id).orElseThrow(() -> AccessBlocks.unknown(id));
        Allowed allowed = allowed(draft.channel());
        Course course =
                Course.drafted(
                        draft.text().order(),
                        allowed.limits(),
                        draft.drafter(),
                        draft.text().digest());
        for (Approval approval : draft.approvals()) {
            course = course.with(event(approval, draft));
        }
        DraftFile file = file(draft);
        requireStillTrue(draft, allowed, now());
        send(draft, allowed, file.parts(), signOffs.signedOff(file, Optional.of(signed)));
    }

    /** For an approver who reads and signs it on a machine of their own. */
    DraftFile file(UUID id) {
        return file(find(id).orElseThrow(() -> AccessBlocks.unknown(id)));
    }

    private DraftFile file(Draft draft) {
        byte[] seed =
                jdbc.sql(
                                "select draft_seed from access_drafts where id = :id and draft_seed is not null")
                        .param("id", draft.id())
                        .query((row, _) -> row.getBytes("draft_seed"))
                        .optional()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "not-approved-yet",
                                        "Order %s waits for no signature; two people approve it first."
                                                .formatted(draft.id())));
        var series = new PartSeries(keys.opening(draft.id()).open(seed));
        return new DraftFile(
                draft.id(),
                draft.channel().local(),
                draft.channel().peer(),
                parts(draft, series::next));
    }

    private static OrderEvent event(Approval approval, Draft draft) {
        return new OrderEvent.Approved(
                approval.by(), draft.text().digest(), approval.subdomains(), approval.at());
    }

    /** Whoever answered since is not blocked, and an order without a day left is none. */
    private void requireStillTrue(Draft draft, Allowed allowed, Instant now) {
        AccessOrder order = draft.text().order();
        Instant effect = now.plus(allowed.limits().noticePeriod());
        if (!effect.isBefore(order.endsAt())) {
            throw new InvalidAccessException(
                    "endsAt", AccessRule.NOT_AFTER, order.endsAt(), effect);
        }
        if (order.ground() instanceof Ground.UnansweredNotices(var notices, _)) {
            List<Hash> silent =
                    grounds.unanswered(draft.channel()).stream()
                            .map(BlockGrounds.Past::message)
                            .toList();
            for (Ground.Unanswered one : notices) {
                if (!silent.contains(one.notice())) {
                    throw new InvalidAccessException(
                            "ground", AccessRule.NOT_UNANSWERED, one.notice());
                }
            }
        }
    }

    /** The order, then its approvals. */
    private static List<Part> parts(Draft draft, BiFunction<String, byte[], Part> made) {
        OrderText text = draft.text();
        return List.of(
                made.apply(OrderMessages.ORDER, text.octets()),
                made.apply(
                        OrderMessages.APPROVALS,
                        Parts.octets(
                                new Said.Approvals(
                                        draft.drafter(),
                                        draft.approvals().stream()
                                                .map(one ->
                                                        new Said.Approval(
                                                                one.by(),
                                                                text.digest().hex(),
                                                                one.subdomains(),
                                                                one.at()))
                                                .toList()))));
    }

    /**
     * @param content the order and its approvals
     * @param all the same with a sign-off, where one is needed
     */
    private void send(Draft draft, Allowed allowed, List<Part> content, List<Part> all) {
        OrderText text = draft.text();
        UUID id = draft.id();
        delete(id);
        // Last, for whoever sends next waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        draft.channel(),
                        new Exchange.Draft(
                                id,
                                MessageKind.ACCESS_ORDER,
                                Optional.of(id),
                                Optional.of(allowed.agreement()),
                                all));
        agreements.named(sent);
        rows.add(
                new OrderRows.New(
                        draft.channel(),
                        true,
                        id,
                        sent.row(),
                        text.order().reference(),
                        allowed.agreement(),
                        content.getFirst().leaf(),
                        content.getLast().leaf(),
                        sent.manifest().time()));
        looks.open(id);
    }

    /** A draft that is not to be sent goes, and nobody can read it any more. */
    @Transactional
    public void discard(UUID id) {
        lock(id);
        delete(id);
    }

    private void delete(UUID id) {
        notifications.settled(id, Kind.ACCESS_APPROVAL);
        jdbc.sql("delete from access_draft_approvals where draft = :id").param("id", id).update();
        jdbc.sql("delete from access_drafts where id = :id").param("id", id).update();
        keys.destroy(id);
    }

    private void lock(UUID id) {
        if (jdbc.sql("select id from access_drafts where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isEmpty()) {
            throw AccessBlocks.unknown(id);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
