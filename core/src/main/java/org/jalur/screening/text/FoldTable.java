package org.jalur.screening.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each character above ASCII is folded to, as UTF-8: nothing, letters and digits, or a space
 * for whatever separates words. It follows that each octet above ASCII in a folded text belongs to
 * a word.
 *
 * <p>An entry is a long: the octets from the lowest up, their number in bits 56 to 58, and flags.
 */
final class FoldTable {
    /** A vowel sign or the like, kept only behind a letter that is not ASCII. */
    static final long MARK = 1L << 63;

    /** The low octets are an index into the long results. */
    private static final long LONG = 1L << 62;

    static final long OCTETS = (1L << 56) - 1;

    private static final int LENGTH = 56;
    private static final long SPACE = 1L << LENGTH | ' ';
    private static final int MAX_SHORT = 7;
    private static final int BLOCK = 256;
    private static final int[][] FOLDED_RANGES = {
        {0x80, 0x20000}, {0x2f800, 0x2fa20}, {0xe0000, 0xe1000}
    };
    private static final FoldTable TABLE = new FoldTable();

    private final Map<Integer, Integer> lookAlikes = LookAlikes.byCodePoint();
    private final long[][] blocks = new long[(Character.MAX_CODE_POINT + 1) / BLOCK][];
    private final List<byte[]> longResults = new ArrayList<>();

    private FoldTable() {
        for (int[] range : FOLDED_RANGES) {
            for (int c = range[0]; c < range[1]; c++) {
                if (!isItself(c)) {
                    set(c, entry(c));
                }
            }
        }
    }

    static long of(int codePoint) {
        long[] block = TABLE.blocks[codePoint / BLOCK];
        return block == null ? unchanged(codePoint) : block[codePoint % BLOCK];
    }

    static int length(long entry) {
        return (int) (entry >>> LENGTH) & 7;
    }

    static boolean isLong(long entry) {
        return (entry & LONG) != 0;
    }

    static byte[] longResult(long entry) {
        return TABLE.longResults.get((int) entry);
    }

    /** The letter itself, or a space for what is no part of a word. */
    private static long unchanged(int c) {
        return isWord(c) ? Utf8.encode(c) | (long) Utf8.length(c) << LENGTH : SPACE;
    }

    private void set(int c, long entry) {
        int number = c / BLOCK;
        if (blocks[number] == null) {
            blocks[number] = new long[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                blocks[number][i] = unchanged(number * BLOCK + i);
            }
        }
        blocks[number][c % BLOCK] = entry;
    }

    private long entry(int c) {
        String text = folded(c);
        byte[] folded = text.getBytes(UTF_8);
        long mark = !text.isEmpty() && isMark(text.codePointAt(0)) ? MARK : 0;
        if (folded.length > MAX_SHORT) {
            longResults.add(folded);
            return mark | LONG | (longResults.size() - 1);
        }
        return mark | pack(folded);
    }

    private static long pack(byte[] octets) {
        long entry = (long) octets.length << LENGTH;
        for (int i = 0; i < octets.length; i++) {
            entry |= (octets[i] & 0xffL) << (8 * i);
        }
        return entry;
    }

    private String folded(int c) {
        if (isInvisible(c)) {
            return "";
        }
        // Down, up and down again: both ß and ẞ become ss, both forms of sigma one.
        String text = compatible(Character.toString(c)).toLowerCase(Locale.ROOT);
        String cased = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String decomposed = compatible(cased);
        var out = new StringBuilder();
        decomposed.codePoints().filter(each -> !isRemoved(each)).forEach(each -> put(each, out));
        return out.toString();
    }

    private static String compatible(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
    }

    private void put(int c, StringBuilder out) {
        if (isMark(c) && !out.isEmpty() && out.charAt(out.length() - 1) < 0x80) {
            // A mark drawn alone: a space that bears it.
            return;
        }
        if (Character.isDigit(c)) {
            out.append(Character.digit(c, 10));
        } else if (lookAlikes.containsKey(c)) {
            out.appendCodePoint(lookAlikes.get(c));
        } else if (isWord(c)) {
            out.appendCodePoint(c);
        } else if (c < 0x80) {
            // What a loose form may still read as a letter.
            out.append((char) c);
        } else {
            out.append(' ');
        }
    }

    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c)
                || isMark(c)
                || Character.getType(c) == Character.LETTER_NUMBER;
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    /** Most of all characters, told apart quickly: syllables, signs for words, and none at all. */
    private static boolean isItself(int c) {
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> true;
            case Character.OTHER_LETTER ->
                    (c >= 0x3400 && c < 0xa800)
                            || (c >= 0xac00 && c < 0xd7a4)
                            || (c >= 0x12000 && c < 0x1d000);
            default -> false;
        };
    }

    private static boolean isInvisible(int c) {
        return switch (c) {
            // Fillers of Hangul and Khmer's inherent vowels: letters by category, but nothing is
            // drawn for them.
            case 0x115f, 0x1160, 0x3164, 0xffa0, 0x17b4, 0x17b5 -> true;
            // Arabic's tatweel only stretches a word.
            case 0x0640 -> true;
            default -> Character.getType(c) == Character.FORMAT;
        };
    }

    /**
     * Marks are decoration in alphabets and in Arabic and Hebrew; elsewhere they are vowels, and a
     * word without them is another word.
     */
    private static boolean isRemoved(int c) {
        if (isInvisible(c)) {
            return true;
        }
        if (!isMark(c) || c == 0x3099 || c == 0x309a) {
            return false;
        }
        return switch (UnicodeScript.of(c)) {
            case INHERITED, COMMON, LATIN, GREEK, CYRILLIC, COPTIC, ARABIC, HEBREW, SYRIAC -> true;
            default -> false;
        };
    }
}
