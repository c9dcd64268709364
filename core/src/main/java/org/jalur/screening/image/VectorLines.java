package org.jalur.screening.image;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A line at once, or half of one, by vector instructions. */
final class VectorLines implements LineScan {
    private static final VectorSpecies<Long> WORDS =
            LongVector.SPECIES_PREFERRED.length() >= PdqTable.LINE
                    ? LongVector.SPECIES_512
                    : LongVector.SPECIES_256;

    @Override
    public void scan(LinePlaces places, long[] asked, Near near) {
        for (int place = 0; place < places.size(); place++) {
            PdqTable table = places.table(place);
            long[] sketches = table.sketches();
            long sought = asked[places.chunk(place)];
            short limit = (short) places.limit(place);
            int end = places.end(place);
            for (int line = PdqTable.line(places.begin(place)); line < end; line += PdqTable.LINE) {
                int lanes = near(sketches, PdqTable.FIRST + line, sought, limit);
                if (lanes != 0) {
                    near.line(place, line, lanes);
                }
            }
        }
    }

    private static int near(long[] sketches, int from, long sought, short limit) {
        long lanes = 0;
        for (int word = 0; word < PdqTable.LINE; word += WORDS.length()) {
            long some =
                    LongVector.fromArray(WORDS, sketches, from + word)
                            .lanewise(VectorOperators.XOR, sought)
                            .reinterpretAsShorts()
                            .lanewise(VectorOperators.BIT_COUNT)
                            .compare(VectorOperators.LE, limit)
                            .toLong();
            lanes |= some << (word * PdqTable.LANES);
        }
        return (int) lanes;
    }
}
