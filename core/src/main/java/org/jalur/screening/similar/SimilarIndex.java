package org.jalur.screening.similar;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds all digests within a distance among many. Immutable: any number of threads search at once.
/// Each digest has an ordinal, its place in the list the index was built from; digests may repeat.
///
/// The answer is exact: everything within the distance and nothing else, whatever the distance.
///
/// @param <D> the digest
public sealed interface SimilarIndex<D> permits TlshIndex, TextSketchIndex {
    /// A digest found.
    record Neighbour(int ordinal, int distance) {}

    /// Takes what is found, in no particular order.
    @FunctionalInterface
    interface Neighbours {
        /// Returns whether the search goes on.
        boolean add(int ordinal, int distance);
    }

    /// The number of digests.
    int size();

    /// The digest with this ordinal.
    ///
    /// @throws IndexOutOfBoundsException if there is none
    D get(int ordinal);

    /// Hands over every digest at most so far from this one; a negative distance finds none.
    void search(D digest, int distance, Neighbours found);

    /// Every digest at most so far from this one, nearest first, then by ordinal.
    default List<Neighbour> within(D digest, int distance) {
        var found = new ArrayList<Neighbour>();
        search(digest, distance, (ordinal, apart) -> found.add(new Neighbour(ordinal, apart)));
        found.sort(
                Comparator.comparingInt(Neighbour::distance).thenComparingInt(Neighbour::ordinal));
        return found;
    }

    /// Writes the digests in the order of their ordinals, with a checksum; the index class reads
    /// them back.
    void writeTo(OutputStream out) throws IOException;
}
