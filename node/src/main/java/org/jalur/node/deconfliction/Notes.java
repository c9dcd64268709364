package org.jalur.node.deconfliction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.NoteFacts;
import org.jalur.notice.NoteText;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Notes of an authority: drafted by one person, approved by another, ended early or by itself. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Notes {
    private final JdbcClient jdbc;
    private final NoteRows rows;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final Channels channels;
    private final Agreements agreements;
    private final Accounts accounts;
    private final Exchange exchange;
    private final Notifications notifications;
    private final JalurSettings settings;
    private final Clock clock;

    Notes(
            JdbcClient jdbc,
            NoteRows rows,
            DraftKeys keys,
            JsonMapper json,
            Channels channels,
            Agreements agreements,
            Accounts accounts,
            Exchange exchange,
            Notifications notifications,
            JalurSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.keys = keys;
        this.json = json;
        this.channels = channels;
        this.agreements = agreements;
        this.accounts = accounts;
        this.exchange = exchange;
        this.notifications = notifications;
        this.settings = settings;
        this.clock = clock;
    }

    /** A note as its commands see it; the row is locked. */
    private record Locked(
            int channel,
            String state,
            String organisation,
            String category,
            Instant until,
            @Nullable UUID draftedBy,
            byte @Nullable [] draft) {
        static Locked from(ResultSet row, int number) throws SQLException {
            return new Locked(
                    row.getInt("channel"),
                    row.getString("state"),
                    row.getString("organisation"),
                    row.getString("category"),
                    row.getObject("until", java.time.OffsetDateTime.class).toInstant(),
                    row.getObject("drafted_by", UUID.class),
                    row.getBytes("draft"));
        }
    }

    /**
     * @throws ProblemException 403 for another organisation, 422 if the agreement does not let it
     */
    @Transactional
    public UUID draft(NoteForm form, Caller officer) {
        Channel channel = channel(form.platform());
        requireMember(form.organisation(), officer);
        UUID id = UUID.randomUUID();
        NoteFacts facts = facts(id, form.organisation(), form.category(), form.until(), officer);
        check(channel, facts);
        NoteText text = form.text();
        jdbc.sql(
                        """
                        insert into notes (id, channel, state, organisation, category, until, target, draft, drafted_by,
                            created_at, changed_at)
                        values (:id, :channel, 'draft', :organisation, :category, :until, :target, :draft, :officer,
                            :now, :now)
                        """)
                .param("id", id)
                .param("channel", channel.id())
                .param("organisation", facts.organisation())
                .param("category", facts.category())
                .param("until", NoteRows.at(facts.until()))
                .param("target", NoteRows.wire(text.target()))
                .param("draft", keys.box(id).seal(json.writeValueAsBytes(text)))
                .param("officer", officer.account())
                .param("now", NoteRows.at(facts.at()))
                .update();
        notifications.tell(Event.of(Kind.NOTE_APPROVAL, id, facts.at(), NoteRows.reference(id)));
        return id;
    }

    NoteText draft(UUID id, byte[] sealed) {
        return json.readValue(keys.opening(id).open(sealed), NoteText.class);
    }

    /** Sends the note once enough others than its drafter have approved it. */
    @Transactional
    public void approve(UUID id, Caller approver) {
        Locked note = lock(id);
        requireState(note, "draft");
        requireMember(note.organisation(), approver);
        if (approver.account().equals(note.draftedBy())) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "own-note",
                    "You drafted note %s; another person approves it.".formatted(id));
        }
        jdbc.sql(
                        """
                        insert into note_approvals (note, account, approved_at) values (:note, :account, :now)
                        on conflict do nothing
                        """)
                .param("note", id)
                .param("account", approver.account())
                .param("now", NoteRows.at(clock.instant()))
                .update();
        int approvals =
                jdbc.sql("select count(*) from note_approvals where note = :note")
                        .param("note", id)
                        .query(Integer.class)
                        .single();
        if (approvals >= settings.approvals()) {
            send(id, note, approver);
        }
    }

    private void send(UUID id, Locked note, Caller approver) {
        Channel channel = channels.byId(note.channel());
        NoteFacts facts = facts(id, note.organisation(), note.category(), note.until(), approver);
        Agreements.Signed signed = check(channel, facts);
        NoteText text = draft(id, Optional.ofNullable(note.draft()).orElseThrow());
        Part content = Parts.json(NoteParts.TEXT, text);
        keys.destroy(id);
        notifications.settled(id, Kind.NOTE_APPROVAL);
        // Last, for whoever sends next waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                id,
                                MessageKind.DECONFLICTION,
                                Optional.of(id),
                                Optional.of(signed.digest()),
                                List.of(Parts.json(NoteParts.FACTS, facts), content)));
        agreements.named(sent);
        rows.asked(channel, sent.row(), facts, Optional.of(text), content.leaf());
    }

    /** What is not to be sent goes, and nobody can read it any more. */
    @Transactional
    public void discard(UUID id) {
        requireState(lock(id), "draft");
        keys.destroy(id);
        notifications.settled(id, Kind.NOTE_APPROVAL);
        jdbc.sql("delete from note_approvals where note = :id").param("id", id).update();
        jdbc.sql("delete from notes where id = :id").param("id", id).update();
    }

    /** Before its time; the platform is told. */
    @Transactional
    public void end(UUID id, Caller approver) {
        Locked note = lock(id);
        requireState(note, "asked");
        requireMember(note.organisation(), approver);
        NoteFacts facts =
                facts(id, note.organisation(), note.category(), note.until(), approver)
                        .saying(
                                NoteFacts.Act.ENDED,
                                approver.role().wire(),
                                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        SentMessage sent =
                exchange.send(
                        channels.byId(note.channel()),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.DECONFLICTION,
                                Optional.of(id),
                                Optional.empty(),
                                List.of(Parts.json(NoteParts.FACTS, facts))));
        rows.ended(sent.row(), facts);
    }

    private NoteFacts facts(
            UUID id, String organisation, String category, Instant until, Caller caller) {
        return new NoteFacts(
                id,
                NoteFacts.Act.ASKED,
                organisation,
                category,
                until.truncatedTo(ChronoUnit.SECONDS),
                caller.role().wire(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private Agreements.Signed check(Channel channel, NoteFacts facts) {
        Agreements.Signed signed =
                agreements
                        .with(channel.peer())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "no-agreement",
                                        "There is no agreement with %s; nothing can be asked before one is signed."
                                                .formatted(channel.peer())));
        NoteRules.broken(signed.agreement(), facts, clock.instant(), rows.held(channel))
                .ifPresent(broken -> {
                    throw new BrokenNoteException(broken);
                });
        return signed;
    }

    private void requireMember(String organisation, Caller caller) {
        if (!accounts.organisations(caller.account()).contains(organisation)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "other-organisation",
                    "You do not belong to \"%s\"; an admin says who does.".formatted(organisation),
                    organisation);
        }
    }

    private Channel channel(String platform) {
        return channels.all().stream()
                .filter(one -> one.peer().value().equals(platform))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "unknown-platform",
                                "platform is \"%s\"; name one with an open channel"
                                        .formatted(platform)));
    }

    private Locked lock(UUID id) {
        return jdbc.sql(
                        """
                        select channel, state, organisation, category, until, drafted_by, draft from notes
                        where id = :id for update
                        """)
                .param("id", id)
                .query(Locked::from)
                .optional()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-note",
                                "There is no note %s on this node.".formatted(id)));
    }

    private static void requireState(Locked note, String state) {
        if (!note.state().equals(state)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "wrong-state",
                    "The note is %s; only one that is %s can be changed so."
                            .formatted(note.state(), state));
        }
    }
}
