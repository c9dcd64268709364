package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosignatureTest {
    private static final String ORIGIN = "example.com/behind-the-sofa";
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON.plusMillis(999));
    private static final Hash ROOT = Hash.sha256(new byte[] {7});
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 20852163, ROOT);
    private static final byte[] TEXT = CHECKPOINT.text().getBytes(UTF_8);

    private static final KeyPair ED25519 = Keys.pair("Ed25519");
    private static final KeyPair ML_DSA_44 = Keys.pair("ML-DSA-44");
    private static final NoteSigner LOG = Keys.signer(ORIGIN);
    private static final NoteSigner W1 =
            NoteSigner.ed25519Cosigner(
                    "witness.example/w1", ED25519.getPrivate(), ED25519.getPublic(), CLOCK);
    private static final NoteSigner W2 =
            NoteSigner.mlDsa44(
                    "witness.example/w2", ML_DSA_44.getPrivate(), ML_DSA_44.getPublic(), CLOCK);

    @Test
    void cosignaturesSayWhoAndWhen() {
        SignedNote note = CHECKPOINT.sign(LOG).signedBy(W2).signedBy(W1);

        assertThat(Cosignature.on(note, W1.verifier(), W2.verifier()))
                .containsExactly(
                        new Cosignature(W1.verifier(), NOON), new Cosignature(W2.verifier(), NOON));
        assertThat(note.open(LOG.verifier(), W1.verifier(), W2.verifier())).hasSize(3);
    }

    /// tlog-cosignature, "Ed25519 signed message": its own example, under our key and time.
    @Test
    void ed25519CosignsTwoLinesAndTheWholeText() {
        String text = CHECKPOINT.text() + "extension\n";
        byte[] signature = W1.sign(text.getBytes(UTF_8));
        String message = "cosignature/v1\ntime " + NOON.getEpochSecond() + "\n" + text;

        assertThat(ByteBuffer.wrap(signature).getLong()).isEqualTo(NOON.getEpochSecond());
        assertThat(
                        SignatureAlgorithm.ED25519.verifies(
                                ED25519.getPublic(),
                                message.getBytes(UTF_8),
                                Arrays.copyOfRange(signature, 8, 72)))
                .isTrue();
        assertThat(signature).hasSize(72);
    }

    /// tlog-cosignature, "ML-DSA-44 signed message".
    @Test
    void mlDsa44CosignsNameTimeOriginSizeAndRoot() {
        byte[] signature = W2.sign(TEXT);
        String message =
                HexFormat.of().formatHex("subtree/v1\n\0".getBytes(UTF_8))
                        + "12"
                        + HexFormat.of().formatHex("witness.example/w2".getBytes(UTF_8))
                        + HexFormat.of().toHexDigits(NOON.getEpochSecond())
                        + "1b"
                        + HexFormat.of().formatHex(ORIGIN.getBytes(UTF_8))
                        + "0000000000000000"
                        + HexFormat.of().toHexDigits(20852163L)
                        + ROOT.hex();

        assertThat(
                        SignatureAlgorithm.ML_DSA_44.verifies(
                                ML_DSA_44.getPublic(),
                                HexFormat.of().parseHex(message),
                                Arrays.copyOfRange(signature, 8, 2428)))
                .isTrue();
        assertThat(signature).hasSize(2428);
    }

    @Test
    void logSignsWithAnOldAndANewAlgorithmAndOldClientsReadOn() {
        NoteSigner postQuantum = Keys.mlDsa44(ORIGIN, CLOCK);

        SignedNote note = SignedNote.parse(CHECKPOINT.sign(LOG, postQuantum).format());

        assertThat(note.signatures().get(0).isBy(LOG.verifier())).isTrue();
        assertThat(note.signatures().get(1).isBy(postQuantum.verifier())).isTrue();
        assertThat(note.signatures()).extracting(NoteSignature::keyName).containsOnly(ORIGIN);
        assertThat(Checkpoint.open(note, ORIGIN, LOG.verifier())).isEqualTo(CHECKPOINT);
        assertThat(Checkpoint.open(note, ORIGIN, postQuantum.verifier())).isEqualTo(CHECKPOINT);
        assertThat(Cosignature.on(note, LOG.verifier(), postQuantum.verifier()))
                .containsExactly(new Cosignature(postQuantum.verifier(), NOON));
    }

    @Test
    void verifierKeysOfEachTypeReadBackAsWritten() {
        for (NoteSigner signer : new NoteSigner[] {LOG, W1, W2}) {
            NoteVerifier key = signer.verifier();

            assertThat(NoteVerifier.parse(key.vkey())).isEqualTo(key).hasSameHashCodeAs(key);
        }
        assertThat(NoteVerifier.ed25519Cosigner(W1.verifier().name(), ED25519.getPublic()))
                .isEqualTo(W1.verifier());
        assertThat(
                        NoteVerifier.ed25519Cosigner(
                                W1.verifier().name(), Ed25519Keys.raw(ED25519.getPublic())))
                .isEqualTo(W1.verifier());
        assertThat(NoteVerifier.mlDsa44(W2.verifier().name(), ML_DSA_44.getPublic()))
                .isEqualTo(W2.verifier());
        assertThat(
                        NoteVerifier.mlDsa44(
                                W2.verifier().name(), MlDsa44Keys.raw(ML_DSA_44.getPublic())))
                .isEqualTo(W2.verifier());
    }

    @Test
    void oneKeyUnderTwoTypesHasTwoIds() {
        NoteVerifier plain = NoteVerifier.ed25519("a", ED25519.getPublic());
        NoteVerifier cosigner = NoteVerifier.ed25519Cosigner("a", ED25519.getPublic());

        assertThat(plain).isNotEqualTo(cosigner);
        assertThat(plain.keyId()).isNotEqualTo(cosigner.keyId());
        assertThat(cosigner.verifies(TEXT, W1.sign(TEXT))).isTrue();
        assertThat(plain.verifies(TEXT, W1.sign(TEXT))).isFalse();
    }

    @Test
    void typesThatAreNotKnownAreRefusedByName() {
        assertThatThrownBy(() -> KeyType.of((byte) 2)).hasMessageContaining("0x02 (ECDSA)");
        assertThatThrownBy(() -> KeyType.of((byte) 5)).hasMessageContaining("0x05 (RFC 6962");
        assertThatThrownBy(() -> KeyType.of((byte) 3)).hasMessageContaining("0x03");
        assertThatThrownBy(() -> KeyType.of((byte) 0xff)).hasMessageContaining("0xff");
        assertThatThrownBy(() ->
                        NoteVerifier.parse(
                                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"))
                .isInstanceOf(MalformedNoteException.class)
                .hasMessageContaining("ECDSA");
    }

    @Test
    void changedTextTimeOrSignatureIsRefused() {
        for (NoteSigner signer : new NoteSigner[] {W1, W2}) {
            byte[] signature = signer.sign(TEXT);
            NoteVerifier key = signer.verifier();
            byte[] other = new Checkpoint(ORIGIN, 20852164, ROOT).text().getBytes(UTF_8);

            assertThat(key.verifies(TEXT, signature)).isTrue();
            assertThat(key.verifies(other, signature)).isFalse();
            for (int i : new int[] {0, 7, 8, 40, signature.length - 1}) {
                byte[] flipped = signature.clone();
                flipped[i] ^= 1;
                assertThat(key.verifies(TEXT, flipped)).isFalse();
            }
        }
    }

    @Test
    void signatureOfAnotherLengthIsRefused() {
        for (NoteSigner signer : new NoteSigner[] {W1, W2}) {
            byte[] signature = signer.sign(TEXT);

            for (int length : new int[] {0, 7, 8, 9, signature.length - 1, signature.length + 1}) {
                assertThat(signer.verifier().verifies(TEXT, Arrays.copyOf(signature, length)))
                        .isFalse();
            }
        }
    }

    @Test
    void mlDsa44CommitsToTheCosignersNameAndTheOrigin() {
        byte[] signature = W2.sign(TEXT);
        byte[] otherLog = new Checkpoint(ORIGIN + "2", 20852163, ROOT).text().getBytes(UTF_8);

        assertThat(
                        NoteVerifier.mlDsa44("witness.example/w3", ML_DSA_44.getPublic())
                                .verifies(TEXT, signature))
                .isFalse();
        assertThat(W2.verifier().verifies(otherLog, signature)).isFalse();
    }

    @Test
    void extensionLinesAreCosignedByEd25519Only() {
        byte[] extended = (CHECKPOINT.text() + "extension\n").getBytes(UTF_8);

        assertThat(W1.verifier().verifies(extended, W1.sign(TEXT))).isFalse();
        assertThat(W2.verifier().verifies(extended, W2.sign(TEXT))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "\n", "log\n3\n", "log\n03\nAAAA\n", "log\n3\n\nroot\n"})
    void textThatIsNoCheckpointIsNeverCosigned(String text) {
        byte[] bytes = text.getBytes(UTF_8);

        for (NoteSigner signer : new NoteSigner[] {W1, W2}) {
            assertThatThrownBy(() -> signer.sign(bytes)).isInstanceOf(MalformedNoteException.class);
            assertThat(signer.verifier().verifies(bytes, signer.sign(TEXT))).isFalse();
        }
        byte[] notUtf8 = {(byte) 0xc0, '\n'};
        assertThat(W1.verifier().verifies(notUtf8, W1.sign(TEXT))).isFalse();
    }

    @Test
    void timeLeftOutIsAValidSignatureButNoCosignature() {
        byte[] signature =
                new TimedSignature(
                                0,
                                SignatureAlgorithm.ML_DSA_44.sign(
                                        ML_DSA_44.getPrivate(),
                                        CosignedMessage.mlDsa44("witness.example/w2", 0, TEXT)))
                        .format();
        SignedNote note = CHECKPOINT.sign(LOG).with(NoteSignature.of(W2.verifier(), signature));

        assertThat(note.open(W2.verifier())).containsExactly(W2.verifier());
        assertThat(Cosignature.on(note, W2.verifier())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void timeBeyondEveryInstantIsRefusedEvenIfSigned(long time) {
        byte[] signature =
                new TimedSignature(
                                time,
                                SignatureAlgorithm.ED25519.sign(
                                        ED25519.getPrivate(), CosignedMessage.ed25519(time, TEXT)))
                        .format();

        assertThat(W1.verifier().verifies(TEXT, signature)).isFalse();
        assertThat(W1.verifier().time(signature)).isEmpty();
    }

    @Test
    void ofSeveralCosignaturesOfOneKeyTheLatestCounts() {
        NoteSigner later =
                NoteSigner.ed25519Cosigner(
                        "witness.example/w1",
                        ED25519.getPrivate(),
                        ED25519.getPublic(),
                        InstantSource.fixed(NOON.plusSeconds(9)));
        SignedNote note = CHECKPOINT.sign(LOG, later, W1);

        assertThat(Cosignature.on(note, W1.verifier()))
                .containsExactly(new Cosignature(W1.verifier(), NOON.plusSeconds(9)));
    }

    @Test
    void badCosignatureOfAKnownKeySpoilsTheNoteAndThatOfAnUnknownOneDoesNot() {
        SignedNote other = new Checkpoint(ORIGIN, 1, ROOT).sign(W1);
        SignedNote note = CHECKPOINT.sign(LOG, W2).with(other.signatures().getFirst());

        assertThatThrownBy(() -> Cosignature.on(note, W2.verifier(), W1.verifier()))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessageContaining("witness.example/w1");
        assertThat(Cosignature.on(note, W2.verifier())).hasSize(1);
        assertThat(Cosignature.on(note, Keys.signer("stranger").verifier())).isEmpty();
    }

    @Test
    void cosignerWithoutATimeDoesNotSign() {
        NoteSigner stopped = Keys.mlDsa44("w", InstantSource.fixed(Instant.EPOCH));

        assertThatThrownBy(() -> stopped.sign(TEXT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cosignerIsOnePairOfItsAlgorithm() {
        KeyPair other = Keys.pair("ML-DSA-44");
        KeyPair larger = Keys.pair("ML-DSA-65");

        assertRefused(
                () -> NoteSigner.mlDsa44("a", other.getPrivate(), ML_DSA_44.getPublic(), CLOCK));
        assertRefused(
                () -> NoteSigner.mlDsa44("a", larger.getPrivate(), ML_DSA_44.getPublic(), CLOCK));
        assertRefused(
                () -> NoteSigner.mlDsa44("a", larger.getPrivate(), larger.getPublic(), CLOCK));
        assertRefused(() ->
                NoteSigner.ed25519Cosigner("a", other.getPrivate(), ED25519.getPublic(), CLOCK));
        assertRefused(() -> NoteVerifier.mlDsa44("a", ED25519.getPublic()));
        assertRefused(() -> NoteVerifier.mlDsa44("a", new byte[1311]));
        assertRefused(() -> NoteVerifier.ed25519Cosigner("a", new byte[32]));
        assertRefused(() -> NoteVerifier.mlDsa44("a b", ML_DSA_44.getPublic()));
    }

    @Test
    void nameAndOriginOfMlDsa44FitInOneByteOfLength() {
        NoteSigner longest = Keys.mlDsa44("x".repeat(255), CLOCK);
        byte[] longestOrigin = new Checkpoint("o".repeat(255), 1, ROOT).text().getBytes(UTF_8);
        byte[] tooLong = new Checkpoint("o".repeat(256), 1, ROOT).text().getBytes(UTF_8);

        assertThat(longest.verifier().verifies(longestOrigin, longest.sign(longestOrigin)))
                .isTrue();
        assertThatThrownBy(() -> longest.sign(tooLong)).isInstanceOf(MalformedNoteException.class);
        assertThat(longest.verifier().verifies(tooLong, longest.sign(TEXT))).isFalse();
        assertRefused(() -> NoteVerifier.mlDsa44("é".repeat(128), ML_DSA_44.getPublic()));
    }

    private static void assertRefused(Runnable construction) {
        assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
    }
}
