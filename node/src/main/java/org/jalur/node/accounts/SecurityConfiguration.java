package org.jalur.node.accounts;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Who may call what of the API; whatever is not named here is denied. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String OFFICER = Role.OFFICER.name();
    private static final String APPROVER = Role.APPROVER.name();
    private static final String REVIEWER = Role.REVIEWER.name();
    private static final String SENIOR = Role.SENIOR_REVIEWER.name();
    private static final String SIGNATORY = Role.SIGNATORY.name();
    private static final String ADMIN = Role.ADMIN.name();
    private static final String AUDITOR = Role.AUDITOR.name();
    private static final String CONNECTOR = Role.CONNECTOR.name();
    private static final String RESOLVER = Role.RESOLVER.name();

    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, Accounts accounts) throws Exception {
        return http.securityMatcher(
                        "/api/**",
                        "/channel/**",
                        "/screen",
                        "/screen/**",
                        "/journal/checkpoint",
                        "/journal/tile/**",
                        "/witness/**",
                        "/probe/**",
                        "/actuator",
                        "/actuator/**",
                        "/openapi",
                        "/openapi/**",
                        "/openapi.yaml")
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new TokenFilter(accounts), AuthorizationFilter.class)
                .authorizeHttpRequests(calls ->
                        calls
                                // A message or a signed request proves itself.
                                .requestMatchers(
                                        POST,
                                        "/channel/messages",
                                        "/channel/parts",
                                        "/channel/parts/fetch",
                                        "/channel/pull",
                                        "/channel/history",
                                        "/channel/receipts",
                                        "/channel/errands")
                                .permitAll()
                                // A probe's request, and its results, prove themselves.
                                .requestMatchers(POST, "/probe/tasks", "/probe/results")
                                .permitAll()
                                // The journal is for everybody; a checkpoint proves itself.
                                .requestMatchers(
                                        GET,
                                        "/journal/checkpoint",
                                        "/journal/tile/**",
                                        "/witness/*/checkpoint")
                                .permitAll()
                                .requestMatchers(
                                        POST, "/witness/add-checkpoint", "/witness/conflicts")
                                .permitAll()
                                .requestMatchers(
                                        GET,
                                        "/actuator/health/**",
                                        "/openapi/**",
                                        "/openapi",
                                        "/api/public/**")
                                .permitAll()
                                // Anybody may object; the secret reads the answer.
                                .requestMatchers(POST, "/api/objections")
                                .permitAll()
                                .requestMatchers(GET, "/api/objections/answer")
                                .permitAll()
                                .requestMatchers(GET, "/api/objections", "/api/objections/*")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(
                                        POST,
                                        "/api/objections/*/claim",
                                        "/api/objections/*/release",
                                        "/api/objections/*/answer",
                                        "/api/objections/*/agreement")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(GET, "/actuator/prometheus", "/actuator/info")
                                .hasRole(ADMIN)
                                .requestMatchers(POST, "/api/notices/*/approval")
                                .hasRole(APPROVER)
                                .requestMatchers(
                                        POST,
                                        "/api/notices/*/withdrawal",
                                        "/api/notices/*/withdrawal/sign-off",
                                        "/api/notices/*/erasure")
                                .hasRole(APPROVER)
                                .requestMatchers(POST, "/api/cases/*/erasure")
                                .hasRole(SENIOR)
                                .requestMatchers(POST, "/api/notices/*/ladder/*")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(
                                        POST,
                                        "/api/notices/*/renewals",
                                        "/api/notices/*/renewals/*/removal")
                                .hasRole(OFFICER)
                                .requestMatchers(POST, "/api/notices/*/renewals/*/approval")
                                .hasRole(APPROVER)
                                .requestMatchers(GET, "/api/notes")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/api/notes")
                                .hasRole(OFFICER)
                                .requestMatchers(POST, "/api/notes/*/erasure")
                                .hasAnyRole(APPROVER, SENIOR)
                                .requestMatchers(POST, "/api/notes/*/approval", "/api/notes/*/end")
                                .hasRole(APPROVER)
                                .requestMatchers(POST, "/api/notices/*/remarks")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(GET, "/api/clocks")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(GET, "/api/scorecard", "/api/scorecard/file")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, SIGNATORY, AUDITOR)
                                .requestMatchers(
                                        POST,
                                        "/api/access-blocks/*/approval",
                                        "/api/access-blocks/*/sign-off",
                                        "/api/access-blocks/*/attempt",
                                        "/api/access-blocks/*/withdrawal",
                                        "/api/access-blocks/*/renewal")
                                .hasRole(APPROVER)
                                .requestMatchers(
                                        POST,
                                        "/api/access-blocks/*/promise",
                                        "/api/access-blocks/*/conditions",
                                        "/api/access-blocks/*/lift")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(POST, "/api/access-blocks/*/closures")
                                .hasRole(APPROVER)
                                .requestMatchers(GET, "/api/access-blocks/*/measured")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(GET, "/api/resolvers", "/api/probes")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN, AUDITOR)
                                .requestMatchers(POST, "/api/resolvers/*/removal")
                                .hasAnyRole(APPROVER, ADMIN)
                                .requestMatchers(
                                        POST,
                                        "/api/resolvers/*/confirmation",
                                        "/api/probes",
                                        "/api/probes/*/removal")
                                .hasRole(ADMIN)
                                .requestMatchers(
                                        POST,
                                        "/api/resolvers",
                                        "/api/resolvers/*",
                                        "/api/outside-readings")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN)
                                .requestMatchers(POST, "/api/access-blocks/*/ladders/*/*")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(POST, "/api/access-blocks/*/answers")
                                .hasRole(SENIOR)
                                .requestMatchers(
                                        POST, "/api/access-blocks", "/api/access-blocks/*/removal")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/api/access-blocks", "/api/access-blocks/**")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/api/notices", "/api/notices/**")
                                .hasRole(OFFICER)
                                .requestMatchers(
                                        org.springframework.http.HttpMethod.PUT, "/api/notices/*")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/api/notices", "/api/notices/**")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(GET, "/api/cases", "/api/cases/**")
                                .hasAnyRole(REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/api/cases/*/release")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(POST, "/api/cases/**")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(GET, "/api/appeals", "/api/appeals/*")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/api/appeals")
                                .hasRole(CONNECTOR)
                                .requestMatchers(POST, "/api/appeals/*/*")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(POST, "/screen", "/screen/batch", "/screen/stream")
                                .hasRole(CONNECTOR)
                                .requestMatchers(GET, "/api/screening/reopened")
                                .hasAnyRole(CONNECTOR, REVIEWER, SENIOR)
                                .requestMatchers(
                                        GET, "/api/lists", "/api/lists/**", "/api/screening/hits")
                                .hasAnyRole(REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/api/screening/hits/*/review")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(POST, "/api/lists", "/api/lists/**")
                                .hasRole(SENIOR)
                                .requestMatchers(DELETE, "/api/lists/*/entries/*")
                                .hasRole(SENIOR)
                                .requestMatchers(GET, "/api/zones/orders/exports/*")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN, AUDITOR, RESOLVER)
                                .requestMatchers(GET, "/api/zones", "/api/zones/list/imports/*")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN, AUDITOR)
                                .requestMatchers(POST, "/api/zones/list/imports")
                                .hasRole(OFFICER)
                                .requestMatchers(
                                        POST,
                                        "/api/zones/list/imports/*/approval",
                                        "/api/zones/list/imports/*/refusal")
                                .hasRole(APPROVER)
                                .requestMatchers(GET, "/api/agreements", "/api/agreements/**")
                                .hasAnyRole(
                                        OFFICER, APPROVER, REVIEWER, SENIOR, SIGNATORY, ADMIN,
                                        AUDITOR)
                                .requestMatchers(POST, "/api/agreements/**")
                                .hasRole(SIGNATORY)
                                .requestMatchers(
                                        "/api/accounts",
                                        "/api/accounts/**",
                                        "/api/tokens",
                                        "/api/tokens/**")
                                .hasRole(ADMIN)
                                .anyRequest()
                                .denyAll())
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(
                                        (_, response, _) -> {
                                            response.setHeader("WWW-Authenticate", "Bearer");
                                            problem(
                                                    response,
                                                    HttpStatus.UNAUTHORIZED,
                                                    "not-signed-in",
                                                    "This call needs a valid API token in the Authorization header.");
                                        })
                                .accessDeniedHandler((_, response, _) ->
                                        problem(
                                                response,
                                                HttpStatus.FORBIDDEN,
                                                "not-allowed",
                                                "The role of this token may not make this call.")))
                .build();
    }

    /**
     * Requests are measured as a whole; a span for every filter would cost more than the filters.
     */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    private static void problem(
            HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getWriter()
                .write(
                        """
                        {"type":"https://jalur.example/problems/%s","title":"%s","status":%d,"detail":"%s"}\
                        """
                                .formatted(type, status.getReasonPhrase(), status.value(), detail));
    }
}
