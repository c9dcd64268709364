package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.text.FoldedText;

/**
 * What texts with much in common are found by: a TLSH digest for a long text, a sketch for a short
 * one, both of the text folded strictly. A digest of the text as it was written, as lists of others
 * have it, finds it too.
 */
public final class SimilarText {
    /** From so many octets on an entry is a TLSH digest. */
    static final int LONG = 512;

    /** A variant of a text can be so much shorter or longer than the entry. */
    private static final int VARIANT = 2;

    private SimilarText() {}

    /**
     * The value of an entry that finds variants of a text: {@link Tlsh} or {@link TextSketch} in
     * hexadecimal digits; empty if the text is too short, or too uniform, to be told from others.
     */
    public static Optional<String> value(String text) {
        String folded = new FoldedText().fold(text).toString();
        byte[] octets = folded.getBytes(UTF_8);
        return octets.length >= LONG
                ? Tlsh.of(octets).map(Tlsh::toString)
                : TextSketch.of(folded).map(TextSketch::toString);
    }

    /** The digest to look for, if a text is long enough to be a variant of a long one. */
    static Optional<Tlsh> digest(byte[] folded) {
        return folded.length >= LONG / VARIANT ? Tlsh.of(folded) : Optional.empty();
    }

    /** The sketch to look for, if a text is short enough to be a variant of a short one. */
    static Optional<TextSketch> sketch(String folded) {
        return folded.length() <= LONG * VARIANT ? TextSketch.of(folded) : Optional.empty();
    }
}
