package org.jalur.browser;

import com.microsoft.playwright.options.SelectOption;
import java.util.Map;
import java.util.TreeMap;

/** A register by its pages: a desk, two people, a representative, a server and a domain name. */
record SampleRegister(Desk admin) {
    /** As the demo's notices name it. */
    static final String DESK = "Otoritas Contoh";

    static final String ON_DUTY = "Sari Contoh";

    void fill() {
        add("organisation", Map.of("name", DESK, "country", "ID", "phones", "021 5550100"));
        add("contact", contact(ON_DUTY, "00:00-24:00", "021 5550101"));
        add("contact", contact("Budi Contoh", "", "+62 21 5550102"));
        add(
                "representative",
                Map.of(
                        "name", "Dewi Contoh",
                        "capacity", "Sample director",
                        "country", "ID",
                        "phones", "+62 21 5550103"));
        add("server", Map.of("host", "192.0.2.10", "country", "SG", "purpose", "Sample mail"));
        add(
                "domain",
                Map.of(
                        "domainName", "authority.example",
                        "country", "ID",
                        "purpose", "Sample web pages"));
    }

    private static Map<String, String> contact(String name, String hours, String phone) {
        Map<String, String> typed = new TreeMap<>();
        typed.put("name", name);
        typed.put("role", "Sample duty officer");
        typed.put("phones", phone);
        typed.put("email", "duty@authority.example");
        typed.put("messenger", "Telegram @sample_duty");
        typed.put("languages", "id, en");
        for (int day = 1; day <= 7; day++) {
            typed.put("duty" + day, hours);
        }
        typed.put("holidays", "2026-12-25 Natal");
        return typed;
    }

    private void add(String kind, Map<String, String> typed) {
        admin.open("/register/entries/new?kind=" + kind);
        typed.forEach(admin::fill);
        if (admin.page().locator("#belongsTo").count() == 1) {
            admin.page().locator("#belongsTo").selectOption(new SelectOption().setLabel(DESK));
        }
        if (admin.page().locator("#deputy option").count() > 1) {
            admin.page().locator("#deputy").selectOption(new SelectOption().setIndex(1));
        }
        admin.send("/register/entries");
    }

    void send() {
        admin.open("/register");
        admin.send("/sending");
    }
}
