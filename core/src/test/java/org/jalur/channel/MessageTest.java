package org.jalur.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {
    private static final PartyId AUTHORITY = new PartyId("otoritas-contoh");
    private static final PartyId PLATFORM = new PartyId("platform-contoh");
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");

    private final SigningKey key = SigningKey.generate();
    private final Part letter = Part.of("letter", "sample letter A".getBytes(UTF_8));
    private final Part item = Part.of("item", "sample post A".getBytes(UTF_8));

    @Test
    void messageIsReadBackFromItsOctets() {
        Message sent = message();

        Message received = Message.parse(sent.jws().compact(), sent.leaves());

        assertThat(received.manifest()).isEqualTo(sent.manifest());
        assertThat(received.jws().isSignedBy(key.publicKey())).isTrue();
        assertThat(received.jws().digest()).isEqualTo(sent.jws().digest());
    }

    @Test
    void leavesInAnotherOrderAreRefused() {
        Message sent = message();

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Message.parse(sent.jws().compact(), sent.leaves().reversed()));
    }

    @Test
    void missingLeafIsRefused() {
        Message sent = message();

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Message.parse(sent.jws().compact(), sent.leaves().subList(0, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v\":\"jalur/1\"|\"v\":\"jalur/2\"",
                "\"seq\":2|\"seq\":0",
                "\"seq\":2|\"seq\":1",
                "\"seq\":2|\"seq\":2.0",
                "\"seq\":2|\"seq\":\"2\"",
                "\"seq\":2|\"seq\":9223372036854775808",
                "\"seq\":2|\"seq\":2,\"seq\":2",
                "\"seq\":2|\"seq\":2,\"unknown\":1",
                "\"kind\":\"notice\"|\"kind\":\"NOTICE\"",
                "\"kind\":\"notice\"|\"kind\":\"keys\"",
                "\"count\":2|\"count\":40001",
                "\"count\":2|\"count\":-1",
                "platform-contoh|otoritas-contoh",
                "platform-contoh|Platform",
                "2026-11-23T05:00:00Z|2026-11-23T05:00:00+00:00",
                "2026-11-23T05:00:00Z|yesterday"
            })
    void manifestThatBreaksARuleIsRefused(String rule, String broken) {
        String json = new String(message().manifest().toJson(), UTF_8);
        assertThat(json).contains(rule);

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> Manifest.parse(json.replace(rule, broken).getBytes(UTF_8)));
    }

    @Test
    void partIsReadBackAndAnyChangedBitChangesItsLeaf() {
        byte[] wire = item.wire();
        assertThat(Part.fromWire(wire).bytes()).isEqualTo(item.bytes());

        for (int octet = 0; octet < wire.length; octet++) {
            byte[] changed = wire.clone();
            changed[octet] ^= 1;
            assertThat(Part.leafOf(changed)).isNotEqualTo(item.leaf());
        }
    }

    @Test
    void samePartTwiceHasTwoLeavesBecauseOfItsSalt() {
        assertThat(Part.of("item", item.bytes()).leaf()).isNotEqualTo(item.leaf());
    }

    @Test
    void truncatedPartIsRefused() {
        byte[] wire = item.wire();
        for (int length = 0; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatExceptionOfType(MalformedMessageException.class)
                    .isThrownBy(() -> Part.fromWire(cut));
        }
    }

    @Test
    void keyStatementIsTrustedOnlyFromThePinnedIdentity() {
        SigningKey identity = SigningKey.generate();
        String statement = statement(identity);
        Hash pin = identity.publicKey().fingerprint();

        assertThat(KeyStatement.open(statement, AUTHORITY, pin).serial()).isEqualTo(1);
        assertThatExceptionOfType(UntrustedKeyException.class)
                .isThrownBy(() -> KeyStatement.open(statement, PLATFORM, pin));
        assertThatExceptionOfType(UntrustedKeyException.class)
                .isThrownBy(
                        () -> KeyStatement.open(statement(SigningKey.generate()), AUTHORITY, pin));
    }

    @Test
    void keyStatementWithAKeyOfNoKnownTypeIsMalformed() {
        SigningKey identity = SigningKey.generate();
        byte[] payload =
                new String(Jws.parse(statement(identity), Jws.Type.KEYS).payload(), UTF_8)
                        .replaceFirst(
                                "}}$",
                                "},\"postQuantum\":{\"checkpoint\":\"no key\",\"witness\":\"none\"}}")
                        .getBytes(UTF_8);
        String signed = Jws.sign(Jws.Type.KEYS, payload, identity).compact();
        assertThat(new String(payload, UTF_8)).contains("no key");

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() ->
                        KeyStatement.open(signed, AUTHORITY, identity.publicKey().fingerprint()));
    }

    @Test
    void receiptIsForExactlyOneMessage() {
        Message sent = message();
        var receipt =
                new Receipt(
                        sent.jws().digest(),
                        sent.manifest().id(),
                        AUTHORITY,
                        PLATFORM,
                        2,
                        NOON,
                        1,
                        "proof");

        assertThat(Receipt.parse(receipt.sign(key)).isFor(sent)).isTrue();
        assertThat(receipt.isFor(message())).isFalse();
    }

    private Message message() {
        List<Hash> leaves = List.of(letter.leaf(), item.leaf());
        var manifest =
                new Manifest(
                        UUID.randomUUID(),
                        AUTHORITY,
                        PLATFORM,
                        2,
                        Optional.of(Hash.sha256()),
                        "notice",
                        Optional.empty(),
                        NOON,
                        Optional.of(Hash.sha256()),
                        new Manifest.Parts(leaves.size(), MerkleTree.root(leaves)),
                        Optional.empty(),
                        Optional.empty(),
                        new Manifest.Seen(0, Optional.empty()));
        return Message.sign(manifest, leaves, key);
    }

    private static String statement(SigningKey identity) {
        Map<KeyStatement.Use, PublicSigningKey> keys = new EnumMap<>(KeyStatement.Use.class);
        for (var use : KeyStatement.Use.values()) {
            keys.put(use, SigningKey.generate().publicKey());
        }
        return new KeyStatement(
                        AUTHORITY,
                        1,
                        NOON,
                        "otoritas-contoh.example/journal",
                        identity.publicKey(),
                        keys,
                        Optional.empty(),
                        Optional.empty())
                .sign(identity);
    }
}
