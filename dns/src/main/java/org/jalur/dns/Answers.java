package org.jalur.dns;

import java.net.InetAddress;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.access.DomainName;
import org.jalur.access.zone.ZoneRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/**
 * What is answered, to whom: its zones to the secondaries that may have them, a refusal to
 * everybody else.
 */
final class Answers {
    private final List<Secondary> secondaries;
    private final SecondaryStates states;
    private final QueryRate known;
    private final QueryRate strangers;
    private final Clock clock;
    private final Map<Name, ServedZone> zones = new ConcurrentHashMap<>();

    Answers(List<Secondary> secondaries, SecondaryStates states, Limits limits, Clock clock) {
        this.secondaries = secondaries;
        this.states = states;
        this.known = new QueryRate(limits.queriesASecond(), false);
        this.strangers = new QueryRate(limits.strangersASecond(), true);
        this.clock = clock;
    }

    /** What goes back. */
    sealed interface Reply {
        /** Nothing at all. */
        record Silence() implements Reply {}

        /** One message. */
        record One(byte[] message) implements Reply {}

        /** As many messages as it takes. */
        record Many(Transfer transfer) implements Reply {}
    }

    /**
     * From now on this is the newest version of its zone; transfers under way end as they began.
     */
    void serve(ServedZone zone) {
        zones.put(name(zone.origin()), zone);
    }

    Collection<ServedZone> zones() {
        return zones.values();
    }

    static Name name(DomainName name) {
        return Name.fromConstantString(name + ".");
    }

    Reply reply(InetAddress from, byte[] octets, boolean tcp) {
        boolean stranger = secondaries.stream().noneMatch(one -> one.isAt(from));
        if (!(stranger ? strangers : known).admits(from)) {
            return new Reply.Silence();
        }
        return switch (Query.read(octets)) {
            case Query.Reading.Ignored() -> new Reply.Silence();
            case Query.Reading.Refused(int rcode) -> new Reply.One(Query.bare(octets, rcode));
            case Query.Reading.Understood(Query query) -> {
                if (stranger) {
                    yield new Reply.One(query.refusal(Rcode.REFUSED));
                }
                if (!query.ednsUnderstood()) {
                    yield new Reply.One(query.refusal(Rcode.BADVERS));
                }
                yield authenticated(from, query, tcp);
            }
        };
    }

    /** A wrong signature is answered before anything else is looked at (RFC 8945 §5.2). */
    private Reply authenticated(InetAddress from, Query query, boolean tcp) {
        Optional<TSIGRecord> signature = query.signature();
        if (signature.isEmpty()) {
            return allowed(from, query, Optional.empty(), new Signing.Without(), tcp);
        }
        TSIGRecord theirs = signature.get();
        Optional<TransferKey> key =
                secondaries.stream()
                        .flatMap(one -> one.key().stream())
                        .filter(one -> name(one.name()).equals(theirs.getName()))
                        .findFirst();
        if (key.isEmpty()) {
            return badSignature(query, theirs, Rcode.BADKEY);
        }
        TSIG tsig = key.get().tsig(clock);
        int verified =
                theirs.getSignature().length == key.get().signatureLength()
                        ? tsig.verify(query.message(), query.octets(), null)
                        : Rcode.BADSIG;
        return switch (verified) {
            case Rcode.NOERROR -> allowed(from, query, key, new Signing.With(tsig, theirs), tcp);
            case Rcode.BADTIME -> {
                byte[] answer = query.refusal(Rcode.NOTAUTH);
                yield new Reply.One(
                        Signing.append(
                                answer,
                                tsig.generate(query.message(), answer, Rcode.BADTIME, theirs)));
            }
            default -> badSignature(query, theirs, verified);
        };
    }

    private Reply badSignature(Query query, TSIGRecord theirs, int error) {
        return new Reply.One(Signing.unsigned(query.refusal(Rcode.NOTAUTH), theirs, error, clock));
    }

    private Reply allowed(
            InetAddress from,
            Query query,
            Optional<TransferKey> key,
            Signing signing,
            boolean tcp) {
        // Of a zone inside another the inner one is meant.
        Optional<ServedZone> zone =
                zones.entrySet().stream()
                        .filter(one -> query.name().subdomain(one.getKey()))
                        .max(Comparator.comparingInt(one -> one.getKey().labels()))
                        .map(Map.Entry::getValue);
        Optional<Secondary> secondary =
                zone.flatMap(one ->
                        secondaries.stream()
                                .filter(two -> two.isAt(from))
                                .filter(two -> two.zones().contains(one.origin()))
                                .filter(two -> keyName(two.key()).equals(keyName(key)))
                                .findFirst());
        if (zone.isEmpty() || secondary.isEmpty()) {
            return new Reply.One(signing.sign(query.refusal(Rcode.REFUSED)));
        }
        return answer(query, zone.get(), secondary.get(), signing, tcp);
    }

    private static Optional<DomainName> keyName(Optional<TransferKey> key) {
        return key.map(TransferKey::name);
    }

    private Reply answer(
            Query query, ServedZone zone, Secondary secondary, Signing signing, boolean tcp) {
        boolean transfer = query.type() == Type.AXFR || query.type() == Type.IXFR;
        if (!transfer) {
            states.asked(secondary, zone);
            return new Reply.One(lookUp(query, zone, signing, tcp));
        }
        boolean wellFormed =
                query.name().equals(name(zone.origin()))
                        && (query.type() == Type.AXFR ? tcp : query.theirs().isPresent());
        if (!wellFormed) {
            return new Reply.One(signing.sign(query.refusal(Rcode.FORMERR)));
        }
        Transfer found =
                query.theirs()
                        .filter(_ -> query.type() == Type.IXFR)
                        .map(theirs -> {
                            states.has(secondary, zone, theirs);
                            return Transfer.since(theirs, query, zone, secondary, signing);
                        })
                        .orElseGet(() -> Transfer.whole(query, zone, secondary, signing));
        return tcp ? new Reply.Many(found) : new Reply.One(found.datagram());
    }

    private static byte[] lookUp(Query query, ServedZone zone, Signing signing, boolean tcp) {
        String relative =
                query.name().equals(name(zone.origin()))
                        ? ""
                        : query.name()
                                .relativize(name(zone.origin()))
                                .toString()
                                .toLowerCase(Locale.ROOT);
        List<ZoneRecord> there = zone.zone().at(relative);
        List<ZoneRecord> wanted =
                there.stream()
                        .filter(record ->
                                query.type() == Type.ANY
                                        || record.type() == ZoneRecord.Type.CNAME
                                        || AnswerWriter.type(record.type()) == query.type())
                        .toList();
        int limit = tcp ? Query.UDP : query.payload() - signing.room();
        var writer = new AnswerWriter(query, zone.origin(), limit);
        boolean fits =
                wanted.stream().allMatch(writer::answer)
                        && (!wanted.isEmpty() || writer.authority(zone.zone().soa()));
        byte[] answer =
                fits
                        ? writer.take(there.isEmpty() ? Rcode.NXDOMAIN : Rcode.NOERROR)
                        : writer.truncated();
        return signing.sign(answer);
    }
}
