package org.jalur.node.dialogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.Clarification;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.FileType;
import org.jalur.notice.TurnFacts;
import org.jalur.notice.TurnText;

/**
 * The parts of a question, an answer or a remark, checked: its facts, its text, then its files.
 * Text and files may have been erased.
 *
 * @param leaf of the text
 */
public record TurnParts(TurnFacts facts, Hash leaf) {
    static final String FACTS = "turn-facts";
    static final String TEXT = "turn";

    /** An answer of earlier versions: one part, and no facts. */
    static final String SHORT = "clarification";

    private static final int BEFORE_FILES = 2;

    /** What is to be said, as parts. */
    static List<Part> write(TurnFacts facts, String text, List<Upload> uploads) {
        List<Part> files = new ArrayList<>();
        List<EvidenceFile> named = new ArrayList<>();
        for (Upload upload : uploads) {
            Part part = Part.of("file", upload.data());
            files.add(part);
            named.add(
                    new EvidenceFile(
                            upload.name(),
                            upload.type().mediaType(),
                            Hash.sha256(upload.data()).hex(),
                            part.leaf().hex()));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(Parts.json(FACTS, facts));
        parts.add(Parts.json(TEXT, new TurnText(facts.items(), text, named)));
        parts.addAll(files);
        return parts;
    }

    /**
     * @throws MalformedMessageException if it is not whole
     */
    public static TurnParts read(Contents contents) {
        if (contents.size() < BEFORE_FILES
                || contents.size() > BEFORE_FILES + TurnText.MOST_FILES) {
            throw new MalformedMessageException(
                    "%d parts; facts, a text and at most %d files are expected"
                            .formatted(contents.size(), TurnText.MOST_FILES));
        }
        TurnFacts facts =
                contents.at(0)
                        .filter(part -> part.type().equals(FACTS))
                        .map(part -> Parts.read(part, TurnFacts.class))
                        .orElseThrow(() ->
                                new MalformedMessageException("the first part is not turn-facts"));
        contents.at(1).ifPresent(part -> check(part, facts, contents));
        return new TurnParts(facts, contents.leaf(1));
    }

    /** An answer, also in its short form. */
    public static TurnParts readAnswer(Manifest manifest, Contents contents) {
        if (contents.size() > 1) {
            return read(contents);
        }
        contents.only().ifPresent(part -> Parts.read(part, Clarification.class));
        return new TurnParts(
                new TurnFacts(List.of(), Optional.empty(), "officer", manifest.time()),
                contents.leaf(0));
    }

    private static void check(Part part, TurnFacts facts, Contents contents) {
        if (!part.type().equals(TEXT)) {
            throw new MalformedMessageException("the second part is not turn");
        }
        TurnText text = Parts.read(part, TurnText.class);
        if (!text.items().equals(facts.items())) {
            throw new MalformedMessageException("text and facts name different items");
        }
        Set<String> leaves = new HashSet<>();
        for (int i = BEFORE_FILES; i < contents.size(); i++) {
            leaves.add(contents.leaf(i).hex());
        }
        if (text.files().size() != leaves.size()
                || !leaves.equals(
                        text.files().stream()
                                .map(EvidenceFile::leaf)
                                .collect(Collectors.toSet()))) {
            throw new MalformedMessageException("the text does not name the files that came");
        }
        text.files().forEach(file -> checkFile(file, contents));
    }

    /** A file is served as what it says it is: so it has to be that. */
    private static void checkFile(EvidenceFile file, Contents contents) {
        Part part = contents.opened().get(Hash.parseHex(file.leaf()));
        if (part == null) {
            return;
        }
        byte[] data = part.bytes();
        boolean right =
                part.type().equals("file")
                        && data.length <= Upload.LONGEST
                        && FileType.of(data)
                                .filter(type -> type.mediaType().equals(file.type()))
                                .isPresent()
                        && Hash.sha256(data).hex().equals(file.sha256());
        if (!right) {
            throw new MalformedMessageException(
                    "file %s is too long, or not what the text says".formatted(file.leaf()));
        }
    }
}
