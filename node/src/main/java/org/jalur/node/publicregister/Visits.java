package org.jalur.node.publicregister;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.AddressRate;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.PublicSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Bounds what one address may ask of the pages for everybody. Who is signed in is no stranger. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class Visits implements HandlerInterceptor, WebMvcConfigurer {
    private final AddressRate rate;

    Visits(PublicSettings settings, Clock clock) {
        rate = new AddressRate(settings.perMinute(), Duration.ofMinutes(1), clock);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
                .addPathPatterns(
                        "/blocks",
                        "/blocks/**",
                        "/blocked",
                        "/blocked/**",
                        "/objection-answers/**",
                        "/api/public/**",
                        "/api/objections",
                        "/api/objections/answer");
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        String address = request.getRemoteAddr();
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && Caller.find().isEmpty()
                && !rate.admits(address)) {
            throw ProblemException.tooMany(
                    "too-many-visits",
                    "This address asked too often; ask again after the seconds that Retry-After names.",
                    rate.pause(address));
        }
        return true;
    }
}
