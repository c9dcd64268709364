package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ORIGIN = "alice.example/log";
    private static final NoteSigner ALICE = Keys.signer(ORIGIN);
    private static final NoteVerifier A = ALICE.verifier();
    private static final Hash ROOT = Hash.sha256(new byte[] {7});
    private static final String B64 = ROOT.base64();

    @Test
    void checkpointReadsBackAsWritten() {
        var checkpoint = new Checkpoint(ORIGIN, 20852163, ROOT);

        assertThat(checkpoint.text()).isEqualTo(ORIGIN + "\n20852163\n" + B64 + "\n");
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Test
    void signedCheckpointIsBelievedWithItsKeyAndOrigin() {
        SignedNote note = new Checkpoint(ORIGIN, 3, ROOT).sign(ALICE);

        assertThat(Checkpoint.open(note, ORIGIN, A)).isEqualTo(new Checkpoint(ORIGIN, 3, ROOT));
    }

    @Test
    void checkpointOfAnotherLogIsNotBelievedEvenWithTheRightKey() {
        SignedNote note = new Checkpoint("alice.example/other", 3, ROOT).sign(ALICE);

        assertThatThrownBy(() -> Checkpoint.open(note, ORIGIN, A))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessageContaining("alice.example/other");
    }

    @Test
    void checkpointUnderAnotherKeyIsNotBelieved() {
        SignedNote note = new Checkpoint(ORIGIN, 3, ROOT).sign(Keys.signer(ORIGIN));

        assertThatThrownBy(() -> Checkpoint.open(note, ORIGIN, A))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void signedTextThatIsNoCheckpointIsRefused() {
        SignedNote note = SignedNote.sign(ORIGIN + "\n3\n", ALICE);

        assertThatThrownBy(() -> Checkpoint.open(note, ORIGIN, A))
                .isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void extensionLinesAreToleratedAndStaySigned() {
        SignedNote note =
                SignedNote.sign(ORIGIN + "\n3\n" + B64 + "\nextension 1\nextension 2\n", ALICE);
        SignedNote stripped = SignedNote.parse(note.format().replace("extension 2\n", ""));

        assertThat(Checkpoint.open(note, ORIGIN, A)).isEqualTo(new Checkpoint(ORIGIN, 3, ROOT));
        assertThatThrownBy(() -> Checkpoint.open(stripped, ORIGIN, A))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "01",
                "-1",
                "+1",
                "1.0",
                "1e3",
                " 1",
                "1 ",
                "0x1",
                "１",
                "9223372036854775808",
                "18446744073709551615",
                "99999999999999999999",
                "9999999999999999999999999999999999999999"
            })
    void sizeHasOneSpelling(String size) {
        assertMalformed(ORIGIN + "\n" + size + "\n" + B64 + "\n");
    }

    @Test
    void largestSizeIsRead() {
        assertThat(Checkpoint.parse(ORIGIN + "\n9223372036854775807\n" + B64 + "\n").size())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void otherTextsAreRefused() {
        assertMalformed("");
        assertMalformed("\n\n\n");
        assertMalformed(ORIGIN + "\n3\n");
        assertMalformed(ORIGIN + "\n3\n" + B64);
        assertMalformed("\n3\n" + B64 + "\n");
        assertMalformed("3\n" + ORIGIN + "\n" + B64 + "\n");
        assertMalformed(ORIGIN + "\n3\n\n" + B64 + "\n");
        assertMalformed(ORIGIN + "\n3\n" + B64 + "\n\n");
        assertMalformed(ORIGIN + "\n3\n" + B64 + "\n\nextension\n");
        assertMalformed(ORIGIN + "\n3\n" + B64 + " \n");
        assertMalformed(ORIGIN + "\n3\n" + B64.replace("=", "") + "\n");
        assertMalformed(ORIGIN + "\n3\nAAAA\n");
        assertMalformed(ORIGIN + "\r\n3\r\n" + B64 + "\r\n");
        assertMalformed(ORIGIN + "\r3\r" + B64 + "\n");
    }

    @Test
    void emptyTreeHasOnlyOneRoot() {
        assertThat(Checkpoint.of(ORIGIN, TreeHead.EMPTY).head()).isEqualTo(TreeHead.EMPTY);
        assertMalformed(ORIGIN + "\n0\n" + B64 + "\n");
    }

    @Test
    void claimsThatNoLogCanMakeAreRefused() {
        assertThatThrownBy(() -> new Checkpoint(ORIGIN, -1, ROOT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("", 1, ROOT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a\nb", 1, ROOT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertMalformed(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedNoteException.class);
    }
}
