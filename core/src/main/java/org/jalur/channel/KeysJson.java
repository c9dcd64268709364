package org.jalur.channel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.KeyStatement.PostQuantum;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.log.NoteVerifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The members that a key statement and the request for one have in common. */
final class KeysJson {
    private KeysJson() {}

    record Named(
            Map<Use, PublicSigningKey> working,
            Optional<PostQuantum> postQuantum,
            Optional<Reason> reason) {}

    static void write(
            JsonGenerator json,
            Map<Use, PublicSigningKey> keys,
            Optional<PostQuantum> postQuantum,
            Optional<Reason> reason) {
        json.writeObjectPropertyStart("keys");
        for (Use use : Use.values()) {
            @Nullable PublicSigningKey key = keys.get(use);
            if (key != null) {
                json.writeStringProperty(use.wire(), Base64Url.encode(key.raw()));
            }
        }
        json.writeEndObject();
        if (postQuantum.isPresent()) {
            json.writeObjectPropertyStart("postQuantum");
            json.writeStringProperty("checkpoint", postQuantum.get().checkpoint().vkey());
            json.writeStringProperty("witness", postQuantum.get().witness().vkey());
            json.writeEndObject();
        }
        reason.ifPresent(one -> json.writeStringProperty("reason", one.wire()));
    }

    static Named read(StrictJson json) {
        StrictJson members = json.object("keys");
        var keys = new EnumMap<Use, PublicSigningKey>(Use.class);
        for (Use use : Use.values()) {
            keys.put(use, publicKey(members.string(use.wire()), use.wire()));
        }
        members.end();
        Optional<StrictJson> more = json.optionalObject("postQuantum");
        Optional<PostQuantum> postQuantum =
                more.map(pair ->
                        new PostQuantum(
                                NoteVerifier.parse(pair.string("checkpoint")),
                                NoteVerifier.parse(pair.string("witness"))));
        more.ifPresent(StrictJson::end);
        Optional<Reason> reason =
                json.optionalString("reason")
                        .map(word ->
                                Reason.of(word)
                                        .orElseThrow(() ->
                                                new MalformedMessageException(
                                                        "unknown reason \"%s\"".formatted(word))));
        return new Named(keys, postQuantum, reason);
    }

    /** Each under its own name; left out where there are none. */
    static void writeApprovers(JsonGenerator json, List<PublicSigningKey> approvers) {
        if (!approvers.isEmpty()) {
            json.writeObjectPropertyStart("approvers");
            approvers.forEach(
                    key -> json.writeStringProperty(key.kid(), Base64Url.encode(key.raw())));
            json.writeEndObject();
        }
    }

    static List<PublicSigningKey> readApprovers(StrictJson json) {
        Optional<StrictJson> members = json.optionalObject("approvers");
        if (members.isEmpty()) {
            return List.of();
        }
        var keys = new ArrayList<PublicSigningKey>();
        for (String kid : List.copyOf(members.get().names())) {
            PublicSigningKey key = publicKey(members.get().string(kid), "approver's");
            if (!key.kid().equals(kid)) {
                throw new MalformedMessageException(
                        "an approver's key is named %s and is %s".formatted(kid, key.kid()));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new MalformedMessageException(
                    "a key statement that names no approvers leaves them out");
        }
        return keys;
    }

    static PublicSigningKey publicKey(String base64Url, String what) {
        return PublicSigningKey.of(Base64Url.decode(base64Url, "the " + what + " key"));
    }
}
