package org.jalur.node.pages;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jalur.node.accounts.Role;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Who may see which page; whatever is not named here is denied. */
@Configuration(proxyBeanMethods = false)
class PageSecurity {
    static final String DEVICE = "device";

    private static final String OBJECTION = "/blocks/*/objection";
    private static final String APPEAL = "/appeal/*";

    private static final String OFFICER = Role.OFFICER.name();
    private static final String APPROVER = Role.APPROVER.name();
    private static final String REVIEWER = Role.REVIEWER.name();
    private static final String SENIOR = Role.SENIOR_REVIEWER.name();
    private static final String SIGNATORY = Role.SIGNATORY.name();
    private static final String ADMIN = Role.ADMIN.name();
    private static final String AUDITOR = Role.AUDITOR.name();

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; "
                    + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http,
            Resume resume,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings)
            throws Exception {
        return http.authorizeHttpRequests(pages ->
                        pages.requestMatchers(GET, "/assets/**", "/sign-in", "/language")
                                .permitAll()
                                .requestMatchers("/error")
                                .permitAll()
                                // The register is for everybody, and anybody may object.
                                .requestMatchers(
                                        GET,
                                        "/blocks",
                                        "/blocks/**",
                                        "/blocked",
                                        "/blocked/*",
                                        "/objection-answers/*")
                                .permitAll()
                                .requestMatchers(POST, OBJECTION)
                                .permitAll()
                                // Whoever knows the secret in the address is the affected user.
                                .requestMatchers(GET, APPEAL)
                                .permitAll()
                                .requestMatchers(POST, APPEAL)
                                .permitAll()
                                .requestMatchers(GET, "/appeals", "/appeals/*")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(GET, "/appeals/*/ladder")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(POST, "/appeals/*/ladder/*")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(POST, "/appeals/*/*")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(POST, "/objections/**")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(GET, "/objections", "/objections/*")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(
                                        GET,
                                        "/",
                                        "/settings",
                                        "/resume",
                                        "/journal",
                                        "/journal/conflicts/*",
                                        "/who-to-call",
                                        "/drills",
                                        "/drills/*",
                                        "/register",
                                        "/register/parties/**")
                                .authenticated()
                                .requestMatchers(
                                        POST,
                                        "/register/entries/*/confirmation",
                                        "/drills/*/answers")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, ADMIN)
                                .requestMatchers("/register/**")
                                .hasRole(ADMIN)
                                .requestMatchers(POST, "/drills", "/drills/schedules/*/removal")
                                .hasRole(ADMIN)
                                .requestMatchers(POST, "/notices/*/call-backs/*")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(POST, "/settings/**", "/resume")
                                .authenticated()
                                .requestMatchers(
                                        "/notifications/outbox", "/notifications/outbox/**")
                                .hasRole(ADMIN)
                                .requestMatchers(
                                        GET,
                                        "/notifications",
                                        "/notifications/settings",
                                        "/on-call")
                                .authenticated()
                                .requestMatchers(POST, "/notifications/**")
                                .authenticated()
                                .requestMatchers(
                                        POST,
                                        "/on-call",
                                        "/on-call/stand-ins",
                                        "/on-call/stand-ins/*/end")
                                .hasAnyRole(ADMIN, SENIOR)
                                .requestMatchers(POST, "/on-call/handover")
                                .hasAnyRole(ADMIN, SENIOR, OFFICER, APPROVER, REVIEWER)
                                .requestMatchers(GET, "/agreements/*/proposal")
                                .hasRole(SIGNATORY)
                                .requestMatchers(
                                        GET,
                                        "/agreements",
                                        "/agreements/*/*",
                                        "/agreements/*/*/pdf",
                                        "/agreement-templates/*")
                                .authenticated()
                                .requestMatchers(POST, "/agreements/**")
                                .hasRole(SIGNATORY)
                                .requestMatchers(GET, "/accounts", "/keys", "/keys/request")
                                .hasRole(ADMIN)
                                .requestMatchers(POST, "/accounts", "/accounts/**", "/keys/*")
                                .hasRole(ADMIN)
                                .requestMatchers(
                                        POST,
                                        "/notices/*/approval",
                                        "/notices/*/withdrawal",
                                        "/notices/*/withdrawal/sign-off")
                                .hasRole(APPROVER)
                                .requestMatchers("/notices/*/erasure")
                                .hasRole(APPROVER)
                                .requestMatchers("/cases/*/erasure")
                                .hasRole(SENIOR)
                                .requestMatchers(POST, "/notices/*/hold", "/notices/*/hold/end")
                                .hasRole(APPROVER)
                                .requestMatchers(POST, "/cases/*/hold", "/cases/*/hold/end")
                                .hasRole(SENIOR)
                                .requestMatchers(GET, "/retention", "/retention/file")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(
                                        POST, "/notices/*/clarifications", "/notices/*/form")
                                .hasRole(OFFICER)
                                .requestMatchers(POST, "/notices/*/remarks", "/notices/*/ladder/*")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(GET, "/clocks", "/clocks/file", "/story")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(GET, "/scorecard", "/scorecard/file")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, SIGNATORY, AUDITOR)
                                .requestMatchers("/notice-forms", "/notice-forms/**")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/notices", "/notices/**")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(
                                        POST,
                                        "/access-blocks/*/approval",
                                        "/access-blocks/*/sign-off",
                                        "/access-blocks/*/attempt",
                                        "/access-blocks/*/withdrawal",
                                        "/access-blocks/*/renewal")
                                .hasRole(APPROVER)
                                .requestMatchers(
                                        POST,
                                        "/access-blocks/*/promise",
                                        "/access-blocks/*/conditions",
                                        "/access-blocks/*/lift")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(POST, "/access-blocks/*/closures")
                                .hasRole(APPROVER)
                                .requestMatchers(GET, "/access-blocks/*/measured")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(GET, "/resolvers/new")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN)
                                .requestMatchers(
                                        GET, "/resolvers", "/resolvers/file", "/resolvers/*")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN, AUDITOR)
                                .requestMatchers(POST, "/resolvers/*/confirmation")
                                .hasRole(ADMIN)
                                .requestMatchers(POST, "/resolvers/*/removal")
                                .hasAnyRole(APPROVER, ADMIN)
                                .requestMatchers(
                                        POST,
                                        "/resolvers",
                                        "/resolvers/*",
                                        "/resolvers/outside-readings")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN)
                                .requestMatchers("/probes", "/probes/*/removal")
                                .hasRole(ADMIN)
                                .requestMatchers(POST, "/access-blocks/*/ladders/*/*")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(POST, "/access-blocks/*/answers")
                                .hasRole(SENIOR)
                                .requestMatchers(POST, "/access-blocks", "/access-blocks/*/removal")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/access-blocks/new")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/access-blocks", "/access-blocks/**")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/notices/*/renewal/approval")
                                .hasRole(APPROVER)
                                .requestMatchers(
                                        POST, "/notices/*/renewal", "/notices/*/renewal/removal")
                                .hasRole(OFFICER)
                                .requestMatchers("/notes/*/erasure")
                                .hasAnyRole(APPROVER, SENIOR)
                                .requestMatchers(POST, "/notes/*/approval", "/notes/*/end")
                                .hasRole(APPROVER)
                                .requestMatchers(POST, "/notes", "/notes/*/removal")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/notes/new")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/notes")
                                .hasAnyRole(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/sent-lists/*/approval")
                                .hasRole(APPROVER)
                                .requestMatchers(POST, "/sent-lists", "/sent-lists/*/removal")
                                .hasRole(OFFICER)
                                .requestMatchers(GET, "/sent-lists/new")
                                .hasRole(OFFICER)
                                .requestMatchers(
                                        GET,
                                        "/sent-lists",
                                        "/sent-lists/*",
                                        "/sent-lists/*/draft-file")
                                .hasAnyRole(OFFICER, APPROVER, AUDITOR)
                                .requestMatchers(
                                        GET,
                                        "/zones",
                                        "/zones/file",
                                        "/zones/orders/exports/*",
                                        "/zones/list",
                                        "/zones/list/imports/*")
                                .hasAnyRole(OFFICER, APPROVER, ADMIN, AUDITOR)
                                .requestMatchers(POST, "/zones/list/imports")
                                .hasRole(OFFICER)
                                .requestMatchers(POST, "/zones/list/imports/*/approval")
                                .hasRole(APPROVER)
                                .requestMatchers(POST, "/zones/list/imports/*/refusal")
                                .hasAnyRole(OFFICER, APPROVER)
                                .requestMatchers(GET, "/cases", "/cases/**")
                                .hasAnyRole(REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/cases/**")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers(GET, "/lists", "/lists/**", "/entries/*", "/hits")
                                .hasAnyRole(REVIEWER, SENIOR, AUDITOR)
                                .requestMatchers(POST, "/lists", "/lists/**", "/entries/**")
                                .hasRole(SENIOR)
                                .requestMatchers(POST, "/hits/*/review")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .requestMatchers("/try-out")
                                .hasAnyRole(REVIEWER, SENIOR)
                                .anyRequest()
                                .denyAll())
                .formLogin(form ->
                        form.loginPage("/sign-in")
                                .usernameParameter("name")
                                .passwordParameter("password")
                                .successHandler(PageSecurity::welcome)
                                .failureHandler((request, response, _) ->
                                        SignInPages.again(
                                                "failed",
                                                HttpStatus.UNPROCESSABLE_CONTENT,
                                                request,
                                                response))
                                .permitAll())
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?out"))
                .httpBasic(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(csrf ->
                        csrf.csrfTokenRepository(tokens())
                                // Nobody is signed in for these: one has a token of its own, the
                                // other a secret in its address; they need no cookie.
                                .ignoringRequestMatchers(OBJECTION, APPEAL))
                .headers(headers ->
                        headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                                .referrerPolicy(
                                        policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(
                                        (request, response, _) -> resume.keep(request, response))
                                .accessDeniedHandler((request, response, denied) -> {
                                    if (denied instanceof CsrfException) {
                                        resume.offer(request, response);
                                    } else {
                                        response.sendError(
                                                exists(mappings, request)
                                                        ? HttpStatus.FORBIDDEN.value()
                                                        : HttpStatus.NOT_FOUND.value());
                                    }
                                }))
                .build();
    }

    /** Whoever is signed in may know which pages there are. */
    private static boolean exists(
            RequestMappingHandlerMapping mappings, HttpServletRequest request) {
        ServletRequestPathUtils.parseAndCache(request);
        try {
            return mappings.getHandler(request) != null;
        } catch (Exception _) {
            return true;
        }
    }

    private static CookieCsrfTokenRepository tokens() {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("jalur-form");
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return tokens;
    }

    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("jalur-session");
        cookie.setSameSite("Strict");
        return cookie;
    }

    private static void welcome(
            HttpServletRequest request, HttpServletResponse response, Authentication person)
            throws IOException {
        request.getSession().setAttribute(DEVICE, Device.of(request));
        response.sendRedirect(
                request.getSession().getAttribute(Resume.ATTRIBUTE) != null
                        ? "/resume"
                        : SignInPages.wanted(request));
    }
}
