package org.jalur.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Checkpoint;
import org.jalur.log.CheckpointStore;
import org.jalur.log.Cosignature;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.Hash;
import org.jalur.log.KnownLogs;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.UntrustedNoteException;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayStatementTest {
    private static final Instant BEGAN = Instant.parse("2026-11-23T05:00:00.125Z");
    private static final Instant ENDED = Instant.parse("2026-11-23T05:00:15.130Z");
    private static final InstantSource CLOCK = InstantSource.fixed(ENDED);
    private static final SigningKey KEY = SigningKey.generate();

    private final Message message = message();
    private final NoteSigner ed25519 = cosigner("Ed25519");
    private final NoteSigner mlDsa44 = cosigner("ML-DSA-44");

    static Message message() {
        List<Hash> leaves = List.of(Hash.sha256(new byte[] {1}), Hash.sha256(new byte[] {2}));
        return Message.sign(
                new Manifest(
                        UUID.randomUUID(),
                        new PartyId("otoritas-contoh"),
                        new PartyId("platform-contoh"),
                        7,
                        Optional.of(Hash.sha256(new byte[] {3})),
                        "notice",
                        Optional.of(UUID.randomUUID()),
                        BEGAN,
                        Optional.empty(),
                        new Manifest.Parts(2, MerkleTree.root(leaves)),
                        Optional.empty(),
                        Optional.empty(),
                        new Manifest.Seen(0, Optional.empty())),
                leaves,
                KEY);
    }

    static NoteSigner cosigner(String algorithm) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            return algorithm.equals("Ed25519")
                    ? NoteSigner.ed25519Cosigner(
                            "saksi.example/w1", pair.getPrivate(), pair.getPublic(), CLOCK)
                    : NoteSigner.mlDsa44(
                            "saksi.example/w1", pair.getPrivate(), pair.getPublic(), CLOCK);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private RelayStatement statement(RelayOutcome outcome) {
        return RelayStatement.of(
                message, "https://platform.example/channel/messages", BEGAN, ENDED, outcome);
    }

    private SignedRelay signed() {
        return statement(new RelayOutcome.TimedOut()).sign(ed25519, mlDsa44);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "timeout", "broken", "answered 409 " + DIGEST})
    void eachOutcomeReadsBackAsItWasSigned(String wire) {
        RelayOutcome outcome = RelayOutcome.parse(wire);
        SignedRelay signed = statement(outcome).sign(ed25519);

        SignedRelay read = SignedRelay.parse(signed.format());

        assertThat(read).isEqualTo(signed);
        assertThat(read.format()).isEqualTo(signed.format());
        assertThat(read.statement().outcome().wire()).isEqualTo(wire);
    }

    private static final String DIGEST =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void bothKeysOfTheWitnessSignWithTheTime() {
        SignedRelay read = SignedRelay.parse(signed().format());

        assertThat(Cosignature.on(read.note(), ed25519.verifier(), mlDsa44.verifier()))
                .hasSize(2)
                .allMatch(one -> one.at().equals(Instant.parse("2026-11-23T05:00:15Z")));
    }

    @Test
    void statementIsAboutExactlyOneMessage() {
        Message other = message();

        assertThat(signed().statement().isAbout(message.jws(), message.manifest())).isTrue();
        assertThat(signed().statement().isAbout(other.jws(), other.manifest())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "outcome timeout, outcome refused",
        "to platform-contoh, to platform-lain",
        "began 2026-11-23T05:00:00.125Z, began 2026-11-22T05:00:00.125Z",
        "at https://platform.example, at https://other.example",
    })
    void nothingInItCanBeChanged(String from, String to) {
        String altered = signed().format().replace(from, to);

        assertThat(altered).isNotEqualTo(signed().format());
        assertThatThrownBy(() -> SignedRelay.parse(altered))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void signaturesOfOneStatementAreNoneForAnother() {
        SignedNote note = signed().note();

        assertThatThrownBy(() -> new SignedRelay(statement(new RelayOutcome.Refused()), note))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void forgedSignatureOfTheWitnessIsFound() {
        SignedRelay signed = statement(new RelayOutcome.TimedOut()).sign(ed25519);
        SignedRelay other = statement(new RelayOutcome.Refused()).sign(ed25519);
        var forged =
                new SignedRelay(
                        signed.statement(),
                        new SignedNote(signed.note().text(), other.note().signatures()));

        assertThatThrownBy(() -> Cosignature.on(forged.note(), ed25519.verifier()))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answered",
                "answered 99 " + DIGEST,
                "answered 200",
                "answered 200 00",
                "answered 0200 " + DIGEST,
                "answered 600 " + DIGEST,
                "delivered",
                "timeout ",
                ""
            })
    void unknownOutcomeIsRefused(String wire) {
        assertThatThrownBy(() -> RelayOutcome.parse(wire))
                .isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "octets |octets +",
                "jalur/relay@v1|jalur/relay@v2",
                "began 2026-11-23T05:00:00.125Z|began 2026-11-23T12:00:00.125+07:00",
                "ended 2026-11-23T05:00:15.130Z|ended 2026-11-23T05:00:15.130000Z",
                "at https|at ftp",
                "from otoritas-contoh|from Otoritas",
                "leaves |leaf "
            })
    void oneStatementHasOneForm(String from, String to) {
        String altered = signed().statement().text().replace(from, to);

        assertThat(altered).isNotEqualTo(signed().statement().text());
        assertThatThrownBy(() -> RelayStatement.parse(altered))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void relayDoesNotEndBeforeItBegins() {
        assertThatThrownBy(() ->
                        RelayStatement.of(
                                message,
                                "https://platform.example",
                                ENDED,
                                ENDED.minusMillis(1),
                                new RelayOutcome.TimedOut()))
                .isInstanceOf(MalformedMessageException.class);
    }

    /** A log that chose its name so that the witness's cosignature would pass for a statement. */
    @Test
    void witnessCosignsNoLogWhoseNameIsThatOfAStatement(@TempDir java.nio.file.Path folder)
            throws Exception {
        Checkpoint disguised = signed().statement().oneEntryLog();
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        NoteSigner log =
                NoteSigner.ed25519(disguised.origin(), pair.getPrivate(), pair.getPublic());
        CheckpointStore store = new FileCheckpointStore(folder.resolve("store"));
        var witness =
                new Witness(
                        KnownLogs.of(Map.of(disguised.origin(), List.of(log.verifier()))),
                        store,
                        ed25519);

        WitnessAnswer answer =
                witness.addCheckpoint(
                        new AddCheckpoint(0, List.of(), disguised.sign(log))
                                .format()
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(404);
    }
}
