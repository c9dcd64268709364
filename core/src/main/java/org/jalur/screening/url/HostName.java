package org.jalur.screening.url;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// A host in the one spelling it has here: a name in lower-case ASCII without dots at its ends,
/// each label with letters of other scripts as "xn--" and Punycode; an IPv4 address as four decimal
/// numbers; an IPv6 address in square brackets.
///
/// Names: RFC 1034 lengths (labels of 1 to 63 characters, 253 in all), letters, digits, hyphens
/// and, as is met in practice, underscores. Other scripts are mapped much as UTS #46 does it
/// without transitional processing: compatibility forms and capitals folded, invisible characters
/// dropped, sharp s and final sigma kept. Numbers as IPv4: as browsers read them, in decimal, octal
/// and hexadecimal, with one to four parts.
///
/// @param ascii as described
public record HostName(String ascii) {
    private static final int MOST = 253;
    private static final int MOST_LABEL = 63;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /** Stands where octets are no text. */
    private static final int REPLACEMENT = 0xfffd;

    private static final String ENCODED = "xn--";

    /** Takes a host that is in this form already. */
    public HostName {
        if (!canonical(ascii).equals(Optional.of(ascii))) {
            throw new IllegalArgumentException("not a host name in canonical form: " + ascii);
        }
    }

    /** Reads a host however it is spelled; empty if it is none. */
    public static Optional<HostName> parse(String host) {
        return canonical(host).map(HostName::new);
    }

    /** Whether it is an IPv4 or IPv6 address. */
    public boolean isAddress() {
        return ascii.startsWith("[") || endsInNumber(ascii);
    }

    private static Optional<String> canonical(String host) {
        // Before it is mapped a name is at most so long that no mapping of it can be too long.
        if (host.length() > 4 * MOST) {
            return Optional.empty();
        }
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String name = withoutSurplusDots(isAscii(host) ? lower(host) : mapped(host));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return endsInNumber(name) ? ipv4(name) : name(name);
    }

    private static Optional<String> name(String name) {
        var out = new StringBuilder();
        for (int from = 0; from <= name.length(); ) {
            int dot = name.indexOf('.', from);
            int to = dot < 0 ? name.length() : dot;
            String label = name.substring(from, to);
            // Encoded, no character gets lost: before that, for encoding takes the square of it.
            if (label.codePointCount(0, label.length()) > MOST_LABEL) {
                return Optional.empty();
            }
            String ascii = isAscii(label) ? label : ENCODED + Punycode.encode(label);
            if (ascii.length() > MOST_LABEL || !isLabel(ascii)) {
                return Optional.empty();
            }
            out.append(from == 0 ? "" : ".").append(ascii);
            from = to + 1;
        }
        return out.length() > MOST ? Optional.empty() : Optional.of(out.toString());
    }

    private static boolean isLabel(String label) {
        boolean plain = label.chars().allMatch(HostName::isPlain);
        if (!plain || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        if (!label.startsWith(ENCODED)) {
            return true;
        }
        // A label must not hide what cannot be written as letters, nor have a second spelling.
        return Punycode.decode(label.substring(ENCODED.length()))
                .filter(letters -> !isAscii(letters))
                .filter(letters -> letters.codePoints().allMatch(HostName::isLetter))
                .filter(letters -> mapped(letters).equals(letters))
                .filter(letters -> label.equals(ENCODED + Punycode.encode(letters)))
                .isPresent();
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isLetter(int point) {
        return isPlain(point) || (point >= 0x80 && isVisible(point)) || isJoiner(point);
    }

    private static boolean isVisible(int point) {
        if (point == REPLACEMENT) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static boolean isJoiner(int point) {
        return point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
    }

    private static String mapped(String host) {
        String folded = Normalizer.normalize(host, Normalizer.Form.NFKC);
        var out = new StringBuilder(folded.length());
        folded.codePoints()
                .filter(point -> !isDropped(point))
                .map(point -> isDot(point) ? '.' : Character.toLowerCase(point))
                .forEach(out::appendCodePoint);
        return Normalizer.normalize(out, Normalizer.Form.NFKC);
    }

    /** Soft hyphen, variation selectors and other invisible marks, but not the joiners. */
    private static boolean isDropped(int point) {
        boolean selector = (point >= 0xfe00 && point <= 0xfe0f) || point == 0x034f;
        return selector || (Character.getType(point) == Character.FORMAT && !isJoiner(point));
    }

    /** The other full stops that RFC 3490 §3.1 names. */
    private static boolean isDot(int point) {
        return point == 0x3002 || point == 0xff0e || point == 0xff61;
    }

    private static String withoutSurplusDots(String name) {
        var out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            boolean dot = name.charAt(i) == '.';
            if (!dot || (!out.isEmpty() && out.charAt(out.length() - 1) != '.')) {
                out.append(name.charAt(i));
            }
        }
        if (!out.isEmpty() && out.charAt(out.length() - 1) == '.') {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /** Such a name is an address or nothing (WHATWG URL, "ends in a number"). */
    private static boolean endsInNumber(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean decimal = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
        return decimal || (last.startsWith("0x") && last.chars().skip(2).allMatch(HostName::isHex));
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static Optional<String> ipv4(String name) {
        try {
            return Optional.of(Inet4Address.ofPosixLiteral(name).getHostAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> ipv6(String host) {
        if (!host.endsWith("]") || host.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            String literal = host.substring(1, host.length() - 1);
            InetAddress address = Inet6Address.ofLiteral(literal);
            String numbers = address.getHostAddress();
            // An IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2) is read as the former.
            return Optional.of(address instanceof Inet4Address ? numbers : "[" + numbers + "]");
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String lower(String ascii) {
        return ascii.toLowerCase(Locale.ROOT);
    }

    /** The same as {@link #ascii()}. */
    @Override
    public String toString() {
        return ascii;
    }
}
