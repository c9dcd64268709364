package org.jalur.node.serve;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.node.exchange.Recovery;
import org.jalur.node.exchange.Recovery.ChannelReport;
import org.jalur.node.exchange.Recovery.Direction;
import org.jalur.node.exchange.Recovery.Report;
import org.jalur.node.exchange.Recovery.Stored;
import org.jalur.node.journal.JournalRecovery;

/** A recovery's report as the operator reads it. */
final class RecoveryInWords {
    private RecoveryInWords() {}

    static int code(Recovery.End end) {
        return switch (end) {
            case NOTHING_TO_DO, RECOVERED -> 0;
            case INCOMPLETE -> 3;
            case CONTRADICTED -> 4;
        };
    }

    static String of(Report report) {
        var text = new StringBuilder();
        line(
                text,
                "The database knows %d entries of the journal, which has %d."
                        .formatted(report.standing().database(), report.standing().journal()));
        report.channels().forEach(channel -> channel(text, channel));
        report.notes().forEach(note -> line(text, "To be looked into: %s.".formatted(note)));
        switch (report.end()) {
            case NOTHING_TO_DO -> line(text, "Nothing is to be recovered.");
            case INCOMPLETE ->
                    line(
                            text,
                            "Nothing was stored, for not every channel is complete. Run the command again once its peer answers; a peer with which nothing was ever exchanged can be taken out of the configuration.");
            case CONTRADICTED ->
                    line(
                            text,
                            "Nothing was stored. Call the peer. If it has lost the messages itself, --accept-loss goes on without them; what a signature contradicts is never accepted.");
            case RECOVERED -> recovered(text, report);
        }
        return text.toString();
    }

    private static void channel(StringBuilder text, ChannelReport channel) {
        channel.trouble()
                .ifPresent(trouble ->
                        line(text, "%s: not complete; %s.".formatted(channel.peer(), trouble)));
        channel.received().ifPresent(one -> direction(text, channel, "received", one));
        channel.sent().ifPresent(one -> direction(text, channel, "sent", one));
        if (channel.partsSealedAnew() > 0) {
            line(
                    text,
                    "%s: %d parts whose keys were lost were fetched and sealed anew."
                            .formatted(channel.peer(), channel.partsSealedAnew()));
        }
    }

    private static void direction(
            StringBuilder text, ChannelReport channel, String what, Direction direction) {
        line(
                text,
                "%s: complete; %s up to message %d here, %d there."
                        .formatted(channel.peer(), what, direction.here(), direction.there()));
    }

    private static void recovered(StringBuilder text, Report report) {
        line(
                text,
                "Stored again: %d received messages, %d sent messages, %d receipts."
                        .formatted(
                                count(report, Stored.RECEIVED),
                                count(report, Stored.SENT),
                                count(report, Stored.RECEIPTS)));
        if (count(report, Stored.WITHOUT_EFFECT) > 0) {
            line(
                    text,
                    "%d more messages stand again, and what they did could not be worked out; the log says which and why."
                            .formatted(count(report, Stored.WITHOUT_EFFECT)));
        }
        for (JournalRecovery.Digests digests : report.digests()) {
            line(
                    text,
                    "Entries of kind %s that stay digests, for nobody else has what they record: %d, at %s.%s"
                            .formatted(
                                    digests.kind()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'),
                                    digests.places().size(),
                                    ranges(digests.places()),
                                    switch (digests.kind()) {
                                        case MESSAGE_SENT ->
                                                " These messages were signed and reached nobody: see whether a notice has to be filed again.";
                                        case MESSAGE_RECEIVED,
                                                RECEIPT_RECEIVED,
                                                TENDERED,
                                                KEYS,
                                                RECORD,
                                                DECISION,
                                                MEASURE,
                                                EVIDENCE ->
                                                "";
                                    }));
        }
        line(
                text,
                "The journal goes on from entry %d. Start the node."
                        .formatted(report.standing().journal()));
    }

    private static long count(Report report, Stored what) {
        return Optional.ofNullable(report.restored().get(what)).orElse(0L);
    }

    /** For example "3, 7-9". */
    static String ranges(List<Long> places) {
        var text = new StringBuilder();
        for (int i = 0; i < places.size(); ) {
            int last = i;
            while (last + 1 < places.size() && places.get(last + 1) == places.get(last) + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(places.get(i));
            if (last > i) {
                text.append('-').append(places.get(last));
            }
            i = last + 1;
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String sentence) {
        text.append(sentence).append('\n');
    }
}
