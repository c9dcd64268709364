package org.jalur.screening.url;

/// A text with disarmed addresses made whole ("hxxp", "[.]", "(dot)", "[:]//"), full-width letters,
/// digits, dots and slashes made plain, and invisible characters left out; it knows where each
/// character stood. A line break is added at its end.
final class Refanged {
    private static final String[][] SPELLINGS = {
        {"[.]", "."}, {"(.)", "."}, {"{.}", "."}, {"[dot]", "."}, {"(dot)", "."}, {"{dot}", "."},
        {"[:]", ":"}, {"[://]", "://"}, {"[/]", "/"}, {"[@]", "@"}, {"[at]", "@"}, {"(at)", "@"},
        {"hxxp", "http"},
    };
    private static final int FULL_WIDTH = 0xff00 - 0x20;

    private final StringBuilder text;
    private final int[] origins;

    Refanged(String original) {
        text = new StringBuilder(original.length() + 1);
        // No spelling is shorter than what it stands for.
        origins = new int[original.length() + 1];
        for (int at = 0; at < original.length(); ) {
            at = append(original, at);
        }
        put('\n', original.length());
    }

    private int append(String original, int at) {
        char c = original.charAt(at);
        if (c == '[' || c == '(' || c == '{' || c == 'h' || c == 'H') {
            for (String[] spelling : SPELLINGS) {
                String disarmed = spelling[0];
                if (original.regionMatches(true, at, disarmed, 0, disarmed.length())) {
                    spelling[1].chars().forEach(plain -> put((char) plain, at));
                    return at + disarmed.length();
                }
            }
        }
        if (!isInvisible(c)) {
            put(isFullWidth(c) ? (char) (c - FULL_WIDTH) : c, at);
        }
        return at + 1;
    }

    private void put(char c, int origin) {
        origins[text.length()] = origin;
        text.append(c);
    }

    private static boolean isInvisible(char c) {
        return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff;
    }

    private static boolean isFullWidth(char c) {
        return (c >= 0xff0e && c <= 0xff19)
                || (c >= 0xff21 && c <= 0xff3a)
                || (c >= 0xff41 && c <= 0xff5a);
    }

    String text() {
        return text.toString();
    }

    /** Where the character at an index stood, or the first of those it stands for. */
    int origin(int index) {
        return origins[index];
    }
}
