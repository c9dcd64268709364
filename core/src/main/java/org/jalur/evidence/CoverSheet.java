package org.jalur.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.log.Hash;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import tools.jackson.core.JsonGenerator;

/**
 * The first sheet of an evidence file. Nobody signs it: it is the word of whoever hands the file
 * over, and says where to look, not what to believe.
 *
 * @param madeAt when the file was made
 * @param madeBy the party whose node made it
 * @param parties the two sides of the channel
 * @param witnesses keys of witnesses that are neither side's, as the maker names them
 * @param withheld leaves of parts that the maker had and left out
 * @param erased leaves of parts that the maker had and erased
 */
public record CoverSheet(
        Instant madeAt,
        PartyId madeBy,
        Subject subject,
        List<PartyIdentity> parties,
        List<NoteVerifier> witnesses,
        Set<Hash> withheld,
        Set<Hash> erased) {
    static final String VERSION = "jalur-evidence/1";

    /** The most parts that one file may name as withheld or erased. */
    public static final int MAX_LEFT_OUT = 100_000;

    /** The most witnesses that one file may name. */
    public static final int MAX_WITNESSES = 64;

    public CoverSheet {
        parties = List.copyOf(parties);
        witnesses = witnesses.stream().distinct().toList();
        withheld = Set.copyOf(withheld);
        erased = Set.copyOf(erased);
        if (parties.size() != 2 || parties.getFirst().id().equals(parties.getLast().id())) {
            throw new IllegalArgumentException("a channel has two different parties");
        }
        if (parties.stream().noneMatch(party -> party.id().equals(madeBy))) {
            throw new IllegalArgumentException(
                    "made by %s, which is not one of the two parties".formatted(madeBy));
        }
        if (witnesses.size() > MAX_WITNESSES) {
            throw new IllegalArgumentException("too many witnesses: " + witnesses.size());
        }
        if (withheld.size() + erased.size() > MAX_LEFT_OUT) {
            throw new IllegalArgumentException(
                    "too many parts left out: " + (withheld.size() + erased.size()));
        }
    }

    /** Whether it is one of the two parties. */
    public boolean names(PartyId party) {
        return parties.stream().anyMatch(one -> one.id().equals(party));
    }

    byte[] toJson() {
        return EvidenceJson.write(json -> {
            json.writeStringProperty("v", VERSION);
            json.writeStringProperty("madeAt", madeAt.toString());
            json.writeStringProperty("madeBy", madeBy.value());
            json.writeObjectPropertyStart("subject");
            json.writeStringProperty("kind", subject.kind().wire());
            json.writeStringProperty("id", subject.id().toString());
            json.writeEndObject();
            json.writeArrayPropertyStart("parties");
            parties.forEach(party -> write(json, party));
            json.writeEndArray();
            EvidenceJson.writeList(
                    json, "witnesses", witnesses.stream().map(NoteVerifier::vkey).toList());
            EvidenceJson.writeList(json, "withheld", hex(withheld));
            EvidenceJson.writeList(json, "erased", hex(erased));
        });
    }

    private static void write(JsonGenerator json, PartyIdentity party) {
        json.writeStartObject();
        json.writeStringProperty("id", party.id().value());
        json.writeStringProperty(
                "identity",
                Base64.getUrlEncoder().withoutPadding().encodeToString(party.identity().raw()));
        json.writeEndObject();
    }

    private static List<String> hex(Set<Hash> leaves) {
        return leaves.stream().map(Hash::hex).sorted().toList();
    }

    /**
     * @throws IllegalArgumentException if it is not a cover sheet of this version
     */
    static CoverSheet parse(byte[] utf8) {
        try {
            EvidenceJson json = EvidenceJson.read(utf8);
            String version = json.string("v");
            if (!version.equals(VERSION)) {
                throw new IllegalArgumentException(
                        "version \"%s\"; this program reads %s".formatted(version, VERSION));
            }
            EvidenceJson subject = json.object("subject");
            var sheet =
                    new CoverSheet(
                            Instant.parse(json.string("madeAt")),
                            new PartyId(json.string("madeBy")),
                            new Subject(
                                    Subject.Kind.of(subject.string("kind")),
                                    UUID.fromString(subject.string("id"))),
                            json.objects("parties").stream().map(CoverSheet::party).toList(),
                            json.strings("witnesses").stream().map(NoteVerifier::parse).toList(),
                            leaves(json.strings("withheld")),
                            leaves(json.strings("erased")));
            subject.end();
            json.end();
            return sheet;
        } catch (DateTimeException | MalformedNoteException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static PartyIdentity party(EvidenceJson json) {
        var party =
                new PartyIdentity(
                        new PartyId(json.string("id")),
                        PublicSigningKey.of(
                                Base64.getUrlDecoder().decode(json.string("identity"))));
        json.end();
        return party;
    }

    private static Set<Hash> leaves(List<String> hex) {
        Set<Hash> leaves = new LinkedHashSet<>();
        hex.forEach(leaf -> leaves.add(Hash.parseHex(leaf)));
        return leaves;
    }
}
