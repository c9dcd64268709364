package org.jalur.node.nondisclosure;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.check.RenewalCheck;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.register.Register;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.RenewalReasons;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Until when the user of a notice is not told, as both sides show it. */
@Component
public class NonDisclosures {
    private final JdbcClient jdbc;
    private final RenewalRows rows;
    private final Renewals renewals;
    private final Subjects subjects;
    private final PartStore parts;
    private final Agreements agreements;
    private final Deliveries deliveries;
    private final DraftKeys keys;
    private final JsonMapper json;
    private final boolean authority;
    private final Clock clock;

    NonDisclosures(
            JdbcClient jdbc,
            RenewalRows rows,
            Renewals renewals,
            Subjects subjects,
            PartStore parts,
            Agreements agreements,
            Deliveries deliveries,
            DraftKeys keys,
            JsonMapper json,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.renewals = renewals;
        this.subjects = subjects;
        this.parts = parts;
        this.agreements = agreements;
        this.deliveries = deliveries;
        this.keys = keys;
        this.json = json;
        this.authority = register.isAuthority();
        this.clock = clock;
    }

    /**
     * The non-disclosure of a notice.
     *
     * @param first the end that the notice named
     * @param until the end now
     * @param renewableUntil the latest end that a renewal may have; absent where none can be asked
     *     for any more
     */
    public record View(
            Instant first,
            Instant until,
            Optional<Instant> renewableUntil,
            List<Renewal> renewals) {
        /** Whether it was renewed. */
        public boolean isRenewed() {
            return !until.equals(first);
        }

        /** The one that waits for an approver. */
        public Optional<Renewal> waiting() {
            return renewals.stream().filter(one -> one.state().equals("asked")).findFirst();
        }
    }

    /**
     * A renewal.
     *
     * @param state asked, renewed or refused
     * @param role who asked for it
     * @param why absent once it is erased
     * @param askedBy account, of one that waits
     * @param root of one that waits: RFC 6962 root over its parts, in hexadecimal
     * @param delivery of one that this side sent
     */
    public record Renewal(
            UUID id,
            String state,
            Instant until,
            String role,
            Instant askedAt,
            Optional<RenewalReasons> why,
            Optional<UUID> askedBy,
            Optional<String> root,
            Optional<Deliveries.Delivery> delivery) {}

    /**
     * @param subject a notice that was sent, or a case
     * @param facts what the notice says
     */
    public Optional<View> of(UUID subject, NoticeFacts facts) {
        return facts.nonDisclosure()
                .map(NoticeFacts.NonDisclosure::until)
                .map(first -> view(subject, first));
    }

    /** Of a notice that this authority sent. */
    Optional<View> ofNotice(UUID notice) {
        Channel channel = subjects.known(notice).channel();
        return jdbc.sql("select facts_leaf from notices where id = :id")
                .param("id", notice)
                .query((row, _) -> Hash.of(row.getBytes("facts_leaf")))
                .optional()
                .flatMap(leaf -> parts.open(channel, leaf))
                .flatMap(part -> of(notice, Parts.read(part, NoticeFacts.class)));
    }

    private View view(UUID subject, Instant first) {
        Channel channel = subjects.known(subject).channel();
        List<RenewalRows.Row> all = rows.of(subject);
        Map<Hash, Part> opened =
                parts.open(channel, all.stream().flatMap(row -> row.leaf().stream()).toList());
        Map<Long, Deliveries.Delivery> delivered =
                authority
                        ? deliveries.of(
                                all.stream().flatMap(row -> row.message().stream()).toList())
                        : Map.of();
        Instant until =
                all.stream()
                        .filter(row -> row.state().equals("renewed"))
                        .map(row -> row.facts().until())
                        .findFirst()
                        .orElse(first);
        return new View(
                first,
                until,
                renewable(subject, channel, first, all),
                all.stream().map(row -> renewal(row, opened, delivered)).toList());
    }

    private Optional<Instant> renewable(
            UUID subject, Channel channel, Instant end, List<RenewalRows.Row> all) {
        if (!authority
                || !clock.instant().isBefore(end)
                || all.stream().anyMatch(row -> !row.state().equals("refused"))) {
            return Optional.empty();
        }
        return jdbc.sql(
                        "select agreement from notices where id = :id and state in ('sent', 'closed')")
                .param("id", subject)
                .query((row, _) -> Hash.of(row.getBytes("agreement")))
                .optional()
                .flatMap(digest ->
                        RenewalCheck.latest(agreements.of(channel, digest).agreement(), end));
    }

    private Renewal renewal(
            RenewalRows.Row row, Map<Hash, Part> opened, Map<Long, Deliveries.Delivery> delivered) {
        boolean waits = row.state().equals("asked");
        return new Renewal(
                row.id(),
                row.state(),
                row.facts().until(),
                row.facts().role(),
                row.facts().askedAt(),
                waits ? draft(row) : row.leaf().flatMap(leaf -> why(opened, leaf)),
                waits ? row.askedBy() : Optional.empty(),
                waits && keys.existing(row.id()).isPresent()
                        ? Optional.of(Renewals.root(renewals.content(row)).hex())
                        : Optional.empty(),
                row.message().flatMap(message -> Optional.ofNullable(delivered.get(message))));
    }

    private static Optional<RenewalReasons> why(Map<Hash, Part> opened, Hash leaf) {
        return Optional.ofNullable(opened.get(leaf))
                .map(part -> Parts.read(part, RenewalReasons.class));
    }

    private Optional<RenewalReasons> draft(RenewalRows.Row row) {
        return keys.existing(row.id())
                .map(box ->
                        json.readValue(
                                box.open(Optional.ofNullable(row.draft()).orElseThrow()),
                                RenewalReasons.class));
    }
}
