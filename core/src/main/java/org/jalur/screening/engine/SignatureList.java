package org.jalur.screening.engine;

import java.time.Duration;
import java.util.Optional;
import org.jalur.screening.Mode;
import org.jalur.screening.image.PdqIndex;

/**
 * What the platform has decided about a list.
 *
 * <p>A list from an authority or another node starts in {@link Mode#REVIEW}. It gets a stricter
 * mode, or becomes an allow-list, only by {@link #raisedByPlatform}, which says who at the platform
 * did it.
 *
 * @param mode what a match leads to
 * @param allow whether a match lets pass what it matches ("negative list"): it outweighs what other
 *     lists match at the same place, the same address, file or picture or an overlapping part of
 *     the text, and nothing else; then the mode means nothing. An entry for some countries does so
 *     only for content that says where it is seen
 * @param pdqRadius in how many bits a picture's hash may differ, 0 to {@link PdqIndex#MAX_RADIUS}
 * @param pdqQuality the least quality of a picture that is compared, {@value #LEAST_QUALITY} to 100
 * @param term how long an entry lasts without being confirmed; empty for no end
 * @param raisedBy who at the platform answers for what an outsider's list may do; empty for its own
 */
public record SignatureList(
        String id,
        String name,
        Source source,
        Mode mode,
        boolean allow,
        int pdqRadius,
        int pdqQuality,
        Optional<Duration> term,
        Optional<String> raisedBy) {
    /** Under this, PDQ's authors say, a hash does not stand for the picture. */
    public static final int LEAST_QUALITY = 50;

    private static final int BEST_QUALITY = 100;
    private static final Duration LONGEST_TERM = Duration.ofDays(36_500);

    public SignatureList {
        if (id.isBlank() || id.length() > Origin.LONGEST) {
            throw new IllegalArgumentException(
                    "the id of a list has 1 to %d characters, not: %s"
                            .formatted(Origin.LONGEST, id));
        }
        if (pdqRadius < 0 || pdqRadius > PdqIndex.MAX_RADIUS) {
            throw new IllegalArgumentException(
                    "a PDQ radius is 0 to %d, not %d".formatted(PdqIndex.MAX_RADIUS, pdqRadius));
        }
        if (pdqQuality < LEAST_QUALITY || pdqQuality > BEST_QUALITY) {
            throw new IllegalArgumentException(
                    "a PDQ quality is %d to %d, not %d"
                            .formatted(LEAST_QUALITY, BEST_QUALITY, pdqQuality));
        }
        if (term.filter(time -> !time.isPositive() || time.compareTo(LONGEST_TERM) > 0)
                .isPresent()) {
            throw new IllegalArgumentException(
                    "entries last more than no time and at most %s, not %s"
                            .formatted(LONGEST_TERM, term.get()));
        }
        if (name.length() > Origin.LONGEST
                || raisedBy.orElse("").length() > Origin.LONGEST
                || source.name().length() > Origin.LONGEST) {
            throw new IllegalArgumentException(
                    "names of list %s, its source and its answerer have at most %d characters"
                            .formatted(id, Origin.LONGEST));
        }
        boolean strict = allow || mode.compareTo(Mode.REVIEW) > 0;
        if (strict && !source.isOwn() && raisedBy.filter(who -> !who.isBlank()).isEmpty()) {
            throw new IllegalArgumentException(
                    "list %s is of %s: only the platform raises it above review, in its own name"
                            .formatted(id, source));
        }
    }

    /** A list of the platform's own. */
    public static SignatureList own(String id, String name, Mode mode) {
        return starting(id, name, new Source.OwnPlatform(), mode, false);
    }

    /** A list of the platform's own that lets pass what it matches. */
    public static SignatureList allowing(String id, String name) {
        return starting(id, name, new Source.OwnPlatform(), Mode.SHADOW, true);
    }

    /** A list of someone else, in review. */
    public static SignatureList received(String id, String name, Source source) {
        return starting(id, name, source, Mode.REVIEW, false);
    }

    private static SignatureList starting(
            String id, String name, Source source, Mode mode, boolean allow) {
        return new SignatureList(
                id,
                name,
                source,
                mode,
                allow,
                PdqIndex.MAX_RADIUS,
                LEAST_QUALITY,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The list in another mode, in the platform's name.
     *
     * @param who answers for it, as the platform calls them
     */
    public SignatureList raisedByPlatform(Mode raised, String who) {
        return new SignatureList(
                id, name, source, raised, allow, pdqRadius, pdqQuality, term, Optional.of(who));
    }

    /** The list with another way to compare pictures. */
    public SignatureList withPdq(int radius, int quality) {
        return new SignatureList(id, name, source, mode, allow, radius, quality, term, raisedBy);
    }

    /** The list with entries that end after a time unless they are confirmed. */
    public SignatureList withTerm(Duration lasting) {
        return new SignatureList(
                id,
                name,
                source,
                mode,
                allow,
                pdqRadius,
                pdqQuality,
                Optional.of(lasting),
                raisedBy);
    }
}
