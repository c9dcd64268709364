package org.jalur.node.pages;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A page that refreshes itself is no sign of a person: its session ends when it would have ended
 * without. Such a page says for how many seconds it has been open.
 */
@Component
class SelfRefresh implements HandlerInterceptor {
    private static final String OPEN_FOR = "Jalur-Open-For";

    /** Pages stop refreshing themselves after ten minutes. */
    private static final int LONGEST = 660;

    private final int usual;

    SelfRefresh(@Value("${spring.session.timeout}") Duration usual) {
        this.usual = (int) usual.toSeconds();
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        HttpSession session =
                request.getDispatcherType() == DispatcherType.REQUEST
                        ? request.getSession(false)
                        : null;
        int left = usual - openFor(request);
        if (session != null && session.getMaxInactiveInterval() != left) {
            session.setMaxInactiveInterval(left);
        }
        return true;
    }

    private static int openFor(HttpServletRequest request) {
        String seconds = request.getHeader(OPEN_FOR);
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Math.min(Integer.parseInt(seconds), LONGEST)
                : 0;
    }
}
