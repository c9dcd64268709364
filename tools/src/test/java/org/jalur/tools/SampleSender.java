package org.jalur.tools;

import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;

/** An authority without a node, that has messages handed on. */
final class SampleSender {
    final PartyId id;
    final SigningKey identity = SigningKey.generate();
    final SigningKey key = SigningKey.generate();

    SampleSender(String id) {
        this.id = new PartyId(id);
    }

    String statement() {
        Map<KeyStatement.Use, PublicSigningKey> keys = new EnumMap<>(KeyStatement.Use.class);
        for (KeyStatement.Use use : KeyStatement.Use.values()) {
            keys.put(use, key.publicKey());
        }
        return new KeyStatement(
                        id,
                        1,
                        Instant.parse("2026-11-23T05:00:00Z"),
                        id + ".example/journal",
                        identity.publicKey(),
                        keys,
                        Optional.empty(),
                        Optional.empty())
                .sign(identity);
    }

    Message message(String to) {
        List<Hash> leaves =
                List.of(
                        Hash.sha256(
                                UUID.randomUUID()
                                        .toString()
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Message.sign(
                new Manifest(
                        UUID.randomUUID(),
                        id,
                        new PartyId(to),
                        2,
                        Optional.of(Hash.sha256(new byte[] {3})),
                        "notice",
                        Optional.of(UUID.randomUUID()),
                        Instant.parse("2026-11-23T05:01:00Z"),
                        Optional.empty(),
                        new Manifest.Parts(1, MerkleTree.root(leaves)),
                        Optional.empty(),
                        Optional.empty(),
                        new Manifest.Seen(0, Optional.empty())),
                leaves,
                key);
    }

    Map<String, String> request(Message message) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("keys", statement());
        request.put("jws", message.jws().compact());
        request.put(
                "leaves", Base64.getEncoder().encodeToString(message.leaves().getFirst().bytes()));
        return request;
    }
}
