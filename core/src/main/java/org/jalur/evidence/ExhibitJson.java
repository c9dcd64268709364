package org.jalur.evidence;

import java.util.List;
import java.util.Optional;
import org.jalur.channel.Jws;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.log.Hash;
import tools.jackson.core.JsonGenerator;

/** An {@link Exhibit} as it stands in the file. */
final class ExhibitJson {
    private ExhibitJson() {}

    static byte[] write(Exhibit exhibit) {
        return EvidenceJson.write(json -> {
            json.writeStringProperty("jws", exhibit.message().compact());
            switch (exhibit.disclosure()) {
                case Disclosure.Whole(var leaves) ->
                        EvidenceJson.writeList(
                                json, "leaves", leaves.stream().map(Hash::base64).toList());
                case Disclosure.Single(var paths) -> {
                    json.writeArrayPropertyStart("paths");
                    paths.forEach(path -> write(json, path));
                    json.writeEndArray();
                }
            }
            exhibit.receipt().ifPresent(receipt -> json.writeStringProperty("receipt", receipt));
            exhibit.entry()
                    .ifPresent(proof -> {
                        json.writeObjectPropertyStart("entry");
                        json.writeStringProperty("kind", proof.kind().wire());
                        json.writeStringProperty("proof", proof.text());
                        json.writeEndObject();
                    });
            exhibit.receiptEntry()
                    .ifPresent(proof -> {
                        json.writeObjectPropertyStart("receiptEntry");
                        json.writeStringProperty("proof", proof.text());
                        json.writeEndObject();
                    });
            if (!exhibit.relays().isEmpty()) {
                EvidenceJson.writeList(json, "relays", exhibit.relays());
            }
        });
    }

    private static void write(JsonGenerator json, PartPath path) {
        json.writeStartObject();
        json.writeStringProperty("leaf", path.leaf().base64());
        json.writeNumberProperty("index", path.index());
        EvidenceJson.writeList(json, "path", path.path().stream().map(Hash::base64).toList());
        json.writeEndObject();
    }

    /**
     * @throws IllegalArgumentException if it has not the form of an exhibit
     */
    static Exhibit parse(byte[] utf8) {
        try {
            EvidenceJson json = EvidenceJson.read(utf8);
            var exhibit =
                    new Exhibit(
                            Jws.parse(json.string("jws"), Jws.Type.MESSAGE),
                            disclosure(json),
                            json.optionalString("receipt"),
                            json.optionalObject("entry").map(ExhibitJson::entry),
                            json.optionalObject("receiptEntry").map(ExhibitJson::receiptEntry),
                            json.optionalStrings("relays").orElseGet(List::of));
            json.end();
            return exhibit;
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Disclosure disclosure(EvidenceJson json) {
        Optional<List<String>> leaves = json.optionalStrings("leaves");
        return leaves.isPresent()
                ? new Disclosure.Whole(leaves.get().stream().map(Hash::parseBase64).toList())
                : new Disclosure.Single(
                        json.objects("paths").stream().map(ExhibitJson::path).toList());
    }

    private static PartPath path(EvidenceJson json) {
        var path =
                new PartPath(
                        Hash.parseBase64(json.string("leaf")),
                        index(json.number("index")),
                        json.strings("path").stream().map(Hash::parseBase64).toList());
        json.end();
        return path;
    }

    private static int index(long number) {
        if (number < 0 || number >= Manifest.MAX_PARTS) {
            throw new IllegalArgumentException("a message has no part " + number);
        }
        return (int) number;
    }

    private static JournalProof entry(EvidenceJson json) {
        String wire = json.string("kind");
        Kind kind =
                switch (wire) {
                    case "message-sent" -> Kind.MESSAGE_SENT;
                    case "message-received" -> Kind.MESSAGE_RECEIVED;
                    default ->
                            throw new IllegalArgumentException(
                                    "not the kind of a message's entry: " + wire);
                };
        return proof(kind, json);
    }

    private static JournalProof receiptEntry(EvidenceJson json) {
        return proof(Kind.RECEIPT_RECEIVED, json);
    }

    private static JournalProof proof(Kind kind, EvidenceJson json) {
        var proof = new JournalProof(kind, json.string("proof"));
        json.end();
        return proof;
    }
}
