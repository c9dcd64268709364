package org.jalur.screening.similar;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Compares what follows the chunk of many sketches, by vector instructions. */
final class VectorSketches {
    private static final VectorSpecies<Integer> SKETCHES = IntVector.SPECIES_PREFERRED;

    private VectorSketches() {}

    /**
     * Hands over all that differ in few bits.
     *
     * @param least so many are compared in any case, even beyond the end, for how often such a
     *     short loop runs could not be foreseen
     */
    static void search(
            int[] following,
            int from,
            int to,
            int least,
            int sought,
            int limit,
            SketchTable.Candidates candidates) {
        int at = from;
        for (int i = 0; i < least; i += SKETCHES.length(), at += SKETCHES.length()) {
            search(following, at, to, sought, limit, candidates);
        }
        for (; at < to; at += SKETCHES.length()) {
            search(following, at, to, sought, limit, candidates);
        }
    }

    private static void search(
            int[] following,
            int at,
            int to,
            int sought,
            int limit,
            SketchTable.Candidates candidates) {
        long near =
                IntVector.fromArray(SKETCHES, following, at)
                        .lanewise(VectorOperators.XOR, sought)
                        .lanewise(VectorOperators.BIT_COUNT)
                        .compare(VectorOperators.LE, limit)
                        .toLong();
        for (; near != 0; near &= near - 1) {
            int place = at + Long.numberOfTrailingZeros(near);
            if (place < to) {
                candidates.add(place);
            }
        }
    }
}
