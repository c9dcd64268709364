package org.jalur.tools.witness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jalur.log.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a sender's node hands in.
 *
 * @param keys the sender's signed key statement that names the key of the message
 * @param jws the message, and {@code leaves} of its parts: as {@code /channel/messages} takes them
 * @param leaves 32 octets each, in base64
 */
record RelayRequest(String keys, String jws, String leaves) {
    /** Octets; a message has at most 40,000 leaves. */
    static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    /**
     * @throws IllegalArgumentException if it is no such request: no other member is taken, least of
     *     all an address
     */
    static RelayRequest parse(byte[] body) {
        try {
            return JSON.readValue(body, RelayRequest.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "not the JSON of this call: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * @throws IllegalArgumentException if they are no whole digests in base64
     */
    List<Hash> leafHashes() {
        byte[] octets = Base64.getDecoder().decode(leaves);
        if (octets.length % Hash.BYTES != 0) {
            throw new IllegalArgumentException("leaves are 32 octets each");
        }
        List<Hash> hashes = new ArrayList<>();
        for (int at = 0; at < octets.length; at += Hash.BYTES) {
            hashes.add(Hash.of(Arrays.copyOfRange(octets, at, at + Hash.BYTES)));
        }
        return hashes;
    }

    /** The same message alone, as a node takes it. */
    byte[] forNode() {
        return JSON.writeValueAsBytes(
                Map.of("messages", List.of(Map.of("jws", jws, "leaves", leaves))));
    }
}
