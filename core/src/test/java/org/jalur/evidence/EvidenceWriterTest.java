package org.jalur.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.junit.jupiter.api.Test;

class EvidenceWriterTest {
    private final SampleEvidence sample = new SampleEvidence();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final EvidenceWriter writer = new EvidenceWriter(out);

    @Test
    void entriesStandInTheOrderOfTheFormat() {
        assertThat(sample.showAll().file().entries.keySet())
                .containsExactly(
                        "README.txt",
                        "evidence.json",
                        "keys/otoritas-contoh-0000000001.jws",
                        "keys/platform-contoh-0000000001.jws",
                        "messages/otoritas-contoh-0000000002.json",
                        "parts/" + sample.letter.leaf(),
                        "parts/" + sample.item.leaf(),
                        "messages/platform-contoh-0000000002.json",
                        "parts/" + sample.reasons.leaf());
    }

    @Test
    void coverSheetComesFirstAndOnce() throws IOException {
        assertThatIllegalStateException().isThrownBy(() -> keys(sample.keys.getFirst()));
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.message(Exhibit.of(sample.notice)));
        assertThatIllegalStateException().isThrownBy(writer::finish);

        writer.cover(sample.sheet());

        assertThatIllegalStateException().isThrownBy(() -> writer.cover(sample.sheet()));
    }

    @Test
    void keysComeBeforeMessagesAndRise() throws IOException {
        writer.cover(sample.sheet());
        keys(sample.keys.getFirst());

        assertThatIllegalStateException().isThrownBy(() -> keys(sample.keys.getFirst()));

        writer.message(Exhibit.of(sample.notice));

        assertThatIllegalStateException().isThrownBy(() -> keys(sample.keys.getLast()));
    }

    @Test
    void messagesOfASenderRise() throws IOException {
        writer.cover(sample.sheet());
        writer.message(Exhibit.of(sample.notice));

        assertThatIllegalStateException()
                .isThrownBy(() -> writer.message(Exhibit.of(sample.notice)));
    }

    @Test
    void keysMessageIsNoExhibit() throws IOException {
        writer.cover(sample.sheet());

        assertThatIllegalStateException()
                .isThrownBy(() -> writer.message(Exhibit.of(sample.keys.getFirst())));
    }

    @Test
    void messageOfAnotherChannelIsRefused() throws IOException {
        var third = new SampleParty("platform-lain", sample.clock);
        Message elsewhere = sample.authority.send(third, "notice");
        writer.cover(sample.sheet());

        assertThatIllegalStateException().isThrownBy(() -> writer.message(Exhibit.of(elsewhere)));
    }

    @Test
    void partFollowsItsMessageOnce() throws IOException {
        writer.cover(sample.sheet());
        assertThatIllegalStateException().isThrownBy(() -> writer.part(sample.letter));

        writer.message(Exhibit.of(sample.notice));
        writer.part(sample.letter);

        assertThatIllegalStateException().isThrownBy(() -> writer.part(sample.letter));
        assertThatIllegalStateException().isThrownBy(() -> writer.part(sample.reasons));
    }

    @Test
    void partThatTheCoverSheetLeavesOutIsRefused() throws IOException {
        sample.withheld.add(sample.letter.leaf());
        writer.cover(sample.sheet());
        writer.message(Exhibit.of(sample.notice));

        assertThatIllegalStateException().isThrownBy(() -> writer.part(sample.letter));
    }

    @Test
    void partWithoutAPathIsRefusedWhereOnlySinglePartsAreShown() throws IOException {
        writer.cover(sample.sheet());
        writer.message(Exhibit.opening(sample.notice, Set.of(sample.item.leaf())));

        assertThatIllegalStateException().isThrownBy(() -> writer.part(sample.letter));
        writer.part(sample.item);
    }

    /** What fails on the way must not look like a whole file without the rest. */
    @Test
    void fileThatWasNotFinishedIsNotWhole() throws IOException {
        try (writer) {
            writer.cover(sample.sheet());
            writer.message(Exhibit.of(sample.notice));
        }

        assertThatExceptionOfType(UnreadableEvidenceException.class)
                .isThrownBy(() -> SampleEvidence.check(out.toByteArray(), Expectations.none()));
    }

    @Test
    void coverSheetNamesTwoPartiesAndItsMaker() {
        CoverSheet sheet = sample.sheet();

        assertThat(CoverSheet.parse(sheet.toJson())).isEqualTo(sheet);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> with(List.of(sample.authority.asNamed())));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(
                        () -> with(List.of(sample.platform.asNamed(), sample.platform.asNamed())));
    }

    @Test
    void partOfTheLargestSizeIsWrittenAndRead() {
        Part large = Part.of("file", new byte[Part.MAX_LENGTH]);
        Message message = sample.authority.send(sample.platform, "clarification", large);

        var checked = sample.show(Exhibit.of(message), large).check();

        assertThat(checked.message(message).parts().opened())
                .extracting(OpenedPart::length)
                .containsExactly(Part.MAX_LENGTH);
    }

    private CoverSheet with(List<PartyIdentity> parties) {
        CoverSheet sheet = sample.sheet();
        return new CoverSheet(
                sheet.madeAt(),
                sheet.madeBy(),
                sheet.subject(),
                parties,
                sheet.witnesses(),
                sheet.withheld(),
                sheet.erased());
    }

    private void keys(Message message) throws IOException {
        writer.keys(message.manifest().from(), message.manifest().seq(), message.jws());
    }
}
