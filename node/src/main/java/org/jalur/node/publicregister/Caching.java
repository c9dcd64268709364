package org.jalur.node.publicregister;

import jakarta.servlet.http.HttpServletResponse;
import org.jalur.node.accounts.Caller;
import org.springframework.http.HttpHeaders;

/**
 * What anybody may keep, and for how long: half a minute, as long as resolvers keep a block. A page
 * that greets somebody is nobody else's.
 */
final class Caching {
    private static final String SHORTLY = "public, max-age=30";

    private Caching() {}

    /** In the reader's language, which a cookie or the browser tells. */
    static void page(HttpServletResponse response) {
        if (Caller.find().isEmpty()) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, SHORTLY);
            response.addHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
        }
    }

    /** For programs, the same for everybody, whatever page they come from. */
    static void data(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, SHORTLY);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }

    /** A lift must be seen at once (RFC 7725 leaves it to caches otherwise). */
    static void never(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
