package org.jalur.node.pages;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.node.accounts.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What somebody was about to see or to send when their session had ended, or had become another.
 * They are asked before anything is sent: it may be another person by then.
 */
@Component
class Resume implements HandlerInterceptor {
    static final String ATTRIBUTE = "resume";

    /** The most characters that are kept of one form. */
    static final int MOST = 100_000;

    private static final Set<String> SECRETS = Set.of("password", "current", "fresh");
    private static final String TOKEN = "_csrf";
    private static final int LONGEST_NAME = 64;

    /** Why a form was not taken. */
    enum Reason {
        /** The session had ended. */
        EXPIRED,
        /** Its token belongs to an earlier sign-in. */
        STALE
    }

    /**
     * A form that was not taken.
     *
     * @param path where it was to go
     * @param tooLong lengths of the texts that were not kept, by field
     * @param files names of the chosen files, by field; their octets were not kept
     */
    record Kept(
            Reason reason,
            String path,
            Map<String, List<String>> fields,
            Map<String, Integer> tooLong,
            Map<String, List<String>> files)
            implements Serializable {
        boolean isWhole() {
            return tooLong.isEmpty() && files.values().stream().allMatch(List::isEmpty);
        }
    }

    static Optional<Kept> waiting(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ATTRIBUTE) instanceof Kept kept
                ? Optional.of(kept)
                : Optional.empty();
    }

    /** Nobody is signed in: keeps the form, and leads to the sign-in page. */
    void keep(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean hadSession = request.getRequestedSessionId() != null;
        if (request.getMethod().equals("GET")) {
            response.sendRedirect(
                    UriComponentsBuilder.fromPath("/sign-in")
                            .queryParam(hadSession ? "expired" : "first")
                            .queryParam("to", "{to}")
                            .encode()
                            .buildAndExpand(wanted(request))
                            .toUriString());
            return;
        }
        // Only for a browser that was here before: nobody else fills the table of sessions.
        if (!hadSession || hasSecrets(request)) {
            response.sendRedirect("/sign-in?lost");
            return;
        }
        request.getSession().setAttribute(ATTRIBUTE, kept(Reason.EXPIRED, request));
        response.sendRedirect("/sign-in?expired");
    }

    /** The form's token is not of this session: offers it again to whoever is signed in. */
    void offer(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean nobody = Caller.find().isEmpty();
        String path = request.getRequestURI();
        if (isFromElsewhere(request)) {
            response.sendError(HttpStatus.FORBIDDEN.value());
        } else if (path.equals("/sign-in") || (nobody && path.equals("/sign-out"))) {
            SignInPages.again("stale", HttpStatus.FORBIDDEN, request, response);
        } else if (nobody) {
            keep(request, response);
        } else if (hasSecrets(request)) {
            response.sendError(HttpStatus.FORBIDDEN.value());
        } else {
            request.getSession().setAttribute(ATTRIBUTE, kept(Reason.STALE, request));
            Instead.show("/resume", HttpStatus.FORBIDDEN, request, response);
        }
    }

    /**
     * What a stranger's page filled in is never offered (Fetch Metadata, {@code Sec-Fetch-Site}).
     */
    private static boolean isFromElsewhere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** A form that was sent at last no longer waits. */
    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView page) {
        if (request.getMethod().equals("POST")
                && request.getDispatcherType() == DispatcherType.REQUEST) {
            waiting(request)
                    .filter(kept -> kept.path().equals(request.getRequestURI()))
                    .ifPresent(_ -> request.getSession().removeAttribute(ATTRIBUTE));
        }
    }

    private static String wanted(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** Secrets are never kept, and without them such a form is of no use. */
    private static boolean hasSecrets(HttpServletRequest request) {
        return SECRETS.stream().anyMatch(name -> request.getParameter(name) != null);
    }

    private static Kept kept(Reason reason, HttpServletRequest request) throws IOException {
        var fields = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, List.of(values)));
        fields.keySet().removeIf(name -> name.equals(TOKEN) || name.length() > LONGEST_NAME);
        var tooLong = new LinkedHashMap<String, Integer>();
        while (fields.values().stream().mapToInt(Resume::length).sum() > MOST) {
            String longest = longest(fields);
            tooLong.put(longest, length(fields.getOrDefault(longest, List.of())));
            fields.remove(longest);
        }
        return new Kept(reason, request.getRequestURI(), fields, tooLong, files(request));
    }

    private static String longest(Map<String, List<String>> fields) {
        return fields.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(length(a), length(b))))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static int length(List<String> values) {
        return values.stream().mapToInt(String::length).sum();
    }

    private static Map<String, List<String>> files(HttpServletRequest request) throws IOException {
        var files = new LinkedHashMap<String, List<String>>();
        String type = request.getContentType();
        if (type == null || !type.startsWith("multipart/")) {
            return files;
        }
        try {
            for (var part : request.getParts()) {
                String name = part.getSubmittedFileName();
                if (name != null) {
                    var names = files.computeIfAbsent(part.getName(), _ -> new ArrayList<>());
                    if (!name.isBlank()) {
                        names.add(name.replaceAll(".*[/\\\\]", ""));
                    }
                }
            }
        } catch (ServletException e) {
            throw new IOException("the parts of a form cannot be read", e);
        }
        return files;
    }
}
