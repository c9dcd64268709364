package org.jalur.log;

/// What C2SP signed-note allows as the name of a key.
final class KeyName {
    private KeyName() {}

    /// @return the name
    /// @throws IllegalArgumentException if it is empty or has a space, a control character or a
    ///   plus sign
    static String check(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(KeyName::isForbidden)) {
            throw new IllegalArgumentException("not a key name: \"" + name + "\"");
        }
        return name;
    }

    private static boolean isForbidden(int c) {
        return c == '+'
                || Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || Character.isWhitespace(c)
                || Character.getType(c) == Character.SURROGATE;
    }
}
