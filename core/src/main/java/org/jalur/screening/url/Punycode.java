package org.jalur.screening.url;

import java.util.Optional;

/// Letters of all scripts as ASCII, for one label of a host name, without the prefix "xn--".
///
/// Source: RFC 3492. Labels are limited by the caller, so that the time is bounded.
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST = 0x80;

    private Punycode() {}

    /** §6.3; the label has no more than 63 characters, so that nothing overflows. */
    static String encode(String label) {
        int[] points = label.codePoints().toArray();
        var out = new StringBuilder();
        for (int point : points) {
            if (point < FIRST) {
                out.append((char) point);
            }
        }
        int basic = out.length();
        int done = basic;
        if (basic > 0) {
            out.append('-');
        }
        int next = FIRST;
        int delta = 0;
        int bias = FIRST_BIAS;
        while (done < points.length) {
            int least = Integer.MAX_VALUE;
            for (int point : points) {
                least = point >= next ? Math.min(least, point) : least;
            }
            delta += (least - next) * (done + 1);
            next = least;
            for (int point : points) {
                if (point < next) {
                    delta++;
                } else if (point == next) {
                    append(out, delta, bias);
                    bias = adapt(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            next++;
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    /** §5: a to z are 0 to 25, 0 to 9 are 26 to 35. */
    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, T_MIN, T_MAX);
    }

    /** §6.1 */
    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    /** §6.2, of lower-case letters; empty if it is no such text. */
    static Optional<String> decode(String encoded) {
        var out = new StringBuilder();
        int basic = Math.max(encoded.lastIndexOf('-'), 0);
        out.append(encoded, 0, basic);
        long index = 0;
        int point = FIRST;
        int bias = FIRST_BIAS;
        int at = basic > 0 ? basic + 1 : 0;
        while (at < encoded.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < encoded.length() ? value(encoded.charAt(at++)) : -1;
                if (digit < 0) {
                    return Optional.empty();
                }
                index += digit * weight;
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (index > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
            }
            if (index > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            int length = out.codePointCount(0, out.length()) + 1;
            bias = adapt((int) (index - before), length, before == 0);
            point += (int) (index / length);
            index %= length;
            if (!isEncoded(point)) {
                return Optional.empty();
            }
            out.insert(out.offsetByCodePoints(0, (int) index), Character.toChars(point));
            index++;
        }
        return Optional.of(out.toString());
    }

    private static boolean isEncoded(int point) {
        return point >= FIRST
                && point <= Character.MAX_CODE_POINT
                && Character.getType(point) != Character.SURROGATE;
    }

    private static int value(char digit) {
        if (digit >= 'a' && digit <= 'z') {
            return digit - 'a';
        }
        return digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
    }
}
