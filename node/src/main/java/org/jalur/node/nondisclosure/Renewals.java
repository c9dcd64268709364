package org.jalur.node.nondisclosure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.check.RenewalCheck;
import org.jalur.channel.DraftFile;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.RenewalFacts;
import org.jalur.notice.RenewalReasons;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Renewals of an authority: asked for by one person with a reason, approved by another. */
@Component
public class Renewals {
    private final JdbcClient jdbc;
    private final RenewalRows rows;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final PartStore parts;
    private final Channels channels;
    private final Agreements agreements;
    private final Accounts accounts;
    private final SignOffs signOffs;
    private final Exchange exchange;
    private final Timeline timeline;
    private final Notifications notifications;
    private final JalurSettings settings;
    private final Clock clock;

    Renewals(
            JdbcClient jdbc,
            RenewalRows rows,
            DraftKeys keys,
            JsonMapper json,
            PartStore parts,
            Channels channels,
            Agreements agreements,
            Accounts accounts,
            SignOffs signOffs,
            Exchange exchange,
            Timeline timeline,
            Notifications notifications,
            JalurSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.keys = keys;
        this.json = json;
        this.parts = parts;
        this.channels = channels;
        this.agreements = agreements;
        this.accounts = accounts;
        this.signOffs = signOffs;
        this.exchange = exchange;
        this.timeline = timeline;
        this.notifications = notifications;
        this.settings = settings;
        this.clock = clock;
    }

    /** The notice; its row is locked. */
    private record Locked(
            UUID id,
            int channel,
            String state,
            String organisation,
            String reference,
            @Nullable Hash agreement,
            @Nullable Hash facts) {
        static Locked from(ResultSet row, int number) throws SQLException {
            byte[] agreement = row.getBytes("agreement");
            byte[] facts = row.getBytes("facts_leaf");
            return new Locked(
                    row.getObject("id", UUID.class),
                    row.getInt("channel"),
                    row.getString("state"),
                    row.getString("organisation"),
                    row.getString("reference"),
                    agreement == null ? null : Hash.of(agreement),
                    facts == null ? null : Hash.of(facts));
        }
    }

    private Locked lock(UUID id) {
        return jdbc.sql(
                        """
                        select id, channel, state, organisation, reference, agreement, facts_leaf from notices
                        where id = :id for no key update
                        """)
                .param("id", id)
                .query(Locked::from)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-notice",
                                "There is no notice %s on this node.".formatted(id)));
    }

    /**
     * @throws BrokenRenewalException if the agreement that the notice cites does not let it
     */
    @Transactional
    public UUID ask(UUID notice, RenewalForm form, Caller officer) {
        Locked one = lock(notice);
        requireMember(one, officer);
        requireSent(one);
        if (rows.of(notice).stream().anyMatch(row -> row.state().equals("asked"))) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "renewal-waits",
                    "A renewal for notice %s waits for approval; discard it first."
                            .formatted(notice));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var facts =
                new RenewalFacts(
                        form.until().truncatedTo(ChronoUnit.SECONDS), officer.role().wire(), now);
        var reasons = new RenewalReasons(form.reason(), officer.pseudonym());
        Instant end = check(one, facts);
        UUID id = UUID.randomUUID();
        DraftKeys.Box box = keys.box(id);
        rows.ask(
                id,
                notice,
                end,
                facts,
                officer.account(),
                box.seal(json.writeValueAsBytes(reasons)),
                box.seal(PartSeries.newSeed()));
        timeline.add(notice, "renewing", officer.role().wire(), null);
        notifications.tell(Event.of(Kind.RENEWAL_APPROVAL, notice, now, one.reference()));
        return id;
    }

    /** The end until now, if the renewal is one that counts. */
    private Instant check(Locked one, RenewalFacts facts) {
        Channel channel = channels.byId(one.channel());
        Optional<Instant> end =
                Optional.ofNullable(one.facts())
                        .flatMap(leaf -> parts.open(channel, leaf))
                        .map(part -> Parts.read(part, NoticeFacts.class))
                        .flatMap(NoticeFacts::nonDisclosure)
                        .map(NoticeFacts.NonDisclosure::until);
        RenewalCheck.of(
                        agreements
                                .of(channel, Optional.ofNullable(one.agreement()).orElseThrow())
                                .agreement(),
                        new RenewalCheck.Asked(
                                end, rows.isRenewed(one.id()), facts.until(), clock.instant()))
                .ifPresent(breach -> {
                    throw new BrokenRenewalException(breach);
                });
        return end.orElseThrow();
    }

    /**
     * Sends it once enough others than the one who asked have approved it.
     *
     * @param seen root over the parts that the approver has seen; nothing else is approved then
     * @param signed the approver's sign-off, where the party's keys name approvers
     */
    @Transactional
    public void approve(
            UUID notice, UUID id, Optional<Hash> seen, Optional<String> signed, Caller approver) {
        Locked one = lock(notice);
        RenewalRows.Row row = waiting(notice, id);
        requireMember(one, approver);
        if (row.askedBy().equals(Optional.of(approver.account()))) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "own-renewal",
                    "You asked for renewal %s; another person approves it.".formatted(id));
        }
        requireSent(one);
        Instant end = check(one, row.facts());
        List<Part> content = content(row);
        Hash root = root(content);
        if (seen.isPresent() && !seen.get().equals(root)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "draft-changed",
                    "Renewal %s has parts with the root %s, not %s. Read it again."
                            .formatted(id, root, seen.get()));
        }
        List<Part> all = signOffs.signedOff(file(one, row, content), signed);
        timeline.add(notice, "approved", approver.role().wire(), null);
        if (rows.approve(id, approver.account(), clock.instant()) < settings.approvals()) {
            return;
        }
        keys.destroy(id);
        notifications.settled(notice, Kind.RENEWAL_APPROVAL);
        timeline.add(notice, "renewed", approver.role().wire(), null);
        touch(notice);
        // Last, for whoever sends next waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        channels.byId(one.channel()),
                        new Exchange.Draft(
                                id,
                                MessageKind.NON_DISCLOSURE,
                                Optional.of(notice),
                                Optional.ofNullable(one.agreement()),
                                all));
        rows.renewed(
                id, notice, end, sent.row(), new RenewalParts(row.facts(), content.get(1).leaf()));
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @Transactional
    public DraftFile file(UUID notice) {
        Locked one = lock(notice);
        RenewalRows.Row row =
                rows.of(notice).stream()
                        .filter(each -> each.state().equals("asked"))
                        .findFirst()
                        .orElseThrow(() -> noneWaits(notice));
        return file(one, row, content(row));
    }

    private DraftFile file(Locked one, RenewalRows.Row row, List<Part> content) {
        Channel channel = channels.byId(one.channel());
        return new DraftFile(
                row.id(), Optional.of(one.id()), channel.local(), channel.peer(), content);
    }

    /** Of one that waits: the same parts each time. */
    List<Part> content(RenewalRows.Row row) {
        DraftKeys.Box box = keys.opening(row.id());
        return RenewalParts.make(
                box.open(Optional.ofNullable(row.seed()).orElseThrow()),
                row.facts(),
                reasons(box, row));
    }

    static Hash root(List<Part> content) {
        return MerkleTree.root(content.stream().map(Part::leaf).toList());
    }

    private RenewalReasons reasons(DraftKeys.Box box, RenewalRows.Row row) {
        return json.readValue(
                box.open(Optional.ofNullable(row.draft()).orElseThrow()), RenewalReasons.class);
    }

    private RenewalRows.Row waiting(UUID notice, UUID id) {
        return rows.of(notice).stream()
                .filter(row -> row.id().equals(id) && row.state().equals("asked"))
                .findFirst()
                .orElseThrow(() -> noneWaits(notice));
    }

    private static ProblemException noneWaits(UUID notice) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "no-renewal-waits",
                "No such renewal of notice %s waits for approval: it was sent or discarded."
                        .formatted(notice));
    }

    /** What is not to be sent goes, and nobody can read it any more. */
    @Transactional
    public void discard(UUID notice, UUID id) {
        lock(notice);
        waiting(notice, id);
        forget(notice);
    }

    /** The notice is over: what waits for an approver goes with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(UUID notice) {
        rows.discard(notice).ifPresent(keys::destroy);
        notifications.settled(notice, Kind.RENEWAL_APPROVAL);
    }

    /** The platform's node did not take it up; another one may be asked for. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void refused(UUID renewal) {
        rows.refused(renewal);
    }

    private void touch(UUID notice) {
        jdbc.sql("update notices set changed_at = :now where id = :id")
                .param("now", RenewalRows.at(clock.instant()))
                .param("id", notice)
                .update();
    }

    private static void requireSent(Locked one) {
        if (!one.state().equals("sent") && !one.state().equals("closed")) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "wrong-state",
                    "Notice %s is %s; only the non-disclosure of a sent notice is renewed."
                            .formatted(one.id(), one.state()));
        }
    }

    private void requireMember(Locked one, Caller caller) {
        if (!accounts.organisations(caller.account()).contains(one.organisation())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "other-organisation",
                    "You do not belong to \"%s\"; an admin says who does."
                            .formatted(one.organisation()),
                    one.organisation());
        }
    }
}
