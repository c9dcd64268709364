package org.jalur.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.MessageKind;
import org.jalur.channel.PartyId;
import org.jalur.evidence.EntryName.Keys;
import org.jalur.evidence.EntryName.OneMessage;
import org.jalur.evidence.EntryName.OnePart;
import org.jalur.evidence.EvidenceReader.Beginning;
import org.jalur.evidence.EvidenceReader.Entry;
import org.jalur.evidence.ExhibitCheck.Presented;
import org.jalur.evidence.ExhibitCheck.Result;
import org.jalur.log.Hash;

/** Goes through an evidence file once, and hands each message with its parts to be checked. */
final class Reading implements AutoCloseable {
    private final EvidenceReader reader;
    private final Expectations expected;
    private final Tally tally;
    private final CoverSheet sheet;
    private final boolean readme;
    private final Map<PartyId, KeyHistory> keys = new LinkedHashMap<>();
    private final Streams streams = new Streams(keys);
    private final CheckLine line;
    private Optional<Checkpoints> checkpoints = Optional.empty();
    private Optional<Open> open = Optional.empty();

    /** The message whose parts are being read; without parts if it could not be read. */
    private record Open(OneMessage name, Optional<Legible> legible, List<Flaw> flaws) {}

    private record Legible(Exhibit exhibit, Manifest manifest, Hash digest, PartsReading parts) {}

    Reading(EvidenceReader reader, Expectations expected, Tally tally) throws IOException {
        this.reader = reader;
        this.expected = expected;
        this.tally = tally;
        Beginning beginning = reader.beginning();
        this.sheet = beginning.sheet();
        this.readme = Arrays.equals(beginning.readme(), EvidenceWriter.readme());
        this.line = new CheckLine(streams, tally);
    }

    void run() throws IOException {
        begin();
        for (Optional<Entry> entry = reader.next(sheet);
                entry.isPresent();
                entry = reader.next(sheet)) {
            byte[] octets = entry.get().octets();
            switch (entry.get().name()) {
                case Keys(var party, var seq) -> tally.accept(history(party).add(seq, octets));
                case OneMessage name -> {
                    close(open);
                    open = Optional.of(read(name, octets));
                }
                case OnePart(var leaf) -> take(leaf, octets);
            }
        }
        close(open);
        line.finish();
    }

    private void begin() {
        tally.accept(
                new Finding.OfCover(
                        sheet,
                        readme
                                ? List.of()
                                : List.of(new Flaw(Flaw.Kind.README, EntryName.README))));
        PartyIdentity first = sheet.parties().getFirst();
        PartyIdentity second = sheet.parties().getLast();
        keys.put(first.id(), new KeyHistory(first, second.id()));
        keys.put(second.id(), new KeyHistory(second, first.id()));
        sheet.parties().forEach(party -> tally.accept(pinned(party)));
    }

    private Finding.OfParty pinned(PartyIdentity party) {
        Optional<Hash> pin = Optional.ofNullable(expected.pins().get(party.id()));
        if (pin.isEmpty()) {
            return new Finding.OfParty(party, Finding.Pin.NOT_GIVEN, List.of());
        }
        return pin.get().equals(party.fingerprint())
                ? new Finding.OfParty(party, Finding.Pin.CONFIRMED, List.of())
                : new Finding.OfParty(
                        party,
                        Finding.Pin.DIFFERENT,
                        List.of(
                                new Flaw(
                                        Flaw.Kind.IDENTITY,
                                        "%s, known is %s"
                                                .formatted(party.fingerprint(), pin.get()))));
    }

    private Open read(OneMessage name, byte[] octets) {
        try {
            Exhibit exhibit = ExhibitJson.parse(octets);
            Manifest manifest = Manifest.parse(exhibit.message().payload());
            if (!manifest.from().equals(name.sender())
                    || manifest.seq() != name.seq()
                    || !sheet.names(manifest.to())
                    || manifest.kind().equals(MessageKind.KEYS.wire())) {
                return unreadable(
                        name,
                        Flaw.Kind.MISPLACED,
                        "message %d from %s to %s, of kind %s"
                                .formatted(
                                        manifest.seq(),
                                        manifest.from(),
                                        manifest.to(),
                                        manifest.kind()));
            }
            return read(name, exhibit, manifest);
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return unreadable(name, Flaw.Kind.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private Open read(OneMessage name, Exhibit exhibit, Manifest manifest) {
        List<Flaw> flaws = new ArrayList<>();
        Hash digest = exhibit.message().digest();
        streams.follows(manifest, digest).ifPresent(flaws::add);
        if (!exhibit.disclosure().fits(manifest.parts())) {
            flaws.add(new Flaw(Flaw.Kind.PARTS, "the root is not " + manifest.parts().root()));
        }
        var parts =
                new PartsReading(
                        exhibit.disclosure(), manifest.parts(), sheet, expected.contents());
        return new Open(
                name,
                Optional.of(new Legible(exhibit.withoutParts(), manifest, digest, parts)),
                flaws);
    }

    private static Open unreadable(OneMessage name, Flaw.Kind kind, String detail) {
        return new Open(name, Optional.empty(), List.of(new Flaw(kind, detail)));
    }

    /** Parts of a message that could not be read have nothing to be checked against. */
    private void take(Hash leaf, byte[] octets) {
        Open message = open.orElseThrow();
        message.legible()
                .flatMap(legible -> legible.parts().take(leaf, octets))
                .ifPresent(message.flaws()::add);
    }

    private void close(Optional<Open> message) {
        message.ifPresent(this::close);
    }

    private void close(Open message) {
        if (message.legible().isEmpty()) {
            OneMessage name = message.name();
            line.add(
                    new Result(
                            new Finding.OfUnreadable(name.sender(), name.seq(), message.flaws()),
                            List.of()));
            return;
        }
        Legible legible = message.legible().get();
        var presented =
                new Presented(
                        legible.exhibit(),
                        legible.manifest(),
                        legible.digest(),
                        legible.parts().shown(),
                        legible.parts()
                                .signedOff(
                                        history(legible.manifest().from())
                                                .before(legible.manifest().seq()),
                                        legible.manifest()),
                        message.flaws());
        var check = new ExhibitCheck(presented, sheet.madeBy(), keys, checkpoints());
        line.add(check::run);
    }

    /** All keys stand before the first message. */
    private Checkpoints checkpoints() {
        if (checkpoints.isEmpty()) {
            checkpoints = Optional.of(new Checkpoints(sheet, keys, expected.policy()));
        }
        return checkpoints.get();
    }

    private KeyHistory history(PartyId party) {
        return Optional.ofNullable(keys.get(party)).orElseThrow();
    }

    @Override
    public void close() {
        line.close();
    }
}
