package org.jalur.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    private static final NoteSigner ALICE = Keys.signer("alice.example/log");
    private static final NoteSigner BOB = Keys.signer("bob.example/witness");
    private static final NoteVerifier A = ALICE.verifier();
    private static final NoteVerifier B = BOB.verifier();
    private static final String LINE = SignedNote.sign("a\n", ALICE).signatures().getFirst().line();

    /// The example of C2SP signed-note.
    @Test
    void publishedExampleOpensWithItsPublishedKey() {
        NoteVerifier key =
                NoteVerifier.parse(
                        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        SignedNote note =
                SignedNote.parse(
                        "This is an example message.\n\n— example.com/foo "
                                + "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n");

        assertThat(note.open(key)).containsExactly(key);
    }

    @Test
    void signedNoteReadsBackAsWritten() {
        SignedNote note =
                SignedNote.sign("Tulisan\n\nwith an empty line — ü\n", ALICE).signedBy(BOB);

        SignedNote read = SignedNote.parse(note.format().getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(note);
        assertThat(read.open(A, B)).containsExactly(A, B);
    }

    @Test
    void textMayEndInEmptyLines() {
        SignedNote note = SignedNote.sign("a\n\n\n", ALICE);

        assertThat(SignedNote.parse(note.format())).isEqualTo(note);
    }

    @Test
    void signaturesOfUnknownKeysAreIgnored() {
        SignedNote note = SignedNote.sign("a\n", BOB, ALICE);

        assertThat(note.open(A)).containsExactly(A);
    }

    @Test
    void sameNameWithAnotherKeyIsUnknown() {
        NoteSigner namesake = Keys.signer(A.name());

        assertThat(SignedNote.sign("a\n", namesake, ALICE).open(A)).containsExactly(A);
        assertThatThrownBy(() -> SignedNote.sign("a\n", namesake).open(A))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void noteThatNoKnownKeySignedIsRefused() {
        SignedNote note = SignedNote.sign("a\n", BOB);

        assertThatThrownBy(() -> note.open(A))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessageContaining("bob.example/witness");
        assertThatThrownBy(note::open).isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void badSignatureOfOneKnownKeySpoilsTheGoodOneOfAnother() {
        SignedNote other = SignedNote.sign("b\n", ALICE);

        SignedNote note = SignedNote.sign("a\n", BOB).with(other.signatures().getFirst());

        assertThatThrownBy(() -> note.open(B, A))
                .isInstanceOf(UntrustedNoteException.class)
                .hasMessageContaining("alice.example/log");
        assertThat(note.open(B)).containsExactly(B);
    }

    @Test
    void secondSignatureOfTheSameKeyMustBeGoodToo() {
        SignedNote other = SignedNote.sign("b\n", ALICE);
        SignedNote note = SignedNote.sign("a\n", ALICE).with(other.signatures().getFirst());

        assertThatThrownBy(() -> note.open(A)).isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void changedTextIsRefused() {
        String note = SignedNote.sign("a\n", ALICE).format();

        assertThatThrownBy(() -> SignedNote.parse(note.replaceFirst("a", "b")).open(A))
                .isInstanceOf(UntrustedNoteException.class);
        assertThatThrownBy(() -> SignedNote.parse("\n" + note).open(A))
                .isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void keysThatCannotBeToldApartAreRefused() {
        assertThatThrownBy(() -> SignedNote.sign("a\n", ALICE).open(A, A))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void malformedNotesAreRefused() {
        assertMalformed("");
        assertMalformed("a\n");
        assertMalformed("a\n\n");
        assertMalformed("a\n\n" + LINE);
        assertMalformed("a\n" + LINE + "\n");
        assertMalformed("a\n\n" + LINE + "\n\n");
        assertMalformed("a\n\n" + LINE + "\nmore\n");
        assertMalformed("a\n\n" + LINE + " \n");
        assertMalformed("a\n\n " + LINE + "\n");
        assertMalformed("a\n\n" + LINE.replace('—', '-') + "\n");
        assertMalformed("a\n\n" + LINE.replace(" ", "  ") + "\n");
        assertMalformed("a\n\n" + LINE + "\r" + LINE + "\n");
        assertMalformed("a\r\n\r\n" + LINE + "\r\n");
        assertMalformed("a\tb\n\n" + LINE + "\n");
        assertMalformed("a\0\n\n" + LINE + "\n");
        assertMalformed("a\ud800\n\n" + LINE + "\n");
        assertMalformed("a\n\n" + LINE.substring(0, LINE.length() - 1) + "\n");
        assertMalformed("a\n\n— alice AAAAAA==\n");
        assertMalformed("a\n\n— alice AAAAAAB=\n");
        assertMalformed("a\n\n— ali+ce AAAAAAA=\n");
        assertMalformed("a\n\n— ali\u00a0ce AAAAAAA=\n");
        assertMalformed("a\n\n—  AAAAAAA=\n");
    }

    @Test
    void smallestSignatureLineIsRead() {
        SignedNote note = SignedNote.parse("a\n\n— x AAAAAQI=\n");

        assertThat(note.signatures().getFirst().keyId()).isEqualTo(1);
        assertThat(note.signatures().getFirst().bytes()).containsExactly(2);
        assertThatThrownBy(() -> note.open(A)).isInstanceOf(UntrustedNoteException.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] note = SignedNote.sign("aa\n", ALICE).format().getBytes(StandardCharsets.UTF_8);
        note[0] = (byte) 0xc0;

        assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(MalformedNoteException.class);
    }

    @Test
    void sixteenSignaturesAreReadButNotAThousand() {
        assertThat(SignedNote.parse("a\n\n" + (LINE + "\n").repeat(16)).open(A)).containsExactly(A);
        assertMalformed("a\n\n" + (LINE + "\n").repeat(SignedNote.MAX_SIGNATURES + 1));
    }

    @Test
    void oversizedNotesAreRefused() {
        byte[] huge = new byte[SignedNote.MAX_BYTES + 1];
        Arrays.fill(huge, (byte) 'a');

        assertThatThrownBy(() -> SignedNote.parse(huge)).isInstanceOf(MalformedNoteException.class);
        assertMalformed("a".repeat(SignedNote.MAX_BYTES) + "\n\n" + LINE + "\n");
        assertMalformed("é".repeat(SignedNote.MAX_BYTES / 2) + "\n\n" + LINE + "\n");
    }

    @Test
    void onlyTextsThatReadBackAreSigned() {
        assertThatThrownBy(() -> SignedNote.sign("no newline", ALICE))
                .isInstanceOf(MalformedNoteException.class);
        assertThatThrownBy(() -> SignedNote.sign("", ALICE))
                .isInstanceOf(MalformedNoteException.class);
        assertThatThrownBy(() -> SignedNote.sign("tab\t\n", ALICE))
                .isInstanceOf(MalformedNoteException.class);
        assertThatThrownBy(() -> SignedNote.sign("nobody\n"))
                .isInstanceOf(MalformedNoteException.class);
        assertThatThrownBy(() -> new SignedNote("a\n", Collections.emptyList()))
                .isInstanceOf(MalformedNoteException.class);
    }

    private static void assertMalformed(String note) {
        assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(MalformedNoteException.class);
    }
}
