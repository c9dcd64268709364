package org.jalur.notice;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which parts of earlier messages both sides erase. What was signed stays provable: of each part
 * its leaf is left.
 *
 * @param leaves of the parts, 64 lower-case hexadecimal digits each; 1 to {@value #MOST}
 */
public record Erasure(List<String> leaves, ErasureGround ground) {
    /** Most parts that one message erases. */
    public static final int MOST = 2_000;

    private static final Pattern LEAF = Pattern.compile("[0-9a-f]{64}");

    public Erasure {
        if (leaves == null || leaves.isEmpty() || leaves.size() > MOST) {
            throw new IllegalArgumentException(
                    "an erasure names 1 to %d parts, not %d"
                            .formatted(MOST, leaves == null ? 0 : leaves.size()));
        }
        for (String leaf : leaves) {
            if (leaf == null || !LEAF.matcher(leaf).matches()) {
                throw new IllegalArgumentException("not the leaf of a part: " + leaf);
            }
        }
        if (ground == null) {
            throw new IllegalArgumentException("an erasure has a ground");
        }
        leaves = List.copyOf(leaves);
    }
}
