package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.HttpSessionIdResolver;
import org.springframework.stereotype.Component;

/**
 * Which session a request belongs to: the cookie's, unless a fault is being shown. Whoever shows it
 * must not ask the database, which may be what failed.
 */
@Component
class SessionIds implements HttpSessionIdResolver {
    private static final String FAULT = SessionIds.class.getName() + ".fault";

    private final CookieHttpSessionIdResolver cookies = new CookieHttpSessionIdResolver();

    SessionIds(CookieSerializer cookie) {
        cookies.setCookieSerializer(cookie);
    }

    /** From here on the request has no session. */
    static void forget(HttpServletRequest request) {
        request.setAttribute(FAULT, true);
    }

    @Override
    public List<String> resolveSessionIds(HttpServletRequest request) {
        return request.getAttribute(FAULT) == null ? cookies.resolveSessionIds(request) : List.of();
    }

    @Override
    public void setSessionId(
            HttpServletRequest request, HttpServletResponse response, String session) {
        cookies.setSessionId(request, response, session);
    }

    @Override
    public void expireSession(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(FAULT) == null) {
            cookies.expireSession(request, response);
        }
    }
}
