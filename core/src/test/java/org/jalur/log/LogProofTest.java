package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogProofTest {
    private static final String ORIGIN = "alice.example/log";
    private static final NoteSigner ALICE = Keys.signer(ORIGIN);
    private static final NoteVerifier A = ALICE.verifier();
    private static final List<byte[]> ENTRIES =
            Stream.of("satu", "dua", "tiga", "empat", "lima")
                    .map(entry -> entry.getBytes(StandardCharsets.UTF_8))
                    .toList();
    private static final List<Hash> LEAVES = ENTRIES.stream().map(MerkleTree::leafHash).toList();
    private static final SignedNote SIGNED =
            new Checkpoint(ORIGIN, 5, MerkleTree.root(LEAVES)).sign(ALICE);
    private static final LogProof PROOF = LogProof.of(MerkleTree.inclusionProof(LEAVES, 2), SIGNED);

    @Test
    void proofReadsBackAsWritten() {
        assertThat(PROOF.format())
                .startsWith("c2sp.org/tlog-proof@v1\nindex 2\n" + LEAVES.get(3).base64() + "\n")
                .endsWith("\n\n" + SIGNED.format());
        assertThat(LogProof.parse(PROOF.format())).isEqualTo(PROOF);
    }

    @Test
    void everyEntryIsProvenOffline() {
        for (int i = 0; i < ENTRIES.size(); i++) {
            LogProof proof = LogProof.of(MerkleTree.inclusionProof(LEAVES, i), SIGNED);

            Checkpoint believed = LogProof.parse(proof.format()).verify(ENTRIES.get(i), A, ORIGIN);

            assertThat(believed.size()).isEqualTo(5);
        }
    }

    @Test
    void onlyEntryOfALogHasAnEmptyPath() {
        SignedNote signed = new Checkpoint(ORIGIN, 1, LEAVES.getFirst()).sign(ALICE);
        LogProof proof = new LogProof("", 0, List.of(), signed);

        assertThat(LogProof.parse(proof.format()).verify(ENTRIES.getFirst(), A, ORIGIN).size())
                .isEqualTo(1);
    }

    @Test
    void extraDataTravelsAlong() {
        var proof = new LogProof("AAEC", 2, PROOF.path(), SIGNED);

        assertThat(proof.format()).startsWith("c2sp.org/tlog-proof@v1\nextra AAEC\nindex 2\n");
        assertThat(LogProof.parse(proof.format())).isEqualTo(proof);
    }

    @Test
    void proofProvesNothingElse() {
        byte[] entry = ENTRIES.get(2);

        assertThatThrownBy(() -> PROOF.verify(ENTRIES.get(3), A, ORIGIN))
                .isInstanceOf(InvalidProofException.class);
        assertThatThrownBy(() -> new LogProof("", 3, PROOF.path(), SIGNED).verify(entry, A, ORIGIN))
                .isInstanceOf(InvalidProofException.class);
        assertThatThrownBy(() -> new LogProof("", 5, PROOF.path(), SIGNED).verify(entry, A, ORIGIN))
                .isInstanceOf(InvalidProofException.class);
        assertThatThrownBy(() -> PROOF.verify(entry, Keys.signer(ORIGIN).verifier(), ORIGIN))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(() -> PROOF.verify(entry, A, "alice.example/other"))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void proofForAnotherSizeIsNotPutTogether() {
        InclusionProof older = MerkleTree.inclusionProof(LEAVES.subList(0, 4), 2);

        assertThatThrownBy(() -> LogProof.of(older, SIGNED))
                .isInstanceOf(InvalidProofException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "02",
                "+2",
                "2 ",
                "two",
                "9223372036854775808",
                "18446744073709551616"
            })
    void indexHasOneSpelling(String index) {
        assertMalformed(PROOF.format().replace("index 2", "index " + index));
    }

    @Test
    void otherTextsAreRefused() {
        String text = PROOF.format();
        String hash = LEAVES.get(3).base64();

        assertMalformed("");
        assertMalformed("\n\n");
        assertMalformed(text.replace("@v1", "@v2"));
        assertMalformed(text.substring(text.indexOf('\n') + 1));
        assertMalformed("\n" + text);
        assertMalformed(text.replace("index 2\n", ""));
        assertMalformed(text.replace("index 2\n", "index 2\nindex 2\n"));
        assertMalformed(text.replace("index 2\n", "index 2\nextra AAEC\n"));
        assertMalformed(text.replace("index 2\n", "extra \nindex 2\n"));
        assertMalformed(text.replace("index 2\n", "extra AAED=\nindex 2\n"));
        assertMalformed(text.replace("index 2\n", "extra AB==\nindex 2\n"));
        assertMalformed(text.replace("index 2\n", "extra AAEC\nextra AAEC\nindex 2\n"));
        assertMalformed(text.replace(hash, hash.replace("=", "")));
        assertMalformed(text.replace(hash, hash + " "));
        assertMalformed(text.replace("index 2\n", "index 2\n\n"));
        assertMalformed(text.replace("\n\n" + ORIGIN, "\n" + ORIGIN));
        assertMalformed(text.replace("\n\n" + ORIGIN, "\n\n\n" + ORIGIN));
        assertMalformed(text.substring(0, text.length() - 1));
        assertMalformed(text + "\n");
        assertMalformed(text.replace("\n", "\r\n"));
        assertMalformed(text.replace(hash + "\n", (hash + "\n").repeat(64)));
        assertMalformed(text.replace(hash + "\n", (hash + "\n").repeat(20_000)));
    }

    private static void assertMalformed(String text) {
        assertThatThrownBy(() -> LogProof.parse(text)).isInstanceOf(MalformedNoteException.class);
    }
}
