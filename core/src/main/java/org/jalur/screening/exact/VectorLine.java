package org.jalur.screening.exact;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Compares a line's fingerprints by vector instructions, all at once or half of them. */
final class VectorLine {
    private static final VectorSpecies<Long> WORDS =
            LongVector.SPECIES_PREFERRED.length() >= Lines.WORDS
                    ? LongVector.SPECIES_512
                    : LongVector.SPECIES_256;

    private VectorLine() {}

    /** A bit for each lane of 16 bits that has the fingerprint, the lowest for the first. */
    static int lanes(long[] words, int from, int fingerprint) {
        long lanes = 0;
        for (int word = 0; word < Lines.WORDS; word += WORDS.length()) {
            long some =
                    LongVector.fromArray(WORDS, words, from + word)
                            .reinterpretAsShorts()
                            .compare(VectorOperators.EQ, (short) fingerprint)
                            .toLong();
            lanes |= some << (word * Lines.LANES);
        }
        return (int) lanes;
    }
}
