package org.jalur.node.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TimeZone;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Passwords;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** What everybody may set for themselves: time zone, password, sessions. */
@PageController
class SettingsPages {
    private final Frame frame;
    private final Texts texts;
    private final Passwords passwords;
    private final CookieLocaleResolver resolver;
    private final FindByIndexNameSessionRepository<? extends Session> sessions;

    SettingsPages(
            Frame frame,
            Texts texts,
            Passwords passwords,
            CookieLocaleResolver resolver,
            FindByIndexNameSessionRepository<? extends Session> sessions) {
        this.frame = frame;
        this.texts = texts;
        this.passwords = passwords;
        this.resolver = resolver;
        this.sessions = sessions;
    }

    record SettingsPage(
            Form form,
            String zone,
            List<Form.Option> zones,
            List<OpenSession> sessions,
            int shortest,
            boolean changed) {}

    /**
     * @param handle names it in forms; a digest, for its id would let in whoever reads it
     * @param own whether it is the one that shows this page
     */
    record OpenSession(
            String handle, String device, Instant since, Instant lastSeen, boolean own) {}

    @GetMapping("/settings")
    ModelAndView settings(HttpServletRequest request) {
        return show(Form.EMPTY, request);
    }

    private ModelAndView show(Form form, HttpServletRequest request) {
        return frame.show(
                "settings",
                new SettingsPage(
                        form,
                        Moments.zone().getId(),
                        Moments.ZONES.stream().map(SettingsPages::option).toList(),
                        open(request),
                        Passwords.SHORTEST,
                        request.getParameter("changed") != null));
    }

    private static Form.Option option(String zone) {
        String label = zone.replace('_', ' ');
        return new Form.Option(
                zone,
                switch (zone) {
                    case "Asia/Jakarta" -> label + " (WIB)";
                    case "Asia/Makassar" -> label + " (WITA)";
                    case "Asia/Jayapura" -> label + " (WIT)";
                    default -> label;
                });
    }

    private List<? extends Session> own() {
        return sessions.findByPrincipalName(Caller.current().getName()).values().stream()
                .sorted(
                        Comparator.comparing((Session one) -> one.getCreationTime())
                                .thenComparing(Session::getId))
                .toList();
    }

    private static String handle(Session session) {
        return Hash.sha256(session.getId().getBytes(UTF_8)).hex();
    }

    private List<OpenSession> open(HttpServletRequest request) {
        String current = request.getSession().getId();
        return own().stream()
                .map(one -> {
                    String device = one.getAttribute(PageSecurity.DEVICE);
                    return new OpenSession(
                            handle(one),
                            device == null ? "?" : device,
                            one.getCreationTime(),
                            one.getLastAccessedTime(),
                            one.getId().equals(current));
                })
                .toList();
    }

    @PostMapping("/settings/zone")
    String zone(
            @RequestParam String zone, HttpServletRequest request, HttpServletResponse response) {
        resolver.setLocaleContext(
                request,
                response,
                new SimpleTimeZoneAwareLocaleContext(
                        LocaleContextHolder.getLocale(),
                        TimeZone.getTimeZone(
                                Moments.ZONES.contains(zone) ? zone : "Asia/Jakarta")));
        return "redirect:/settings";
    }

    /** Ends every other session: whoever knew the old password is out. */
    @PostMapping("/settings/password")
    ModelAndView password(
            @RequestParam String current, @RequestParam String fresh, HttpServletRequest request) {
        Caller caller = Caller.current();
        if (fresh.length() < Passwords.SHORTEST || fresh.length() > 200) {
            return show(
                    Form.EMPTY.wrong(
                            "fresh",
                            texts.say(
                                    "settings.password.length",
                                    fresh.length(),
                                    Passwords.SHORTEST)),
                    request);
        }
        if (!passwords.knows(caller.account(), current, request.getRemoteAddr())) {
            return show(Form.EMPTY.wrong("current", texts.say("settings.password.wrong")), request);
        }
        passwords.set(caller.account(), fresh);
        endOthers(request);
        return new ModelAndView("redirect:/settings?changed");
    }

    /** Ends this one and no other, whichever were opened or ended since the page was shown. */
    @PostMapping("/settings/sessions")
    String end(@RequestParam String session, HttpServletRequest request) {
        String current = request.getSession().getId();
        own().stream()
                .filter(one -> handle(one).equals(session))
                .map(Session::getId)
                .filter(id -> !id.equals(current))
                .forEach(sessions::deleteById);
        return "redirect:/settings";
    }

    @PostMapping("/settings/sessions/others")
    String endAll(HttpServletRequest request) {
        endOthers(request);
        return "redirect:/settings";
    }

    private void endOthers(HttpServletRequest request) {
        String current = request.getSession().getId();
        own().stream()
                .map(Session::getId)
                .filter(id -> !id.equals(current))
                .forEach(sessions::deleteById);
    }
}
