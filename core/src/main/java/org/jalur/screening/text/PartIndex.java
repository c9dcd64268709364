package org.jalur.screening.text;

import java.util.Arrays;

/** The way from the first octets at a place of a text to the phrases that begin with them. */
final class PartIndex {
    /** Phrases of eight octets or more are looked up by eight, shorter ones by four. */
    private static final int SHORT = Integer.BYTES;

    private static final int LONG = Long.BYTES;
    private static final int NONE = -1;

    private final PhraseTexts texts;
    private final PhraseGate starts;
    private final PhraseSlots slots;

    /** By phrase, an earlier one that begins alike, or none; empty if all differ. */
    private int[] others = {};

    PartIndex(PhraseTexts texts) {
        this.texts = texts;
        starts = new PhraseGate(texts.phrases());
        slots = new PhraseSlots(texts.phrases());
        for (int ordinal = 0; ordinal < texts.size(); ordinal++) {
            int length = texts.end(ordinal) - texts.start(ordinal);
            if (length >= SHORT) {
                put(ordinal, hash(Octets.get(texts.octets(), texts.start(ordinal)), key(length)));
            }
        }
    }

    private static int key(int length) {
        return length < LONG ? SHORT : LONG;
    }

    private static long hash(long eight, int key) {
        return PhraseHash.mix(key == SHORT ? eight & 0xffffffffL : eight, key);
    }

    private void put(int ordinal, long hash) {
        starts.add(hash);
        int slot = slots.first(hash);
        for (; !slots.isFree(slot); slot = slots.next(slot)) {
            int other = slots.ordinal(slot, hash);
            if (other >= 0) {
                if (others.length == 0) {
                    others = new int[texts.size()];
                    Arrays.fill(others, NONE);
                }
                others[ordinal] = other;
                break;
            }
        }
        slots.set(slot, hash, ordinal);
    }

    void search(FoldedText text, PhraseHits hits) {
        SpacedText spaced = text.spaced();
        byte[] octets = spaced.octets();
        for (int at = Words.FRONT; at < spaced.end(); at++) {
            long eight = Octets.get(octets, at);
            long four = hash(eight, SHORT);
            long all = hash(eight, LONG);
            if (starts.mayHave(four)) {
                compare(four, at, spaced, text, hits);
            }
            if (starts.mayHave(all)) {
                compare(all, at, spaced, text, hits);
            }
        }
    }

    private void compare(long hash, int at, SpacedText spaced, FoldedText text, PhraseHits hits) {
        int slot = slots.first(hash);
        for (; !slots.isFree(slot); slot = slots.next(slot)) {
            int ordinal = slots.ordinal(slot, hash);
            if (ordinal >= 0) {
                for (int each = ordinal; each != NONE; each = next(each)) {
                    int end = at + texts.end(each) - texts.start(each);
                    if (end <= spaced.end() && texts.matches(each, spaced.octets(), at, end)) {
                        hits.found(
                                each,
                                text.originalStart(spaced.place(at)),
                                text.originalEnd(spaced.place(end - 1) + 1));
                    }
                }
                return;
            }
        }
    }

    private int next(int ordinal) {
        return others.length == 0 ? NONE : others[ordinal];
    }

    long octets() {
        return starts.octets() + slots.octets() + (long) others.length * Integer.BYTES;
    }
}
