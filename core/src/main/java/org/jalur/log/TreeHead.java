package org.jalur.log;

/**
 * A tree at one size.
 *
 * @param size number of entries
 * @param root RFC 6962 root over them
 */
public record TreeHead(long size, Hash root) {
    public static final TreeHead EMPTY = new TreeHead(0, MerkleTree.EMPTY_ROOT);
}
