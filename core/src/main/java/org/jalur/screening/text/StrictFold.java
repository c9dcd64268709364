package org.jalur.screening.text;

/** Folds UTF-8 to its strict form: ASCII eight octets at a time, the rest by table. */
final class StrictFold {
    private StrictFold() {}

    static void fold(byte[] in, int from, int to, FoldedText out) {
        if (!foldAscii(in, from, to, out.plain(to - from))) {
            out.mapped();
            foldMixed(in, from, to, out);
        }
    }

    /** Folds what is all ASCII; otherwise what it wrote means nothing. */
    private static boolean foldAscii(byte[] in, int from, int to, byte[] out) {
        long all = 0;
        int at = from;
        // Unrolled by hand: the compiler does it only if it first saw long texts.
        for (; at <= to - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            all |= fold(in, at, out, at - from);
            all |= fold(in, at + Long.BYTES, out, at - from + Long.BYTES);
            all |= fold(in, at + 2 * Long.BYTES, out, at - from + 2 * Long.BYTES);
            all |= fold(in, at + 3 * Long.BYTES, out, at - from + 3 * Long.BYTES);
        }
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            all |= fold(in, at, out, at - from);
        }
        if (at < to) {
            long rest = rest(in, from, at, to);
            Octets.set(out, Words.FRONT + at - from, Octets.lowerCase(rest));
            all |= rest;
        }
        return Octets.isAscii(all);
    }

    private static long fold(byte[] in, int at, byte[] out, int place) {
        long eight = Octets.get(in, at);
        Octets.set(out, Words.FRONT + place, Octets.lowerCase(eight));
        return eight;
    }

    /** The last one to seven octets, and zeros. */
    private static long rest(byte[] in, int from, int at, int to) {
        int count = to - at;
        if (to - from >= Long.BYTES) {
            return Octets.get(in, to - Long.BYTES) >>> (64 - 8 * count);
        }
        long rest = 0;
        for (int i = count - 1; i >= 0; i--) {
            rest = rest << 8 | (in[at + i] & 0xff);
        }
        return rest;
    }

    private static void foldMixed(byte[] in, int from, int to, FoldedText out) {
        int at = from;
        while (at < to) {
            int octet = in[at];
            if (octet < 0) {
                at = foldCharacter(in, from, at, to, out);
            } else if (at <= to - Long.BYTES && Octets.isAscii(Octets.get(in, at))) {
                out.put(Octets.lowerCase(Octets.get(in, at)), Long.BYTES, at - from, 1);
                at += Long.BYTES;
            } else {
                out.put(Octets.lowerCase(octet), 1, at - from, 1);
                at++;
            }
        }
    }

    private static int foldCharacter(byte[] in, int from, int at, int to, FoldedText out) {
        int c = Utf8.decode(in, at, to);
        if (c == Utf8.INVALID) {
            out.put((byte) ' ', at - from);
            return at + 1;
        }
        long entry = FoldTable.of(c);
        if ((entry & FoldTable.MARK) == 0 || followsLetterAboveAscii(out)) {
            if (FoldTable.isLong(entry)) {
                for (byte octet : FoldTable.longResult(entry)) {
                    out.put(octet, at - from);
                }
            } else {
                out.put(entry & FoldTable.OCTETS, FoldTable.length(entry), at - from, 0);
            }
        }
        return at + Utf8.length(c);
    }

    private static boolean followsLetterAboveAscii(FoldedText out) {
        return out.end() > Words.FRONT && out.octets()[out.end() - 1] < 0;
    }
}
