package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.Part;
import org.jalur.channel.SignOff;
import org.jalur.log.Hash;

/** The parts of one message, while they are read. */
final class PartsReading {
    /** How much content of one message is kept for showing: 1 MiB. */
    private static final int MAX_CONTENT = 1024 * 1024;

    private final Disclosure disclosure;
    private final int count;
    private final CoverSheet sheet;
    private final Set<Hash> openable;
    private final Set<Hash> taken = new HashSet<>();
    private final List<OpenedPart> opened = new ArrayList<>();
    private int contentLeft;

    /** A sign-off that the file shows in the last place of a message with all its leaves. */
    private Optional<String> signOff = Optional.empty();

    /**
     * @param contents whether to keep what the parts say
     */
    PartsReading(Disclosure disclosure, Manifest.Parts parts, CoverSheet sheet, boolean contents) {
        this.disclosure = disclosure;
        this.count = parts.count();
        this.sheet = sheet;
        this.openable = disclosure.openable();
        this.contentLeft = contents ? MAX_CONTENT : 0;
    }

    /**
     * @param leaf as the part's name says
     * @param wire see {@link Part#wire()}
     */
    Optional<Flaw> take(Hash leaf, byte[] wire) {
        if (!openable.contains(leaf)) {
            return Optional.of(new Flaw(Flaw.Kind.PART_FOREIGN, leaf.hex()));
        }
        if (!taken.add(leaf)) {
            throw new UnreadableEvidenceException("parts/%s: twice".formatted(leaf));
        }
        if (!Part.leafOf(wire).equals(leaf)) {
            return Optional.of(new Flaw(Flaw.Kind.PART_ALTERED, leaf.hex()));
        }
        try {
            open(leaf, Part.fromWire(wire));
            return Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.of(new Flaw(Flaw.Kind.MALFORMED, "part %s".formatted(leaf)));
        }
    }

    private void open(Hash leaf, Part part) {
        byte[] content = part.bytes();
        Optional<byte[]> kept =
                content.length <= contentLeft ? Optional.of(content) : Optional.empty();
        contentLeft -= kept.isPresent() ? content.length : 0;
        if (part.type().equals(SignOff.PART)
                && disclosure instanceof Disclosure.Whole(var leaves)
                && leaves.getLast().equals(leaf)
                && content.length <= SignOff.MAX_LENGTH) {
            signOff = Optional.of(new String(content, US_ASCII));
        }
        opened.add(new OpenedPart(leaf, part.type(), content.length, kept));
    }

    /**
     * @param keys of the sender, as valid for the message
     */
    SignedOff signedOff(Optional<KeyStatement> keys, Manifest manifest) {
        if (keys.filter(one -> SignOff.isNeeded(one, manifest.kind())).isEmpty()) {
            return new SignedOff.NotNeeded();
        }
        if (!(disclosure instanceof Disclosure.Whole(var leaves))) {
            return new SignedOff.NotShown();
        }
        if (signOff.isPresent()) {
            return SignOff.of(manifest, leaves)
                    .flatMap(one -> one.signer(signOff.get(), keys.get().approvers()))
                    .<SignedOff>map(SignedOff.By::new)
                    .orElseGet(SignedOff.Missing::new);
        }
        // Whoever withholds the last part keeps back whether it is one.
        boolean known =
                leaves.isEmpty()
                        || opened.stream().anyMatch(one -> one.leaf().equals(leaves.getLast()));
        return known ? new SignedOff.Missing() : new SignedOff.NotShown();
    }

    PartsShown shown() {
        int withheld = 0;
        int erased = 0;
        int missing = 0;
        for (Hash leaf : openable) {
            if (!taken.contains(leaf)) {
                boolean isErased = sheet.erased().contains(leaf);
                boolean isWithheld = !isErased && sheet.withheld().contains(leaf);
                erased += isErased ? 1 : 0;
                withheld += isWithheld ? 1 : 0;
                missing += isErased || isWithheld ? 0 : 1;
            }
        }
        int undisclosed =
                switch (disclosure) {
                    case Disclosure.Whole _ -> 0;
                    case Disclosure.Single(var paths) -> Math.max(0, count - paths.size());
                };
        return new PartsShown(count, opened, withheld, erased, missing, undisclosed);
    }
}
