package org.jalur.node.publicregister;

import jakarta.servlet.http.HttpServletRequest;
import org.jalur.node.web.PublicSettings;
import org.springframework.stereotype.Component;

/** Where everybody finds this register. */
@Component
class Address {
    private final PublicSettings settings;

    Address(PublicSettings settings) {
        this.settings = settings;
    }

    /** With scheme and host: as configured, else as the caller asked. */
    String of(String path, HttpServletRequest request) {
        if (settings.url() != null) {
            return settings.url() + path;
        }
        StringBuffer asked = request.getRequestURL();
        return asked.substring(0, asked.length() - request.getRequestURI().length()) + path;
    }
}
