package org.jalur.screening.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The folded phrases behind each other, their words with one space between them. */
final class PhraseTexts {
    private byte[] octets = new byte[256];
    private int[] ends = {Words.FRONT};
    private int size;
    private int phrases;
    private int singleWords;

    int size() {
        return size;
    }

    /** How many numbers have a phrase. */
    int phrases() {
        return phrases;
    }

    /** How many phrases have one word. */
    int singleWords() {
        return singleWords;
    }

    boolean isEmpty() {
        return phrases == 0;
    }

    byte[] octets() {
        return octets;
    }

    int start(int ordinal) {
        return ends[ordinal];
    }

    int end(int ordinal) {
        return ends[ordinal + 1];
    }

    /** Adds the words of a text; none for a number without a phrase. */
    int add(FoldedText text) {
        int from = ends[size];
        reserve(from, text.length() + 1);
        int at = from;
        Words words = text.found();
        for (int word = 0; word < words.count(); word++) {
            if (word > 0) {
                octets[at++] = ' ';
            }
            int length = words.end(word) - words.start(word);
            System.arraycopy(text.octets(), words.start(word), octets, at, length);
            at += length;
        }
        return finish(at);
    }

    int addNone() {
        reserve(ends[size], 0);
        return finish(ends[size]);
    }

    private int finish(int at) {
        if (at > ends[size]) {
            phrases++;
            singleWords += isSingleWord(ends[size], at) ? 1 : 0;
        }
        ends[size + 1] = at;
        return size++;
    }

    private boolean isSingleWord(int from, int to) {
        for (int at = from; at < to; at++) {
            if (octets[at] == ' ') {
                return false;
            }
        }
        return true;
    }

    private void reserve(int from, int length) {
        if (from + length + Words.BACK > octets.length) {
            octets = Arrays.copyOf(octets, Math.addExact(from + length, from / 2) + Words.BACK);
        }
        if (ends.length < size + 2) {
            ends = Arrays.copyOf(ends, Math.addExact(size, size / 2) + 16);
        }
    }

    /** Gives back the room that growing left over. */
    PhraseTexts trimmed() {
        octets = Arrays.copyOf(octets, ends[size] + Words.BACK);
        ends = Arrays.copyOf(ends, size + 1);
        return this;
    }

    /** Whether a phrase is the words of a text from one on. */
    boolean matches(int ordinal, byte[] text, Words words, int first, int count) {
        int at = ends[ordinal];
        int end = ends[ordinal + 1];
        for (int word = first; word < first + count; word++) {
            int from = words.start(word);
            int to = words.end(word);
            int next = at + to - from;
            if (next > end
                    || !Arrays.equals(octets, at, next, text, from, to)
                    || (next < end && octets[next] != ' ')) {
                return false;
            }
            at = next + 1;
        }
        return at == end + 1;
    }

    /** Whether a phrase is these octets. */
    boolean matches(int ordinal, byte[] text, int from, int to) {
        return Arrays.equals(octets, ends[ordinal], ends[ordinal + 1], text, from, to);
    }

    boolean same(int ordinal, int other) {
        return Arrays.equals(
                octets, ends[ordinal], ends[ordinal + 1], octets, ends[other], ends[other + 1]);
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeShort(ends[i + 1] - ends[i]);
            out.write(octets, ends[i], ends[i + 1] - ends[i]);
        }
    }

    /** What comes before the phrases. */
    static void writeForm(Form form, int format, DataOutputStream out) throws IOException {
        out.writeInt(format);
        out.writeByte(
                switch (form) {
                    case STRICT -> 'S';
                    case LOOSE -> 'L';
                });
    }

    static Form readForm(DataInputStream in, int format) throws IOException {
        if (in.readInt() != format) {
            throw new IOException("not a table of phrases of this kind");
        }
        int form = in.readUnsignedByte();
        return switch (form) {
            case 'S' -> Form.STRICT;
            case 'L' -> Form.LOOSE;
            default -> throw new IOException("not a table of phrases: form " + form);
        };
    }

    static PhraseTexts read(DataInputStream in) throws IOException {
        var texts = new PhraseTexts();
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("not a table of phrases: " + size + " of them");
        }
        for (int i = 0; i < size; i++) {
            int from = texts.ends[i];
            int length = in.readUnsignedShort();
            texts.reserve(from, length);
            in.readFully(texts.octets, from, length);
            texts.finish(from + length);
        }
        return texts.trimmed();
    }

    long textOctets() {
        return octets.length;
    }

    long placeOctets() {
        return (long) ends.length * Integer.BYTES;
    }
}
