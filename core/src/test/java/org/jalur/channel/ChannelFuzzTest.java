package org.jalur.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jalur.log.Hash;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.MerkleTree;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a peer sends: each reader of the protocol refuses it by the exceptions it documents, or
 * reads what reads back when it is written again. The seeds beside this class are read in every
 * run; {@code JAZZER_FUZZ=1} searches from them for others, one method at a time.
 */
class ChannelFuzzTest {
    private static final PartyId AUTHORITY = new PartyId("otoritas-contoh");
    private static final SigningKey KEY = SigningKey.generate();

    @FuzzTest
    void jwsIsKeptAsItCameOrRefused(byte[] data) {
        String compact = new String(data, ISO_8859_1);

        for (Jws.Type type : Jws.Type.values()) {
            read(() -> Jws.parse(compact, type))
                    .ifPresent(jws -> {
                        assertThat(jws.compact()).isEqualTo(compact);
                        assertThat(jws.type()).isEqualTo(type);
                        assertThat(jws.isSignedBy(KEY.publicKey())).isFalse();
                    });
        }
    }

    @FuzzTest
    void manifestReadsBackOrIsRefused(byte[] data) {
        read(() -> Manifest.parse(data))
                .ifPresent(manifest ->
                        assertThat(Manifest.parse(manifest.toJson())).isEqualTo(manifest));
    }

    /** A compact JWS up to a newline, then leaves of 32 octets each. */
    @FuzzTest
    void messageIsKeptAsItCameOrRefused(byte[] data) {
        String text = new String(data, ISO_8859_1);
        int end = text.indexOf('\n');
        if (end < 0) {
            return;
        }
        String compact = text.substring(0, end);
        List<Hash> leaves = new ArrayList<>();
        for (int i = end + 1; i + Hash.BYTES <= data.length; i += Hash.BYTES) {
            leaves.add(Hash.of(Arrays.copyOfRange(data, i, i + Hash.BYTES)));
        }

        read(() -> Message.parse(compact, leaves))
                .ifPresent(message -> {
                    assertThat(message.jws().compact()).isEqualTo(compact);
                    assertThat(message.leaves()).isEqualTo(leaves);
                });
    }

    @FuzzTest
    void receiptReadsBackOrIsRefused(byte[] data) {
        Jws signed = Jws.sign(Jws.Type.RECEIPT, data, KEY);

        read(() -> Receipt.parse(signed))
                .ifPresent(
                        receipt -> assertThat(Receipt.parse(receipt.sign(KEY))).isEqualTo(receipt));
    }

    /** What a witness signed; DIGEST and ROOT stand for what fits to the lines before the note. */
    @FuzzTest
    void relayReadsBackOrIsRefused(byte[] data) {
        String text = new String(data, UTF_8);
        int end = text.indexOf("\n\n");
        byte[] statement = text.substring(0, end < 0 ? 0 : end + 1).getBytes(UTF_8);
        String fitting =
                text.replace("DIGEST", Hash.sha256(statement).hex())
                        .replace("ROOT", MerkleTree.leafHash(statement).base64());

        read(() -> RelayStatement.SignedRelay.parse(fitting))
                .ifPresent(signed -> {
                    assertThat(signed.format()).isEqualTo(fitting);
                    assertThat(RelayStatement.SignedRelay.parse(signed.format())).isEqualTo(signed);
                });
    }

    /** IDENTITY in the statement stands for the key that signs it. */
    @FuzzTest
    void keyStatementReadsBackOrIsRefused(byte[] data) {
        String identity = Base64Url.encode(KEY.publicKey().raw());
        byte[] payload =
                new String(data, ISO_8859_1).replace("IDENTITY", identity).getBytes(ISO_8859_1);
        String signed = Jws.sign(Jws.Type.KEYS, payload, KEY).compact();
        Hash pinned = KEY.publicKey().fingerprint();

        read(() -> KeyStatement.open(signed, AUTHORITY, pinned))
                .ifPresent(statement ->
                        assertThat(KeyStatement.open(statement.sign(KEY), AUTHORITY, pinned))
                                .isEqualTo(statement));
    }

    @FuzzTest
    void keyRequestReadsBackOrIsRefused(byte[] data) {
        read(() -> KeyRequest.parse(data))
                .ifPresent(request ->
                        assertThat(KeyRequest.parse(request.toJson())).isEqualTo(request));
    }

    /** An independent reader finds the same members with the same values. */
    @FuzzTest
    void jsonIsStringsWholeNumbersAndObjectsOrRefused(byte[] data) {
        if (read(() -> StrictJson.read(data, "fuzz")).isEmpty()) {
            return;
        }
        JsonNode same = JsonMapper.shared().readTree(new String(data, UTF_8));

        assertSame(StrictJson.read(data, "fuzz"), same);
        byte[] written = StrictJson.write(json -> write(json, same));
        assertSame(StrictJson.read(written, "fuzz"), same);
    }

    private static void assertSame(StrictJson json, JsonNode same) {
        assertThat(json.names()).containsExactlyInAnyOrderElementsOf(same.propertyNames());
        for (var member : same.properties()) {
            switch (member.getValue().getNodeType()) {
                case STRING ->
                        assertThat(json.string(member.getKey()))
                                .isEqualTo(member.getValue().asString());
                case NUMBER ->
                        assertThat(json.number(member.getKey()))
                                .isEqualTo(member.getValue().longValue());
                default -> assertSame(json.object(member.getKey()), member.getValue());
            }
        }
        json.end();
    }

    private static void write(JsonGenerator json, JsonNode object) {
        for (var member : object.properties()) {
            switch (member.getValue().getNodeType()) {
                case STRING ->
                        json.writeStringProperty(member.getKey(), member.getValue().asString());
                case NUMBER ->
                        json.writeNumberProperty(member.getKey(), member.getValue().longValue());
                default -> {
                    json.writeObjectPropertyStart(member.getKey());
                    write(json, member.getValue());
                    json.writeEndObject();
                }
            }
        }
    }

    /** Empty if it was refused as documented; any other exception is a finding. */
    private static <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (MalformedMessageException | MalformedNoteException | UntrustedKeyException e) {
            return Optional.empty();
        }
    }
}
