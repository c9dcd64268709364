package org.jalur.log;

import java.util.ArrayList;
import java.util.List;

/// RFC 6962 §2.1 read aloud: the slow recursion over all leaves, to compare with.
record NaiveTree(List<Hash> leaves) {
    Hash root() {
        return switch (leaves.size()) {
            case 0 -> Hash.sha256();
            case 1 -> leaves.getFirst();
            default -> Hash.sha256(new byte[] {1}, left().root().bytes(), right().root().bytes());
        };
    }

    /// PATH(m, D[n]).
    List<Hash> path(int m) {
        if (leaves.size() == 1) {
            return List.of();
        }
        return m < split()
                ? plus(left().path(m), right().root())
                : plus(right().path(m - split()), left().root());
    }

    /// PROOF(m, D[n]).
    List<Hash> proof(int m) {
        return subproof(m, true);
    }

    private List<Hash> subproof(int m, boolean whole) {
        if (m == leaves.size()) {
            return whole ? List.of() : List.of(root());
        }
        return m <= split()
                ? plus(left().subproof(m, whole), right().root())
                : plus(right().subproof(m - split(), false), left().root());
    }

    private int split() {
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return k;
    }

    private NaiveTree left() {
        return new NaiveTree(leaves.subList(0, split()));
    }

    private NaiveTree right() {
        return new NaiveTree(leaves.subList(split(), leaves.size()));
    }

    private static List<Hash> plus(List<Hash> path, Hash last) {
        List<Hash> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}
