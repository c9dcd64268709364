package org.jalur.node.pages;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;

/**
 * Answers a form that was not taken with a page, at once and without a redirect: what was typed
 * never travels in an address, where logs and histories keep it.
 */
final class Instead {
    private Instead() {}

    static void show(
            String page,
            HttpStatus status,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        response.setStatus(status.value());
        request.getRequestDispatcher(page)
                .forward(
                        new HttpServletRequestWrapper(request) {
                            @Override
                            public String getMethod() {
                                return "GET";
                            }
                        },
                        response);
    }
}
