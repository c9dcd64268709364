package org.jalur.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Summary;

/** What a file proves, and, at least as carefully, what it does not. */
final class SummaryInWords {
    private final Words words;
    private final Summary summary;

    SummaryInWords(Words words, Summary summary) {
        this.words = words;
        this.summary = summary;
    }

    List<String> proven() {
        if (!summary.contradicted().isEmpty()) {
            return List.of(words.say("proves.nothing"));
        }
        List<String> sentences = new ArrayList<>();
        addShare(sentences, "proves.signed", summary.genuine());
        addShare(sentences, "proves.received", summary.received());
        addShare(sentences, "proves.tried", summary.tried() - summary.triedNamedOnly());
        addShare(sentences, "proves.bounded", summary.bounded());
        addCount(sentences, "proves.parts", summary.parts().opened());
        if (summary.policyAsked()) {
            addShare(sentences, "proves.quorum", summary.genuine() - summary.quorumMissed());
        }
        return sentences.isEmpty() ? List.of(words.say("proves.none")) : sentences;
    }

    List<String> notProven() {
        List<String> sentences = new ArrayList<>();
        addCount(sentences, "provesNot.flawed", summary.flawed());
        addParties(sentences, "provesNot.contradicted", summary.contradicted());
        addParties(sentences, "provesNot.absent", summary.absent());
        addParties(sentences, "provesNot.unpinned", summary.unpinned());
        addCount(sentences, "provesNot.received", summary.genuine() - summary.received());
        addCount(sentences, "provesNot.triedNamedOnly", summary.triedNamedOnly());
        addCount(sentences, "provesNot.bounded", summary.genuine() - summary.bounded());
        addCount(sentences, "provesNot.namedOnly", summary.namedOnly());
        addCount(sentences, "provesNot.doubtful", summary.doubtful());
        addParties(sentences, "provesNot.theft", summary.revoked());
        addCount(sentences, "provesNot.quorum", summary.quorumMissed());
        var parts = summary.parts();
        if (parts.withheld() + parts.erased() + parts.missing() + parts.undisclosed() > 0) {
            sentences.add(
                    words.say(
                            "provesNot.parts",
                            parts.withheld(),
                            parts.erased(),
                            parts.missing(),
                            parts.undisclosed()));
        }
        sentences.add(words.say("provesNot.times"));
        sentences.add(words.say("provesNot.content"));
        sentences.add(words.say("provesNot.whole"));
        return sentences;
    }

    private void addShare(List<String> sentences, String key, long count) {
        if (count > 0) {
            sentences.add(words.say(key, count, summary.messages()));
        }
    }

    private void addCount(List<String> sentences, String key, long count) {
        if (count > 0) {
            sentences.add(words.say(key, count));
        }
    }

    private void addParties(List<String> sentences, String key, Set<PartyId> parties) {
        if (!parties.isEmpty()) {
            sentences.add(
                    words.say(
                            key,
                            parties.stream()
                                    .map(PartyId::value)
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
    }
}
