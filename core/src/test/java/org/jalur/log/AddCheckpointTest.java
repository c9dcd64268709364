package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jalur.log.WitnessAnswer.Conflict;
import org.jalur.log.WitnessAnswer.Cosigned;
import org.jalur.log.WitnessAnswer.Inconsistent;
import org.jalur.log.WitnessAnswer.Malformed;
import org.jalur.log.WitnessAnswer.UnknownLog;
import org.jalur.log.WitnessAnswer.Untrusted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddCheckpointTest {
    private static final String ORIGIN = "alice.example/log";
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-23T05:00:00Z"));
    private static final NoteSigner LOG = Keys.signer(ORIGIN);
    private static final NoteSigner W1 = Keys.ed25519Cosigner("witness.example/w1", CLOCK);
    private static final NoteSigner W2 = Keys.mlDsa44("witness.example/w2", CLOCK);
    private static final List<Hash> LEAVES = Entries.leaves(Entries.random(7, 1));
    private static final SignedNote CHECKPOINT =
            new Checkpoint(ORIGIN, 7, MerkleTree.root(LEAVES)).sign(LOG);
    private static final AddCheckpoint REQUEST =
            AddCheckpoint.of(MerkleTree.consistencyProof(LEAVES, 3), CHECKPOINT);
    private static final String TEXT = REQUEST.format();

    /// The example of C2SP tlog-witness; its keys are not published.
    @Test
    void publishedExampleIsReadAndWrittenAgain() {
        String body =
                """
                old 20852014
                PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
                jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
                5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
                /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
                """;

        AddCheckpoint request = AddCheckpoint.parse(body.getBytes(UTF_8));

        assertThat(request.oldSize()).isEqualTo(20852014);
        assertThat(request.path()).hasSize(4);
        assertThat(request.checkpoint().signatures()).hasSize(2);
        assertThat(request.format()).isEqualTo(body);
    }

    @Test
    void requestReadsBackAsWritten() {
        var first = new AddCheckpoint(0, List.of(), CHECKPOINT);

        assertThat(read(TEXT)).isEqualTo(REQUEST);
        assertThat(read(first.format())).isEqualTo(first);
        assertThat(first.format()).startsWith("old 0\n\n" + ORIGIN + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "03", "+3", " 3", "3 ", "9223372036854775808", "three"})
    void oldSizeHasOneSpelling(String size) {
        assertMalformed(TEXT.replace("old 3\n", "old " + size + "\n"));
    }

    @Test
    void otherTextsAreRefused() {
        String hash = REQUEST.path().getFirst().base64();

        assertMalformed("");
        assertMalformed("\n\n");
        assertMalformed("old 3\n");
        assertMalformed("old 3\n\n");
        assertMalformed(TEXT.replace("old 3\n", ""));
        assertMalformed(TEXT.replace("old 3\n", "old 3\nold 3\n"));
        assertMalformed(TEXT.replace("old 3\n", "old 3\r\n"));
        assertMalformed(TEXT.replace("old 3\n", "OLD 3\n"));
        assertMalformed(TEXT.replace(hash, hash.replace("=", "")));
        assertMalformed(TEXT.replace(hash, hash + " "));
        assertMalformed(TEXT.replace(hash, ""));
        assertMalformed(TEXT.replace("\n\n" + ORIGIN, "\n" + ORIGIN));
        assertMalformed(TEXT.replace("\n\n" + ORIGIN, "\n\n\n" + ORIGIN));
        assertMalformed(TEXT.substring(0, TEXT.length() - 1));
        assertMalformed(TEXT + "\n");
        assertMalformed(TEXT.replace("\n7\n", "\n07\n"));
        assertMalformed(TEXT.replace("\n", "\r\n"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = TEXT.getBytes(UTF_8);
        body[body.length - 3] = (byte) 0xc0;

        assertThatThrownBy(() -> AddCheckpoint.parse(body))
                .isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void sixtyThreeHashesAreReadButNoMore() {
        Hash hash = LEAVES.getFirst();
        var longest = new AddCheckpoint(3, Collections.nCopies(63, hash), CHECKPOINT);

        assertThat(read(longest.format())).isEqualTo(longest);
        assertMalformed(longest.format().replace("old 3\n", "old 3\n" + hash.base64() + "\n"));
        assertThatThrownBy(() -> new AddCheckpoint(3, Collections.nCopies(64, hash), CHECKPOINT))
                .isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void oversizedRequestsAreRefused() {
        String origin = "o".repeat(AddCheckpoint.MAX_BYTES);
        SignedNote huge = new Checkpoint(origin, 7, LEAVES.getFirst()).sign(LOG);

        assertThatThrownBy(() -> new AddCheckpoint(0, List.of(), huge))
                .isInstanceOf(MalformedNoteException.class);
        assertMalformed("old 0\n\n" + huge.format());
    }

    @Test
    void requestIsPutTogetherOnlyFromPartsThatFit() {
        ConsistencyProof other = MerkleTree.consistencyProof(LEAVES.subList(0, 6), 3);

        assertThatThrownBy(() -> AddCheckpoint.of(other, CHECKPOINT))
                .isInstanceOf(InvalidProofException.class);
        assertThatThrownBy(() -> new AddCheckpoint(-1, List.of(), CHECKPOINT))
                .isInstanceOf(MalformedNoteException.class);
        assertThatThrownBy(() -> new AddCheckpoint(0, List.of(), SignedNote.sign("a\n", LOG)))
                .isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void cosignaturesOfKnownWitnessesAreTakenAndOthersLeftOut() {
        NoteSigner stranger = Keys.ed25519Cosigner("stranger.example", CLOCK);
        Cosigned answer = answer(CHECKPOINT.text(), stranger, W1, W2);

        SignedNote cosigned = REQUEST.cosigned(answer, W2.verifier(), W1.verifier());

        assertThat(Cosignature.on(cosigned, W1.verifier(), W2.verifier())).hasSize(2);
        assertThat(cosigned.signatures()).hasSize(3).doesNotContain(answer.signatures().getFirst());
        assertThat(Checkpoint.open(cosigned, ORIGIN, LOG.verifier()).size()).isEqualTo(7);
    }

    @Test
    void answerWithoutACosignatureOfAKnownWitnessIsWorthNothing() {
        NoteSigner stranger = Keys.ed25519Cosigner("stranger.example", CLOCK);
        NoteSigner plain = Keys.signer("witness.example/plain");

        assertThatThrownBy(
                        () -> REQUEST.cosigned(answer(CHECKPOINT.text(), stranger), W1.verifier()))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(
                        () -> REQUEST.cosigned(answer(CHECKPOINT.text(), plain), plain.verifier()))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(() -> REQUEST.cosigned(answer(CHECKPOINT.text(), W1)))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void cosignatureOfAnotherCheckpointIsRefused() {
        Cosigned answer = answer(new Checkpoint(ORIGIN, 7, LEAVES.getFirst()).text(), W1);

        assertThatThrownBy(() -> REQUEST.cosigned(answer, W1.verifier()))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void answersReadBackAsWritten() {
        for (WitnessAnswer answer :
                List.of(
                        answer(CHECKPOINT.text(), W1, W2),
                        new Malformed("no request"),
                        new Untrusted("no key"),
                        new UnknownLog("no log"),
                        new Conflict(20852014),
                        new Inconsistent("no proof"))) {
            assertThat(WitnessAnswer.parse(answer.status(), answer.body())).isEqualTo(answer);
        }
    }

    @Test
    void conflictIsASizeOfItsOwnMediaType() {
        assertThat(new Conflict(7).status()).isEqualTo(409);
        assertThat(new Conflict(7).body()).isEqualTo("7\n");
        assertThat(new Conflict(7).contentType()).isEqualTo("text/x.tlog.size");
        assertThat(new Untrusted("").contentType()).startsWith("text/plain");
    }

    @Test
    void otherAnswersAreRefused() {
        String line = answer(CHECKPOINT.text(), W1).body();

        assertNoAnswer(500, "");
        assertNoAnswer(204, "");
        assertNoAnswer(200, "");
        assertNoAnswer(200, "\n");
        assertNoAnswer(200, line + "\n");
        assertNoAnswer(200, line.strip());
        assertNoAnswer(200, line.replace("— ", "- "));
        assertNoAnswer(200, line.replace("\n", "\r\n"));
        assertNoAnswer(200, line.repeat(SignedNote.MAX_SIGNATURES + 1));
        assertNoAnswer(409, "7");
        assertNoAnswer(409, "07\n");
        assertNoAnswer(409, "7\n\n");
        assertNoAnswer(409, "\n");
    }

    @Test
    void reasonsOfStrangersAreShortenedAndHarmless() {
        WitnessAnswer answer = WitnessAnswer.parse(403, "\u001b[31mred\r\n" + "x".repeat(5000));

        assertThat(answer.body()).hasSizeLessThan(310).doesNotContain("\u001b", "\r");
    }

    private static Cosigned answer(String text, NoteSigner... signers) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(NoteSignature.of(signer.verifier(), signer.sign(text.getBytes(UTF_8))));
        }
        return new Cosigned(signatures);
    }

    private static AddCheckpoint read(String body) {
        return AddCheckpoint.parse(body.getBytes(UTF_8));
    }

    private static void assertMalformed(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedNoteException.class);
    }

    private static void assertNoAnswer(int status, String body) {
        assertThatThrownBy(() -> WitnessAnswer.parse(status, body))
                .isInstanceOf(MalformedNoteException.class);
    }
}
