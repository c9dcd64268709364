package org.jalur.node.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jalur.node.JalurSettings;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
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
    /** A page of the demo's nodes alone. */
    private static final String STORY = "/story";

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
                caller.map(one ->
                                Menu.of(
                                        one.role(),
                                        register.isAuthority(),
                                        path,
                                        addresses.nearest(STORY).equals(STORY)))
                        .orElseGet(() -> Menu.ofEverybody(register.isAuthority(), path)),
                LocaleContextHolder.getLocale().getLanguage(),
                caller.map(one -> alerts.unseen(one.account())).orElse(0),
                here(request));
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
