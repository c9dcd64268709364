package org.jalur.screening;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/** The forms in which texts and addresses are compared. */
public final class Normalised {
    private Normalised() {}

    /** Compatibility form, lower case, without marks and invisible characters, single spaces. */
    public static String text(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var out = new StringBuilder(folded.length());
        folded.codePoints()
                .forEach(c -> {
                    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                            out.append(' ');
                        }
                    } else if (isVisible(c)) {
                        out.appendCodePoint(c);
                    }
                });
        return out.toString().strip();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.CONTROL ->
                    false;
            default -> true;
        };
    }

    /** Scheme and host in lower case, no default port, no fragment, no trailing slash. */
    public static Optional<String> url(String url) {
        try {
            URI uri = new URI(url.strip()).normalize();
            if (uri.getHost() == null || uri.getScheme() == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort();
            boolean standard =
                    port < 0
                            || (scheme.equals("http") && port == 80)
                            || (scheme.equals("https") && port == 443);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
            return Optional.of(
                    scheme
                            + "://"
                            + uri.getHost().toLowerCase(Locale.ROOT)
                            + (standard ? "" : ":" + port)
                            + path
                            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
