package org.jalur.access;

import java.util.Comparator;
import java.util.Locale;
import org.jalur.screening.url.HostName;

/// A domain name in the one spelling it has here: lower-case A-labels without the dot at the end.
///
/// Lengths as RFC 1035 §2.3.4 has them: labels of 1 to 63 characters, 253 in all. Characters:
/// letters, digits, hyphens inside a label and, as is met in practice, underscores. Names in other
/// scripts are read by {@link HostName}, which follows UTS #46 without transitional processing:
/// `java.net.IDN` stops at Unicode 3.2 (IDNA 2003) and would make "strasse" of "straße", another
/// name. Contextual rules (RFC 5892) and right-to-left rules (RFC 5893) are the registries' matter
/// and not checked.
///
/// @param ascii as described
public record DomainName(String ascii) implements Comparable<DomainName> {
    /** Most characters of a name, without the dot at the end. */
    public static final int LONGEST = 253;

    static final int LONGEST_LABEL = 63;

    private static final String FIELD = "name";

    /** Names below the same one stand together, as in RFC 4034 §6.1. */
    private static final Comparator<DomainName> CANONICAL =
            (one, other) -> compare(one.ascii, other.ascii);

    /**
     * @throws InvalidAccessException if it is in another form, or no domain name
     */
    public DomainName {
        if (!canonical(ascii).equals(ascii)) {
            throw new InvalidAccessException(FIELD, AccessRule.NAME_ENCODING, ascii);
        }
    }

    /**
     * Reads a name however it is spelled: capitals, letters of other scripts, a dot at the end.
     *
     * @throws InvalidAccessException names what is wrong with it
     */
    public static DomainName read(String typed) {
        return new DomainName(canonical(typed.strip()));
    }

    /** Whether this is the name given, or lies below it. */
    public boolean isWithin(DomainName above) {
        return equals(above) || isBelow(above);
    }

    /** Whether this lies below a name. */
    public boolean isBelow(DomainName above) {
        return ascii.length() > above.ascii.length()
                && ascii.endsWith(above.ascii)
                && ascii.charAt(ascii.length() - above.ascii.length() - 1) == '.';
    }

    /** The same for the screening's list of public suffixes. */
    public HostName host() {
        return new HostName(ascii);
    }

    /** By labels from the right. */
    @Override
    public int compareTo(DomainName other) {
        return CANONICAL.compare(this, other);
    }

    /** The same as {@link #ascii()}. */
    @Override
    public String toString() {
        return ascii;
    }

    private static int compare(String one, String other) {
        int left = one.length();
        int right = other.length();
        while (left > 0 && right > 0) {
            int from = one.lastIndexOf('.', left - 1) + 1;
            int otherFrom = other.lastIndexOf('.', right - 1) + 1;
            int order = one.substring(from, left).compareTo(other.substring(otherFrom, right));
            if (order != 0) {
                return order;
            }
            left = from - 1;
            right = otherFrom - 1;
        }
        return Integer.compare(left, right);
    }

    private static String canonical(String typed) {
        String name = typed.endsWith(".") ? typed.substring(0, typed.length() - 1) : typed;
        if (name.isEmpty()) {
            throw new InvalidAccessException(FIELD, AccessRule.EMPTY);
        }
        // Before it is mapped a name is at most so long that no mapping of it can be too long.
        if (name.length() > 4 * LONGEST) {
            throw tooLong(name);
        }
        if (name.indexOf('/') >= 0 || name.indexOf('@') >= 0) {
            throw new InvalidAccessException(FIELD, AccessRule.NAME_IS_URL, typed);
        }
        if (name.indexOf(':') >= 0 || name.startsWith("[")) {
            throw new InvalidAccessException(FIELD, AccessRule.NAME_IS_ADDRESS, typed);
        }
        if (name.startsWith("*.") || name.equals("*")) {
            throw new InvalidAccessException(FIELD, AccessRule.NAME_IS_WILDCARD, typed);
        }
        boolean ascii = checkCharacters(name);
        String lower = ascii ? name.toLowerCase(Locale.ROOT) : name;
        boolean encoded = checkLabels(lower, ascii);
        if (ascii && !encoded) {
            return lower;
        }
        String read =
                HostName.parse(lower)
                        .orElseThrow(() ->
                                new InvalidAccessException(FIELD, AccessRule.NAME_ENCODING, name))
                        .ascii();
        // The last label may have been digits of another script.
        checkLabels(read, true);
        return read;
    }

    /** Whether all are ASCII. */
    private static boolean checkCharacters(String name) {
        boolean ascii = true;
        for (int at = 0; at < name.length(); ) {
            int point = name.codePointAt(at);
            at += Character.charCount(point);
            if (point >= 0x80) {
                ascii = false;
                if (isHidden(point)) {
                    throw new InvalidAccessException(
                            FIELD, AccessRule.NAME_HIDDEN, name, "U+%04X".formatted(point));
                }
            } else if (!isPlain(point)) {
                throw point < 0x20 || point == 0x7f
                        ? new InvalidAccessException(
                                FIELD,
                                AccessRule.NAME_HIDDEN,
                                name.replaceAll("\\p{Cntrl}", "?"),
                                "U+%04X".formatted(point))
                        : new InvalidAccessException(
                                FIELD, AccessRule.NAME_CHARACTER, name, Character.toString(point));
            }
        }
        return ascii;
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    /** What a reader does not see must not decide which name is blocked. */
    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            default -> Character.isWhitespace(point) || Character.isSpaceChar(point);
        };
    }

    /** Whether a label is encoded, and so has letters to look into. */
    private static boolean checkLabels(String name, boolean ascii) {
        boolean encoded = false;
        int from = 0;
        while (from <= name.length()) {
            int dot = name.indexOf('.', from);
            int to = dot < 0 ? name.length() : dot;
            String label = name.substring(from, to);
            if (label.isEmpty()) {
                throw new InvalidAccessException(FIELD, AccessRule.LABEL_EMPTY, name);
            }
            if (label.codePointCount(0, label.length()) > LONGEST_LABEL) {
                throw new InvalidAccessException(
                        FIELD,
                        AccessRule.LABEL_TOO_LONG,
                        name,
                        label,
                        label.length(),
                        LONGEST_LABEL);
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                throw new InvalidAccessException(FIELD, AccessRule.LABEL_HYPHEN, name, label);
            }
            if (dot < 0 && ascii && isNumber(label)) {
                throw new InvalidAccessException(FIELD, AccessRule.NAME_IS_ADDRESS, name);
            }
            encoded |= label.startsWith("xn--");
            from = to + 1;
        }
        if (ascii && name.length() > LONGEST) {
            throw tooLong(name);
        }
        return encoded;
    }

    /** Programs take a name that ends in a number for an address (WHATWG URL). */
    private static boolean isNumber(String label) {
        boolean decimal = label.chars().allMatch(c -> c >= '0' && c <= '9');
        return decimal
                || (label.startsWith("0x")
                        && label.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0));
    }

    private static InvalidAccessException tooLong(String name) {
        return new InvalidAccessException(
                FIELD, AccessRule.NAME_TOO_LONG, name, name.length(), LONGEST);
    }
}
