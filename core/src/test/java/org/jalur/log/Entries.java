package org.jalur.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Seeded random entries for tests.
final class Entries {
    private Entries() {}

    static List<byte[]> random(int count, long seed) {
        var random = new Random(seed);
        List<byte[]> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[random.nextInt(48)];
            random.nextBytes(entry);
            entries.add(entry);
        }
        return entries;
    }

    static List<Hash> leaves(List<byte[]> entries) {
        return entries.stream().map(MerkleTree::leafHash).toList();
    }

    static TreeHead head(List<byte[]> entries) {
        return new TreeHead(entries.size(), new NaiveTree(leaves(entries)).root());
    }
}
