package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.TimeZone;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** Which language and zone a reader has: as chosen, else as the browser asks, else Indonesian. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {
    static final Locale INDONESIAN = Locale.of("id");

    @Bean
    CookieLocaleResolver localeResolver() {
        var resolver = new CookieLocaleResolver("jalur-language");
        resolver.setDefaultLocaleFunction(LanguageConfiguration::asked);
        resolver.setDefaultTimeZoneFunction(_ -> TimeZone.getTimeZone("Asia/Jakarta"));
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSameSite("Strict");
        return resolver;
    }

    private static Locale asked(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return INDONESIAN;
        }
        var locales = request.getLocales();
        while (locales.hasMoreElements()) {
            String language = locales.nextElement().getLanguage();
            if (language.equals("id")) {
                return INDONESIAN;
            }
            if (language.equals("en")) {
                return Locale.ENGLISH;
            }
        }
        return INDONESIAN;
    }
}
