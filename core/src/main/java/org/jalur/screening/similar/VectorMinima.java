package org.jalur.screening.similar;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The least values of a sketch's hash functions, by vector instructions. */
final class VectorMinima {
    private static final VectorSpecies<Integer> FUNCTIONS = IntVector.SPECIES_PREFERRED;

    private VectorMinima() {}

    /** The same as {@link TextSketch#least}: some functions for all shingles, then the next. */
    static int[] least(int[] shingles, int count, int[] masks, int[] factors) {
        int[] least = new int[masks.length];
        for (int at = 0; at < least.length; at += FUNCTIONS.length()) {
            IntVector mask = IntVector.fromArray(FUNCTIONS, masks, at);
            IntVector factor = IntVector.fromArray(FUNCTIONS, factors, at);
            IntVector lowest = IntVector.broadcast(FUNCTIONS, Integer.MAX_VALUE);
            for (int i = 0; i < count; i += 4) {
                IntVector a = mask.lanewise(VectorOperators.XOR, shingles[i]).mul(factor);
                IntVector b = mask.lanewise(VectorOperators.XOR, shingles[i + 1]).mul(factor);
                IntVector c = mask.lanewise(VectorOperators.XOR, shingles[i + 2]).mul(factor);
                IntVector d = mask.lanewise(VectorOperators.XOR, shingles[i + 3]).mul(factor);
                lowest = lowest.min(a.min(b).min(c.min(d)));
            }
            lowest.intoArray(least, at);
        }
        return least;
    }
}
