package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.Receipt;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.evidence.SampleEvidence.Checked;
import org.jalur.evidence.Summary.Verdict;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.NoteSignature;
import org.jalur.log.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change is written as a ZIP without a fault: only the checks can find it. */
class TamperedEvidenceTest {
    private final SampleEvidence sample = new SampleEvidence();
    private final SampleFile file = sample.showAll().file();

    /**
     * Cosignatures of keys that nobody knows are ignored, so a changed name or id loses one;
     * nothing else may get lost, and nothing may be won. The cover sheet is nobody's word but the
     * maker's.
     */
    @Test
    void flippedBitsAnywhereAreFoundOrLoseACosignature() {
        var random = new Random(7);
        List<String> names =
                file.entries.keySet().stream()
                        .filter(name -> !name.equals("evidence.json"))
                        .toList();
        Checked whole = check();
        for (int i = 0; i < 150; i++) {
            var changed = new SampleFile(sample.bytes());
            String name = names.get(random.nextInt(names.size()));
            changed.change(
                    name,
                    bytes -> {
                        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
                        return bytes;
                    });

            Checked checked = SampleEvidence.check(changed.zip(), none());

            if (checked.flaws().isEmpty()) {
                for (Message message : List.of(sample.notice, sample.decision)) {
                    Finding.OfMessage before = whole.message(message);
                    Finding.OfMessage after = checked.message(message);
                    assertThat(before.cosigned()).as(name).containsAll(after.cosigned());
                    assertThat(after.parts()).as(name).isEqualTo(before.parts());
                    assertThat(after.manifest()).as(name).isEqualTo(before.manifest());
                }
            }
        }
    }

    @Test
    void changedExplanationIsFound() {
        assertFlaws(file.change("README.txt", TamperedEvidenceTest::flip), Flaw.Kind.README);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void flippedBitInAnySegmentOfAKeysMessageIsFound(int segment) {
        file.changeText("keys/otoritas", jws -> flip(jws, segment));

        assertThat(check().flaws()).contains(kindOf(segment));
        assertThat(check().flaws()).contains(Flaw.Kind.NO_KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void flippedBitInAnySegmentOfAMessageIsFound(int segment) {
        file.changeText(
                "messages/otoritas",
                json ->
                        json.replace(
                                compact(sample.notice), flip(compact(sample.notice), segment)));

        assertThat(check().flaws()).contains(kindOf(segment));
        assertThat(check().summary().verdict()).isEqualTo(Verdict.NOT_GENUINE);
    }

    /** The header no longer reads; the payload no longer is what was signed, nor JSON. */
    private static Flaw.Kind kindOf(int segment) {
        return segment == 2 ? Flaw.Kind.SIGNATURE : Flaw.Kind.MALFORMED;
    }

    @Test
    void flippedBitInALeafIsFound() {
        assertFlaws(changeNotice(sample.item.leaf().base64(), flip(sample.item.leaf())), PARTS);
    }

    private static final Flaw.Kind[] PARTS = {Flaw.Kind.PARTS, Flaw.Kind.PART_FOREIGN};

    @Test
    void flippedBitInAPathIsFound() {
        Exhibit single = Exhibit.opening(sample.notice, Set.of(sample.item.leaf()));
        SampleFile opened = sample.showOnly(single, sample.item).file();

        assertFlaws(
                opened.changeText(
                        "messages/",
                        json ->
                                json.replace(
                                        sample.letter.leaf().base64(), flip(sample.letter.leaf()))),
                Flaw.Kind.PARTS);
    }

    @Test
    void pathToAnotherPlaceIsFound() {
        Exhibit single = Exhibit.opening(sample.notice, Set.of(sample.item.leaf()));
        SampleFile opened = sample.showOnly(single, sample.item).file();

        assertFlaws(
                opened.changeText("messages/", json -> json.replace("\"index\":1", "\"index\":0")),
                Flaw.Kind.PARTS);
    }

    @Test
    void flippedBitAnywhereInAPartIsFound() {
        String name = file.name("parts/");
        byte[] wire = sample.letter.wire();
        for (int octet = 0; octet < wire.length; octet += 7) {
            byte[] changed = wire.clone();
            changed[octet] ^= 1;

            assertThat(SampleEvidence.check(file.with(name, changed).zip(), none()).flaws())
                    .containsExactly(Flaw.Kind.PART_ALTERED);
        }
    }

    @Test
    void partOfNoMessageIsFound() {
        Part other = Part.of("item", "sample post B".getBytes(UTF_8));

        assertFlaws(file.with("parts/" + other.leaf(), other.wire()), Flaw.Kind.PART_FOREIGN);
    }

    @Test
    void partsOfTheMessageBeforeAreFoundUnderTheNext() {
        SampleFile moved = sample.file();
        String name = moved.name("parts/");
        byte[] wire = sample.letter.wire();

        assertFlaws(moved.without("parts/").with(name, wire), Flaw.Kind.PART_FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void flippedBitInAnySegmentOfAReceiptIsFound(int segment) {
        changeNotice(sample.noticeReceipt, flip(sample.noticeReceipt, segment));

        assertThat(check().flaws())
                .contains(
                        segment == 2 ? Flaw.Kind.RECEIPT_SIGNATURE : Flaw.Kind.MALFORMED,
                        Flaw.Kind.RECEIPT_ENTRY_PROOF);
        assertThat(check().message(sample.notice).delivery()).isEqualTo(new Delivery.NotProven());
    }

    @Test
    void receiptOfAnotherMessageProvesNoDelivery() {
        Message second = sample.authority.send(sample.platform, "notice");
        String receipt = sample.platform.receive(second);

        Checked checked = sample.showOnly(Exhibit.of(sample.notice).withReceipt(receipt)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RECEIPT_OF_ANOTHER);
        assertThat(checked.message(sample.notice).delivery()).isEqualTo(new Delivery.NotProven());
    }

    @Test
    void receiptThatTheSenderSignsForItselfIsFound() {
        sample.platform.keys = sample.authority.keys;
        String forged = sample.platform.receive(sample.notice);

        Checked checked = sample.showOnly(Exhibit.of(sample.notice).withReceipt(forged)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RECEIPT_SIGNATURE);
    }

    @Test
    void receiptWhoseProofIsOfAnotherEntryIsFound() {
        Message second = sample.authority.send(sample.platform, "notice");
        String forged = withProofOf(sample.platform.receive(second));

        Checked checked = sample.showOnly(Exhibit.of(sample.notice).withReceipt(forged)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RECEIPT_PROOF);
    }

    @Test
    void proofOfAnotherMessageIsFound() {
        LogProof other =
                sample.authority.proof(
                        "message-received", sample.decision.jws().digest(), sample.cosigned());

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice).withEntry(Kind.MESSAGE_SENT, other))
                        .check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.ENTRY_PROOF);
        assertThat(checked.message(sample.notice).existedBy()).isEmpty();
    }

    @Test
    void entryOfTheWrongDirectionIsFound() {
        LogProof proof =
                sample.authority.proof(
                        "message-sent", sample.notice.jws().digest(), sample.cosigned());

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice).withEntry(Kind.MESSAGE_RECEIVED, proof))
                        .check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.ENTRY_PROOF);
    }

    @Test
    void proofOfAReceiptThatIsNotThereIsFound() {
        LogProof proof =
                sample.authority.proof(
                        "receipt-received",
                        SampleEvidence.digest(sample.noticeReceipt),
                        sample.cosigned());

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice).withReceiptEntry(proof)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RECEIPT_ENTRY_PROOF);
    }

    @Test
    void flippedBitInTheSignatureOfACheckpointIsFound() {
        SignedNote checkpoint = sample.cosigned();
        for (int line = 0; line < checkpoint.signatures().size(); line++) {
            Checked checked = checkNoticeUnder(flip(checkpoint, line));

            assertThat(checked.flaws())
                    .contains(line < 2 ? Flaw.Kind.ENTRY_PROOF : Flaw.Kind.COSIGNATURE);
        }
    }

    @Test
    void checkpointOfAnotherJournalIsFound() {
        SignedNote other =
                new Checkpoint(
                                "another.example/journal",
                                Checkpoint.parse(sample.cosigned().text()).size(),
                                Checkpoint.parse(sample.cosigned().text()).root())
                        .sign(SampleEvidence.witness("saksi.example/w2", sample.clock));

        assertThat(checkNoticeUnder(other).flaws()).contains(Flaw.Kind.ENTRY_PROOF);
    }

    @Test
    void twoTreesOfOneSizeInOneJournalAreFound() {
        var twin = new SampleParty("platform-contoh", sample.clock);
        twin.keys = sample.platform.keys;
        twin.announceKeys(sample.authority);
        String forked = twin.receive(sample.notice);

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice).withReceipt(forked))
                        .show(Exhibit.of(sample.decision))
                        .check();

        assertThat(checked.flaws()).contains(Flaw.Kind.FORKED_JOURNAL);
    }

    @Test
    void messageUnderAnotherNumberIsFound() {
        String name = file.name("messages/otoritas");
        byte[] bytes = file.entries.getOrDefault(name, new byte[0]);

        assertFlaws(
                new SampleFile(sample.showOnly(sample.decisionExhibit()).bytes())
                        .with("messages/otoritas-contoh-0000000009.json", bytes),
                Flaw.Kind.MISPLACED);
    }

    @Test
    void messageThatDoesNotFollowTheOneBeforeItIsFound() {
        SampleEvidence other = new SampleEvidence();
        other.authority.keys = sample.authority.keys;
        Message third = other.authority.send(other.platform, "withdrawal");

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice)).show(Exhibit.of(third)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.CHAIN);
    }

    @Test
    void messageEntryThatIsNoJsonIsFoundAndTheOthersAreStillChecked() {
        file.changeText("messages/otoritas", json -> json.substring(1));

        assertThat(check().flaws()).containsExactly(Flaw.Kind.MALFORMED);
        assertThat(check().message(sample.decision).isGenuine()).isTrue();
        assertThat(check().summary().messages()).isEqualTo(2);
    }

    @Test
    void changedIdentityOnTheCoverSheetUnseatsAllKeys() {
        String identity =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(sample.authority.identity.publicKey().raw());
        String other =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(new SampleEvidence().authority.asNamed().identity().raw());

        file.changeText("evidence.json", json -> json.replace(identity, other));

        assertThat(check().flaws()).contains(Flaw.Kind.KEYS_NOT_BY_IDENTITY, Flaw.Kind.NO_KEY);
    }

    @Test
    void damagedCoverSheetCannotBeRead() {
        file.changeText("evidence.json", json -> json.replace("madeBy", "madeby"));

        assertThatExceptionOfType(UnreadableEvidenceException.class).isThrownBy(this::check);
    }

    private Checked checkNoticeUnder(SignedNote checkpoint) {
        LogProof proof =
                sample.authority.proof(
                        "message-sent", sample.notice.jws().digest(), sample.cosigned());
        return sample.showOnly(
                        Exhibit.of(sample.notice)
                                .withEntry(
                                        Kind.MESSAGE_SENT,
                                        new LogProof("", proof.index(), proof.path(), checkpoint)))
                .check();
    }

    private SampleFile changeNotice(String what, String into) {
        return file.changeText("messages/otoritas", json -> json.replace(what, into));
    }

    private Checked check() {
        return SampleEvidence.check(file.zip(), none());
    }

    private static void assertFlaws(SampleFile changed, Flaw.Kind... flaws) {
        Checked checked = SampleEvidence.check(changed.zip(), none());

        assertThat(checked.flaws()).containsExactly(flaws);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.NOT_GENUINE);
    }

    private static Expectations none() {
        return Expectations.none();
    }

    private static String compact(Message message) {
        return message.jws().compact();
    }

    /** The receipt of the notice with the proof of another message. */
    private String withProofOf(String other) {
        Receipt receipt = parse(sample.noticeReceipt);
        return new Receipt(
                        receipt.message(),
                        receipt.id(),
                        receipt.from(),
                        receipt.to(),
                        receipt.seq(),
                        receipt.receivedAt(),
                        receipt.position(),
                        parse(other).proof())
                .sign(sample.platform.key(Use.MESSAGE))
                .compact();
    }

    private static Receipt parse(String receipt) {
        return Receipt.parse(Jws.parse(receipt, Jws.Type.RECEIPT));
    }

    private static byte[] flip(byte[] bytes) {
        bytes[bytes.length / 2] ^= 1;
        return bytes;
    }

    private static String flip(Hash hash) {
        return Hash.of(flip(hash.bytes())).base64();
    }

    private static String flip(String jws, int segment) {
        String[] segments = jws.split("\\.", -1);
        byte[] octets = Base64.getUrlDecoder().decode(segments[segment]);
        // The first brace of header and payload, the first octet of a signature.
        octets[0] ^= 1;
        segments[segment] = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        return String.join(".", segments);
    }

    private static SignedNote flip(SignedNote note, int line) {
        List<NoteSignature> lines = new ArrayList<>(note.signatures());
        NoteSignature old = lines.get(line);
        byte[] octets = Base64.getDecoder().decode(old.base64());
        octets[octets.length - 1] ^= 1;
        lines.set(
                line, new NoteSignature(old.keyName(), Base64.getEncoder().encodeToString(octets)));
        return new SignedNote(note.text(), lines);
    }
}
