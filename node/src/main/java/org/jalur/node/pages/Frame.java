package org.jalur.node.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.register.Register;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts a page into its frame. */
@Component
public class Frame {
    private static final String ZONES = "menu.zones";
    private static final String RESOLVERS = "menu.resolvers";
    private static final String APPEALS = "menu.appeals";

    /** A page of the demo's nodes alone. */
    private static final String STORY = "/story";

    private static final Set<Role> STORY_READERS =
            EnumSet.of(
                    Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.SENIOR_REVIEWER, Role.AUDITOR);

    private final Accounts accounts;
    private final Register register;
    private final PageAddresses addresses;
    private final Texts texts;
    private final AlertCount alerts;
    private final Optional<String> host;

    Frame(
            Accounts accounts,
            Register register,
            PageAddresses addresses,
            Texts texts,
            AlertCount alerts,
            JalurSettings settings) {
        this.accounts = accounts;
        this.register = register;
        this.addresses = addresses;
        this.texts = texts;
        this.alerts = alerts;
        this.host = Optional.ofNullable(settings.hostedBy());
    }

    /**
     * @param view name of the template
     * @param page its only model
     */
    public ModelAndView show(String view, Record page) {
        return new ModelAndView(view)
                .addObject("page", page)
                .addObject("shell", shell(Caller.find()));
    }

    /** Without what only the database knows: a fault can be shown while it is away. */
    ModelAndView showBare(String view, Record page) {
        return new ModelAndView(view)
                .addObject("page", page)
                .addObject("shell", shell(Optional.empty()));
    }

    private Shell shell(Optional<Caller> caller) {
        HttpServletRequest request = request();
        String path = request.getRequestURI();
        return new Shell(
                register.ownParty().name(),
                register.isAuthority(),
                host,
                caller.map(one ->
                        new Shell.Person(
                                accounts.name(one.account()),
                                texts.name("role", one.role().wire()))),
                caller.map(one -> menu(one.role(), path)).orElseGet(() -> menu(path)),
                LocaleContextHolder.getLocale().getLanguage(),
                caller.map(one -> alerts.unseen(one.account())).orElse(0),
                here(request));
    }

    /** What everybody may see, for whoever is not signed in. */
    private List<Shell.Entry> menu(String path) {
        return register.isAuthority()
                ? List.of(
                        entry("menu.public-blocks", "/blocks", path),
                        entry("menu.blocked", "/blocked", path))
                : List.of();
    }

    private List<Shell.Entry> menu(Role role, String path) {
        var menu = new ArrayList<Shell.Entry>();
        menu.add(new Shell.Entry("menu.home", "/", path.equals("/")));
        switch (role) {
            case OFFICER -> {
                menu.add(entry("menu.notices", "/notices", path));
                menu.add(entry(APPEALS, "/appeals", path));
                menu.add(entry("menu.forms", "/notice-forms", path));
                menu.add(entry("menu.clocks", "/clocks", path));
                menu.add(entry("menu.scorecard", "/scorecard", path));
                menu.add(entry("menu.access", "/access-blocks", path));
                menu.add(entry("menu.objections", "/objections", path));
                menu.add(entry("menu.sent-lists", "/sent-lists", path));
                menu.add(entry(ZONES, "/zones", path));
                menu.add(entry("menu.notes", "/notes", path));
                menu.add(entry(RESOLVERS, "/resolvers", path));
            }
            case APPROVER -> {
                menu.add(entry("menu.notices", "/notices", path));
                menu.add(entry(APPEALS, "/appeals", path));
                menu.add(entry("menu.clocks", "/clocks", path));
                menu.add(entry("menu.scorecard", "/scorecard", path));
                menu.add(entry("menu.access", "/access-blocks", path));
                menu.add(entry("menu.objections", "/objections", path));
                menu.add(entry("menu.sent-lists", "/sent-lists", path));
                menu.add(entry("menu.retention", "/retention", path));
                menu.add(entry(ZONES, "/zones", path));
                menu.add(entry("menu.notes", "/notes", path));
                menu.add(entry(RESOLVERS, "/resolvers", path));
            }
            case REVIEWER, SENIOR_REVIEWER -> {
                menu.add(entry("menu.cases", "/cases", path));
                menu.add(entry(APPEALS, "/appeals", path));
                menu.add(entry("menu.clocks", "/clocks", path));
                menu.add(entry("menu.scorecard", "/scorecard", path));
                menu.add(entry("menu.hits", "/hits", path));
                menu.add(entry("menu.lists", "/lists", path));
                if (role == Role.SENIOR_REVIEWER) {
                    menu.add(entry("menu.retention", "/retention", path));
                }
                menu.add(entry("menu.access", "/access-blocks", path));
                menu.add(entry("menu.notes", "/notes", path));
            }
            case ADMIN -> {
                menu.add(entry("menu.accounts", "/accounts", path));
                menu.add(entry("menu.keys", "/keys", path));
                if (register.isAuthority()) {
                    menu.add(entry(ZONES, "/zones", path));
                    menu.add(entry(RESOLVERS, "/resolvers", path));
                }
            }
            case AUDITOR -> {
                menu.add(entry(APPEALS, "/appeals", path));
                menu.add(entry("menu.clocks", "/clocks", path));
                menu.add(entry("menu.scorecard", "/scorecard", path));
                menu.add(entry("menu.retention", "/retention", path));
                menu.add(entry("menu.access", "/access-blocks", path));
                menu.add(entry("menu.notes", "/notes", path));
                if (register.isAuthority()) {
                    menu.add(entry("menu.objections", "/objections", path));
                    menu.add(entry("menu.sent-lists", "/sent-lists", path));
                    menu.add(entry(ZONES, "/zones", path));
                    menu.add(entry(RESOLVERS, "/resolvers", path));
                } else {
                    menu.add(entry("menu.hits", "/hits", path));
                    menu.add(entry("menu.lists", "/lists", path));
                }
            }
            case SIGNATORY -> menu.add(entry("menu.scorecard", "/scorecard", path));
            case CONNECTOR, RESOLVER -> {}
        }
        menu.add(entry("menu.register", "/register", path));
        menu.add(entry("menu.who-to-call", "/who-to-call", path));
        menu.add(entry("menu.agreements", "/agreements", path));
        menu.add(entry("menu.journal", "/journal", path));
        if (STORY_READERS.contains(role) && addresses.nearest(STORY).equals(STORY)) {
            menu.add(entry("menu.story", STORY, path));
        }
        return menu;
    }

    private static Shell.Entry entry(String key, String start, String path) {
        return new Shell.Entry(key, start, path.equals(start) || path.startsWith(start + "/"));
    }

    /** The page itself; for an address that only takes a form, or none, the nearest above it. */
    private String here(HttpServletRequest request) {
        String asked =
                request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                        ? failed
                        : request.getRequestURI();
        String nearest = addresses.nearest(asked);
        boolean itself =
                request.getMethod().equals("GET") && nearest.equals(request.getRequestURI());
        return UriComponentsBuilder.fromPath(nearest)
                .query(Optional.ofNullable(request.getQueryString()).filter(_ -> itself).orElse(""))
                .build()
                .toUriString();
    }

    static HttpServletRequest request() {
        if (RequestContextHolder.currentRequestAttributes()
                instanceof ServletRequestAttributes attributes) {
            return attributes.getRequest();
        }
        throw new IllegalStateException("a page outside a request");
    }
}
