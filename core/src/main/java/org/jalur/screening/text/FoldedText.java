package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A text in the form in which texts are compared, as UTF-8, with its words, and the way back to
 * where they stand in the original.
 *
 * <p>Made to be filled again: once it has grown to the longest text seen it allocates nothing more.
 * One thread at a time. Places in the folded text count octets from 0. Places in the original count
 * what the original was given in: octets for UTF-8, chars (UTF-16 units) for a string.
 */
public final class FoldedText {
    private static final int SHORT_TEXT = 512;

    private byte[] octets = new byte[SHORT_TEXT + Words.FRONT + Words.BACK];
    private int[] origins = new int[octets.length];
    private int end = Words.FRONT;

    /** Whether all was ASCII, so that folded and original places are the same. */
    private boolean plain = true;

    private final Words words = new Words();
    private final Candidates candidates = new Candidates();
    private final SpacedText spaced = new SpacedText();
    private final Original own = new Original();
    private Original original = own;
    private Form form = Form.STRICT;

    /** Folds a string strictly; half a surrogate pair separates words. */
    public FoldedText fold(String text) {
        own.set(text);
        return foldStrictly(own.octets(), 0, own.length());
    }

    /** Folds UTF-8 strictly; octets that are not UTF-8 separate words. The array is not kept. */
    public FoldedText fold(byte[] utf8) {
        return fold(utf8, 0, utf8.length);
    }

    /** Folds a part of an array as {@link #fold(byte[])} does; places count from its start. */
    public FoldedText fold(byte[] utf8, int from, int to) {
        if (from < 0 || to > utf8.length || from > to) {
            throw new IndexOutOfBoundsException(
                    "from %d to %d in %d octets".formatted(from, to, utf8.length));
        }
        own.set(to - from);
        return foldStrictly(utf8, from, to);
    }

    private FoldedText foldStrictly(byte[] utf8, int from, int to) {
        become(Form.STRICT, own);
        StrictFold.fold(utf8, from, to, this);
        words.find(octets, Words.FRONT, end);
        return this;
    }

    /** Becomes the loose form of a text folded strictly, which must not change meanwhile. */
    public FoldedText loosen(FoldedText strict) {
        if (strict.form != Form.STRICT || strict == this) {
            throw new IllegalArgumentException("not another text folded strictly");
        }
        become(Form.LOOSE, strict.original);
        LooseFold.fold(strict, this);
        words.find(octets, Words.FRONT, end);
        return this;
    }

    /** Stores nothing that is stored: see {@link Original#set(int)}. */
    private void become(Form as, Original of) {
        if (form != as) {
            form = as;
        }
        if (original != of) {
            original = of;
        }
    }

    /** How far it is folded. */
    public Form form() {
        return form;
    }

    /** Number of octets. */
    public int length() {
        return end - Words.FRONT;
    }

    /** The octet at a place. Those above ASCII all belong to words. */
    public byte octet(int place) {
        return octets[place + Words.FRONT];
    }

    /** Number of words. */
    public int words() {
        return words.count();
    }

    /** Where a word starts. */
    public int wordStart(int word) {
        return words.start(word) - Words.FRONT;
    }

    /** Where a word ends, exclusive. */
    public int wordEnd(int word) {
        return words.end(word) - Words.FRONT;
    }

    /** Where the character at a place starts in the original. */
    public int originalStart(int place) {
        return original.place(origin(place + Words.FRONT));
    }

    /**
     * Where in the original that ends which is folded to what is in front of a place above 0. Marks
     * and invisible characters that follow belong to it.
     */
    public int originalEnd(int place) {
        if (plain) {
            return original.place(place);
        }
        int at = place + Words.FRONT;
        int last = origins[at - 1];
        while (at < end && origins[at] == last) {
            at++;
        }
        return original.place(at == end ? original.length() : origins[at]);
    }

    /** The words, with one space between them. */
    @Override
    public String toString() {
        byte[] all = new byte[length()];
        int at = 0;
        for (int word = 0; word < words(); word++) {
            if (word > 0) {
                all[at++] = ' ';
            }
            int start = words.start(word);
            int count = words.end(word) - start;
            System.arraycopy(octets, start, all, at, count);
            at += count;
        }
        return new String(all, 0, at, UTF_8);
    }

    // For the folds, which write it, and the tables, which read it.

    byte[] octets() {
        return octets;
    }

    int end() {
        return end;
    }

    Words found() {
        return words;
    }

    Candidates candidates() {
        return candidates;
    }

    /** The text for searches within words; made anew at each call. */
    SpacedText spaced() {
        spaced.set(this);
        return spaced;
    }

    int origin(int at) {
        return plain ? at - Words.FRONT : origins[at];
    }

    /** Room for a text that keeps its places. */
    byte[] plain(int length) {
        ensure(Words.FRONT + length);
        plain = true;
        end = Words.FRONT + length;
        return octets;
    }

    /** Becomes empty, to have octets put behind each other. */
    void mapped() {
        plain = false;
        end = Words.FRONT;
    }

    /** Becomes empty, with room for so many octets to be put in the array. */
    byte[] mapped(int length) {
        mapped();
        ensure(Words.FRONT + length);
        return octets;
    }

    boolean isPlain() {
        return plain;
    }

    int[] origins() {
        return origins;
    }

    void endAt(int last) {
        end = last;
    }

    void put(byte octet, int origin) {
        ensure(end + 1);
        octets[end] = octet;
        origins[end++] = origin;
    }

    /** Up to eight octets, the first one lowest. */
    void put(long octetsFromLowest, int count, int origin, int step) {
        ensure(end + Long.BYTES);
        Octets.set(octets, end, octetsFromLowest);
        for (int i = 0; i < count; i++) {
            origins[end + i] = origin + i * step;
        }
        end += count;
    }

    private void ensure(int wanted) {
        if (wanted > octets.length - Words.BACK) {
            int size = Math.addExact(wanted, wanted / 2) + Words.BACK;
            octets = Arrays.copyOf(octets, size);
            origins = Arrays.copyOf(origins, size);
        }
    }
}
