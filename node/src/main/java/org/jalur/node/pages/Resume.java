package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What somebody was about to see or to send when their session had ended. After signing in again
 * they are asked before anything is sent: it may be another person by then.
 */
@Component
class Resume {
    static final String ATTRIBUTE = "resume";
    private static final int MOST = 100_000;
    private static final Set<String> LEFT_OUT = Set.of("_csrf", "password", "current", "fresh");

    /** A form that was not taken, without its secrets. */
    record Kept(String path, Map<String, List<String>> fields) implements Serializable {}

    /** Keeps it and leads to the sign-in page. */
    void keep(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean hadSession = request.getRequestedSessionId() != null;
        String reason = hadSession ? "expired" : "first";
        if (request.getMethod().equals("GET")) {
            response.sendRedirect(
                    UriComponentsBuilder.fromPath("/sign-in")
                            .queryParam(reason)
                            .queryParam("to", "{to}")
                            .encode()
                            .buildAndExpand(wanted(request))
                            .toUriString());
            return;
        }
        Map<String, List<String>> fields = fields(request);
        // Only for a browser that was here before: nobody else fills the table of sessions.
        if (hadSession && size(fields) <= MOST) {
            request.getSession().setAttribute(ATTRIBUTE, new Kept(request.getRequestURI(), fields));
        }
        response.sendRedirect("/sign-in?" + reason);
    }

    private static String wanted(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static Map<String, List<String>> fields(HttpServletRequest request) {
        var fields = new LinkedHashMap<String, List<String>>();
        request.getParameterMap()
                .forEach((name, values) -> {
                    if (!LEFT_OUT.contains(name)) {
                        fields.put(name, List.of(values));
                    }
                });
        return fields;
    }

    private static int size(Map<String, List<String>> fields) {
        return fields.entrySet().stream()
                .mapToInt(field ->
                        field.getKey().length()
                                + field.getValue().stream().mapToInt(String::length).sum())
                .sum();
    }
}
