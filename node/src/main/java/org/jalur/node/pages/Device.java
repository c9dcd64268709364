package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** What a session runs on, in a few words: enough to tell one's own sessions apart. */
final class Device {
    private static final List<String> BROWSERS =
            List.of("Edg", "OPR", "Firefox", "Chrome", "Safari");
    private static final List<String> SYSTEMS =
            List.of("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux");

    private Device() {}

    static String of(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        String text = agent == null ? "" : agent;
        return first(BROWSERS, text) + ", " + first(SYSTEMS, text) + ", " + request.getRemoteAddr();
    }

    private static String first(List<String> known, String text) {
        return known.stream().filter(text::contains).findFirst().orElse("?");
    }
}
