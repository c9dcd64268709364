package org.jalur.screening.engine;

/**
 * Tells the many texts without any address from the others, so that only the others are read with
 * care. It lets through every text in which {@link org.jalur.screening.url.AddressFinder} finds
 * something.
 */
final class AddressGate {
    private static final String BRACKETS = "[({";
    private static final String DISARMED = ".:/@";

    private AddressGate() {}

    static boolean mayHaveAddress(String text) {
        return text.indexOf('@') >= 0
                || text.indexOf("://") >= 0
                || text.indexOf('\u3002') >= 0
                || text.indexOf('\uff61') >= 0
                || text.indexOf('\uff0e') >= 0
                || hasDot(text)
                || hasBracket(text);
    }

    /** Whether a dot is followed by what can go on a name. */
    private static boolean hasDot(String text) {
        int last = text.length() - 1;
        for (int at = text.indexOf('.'); at >= 0 && at < last; at = text.indexOf('.', at + 1)) {
            char next = text.charAt(at + 1);
            if (next > ' ' && next != '.') {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBracket(String text) {
        for (int i = 0; i < BRACKETS.length(); i++) {
            char bracket = BRACKETS.charAt(i);
            for (int at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
                if (isDisarmed(text, at + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isDisarmed(String text, int at) {
        return (at < text.length() && DISARMED.indexOf(text.charAt(at)) >= 0)
                || text.regionMatches(true, at, "dot", 0, 3)
                || text.regionMatches(true, at, "at", 0, 2);
    }
}
