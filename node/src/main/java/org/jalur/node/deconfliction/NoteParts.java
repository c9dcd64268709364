package org.jalur.node.deconfliction;

import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.NoteFacts;
import org.jalur.notice.NoteOverride;
import org.jalur.notice.NoteText;

/**
 * The parts of a message about a note, checked.
 *
 * @param text of one that asks; absent once it is erased
 * @param leaf of the second part; absent where there is none
 */
record NoteParts(NoteFacts facts, Optional<NoteText> text, Optional<Hash> leaf) {
    static final String FACTS = "deconfliction-facts";
    static final String TEXT = "deconfliction";
    static final String OVERRIDE = "deconfliction-override";

    static NoteParts read(Contents contents) {
        if (contents.size() == 0) {
            throw new MalformedMessageException("a note without parts");
        }
        NoteFacts facts =
                contents.at(0)
                        .filter(part -> part.type().equals(FACTS))
                        .map(part -> Parts.read(part, NoteFacts.class))
                        .orElseThrow(() ->
                                new MalformedMessageException("the first part is not " + FACTS));
        return switch (facts.act()) {
            case ASKED -> {
                requireSize(contents, 2);
                yield new NoteParts(
                        facts,
                        contents.at(1)
                                .map(part -> {
                                    requireType(part.type(), TEXT);
                                    return Parts.read(part, NoteText.class);
                                }),
                        Optional.of(contents.leaf(1)));
            }
            case ENDED -> {
                requireSize(contents, 1);
                yield new NoteParts(facts, Optional.empty(), Optional.empty());
            }
            case OVERRIDDEN -> {
                requireSize(contents, 2);
                contents.at(1)
                        .ifPresent(part -> {
                            requireType(part.type(), OVERRIDE);
                            Parts.read(part, NoteOverride.class);
                        });
                yield new NoteParts(facts, Optional.empty(), Optional.of(contents.leaf(1)));
            }
        };
    }

    private static void requireSize(Contents contents, int size) {
        if (contents.size() != size) {
            throw new MalformedMessageException(
                    "%d parts of a note, not %d".formatted(size, contents.size()));
        }
    }

    private static void requireType(String type, String wanted) {
        if (!type.equals(wanted)) {
            throw new MalformedMessageException("the second part is not " + wanted);
        }
    }
}
