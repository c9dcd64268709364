package org.jalur.node.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.exchange.HistoryFetch.ContradictedException;
import org.jalur.node.exchange.HistoryFetch.Extent;
import org.jalur.node.exchange.Restoring.Done;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.JournalEntry;
import org.jalur.node.journal.JournalRecovery;
import org.jalur.node.journal.JournalRecovery.Standing;
import org.jalur.node.register.Register;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a database that was restored from an old backup, or is empty, up to the signed journal:
 * fetches both directions of every channel from the peers, then stores them in the order of the
 * journal, then gives the journal's entries back. Before all channels are complete nothing is
 * stored; a run that was killed goes on with the next.
 */
@Component
public class Recovery {
    private final JournalRecovery journal;
    private final Channels channels;
    private final Register register;
    private final HistoryFetch history;
    private final Recovered recovered;
    private final PartStore parts;
    private final Restoring restoring;
    private final ObjectProvider<RecoveryListener> listeners;
    private final TransactionTemplate transactions;

    Recovery(
            JournalRecovery journal,
            Channels channels,
            Register register,
            HistoryFetch history,
            Recovered recovered,
            PartStore parts,
            Restoring restoring,
            ObjectProvider<RecoveryListener> listeners,
            TransactionTemplate transactions) {
        this.journal = journal;
        this.channels = channels;
        this.register = register;
        this.history = history;
        this.recovered = recovered;
        this.parts = parts;
        this.restoring = restoring;
        this.listeners = listeners;
        this.transactions = transactions;
    }

    /**
     * @param acceptLoss go on although the journal has messages that no peer gives back
     * @param partKeysLost fetch parts without key again: their keys were not erased but lost
     */
    public record Wish(boolean acceptLoss, boolean partKeysLost) {}

    /** How it ended. */
    public enum End {
        /** The database knows the whole journal already. */
        NOTHING_TO_DO,
        RECOVERED,
        /** A peer could not be asked; nothing was stored. */
        INCOMPLETE,
        /** A peer lies, or has lost what it once had; nothing was stored. */
        CONTRADICTED
    }

    /**
     * One direction.
     *
     * @param here up to which message the database went
     * @param there up to which the peer has them
     */
    public record Direction(long here, long there) {}

    /**
     * @param trouble why the channel is not complete
     */
    public record ChannelReport(
            PartyId peer,
            Optional<Direction> received,
            Optional<Direction> sent,
            long partsSealedAnew,
            Optional<String> trouble) {}

    /**
     * @param restored what was stored, by kind
     * @param digests entries of the journal that nobody can bring back
     * @param notes sentences on what does not fit
     */
    public record Report(
            End end,
            Standing standing,
            List<ChannelReport> channels,
            Map<Stored, Long> restored,
            List<JournalRecovery.Digests> digests,
            List<String> notes) {
        public Report {
            channels = List.copyOf(channels);
            restored = Map.copyOf(restored);
            digests = List.copyOf(digests);
            notes = List.copyOf(notes);
        }
    }

    /** What was stored again. */
    public enum Stored {
        RECEIVED,
        SENT,
        RECEIPTS,
        WITHOUT_EFFECT
    }

    /**
     * @throws IllegalStateException with what to do, if it cannot even begin
     */
    public Report run(Wish wish) {
        try (JournalRecovery.Lead _ = journal.lead()) {
            Standing standing = journal.standing();
            if (standing.isWhole() && !wish.partKeysLost()) {
                return report(End.NOTHING_TO_DO, standing, List.of(), List.of());
            }
            journal.readEntries(standing);
            var asked = new ArrayList<Asked>();
            for (Channel channel : channels.all()) {
                asked.add(ask(channel, wish));
            }
            List<ChannelReport> reports = asked.stream().map(Asked::report).toList();
            if (asked.stream().anyMatch(Asked::lies)) {
                return report(End.CONTRADICTED, standing, reports, List.of());
            }
            if (reports.stream().anyMatch(one -> one.trouble().isPresent())) {
                return report(End.INCOMPLETE, standing, reports, List.of());
            }
            List<String> lost = lost(asked, standing);
            if (!lost.isEmpty() && !wish.acceptLoss()) {
                channels.all().forEach(recovered::forget);
                return report(End.CONTRADICTED, standing, reports, lost);
            }
            var notes = new ArrayList<>(lost);
            for (Channel channel : channels.all()) {
                for (Recovered.Row row : recovered.notJournaled(channel)) {
                    notes.add(
                            "%s has message %d with the signature of %s, which stood in no entry of the journal here: it is journaled anew; find out who signed it"
                                    .formatted(channel.peer(), row.seq(), channel.local()));
                }
            }
            return store(standing, reports, notes);
        }
    }

    private static Report report(
            End end, Standing standing, List<ChannelReport> channels, List<String> notes) {
        return new Report(end, standing, channels, Map.of(), List.of(), notes);
    }

    /** What a channel's peer gave. */
    private record Asked(
            ChannelReport report, boolean lies, Optional<Long> notTaken, List<Long> notGot) {
        Asked(ChannelReport report, boolean lies) {
            this(report, lies, Optional.empty(), List.of());
        }
    }

    private Asked ask(Channel channel, Wish wish) {
        if (register.peer(channel.peer()).filter(peer -> peer.url() == null).isPresent()) {
            return new Asked(
                    failed(
                            channel,
                            "%s can only be pulled: give it an address that this machine reaches in jalur.peers.url until the recovery is over, for example of a tunnel"
                                    .formatted(channel.peer())),
                    false);
        }
        try {
            history.fetchMissingParts(channel);
            Extent sent = history.fetch(channel, "out");
            Extent received = history.fetch(channel, "in");
            List<Long> notGot = history.checkReceipts(channel);
            long sealedAnew = wish.partKeysLost() ? history.sealAnew(channel) : 0;
            return new Asked(
                    new ChannelReport(
                            channel.peer(),
                            Optional.of(new Direction(received.known(), received.last())),
                            Optional.of(new Direction(sent.known(), sent.last())),
                            sealedAnew,
                            Optional.empty()),
                    false,
                    received.notTaken(),
                    notGot);
        } catch (IOException e) {
            return new Asked(
                    failed(
                            channel,
                            "%s could not be asked: %s"
                                    .formatted(
                                            channel.peer(),
                                            Optional.ofNullable(e.getMessage())
                                                    .orElse(e.getClass().getSimpleName()))),
                    false);
        } catch (ContradictedException e) {
            recovered.forget(channel);
            return new Asked(failed(channel, Optional.ofNullable(e.getMessage()).orElse("")), true);
        }
    }

    private static ChannelReport failed(Channel channel, String trouble) {
        return new ChannelReport(
                channel.peer(), Optional.empty(), Optional.empty(), 0, Optional.of(trouble));
    }

    /** What the journal says that peers must have, and none of them gives. */
    private List<String> lost(List<Asked> asked, Standing standing) {
        var lost = new ArrayList<String>();
        List<JournalEntry> received = journal.withoutRecord(EntryKind.MESSAGE_RECEIVED, standing);
        if (!received.isEmpty()) {
            lost.add(
                    "the journal has %d received messages that no peer gives back, at entries %s%s"
                            .formatted(
                                    received.size(),
                                    places(received),
                                    asked.stream()
                                            .flatMap(one ->
                                                    one.notTaken().stream()
                                                            .map(seq ->
                                                                    "; message %d that %s gives is not the one that came then"
                                                                            .formatted(
                                                                                    seq,
                                                                                    one.report()
                                                                                            .peer())))
                                            .collect(Collectors.joining())));
        }
        List<JournalEntry> receipts = journal.withoutRecord(EntryKind.RECEIPT_RECEIVED, standing);
        if (!receipts.isEmpty()) {
            lost.add(
                    "the journal has %d receipts that no peer gives back, at entries %s%s"
                            .formatted(
                                    receipts.size(),
                                    places(receipts),
                                    asked.stream()
                                            .filter(one -> !one.notGot().isEmpty())
                                            .map(one ->
                                                    "; the receipts that %s gives for messages %s are not those that came then"
                                                            .formatted(
                                                                    one.report().peer(),
                                                                    one.notGot()))
                                            .collect(Collectors.joining())));
        }
        for (Channel channel : channels.all()) {
            Set<Hash> erased = recovered.erased(channel);
            for (Recovered.Row row : recovered.withoutParts(channel)) {
                List<Hash> gone = new ArrayList<>(parts.missing(channel, row.message().leaves()));
                gone.removeAll(erased);
                if (!gone.isEmpty()) {
                    lost.add(
                            "%s does not give back %d of %d parts of message %d of %s"
                                    .formatted(
                                            channel.peer(),
                                            gone.size(),
                                            row.message().leaves().size(),
                                            row.seq(),
                                            History.sender(channel, row.direction())));
                }
            }
        }
        return lost;
    }

    private static String places(List<JournalEntry> entries) {
        return entries.stream()
                .map(entry -> Long.toString(entry.index()))
                .collect(Collectors.joining(", "));
    }

    private Report store(Standing standing, List<ChannelReport> reports, List<String> notes) {
        Map<Done, Long> done = new EnumMap<>(Done.class);
        for (Recovered.Step step : recovered.steps()) {
            done.merge(restoring.take(step), 1L, Long::sum);
        }
        recovered.forgetParked();
        List<String> sentences = new ArrayList<>(notes);
        transactions.executeWithoutResult(_ ->
                listeners
                        .orderedStream()
                        .forEach(listener -> sentences.addAll(listener.recovered())));
        List<JournalRecovery.Digests> digests = journal.digestsAlone(standing);
        journal.continueTree(standing);
        return new Report(
                End.RECOVERED,
                standing,
                reports,
                Map.of(
                        Stored.RECEIVED, done.getOrDefault(Done.RECEIVED, 0L),
                        Stored.SENT, done.getOrDefault(Done.SENT, 0L),
                        Stored.RECEIPTS, done.getOrDefault(Done.RECEIPT, 0L),
                        Stored.WITHOUT_EFFECT, done.getOrDefault(Done.WITHOUT_EFFECT, 0L)),
                digests,
                sentences);
    }
}
