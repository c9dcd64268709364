package org.jalur.node.appeals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealReasons;
import org.jalur.appeal.AppealWords;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.junit.jupiter.api.Test;

class AppealPartsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");
    private static final UUID APPEAL = UUID.randomUUID();

    private static AppealFacts facts(boolean words) {
        return new AppealFacts(APPEAL, 2, Appellant.AUTHOR, "BD-00000-00000", words, NOW);
    }

    private static AppealOutcome outcome(AppealOutcome.Result result, boolean restores) {
        return new AppealOutcome(APPEAL, 2, result, restores, "reviewer", NOW);
    }

    private static Contents contents(List<Part> parts, int... erased) {
        Map<Hash, Part> opened = new HashMap<>();
        parts.forEach(part -> opened.put(part.leaf(), part));
        for (int place : erased) {
            opened.remove(parts.get(place).leaf());
        }
        return new Contents(parts.stream().map(Part::leaf).toList(), opened);
    }

    private static List<Part> granted(int no, Outcome decided) {
        return AppealParts.write(
                outcome(AppealOutcome.Result.GRANTED, true),
                new DecisionFacts(
                        no,
                        decided,
                        decided == Outcome.REFUSED
                                ? Optional.of(RefusalGround.NOT_ILLEGAL)
                                : Optional.empty(),
                        List.of(),
                        "reviewer",
                        NOW),
                new DecisionReasons(no, "Sample rule", "Sample.", "reviewer-1", Optional.empty()));
    }

    private static void malformed(Runnable reading) {
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(reading::run);
    }

    @Test
    void appealReadsAsItWasWrittenAlsoOnceItsWordsAreErased() {
        List<Part> with =
                AppealParts.write(facts(true), Optional.of(new AppealWords(2, "Sample words.")));

        assertThat(AppealParts.readAppeal(contents(with)).words().orElseThrow().text())
                .isEqualTo("Sample words.");
        AppealParts.Filed erased = AppealParts.readAppeal(contents(with, 1));
        assertThat(erased.facts()).isEqualTo(facts(true));
        assertThat(erased.words()).isEmpty();
        assertThat(erased.leaf()).contains(with.get(1).leaf());
        assertThat(
                        AppealParts.readAppeal(
                                        contents(AppealParts.write(facts(false), Optional.empty())))
                                .leaf())
                .isEmpty();
    }

    @Test
    void appealWithoutFactsOrWithOtherPartsIsNone() {
        List<Part> with =
                AppealParts.write(facts(true), Optional.of(new AppealWords(2, "Sample words.")));

        malformed(() -> AppealParts.readAppeal(contents(List.of())));
        malformed(() -> AppealParts.readAppeal(contents(with, 0)));
        malformed(() -> AppealParts.readAppeal(contents(with.subList(0, 1))));
        malformed(() -> AppealParts.readAppeal(contents(with.reversed())));
        malformed(() ->
                AppealParts.readAppeal(
                        contents(
                                AppealParts.write(
                                        facts(true), Optional.of(new AppealWords(3, "Other."))))));
        malformed(() ->
                AppealParts.readAppeal(
                        contents(
                                AppealParts.write(
                                        facts(false), Optional.of(new AppealWords(2, "More."))))));
    }

    @Test
    void outcomeReadsAsItWasWritten() {
        List<Part> rejected =
                AppealParts.write(
                        outcome(AppealOutcome.Result.REJECTED, false),
                        new AppealReasons(2, "Sample.", "reviewer-1"));
        List<Part> granted = granted(2, Outcome.REFUSED);

        assertThat(AppealParts.readOutcome(contents(rejected)).decision()).isEmpty();
        assertThat(AppealParts.readOutcome(contents(rejected, 1)).reasons())
                .isEqualTo(rejected.get(1).leaf());
        AppealParts.Decided read = AppealParts.readOutcome(contents(granted, 2));
        assertThat(read.decision().orElseThrow().facts().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(read.reasons()).isEqualTo(granted.get(2).leaf());
    }

    @Test
    void outcomeThatSaysTwoThingsAtOnceIsNone() {
        List<Part> rejected =
                AppealParts.write(
                        outcome(AppealOutcome.Result.REJECTED, false),
                        new AppealReasons(2, "Sample.", "reviewer-1"));
        var both = new ArrayList<>(rejected);
        both.addAll(granted(2, Outcome.REFUSED).subList(1, 3));

        malformed(() -> AppealParts.readOutcome(contents(both)));
        malformed(() -> AppealParts.readOutcome(contents(rejected.subList(0, 1))));
        malformed(() -> AppealParts.readOutcome(contents(granted(3, Outcome.REFUSED))));
        malformed(() -> AppealParts.readOutcome(contents(granted(2, Outcome.BLOCKED))));
        malformed(
                () -> AppealParts.readOutcome(contents(granted(2, Outcome.REFUSED).subList(0, 2))));
        malformed(() ->
                AppealParts.readOutcome(
                        contents(
                                AppealParts.write(
                                        outcome(AppealOutcome.Result.REJECTED, true),
                                        new AppealReasons(2, "Sample.", "reviewer-1")))));
        malformed(() ->
                AppealParts.readOutcome(
                        contents(
                                List.of(
                                        Parts.json(
                                                "appeal-outcome",
                                                outcome(AppealOutcome.Result.REJECTED, false)),
                                        rejected.get(0)))));
    }
}
