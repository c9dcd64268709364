package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** Switches the language and comes back. */
@PageController
class LanguagePages {
    private final CookieLocaleResolver resolver;

    LanguagePages(CookieLocaleResolver resolver) {
        this.resolver = resolver;
    }

    @GetMapping("/language")
    String choose(
            @RequestParam String to,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        resolver.setLocaleContext(
                request,
                response,
                new SimpleTimeZoneAwareLocaleContext(
                        to.equals("en") ? Locale.ENGLISH : LanguageConfiguration.INDONESIAN,
                        LocaleContextHolder.getTimeZone()));
        return "redirect:" + local(back);
    }

    /** Only a path of this node: never an address somebody else chose. */
    static String local(String path) {
        return path.matches("/[A-Za-z0-9?&=%._~/:+-]*") && !path.startsWith("//") ? path : "/";
    }
}
