package org.jalur.dns;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jalur.access.zone.Serial;
import org.jalur.access.zone.ZoneChange;
import org.jalur.access.zone.ZoneJournal;
import org.jalur.access.zone.ZoneRecord;

/**
 * A zone, or how to get to its newest version, as messages.
 *
 * @param secondary who gets it
 * @param kind what it turned out to be
 */
record Transfer(
        Query query,
        ServedZone zone,
        Secondary secondary,
        SecondaryState.Kind kind,
        Records records,
        Signing signing) {
    /** Octets of a message; some clients take no more than this well. */
    private static final int MESSAGE = 16_384;

    /** Makes its records anew each time it is asked. */
    interface Records {
        Stream<ZoneRecord> stream();
    }

    /** Takes messages until the client is gone. */
    interface Sink {
        void take(byte[] message) throws IOException;
    }

    static Transfer whole(Query query, ServedZone zone, Secondary secondary, Signing signing) {
        return new Transfer(
                query,
                zone,
                secondary,
                SecondaryState.Kind.WHOLE,
                () -> Stream.concat(zone.zone().records(), Stream.of(zone.zone().soa())),
                signing);
    }

    static Transfer since(
            Serial theirs, Query query, ServedZone zone, Secondary secondary, Signing signing) {
        ZoneRecord soa = zone.zone().soa();
        return switch (zone.since(theirs)) {
            case ZoneJournal.Transfer.UpToDate() ->
                    new Transfer(
                            query,
                            zone,
                            secondary,
                            SecondaryState.Kind.UP_TO_DATE,
                            () -> Stream.of(soa),
                            signing);
            case ZoneJournal.Transfer.Differences(List<ZoneChange> changes) -> {
                ZoneChange change = ZoneChange.joined(changes);
                yield new Transfer(
                        query,
                        zone,
                        secondary,
                        SecondaryState.Kind.DIFFERENCES,
                        () ->
                                Stream.of(Stream.of(soa), change.records(), Stream.of(soa))
                                        .flatMap(part -> part),
                        signing);
            }
            case ZoneJournal.Transfer.Whole() -> whole(query, zone, secondary, signing);
        };
    }

    /** Writes all messages, each as soon as it is full. */
    void write(Sink sink) throws IOException {
        var writer = new AnswerWriter(query, zone.origin(), MESSAGE - signing.room());
        Iterator<ZoneRecord> left = records.stream().iterator();
        while (left.hasNext()) {
            ZoneRecord record = left.next();
            if (!writer.answer(record)) {
                sink.take(signing.sign(writer.take(0)));
                if (!writer.answer(record)) {
                    throw new IllegalStateException("too long for a message: " + record.line());
                }
            }
        }
        sink.take(signing.sign(writer.take(0)));
    }

    /**
     * As one message over UDP: the newest SOA alone if the differences have no room (RFC 1995 §2).
     */
    byte[] datagram() {
        var writer = new AnswerWriter(query, zone.origin(), query.payload() - signing.room());
        Iterator<ZoneRecord> left =
                kind == SecondaryState.Kind.WHOLE ? soa() : records.stream().iterator();
        boolean fits = true;
        while (fits && left.hasNext()) {
            fits = writer.answer(left.next());
        }
        if (!fits) {
            writer.take(0);
            writer.answer(zone.zone().soa());
        }
        return signing.sign(writer.take(0));
    }

    private Iterator<ZoneRecord> soa() {
        return List.of(zone.zone().soa()).iterator();
    }
}
