package org.jalur.screening.url;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Locale;
import org.jalur.log.Hash;

/// Where something is, as digests: equal ones tell that two people mean the same, without keeping
/// its address in clear.
public final class Whereabouts {
    private Whereabouts() {}

    /// The address in one spelling, without what makes no difference to people: the scheme, and
    /// slashes at the end of the path.
    public static Hash address(String url) {
        return Hash.sha256(spelling(url).getBytes(UTF_8));
    }

    /// That spelling; what is no address is spelled as it is.
    public static String spelling(String url) {
        return CanonicalUrl.parse(url)
                .map(one ->
                        one.host().ascii()
                                + one.path().replaceFirst("/+$", "")
                                + one.query().map("?"::concat).orElse(""))
                .orElse(url);
    }

    /// The channel or account, or what a post was published in.
    ///
    /// @param url with a host
    /// @param itself whether the address is that of the channel or account
    public static Hash place(String url, boolean itself) {
        URI uri = URI.create(url);
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
        int last = path.lastIndexOf('/');
        String place = itself || last <= 0 ? path : path.substring(0, last);
        // A channel's posts may lie under it in a folder of their own.
        String folder = place.replaceFirst("/(posts?|status|media)$", "");
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return Hash.sha256((host + folder).getBytes(UTF_8));
    }
}
