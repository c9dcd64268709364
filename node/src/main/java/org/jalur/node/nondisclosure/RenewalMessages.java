package org.jalur.node.nondisclosure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.check.RenewalCheck;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.register.Register;
import org.jalur.notice.NoticeFacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a renewal changes on the platform: the affected user is told at the new end. On the
 * authority, what it said, when that comes back.
 */
@Component
class RenewalMessages implements MessageHandler, SentMessageHandler {
    private final JdbcClient jdbc;
    private final RenewalRows rows;
    private final PartStore parts;
    private final Subjects subjects;
    private final Agreements agreements;
    private final Enforcement enforcement;
    private final Renewals renewals;
    private final Exchange exchange;
    private final Timeline timeline;
    private final Clock clock;
    private final boolean authority;

    RenewalMessages(
            JdbcClient jdbc,
            RenewalRows rows,
            PartStore parts,
            Subjects subjects,
            Agreements agreements,
            Enforcement enforcement,
            Renewals renewals,
            Exchange exchange,
            Timeline timeline,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.parts = parts;
        this.subjects = subjects;
        this.agreements = agreements;
        this.enforcement = enforcement;
        this.renewals = renewals;
        this.exchange = exchange;
        this.timeline = timeline;
        this.clock = clock;
        this.authority = register.isAuthority();
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.NON_DISCLOSURE);
    }

    /** The case; its row is locked. */
    private record Locked(String state, Hash agreement, Optional<Instant> end) {
        static Locked from(ResultSet row, int number) throws SQLException {
            return new Locked(
                    row.getString("state"),
                    Hash.of(row.getBytes("agreement")),
                    Optional.ofNullable(row.getObject("tell_from", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }
    }

    @Override
    public void handle(ReceivedMessage message) {
        Optional<UUID> id =
                authority
                        ? Optional.empty()
                        : message.manifest()
                                .about()
                                .flatMap(notice -> subjects.subject(message.channel(), notice));
        if (id.isEmpty()) {
            throw new MalformedMessageException(
                    "a platform renews the non-disclosure of a notice that it took up, and of no other");
        }
        Locked one = lock(id.get());
        RenewalParts said = RenewalParts.read(parts.contents(message.channel(), message.leaves()));
        Optional<Refusal> refusal =
                message.again() ? Optional.empty() : refusal(message, id.get(), one, said);
        if (refusal.isPresent()) {
            exchange.refuse(message, refusal.get());
        } else {
            renew(message, id.get(), one, said);
        }
    }

    private Locked lock(UUID id) {
        return jdbc.sql(
                        "select state, agreement, tell_from from cases where id = :id for no key update")
                .param("id", id)
                .query(Locked::from)
                .single();
    }

    /** By the version that the notice cites, at the receipt of the renewal. */
    private Optional<Refusal> refusal(
            ReceivedMessage message, UUID id, Locked one, RenewalParts said) {
        if (one.state().equals("withdrawn")) {
            return broken("The notice was withdrawn; nothing is kept from the user any more.");
        }
        Optional<Refusal> refusal =
                RenewalCheck.of(
                                agreements.of(message.channel(), one.agreement()).agreement(),
                                new RenewalCheck.Asked(
                                        one.end(),
                                        rows.isRenewed(id),
                                        said.facts().until(),
                                        message.receivedAt()))
                        .map(Refusal::of);
        return refusal.isEmpty() && enforcement.hasTold(id)
                ? broken("The affected user has been told already.")
                : refusal;
    }

    private static Optional<Refusal> broken(String reason) {
        return Optional.of(new Refusal(RenewalCheck.CLAUSE, reason));
    }

    private void renew(ReceivedMessage message, UUID id, Locked one, RenewalParts said) {
        jdbc.sql("update cases set tell_from = :until, changed_at = :now where id = :id")
                .param("until", said.facts().until().atOffset(ZoneOffset.UTC))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
        enforcement.tellNotBefore(id, said.facts().until());
        rows.renewed(
                message.manifest().id(),
                id,
                one.end()
                        .orElseThrow(
                                () -> new MalformedMessageException("there is nothing to renew")),
                message.row(),
                said);
        timeline.add(id, "renewed", said.facts().role(), null, message.receivedAt());
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID notice = message.manifest().about().orElseThrow();
        RenewalParts said = RenewalParts.read(contents);
        // The backup may still have it as asked for.
        renewals.forget(notice);
        rows.renewed(message.manifest().id(), notice, end(message, notice), message.row(), said);
        timeline.add(notice, "renewed", said.facts().role(), null, message.manifest().time());
    }

    private Instant end(SentMessage message, UUID notice) {
        Hash facts =
                jdbc.sql("select facts_leaf from notices where id = :id")
                        .param("id", notice)
                        .query((row, _) -> Hash.of(row.getBytes("facts_leaf")))
                        .single();
        return parts.open(message.channel(), facts)
                .map(part -> Parts.read(part, NoticeFacts.class))
                .flatMap(NoticeFacts::nonDisclosure)
                .map(NoticeFacts.NonDisclosure::until)
                .orElseThrow();
    }
}
