package org.jalur.node.dialogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.TurnFacts;
import org.jalur.notice.TurnText;
import org.junit.jupiter.api.Test;

class TurnPartsTest {
    private static final byte[] PDF = "%PDF-1.7 sample".getBytes(UTF_8);
    private static final TurnFacts FACTS =
            new TurnFacts(List.of(1), Optional.empty(), "reviewer", Instant.EPOCH);

    private static Contents contents(List<Part> parts) {
        Map<Hash, Part> opened = new HashMap<>();
        parts.forEach(part -> opened.put(part.leaf(), part));
        return new Contents(parts.stream().map(Part::leaf).toList(), opened);
    }

    private static List<Part> parts() {
        return new ArrayList<>(
                TurnParts.write(FACTS, "Sample question?", List.of(new Upload("letter.pdf", PDF))));
    }

    private static void isMalformed(List<Part> parts) {
        assertThatThrownBy(() -> TurnParts.read(contents(parts)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        List<Part> parts = parts();

        TurnParts read = TurnParts.read(contents(parts));

        assertThat(read.facts()).isEqualTo(FACTS);
        assertThat(read.leaf()).isEqualTo(parts.get(1).leaf());
    }

    @Test
    void erasedTextAndFilesKeepTheirPlace() {
        List<Part> parts = parts();
        var contents =
                new Contents(
                        parts.stream().map(Part::leaf).toList(),
                        Map.of(parts.getFirst().leaf(), parts.getFirst()));

        assertThat(TurnParts.read(contents).leaf()).isEqualTo(parts.get(1).leaf());
    }

    @Test
    void fileThatTheTextDoesNotNameIsNotTaken() {
        List<Part> parts = parts();
        parts.add(Part.of("file", PDF));

        isMalformed(parts);
    }

    @Test
    void fileThatDidNotComeIsMissed() {
        List<Part> parts = parts();
        parts.removeLast();

        isMalformed(parts);
    }

    @Test
    void fileThatIsNotWhatTheTextSaysIsNotTaken() {
        Part page = Part.of("file", "<html>".getBytes(UTF_8));
        var text =
                new TurnText(
                        List.of(1),
                        "Sample question?",
                        List.of(
                                new EvidenceFile(
                                        "a.png",
                                        "image/png",
                                        Hash.sha256(page.bytes()).hex(),
                                        page.leaf().hex())));

        isMalformed(List.of(Parts.json("turn-facts", FACTS), Parts.json("turn", text), page));
    }

    @Test
    void textAboutOtherItemsThanTheFactsIsNotTaken() {
        isMalformed(
                List.of(
                        Parts.json("turn-facts", FACTS),
                        Parts.json("turn", new TurnText(List.of(2), "Sample?", List.of()))));
    }

    @Test
    void partsInAnotherOrderOrOfOtherKindsAreNotTaken() {
        List<Part> parts = parts();

        isMalformed(List.of(parts.get(1), parts.get(0), parts.get(2)));
        isMalformed(List.of(parts.get(0)));
        isMalformed(List.of(parts.get(0), parts.get(2)));
        isMalformed(
                List.of(Part.of("turn-facts", "{\"items\":[2,1]}".getBytes(UTF_8)), parts.get(1)));
    }

    @Test
    void moreFilesThanAnybodyReadsAreNotTaken() {
        List<Part> parts = parts();
        for (int i = 0; i < TurnText.MOST_FILES; i++) {
            parts.add(Part.of("file", PDF));
        }

        isMalformed(parts);
    }

    @Test
    void numbersOfItemsAreReadAsPeopleWriteThem() {
        assertThat(TypedTurn.items(" 3-5, 1;2 2 ")).containsExactly(1, 2, 3, 4, 5);
        assertThat(TypedTurn.items("")).isEmpty();
        for (String wrong : List.of("one", "0", "5-3", "1-10001", "-1", "1--2")) {
            assertThatThrownBy(() -> TypedTurn.items(wrong))
                    .as(wrong)
                    .isInstanceOf(InvalidNoticeException.class);
        }
    }
}
