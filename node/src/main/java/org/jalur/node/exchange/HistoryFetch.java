package org.jalur.node.exchange;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.PartyId;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Answer.Rejected;
import org.jalur.node.exchange.Outbox.UnacceptableReceiptException;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.JournalRecovery;
import org.jalur.node.journal.PublishedLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fetches both directions of a channel back from the peer and believes nothing of it: signatures by
 * the keys valid at their position, the chain of digests, receipts with their proofs, and the
 * places that this node's own journal has for all of it.
 */
@Component
class HistoryFetch {
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final PeerClient peers;
    private final PartFetch fetched;
    private final PartStore parts;
    private final KeySets keySets;
    private final Recovered recovered;
    private final JournalRecovery journal;
    private final PublishedLog published;
    private final TransactionTemplate transactions;
    private final Clock clock;

    HistoryFetch(
            JdbcClient jdbc,
            PeerClient peers,
            PartFetch fetched,
            PartStore parts,
            KeySets keySets,
            Recovered recovered,
            JournalRecovery journal,
            PublishedLog published,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.peers = peers;
        this.fetched = fetched;
        this.parts = parts;
        this.keySets = keySets;
        this.recovered = recovered;
        this.journal = journal;
        this.published = published;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What a peer gives back contradicts what it or this node has signed. */
    static final class ContradictedException extends RuntimeException {
        ContradictedException(String sentence) {
            super(sentence);
        }
    }

    /**
     * @param known up to which message the database goes
     * @param last up to which the peer has them
     * @param notTaken the first that the journal here does not have: it was never taken in, or is
     *     another one than came then
     */
    record Extent(long known, long last, Optional<Long> notTaken) {}

    private record Known(long row, Hash digest, boolean receipted) {}

    /**
     * @return how far the direction goes on both sides
     * @throws IOException if the peer does not answer, or refuses
     * @throws ContradictedException with its name and the position, if it lies
     */
    Extent fetch(Channel channel, String direction) throws IOException {
        PartyId of = History.sender(channel, direction);
        long known = position(channel, direction);
        long from = recovered.missingFrom(channel, direction);
        while (true) {
            Wire.Page page = peers.history(channel, new Wire.Asked(of.value(), from));
            if (from > page.last()) {
                return new Extent(known, page.last(), Optional.empty());
            }
            if (page.messages().isEmpty()) {
                throw contradicted(channel, direction, from, "is said to exist and is not given");
            }
            var rows = new ArrayList<Recovered.Row>();
            Optional<Hash> before = recovered.digest(channel, direction, from - 1);
            Optional<KeyStatement> keys = keySets.comingBack(channel, direction, from - 1);
            Optional<Long> notTaken = Optional.empty();
            for (Wire.Past past : page.messages()) {
                Message message = read(channel, direction, from, past);
                Optional<Known> there = known(channel, direction, from);
                keys = check(channel, direction, message, before, keys);
                if (there.isPresent() && !there.get().digest().equals(message.jws().digest())) {
                    throw contradicted(
                            channel,
                            direction,
                            from,
                            "is another one than in the database, %s; if this node ran after its old backup was restored, restore the backup again"
                                    .formatted(there.get().digest()));
                }
                Optional<Long> place = place(direction, message);
                if (there.isEmpty() && place.isEmpty() && direction.equals("in")) {
                    // Not taken in before: it comes by itself, once this node runs again.
                    notTaken = Optional.of(from);
                    break;
                }
                if (there.isEmpty() || (!there.get().receipted() && past.receipt().isPresent())) {
                    rows.add(
                            new Recovered.Row(
                                    direction,
                                    message,
                                    past.receipt(),
                                    0,
                                    direction.equals("in")
                                            ? clock.instant().truncatedTo(ChronoUnit.MILLIS)
                                            : message.manifest().time(),
                                    there.isPresent(),
                                    place));
                }
                before = Optional.of(message.jws().digest());
                from++;
            }
            keep(channel, rows);
            if (notTaken.isPresent() || from > page.last()) {
                return new Extent(known, page.last(), notTaken);
            }
        }
    }

    private void keep(Channel channel, List<Recovered.Row> rows) throws IOException {
        fetched.missing(
                channel,
                rows.stream()
                        .filter(row -> !row.stored())
                        .flatMap(row -> row.message().leaves().stream())
                        .toList());
        transactions.executeWithoutResult(_ ->
                rows.forEach(row ->
                        recovered.add(
                                channel,
                                row.stored()
                                        ? row
                                        : new Recovered.Row(
                                                row.direction(),
                                                row.message(),
                                                row.receipt(),
                                                missing(channel, row),
                                                row.recordedAt(),
                                                false,
                                                row.place()))));
    }

    private int missing(Channel channel, Recovered.Row row) {
        return parts.missing(channel, row.message().leaves()).size();
    }

    /** Parts that the peer did not give the last time. */
    void fetchMissingParts(Channel channel) throws IOException {
        for (Recovered.Row row : recovered.withoutParts(channel)) {
            fetched.missing(channel, row.message().leaves());
            recovered.found(channel, row, missing(channel, row));
        }
    }

    private long position(Channel channel, String direction) {
        return jdbc.sql(
                        "select seq from streams where channel = :channel and direction = :direction")
                .param("channel", channel.id())
                .param("direction", direction)
                .query(Long.class)
                .single();
    }

    private Optional<Known> known(Channel channel, String direction, long seq) {
        return jdbc.sql(
                        """
                        select id, digest, exists (select 1 from receipts where receipts.message = id) as receipted
                        from messages where channel = :channel and direction = :direction and seq = :seq
                        """)
                .param("channel", channel.id())
                .param("direction", direction)
                .param("seq", seq)
                .query((row, _) ->
                        new Known(
                                row.getLong("id"),
                                Hash.of(row.getBytes("digest")),
                                row.getBoolean("receipted")))
                .optional();
    }

    private Optional<Long> place(String direction, Message message) {
        return journal.place(
                direction.equals("in") ? EntryKind.MESSAGE_RECEIVED : EntryKind.MESSAGE_SENT,
                message.jws().digest());
    }

    private static Message read(Channel channel, String direction, long seq, Wire.Past past) {
        Message message;
        try {
            message = Message.parse(past.jws(), past.leafList());
        } catch (IllegalArgumentException | MalformedMessageException e) {
            throw contradicted(channel, direction, seq, "is malformed: " + e.getMessage());
        }
        Manifest manifest = message.manifest();
        if (manifest.seq() != seq) {
            throw contradicted(
                    channel,
                    direction,
                    seq,
                    "is left out: message %d comes".formatted(manifest.seq()));
        }
        PartyId sender = History.sender(channel, direction);
        PartyId receiver = direction.equals("in") ? channel.local() : channel.peer();
        if (!manifest.from().equals(sender) || !manifest.to().equals(receiver)) {
            throw contradicted(
                    channel,
                    direction,
                    seq,
                    "is from %s to %s".formatted(manifest.from(), manifest.to()));
        }
        return message;
    }

    /** Exactly as if it came anew; answers with the statement that holds after it. */
    private Optional<KeyStatement> check(
            Channel channel,
            String direction,
            Message message,
            Optional<Hash> before,
            Optional<KeyStatement> inForce) {
        Manifest manifest = message.manifest();
        long seq = manifest.seq();
        Optional<KeyStatement> keys = inForce;
        try {
            if (manifest.keys().isPresent()) {
                KeyStatement fresh = keySets.open(channel, direction, manifest.keys().get());
                if (fresh.serial() <= inForce.map(KeyStatement::serial).orElse(0L)) {
                    throw contradicted(
                            channel,
                            direction,
                            seq,
                            "has key statement %d, which is not newer".formatted(fresh.serial()));
                }
                keys = Optional.of(fresh);
            }
        } catch (MalformedMessageException | UntrustedKeyException e) {
            throw contradicted(
                    channel, direction, seq, "has a false key statement: " + e.getMessage());
        }
        Optional<KeyStatement> signing = keys;
        Optional<Rejected> unsigned = Inbox.checkSignature(message, () -> signing);
        if (unsigned.isPresent()) {
            throw contradicted(
                    channel, direction, seq, "is not genuine: " + unsigned.get().detail());
        }
        if (!manifest.previous().equals(before)) {
            throw contradicted(
                    channel,
                    direction,
                    seq,
                    "names %s as the one before it; here that is %s"
                            .formatted(
                                    manifest.previous().map(Hash::hex).orElse("none"),
                                    before.map(Hash::hex).orElse("none")));
        }
        return keys;
    }

    /**
     * Checks the receipts that came with the messages, once the keys of both sides are here.
     *
     * @return the own messages whose receipts the journal here does not have: they never came, or
     *     others came then
     * @throws ContradictedException if the peer alters one that this node gave, or keeps back
     *     messages that were seen
     */
    List<Long> checkReceipts(Channel channel) {
        var notGot = new ArrayList<Long>();
        List<Recovered.Row> rows = recovered.unchecked(channel, AT_ONCE);
        while (!rows.isEmpty()) {
            for (Recovered.Row row : rows) {
                if (row.direction().equals("in")) {
                    checkGiven(channel, row);
                } else {
                    if (!checkGot(channel, row) && row.receipt().isPresent()) {
                        notGot.add(row.seq());
                    }
                }
            }
            rows = recovered.unchecked(channel, AT_ONCE);
        }
        requireSeen(channel, "in", "out");
        requireSeen(channel, "out", "in");
        return notGot;
    }

    /** A receipt that this node gave: its entry stands in the journal here. */
    private void checkGiven(Channel channel, Recovered.Row row) {
        Instant at = row.recordedAt();
        if (row.receipt().isPresent()) {
            ReceiptCheck.Checked checked;
            try {
                checked =
                        ReceiptCheck.check(
                                row.message(),
                                row.receipt().get(),
                                position -> keySets.comingBack(channel, "out", position));
            } catch (UnacceptableReceiptException e) {
                throw contradicted(
                        channel,
                        "in",
                        row.seq(),
                        "comes with a receipt that this node never gave: " + e.getMessage());
            }
            if (!published
                    .root(checked.checkpoint().size())
                    .equals(Optional.of(checked.checkpoint().root()))) {
                throw contradicted(
                        channel,
                        "in",
                        row.seq(),
                        "was receipted under a checkpoint of %d entries that the journal here does not extend: jalur.home is not the newest, or this node's keys have signed two histories"
                                .formatted(checked.checkpoint().size()));
            }
            at = checked.receipt().receivedAt();
        }
        Long apart = row.stored() ? Long.valueOf(0) : null;
        recovered.checked(channel, row, row.receipt().orElse(null), at, apart);
    }

    /**
     * A receipt that the peer gave counts where the journal says it had come; any other comes
     * again, with the next delivery.
     */
    private boolean checkGot(Channel channel, Recovered.Row row) {
        Optional<Long> place =
                row.receipt()
                        .flatMap(HistoryFetch::digest)
                        .flatMap(digest -> journal.place(EntryKind.RECEIPT_RECEIVED, digest));
        if (place.isPresent()) {
            try {
                ReceiptCheck.check(
                        row.message(),
                        row.receipt().orElseThrow(),
                        position -> keySets.comingBack(channel, "in", position));
            } catch (UnacceptableReceiptException e) {
                throw contradicted(
                        channel, "out", row.seq(), "comes with a false receipt: " + e.getMessage());
            }
        }
        recovered.checked(
                channel,
                row,
                place.isPresent() ? row.receipt().orElseThrow() : null,
                row.recordedAt(),
                place.orElse(null));
        return place.isPresent();
    }

    private static Optional<Hash> digest(String receipt) {
        try {
            return Optional.of(Jws.parse(receipt, Jws.Type.RECEIPT).digest());
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** Each message says how much of the other direction its sender had taken in. */
    private void requireSeen(Channel channel, String direction, String other) {
        long seen = recovered.seen(channel, direction);
        long reached = recovered.reached(channel, other);
        if (seen > reached) {
            throw contradicted(
                    channel,
                    other,
                    reached + 1,
                    "is left out: %s has signed that it had seen message %d"
                            .formatted(History.sender(channel, direction), seen));
        }
    }

    /** Parts whose keys were lost with the store of part keys: fetched and sealed with new ones. */
    long sealAnew(Channel channel) throws IOException {
        var sealed = new HashSet<Hash>();
        byte[] after = new byte[0];
        while (true) {
            PartStore.Keyless found = parts.keyless(channel, after);
            if (found.looked().isEmpty()) {
                return sealed.size();
            }
            fetched.fetch(
                    channel,
                    found.withoutKey(),
                    came -> {
                        parts.sealAnew(channel, came);
                        came.forEach(part -> sealed.add(part.leaf()));
                    });
            after = found.looked().getLast().bytes();
        }
    }

    private static ContradictedException contradicted(
            Channel channel, String direction, long seq, String what) {
        return new ContradictedException(
                "%s gives back what cannot be: message %d of %s %s"
                        .formatted(channel.peer(), seq, History.sender(channel, direction), what));
    }
}
