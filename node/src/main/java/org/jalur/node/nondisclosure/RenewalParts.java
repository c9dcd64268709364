package org.jalur.node.nondisclosure;

import java.util.List;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.channel.PartSeries;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.RenewalFacts;
import org.jalur.notice.RenewalReasons;

/**
 * The parts of a message that renews a non-disclosure: facts, then the reason.
 *
 * @param leaf of the part with the reason, which may be erased
 */
record RenewalParts(RenewalFacts facts, Hash leaf) {
    static final String FACTS = "non-disclosure";
    static final String REASONS = "non-disclosure-reasons";

    /** The same parts each time, until they are sent. */
    static List<Part> make(byte[] seed, RenewalFacts facts, RenewalReasons reasons) {
        var series = new PartSeries(seed);
        return List.of(Parts.json(series, FACTS, facts), Parts.json(series, REASONS, reasons));
    }

    static RenewalParts read(Contents contents) {
        if (contents.size() != 2) {
            throw new MalformedMessageException(
                    "a renewal of %d parts; it has its facts and its reason"
                            .formatted(contents.size()));
        }
        RenewalFacts facts =
                Parts.read(
                        typed(contents.at(0), FACTS)
                                .orElseThrow(() ->
                                        new MalformedMessageException("a renewal without facts")),
                        RenewalFacts.class);
        typed(contents.at(1), REASONS).ifPresent(part -> Parts.read(part, RenewalReasons.class));
        return new RenewalParts(facts, contents.leaf(1));
    }

    private static Optional<Part> typed(Optional<Part> part, String type) {
        part.ifPresent(one -> {
            if (!one.type().equals(type)) {
                throw new MalformedMessageException(
                        "a %s part where %s stands".formatted(one.type(), type));
            }
        });
        return part;
    }
}
