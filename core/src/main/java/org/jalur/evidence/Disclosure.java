package org.jalur.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.channel.Manifest;
import org.jalur.log.Hash;
import org.jalur.log.InvalidProofException;
import org.jalur.log.MerkleTree;

/** How much of the tree of a message's parts is shown. */
public sealed interface Disclosure {
    /** Every leaf: whoever reads it sees how many parts there are and which of them are opened. */
    record Whole(List<Hash> leaves) implements Disclosure {
        public Whole {
            leaves = List.copyOf(leaves);
        }
    }

    /** Chosen parts only, each with its own way to the root; of the others nothing is shown. */
    record Single(List<PartPath> paths) implements Disclosure {
        public Single {
            paths = List.copyOf(paths);
            if (paths.stream().map(PartPath::leaf).distinct().count() != paths.size()) {
                throw new IllegalArgumentException("a part with two paths");
            }
        }
    }

    /** The leaves that may be opened. */
    default Set<Hash> openable() {
        return switch (this) {
            case Whole(var leaves) -> new HashSet<>(leaves);
            case Single(var paths) ->
                    paths.stream().map(PartPath::leaf).collect(Collectors.toSet());
        };
    }

    /** Whether these are the parts that the manifest commits to. */
    default boolean fits(Manifest.Parts parts) {
        return switch (this) {
            case Whole(var leaves) ->
                    leaves.size() == parts.count() && MerkleTree.root(leaves).equals(parts.root());
            case Single(var paths) -> paths.stream().allMatch(path -> leads(path, parts));
        };
    }

    private static boolean leads(PartPath path, Manifest.Parts parts) {
        try {
            path.verify(parts.count(), parts.root());
            return true;
        } catch (InvalidProofException e) {
            return false;
        }
    }
}
