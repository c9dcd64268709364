package org.jalur.log;

/// A log at one moment: its number of entries and the root over them (RFC 6962 §2.1).
///
/// Throws {@link IllegalArgumentException} if the size is negative, or 0 with a root that is not
/// that of the empty tree.
public record TreeHead(long size, Hash root) {
    /// The head of a log that has no entries yet.
    public static final TreeHead EMPTY = new TreeHead(0, MerkleTree.EMPTY_ROOT);

    public TreeHead {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size: " + size);
        }
        if (size == 0 && !root.equals(MerkleTree.EMPTY_ROOT)) {
            throw new IllegalArgumentException("a tree of size 0 has no root " + root);
        }
    }
}
