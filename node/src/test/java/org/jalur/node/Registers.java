package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps a party's register by its pages, as its admin does. */
record Registers(TestNodes nodes, String party, PageVisitor admin) {
    /** A duty desk under the name that notices give, with one person who is always on duty. */
    static final String PERSON = "Sample Duty Person";

    UUID add(String kind, Map<String, String> typed) throws Exception {
        var form = new LinkedHashMap<String, String>();
        form.put("kind", kind);
        form.put("owner", owner());
        form.put("validUntil", "2099-12-31");
        form.putAll(typed);
        var answer = admin.post("/register/entries", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return database()
                .sql("select entry from register_changes order by id desc limit 1")
                .query(UUID.class)
                .single();
    }

    /** The account that the form proposes: whoever fills it in. */
    String owner() throws Exception {
        return Jsoup.parse(admin.get("/register/entries/new").body())
                .select("#owner option[selected]")
                .attr("value");
    }

    UUID organisation(String name) throws Exception {
        return add("organisation", Map.of("name", name, "country", "id", "phones", "021-5550100"));
    }

    UUID contact(UUID organisation, String name, Map<String, String> more) throws Exception {
        var typed = new LinkedHashMap<String, String>();
        typed.put("belongsTo", organisation.toString());
        typed.put("name", name);
        typed.put("role", "duty officer");
        typed.put("phones", "+62 21 5550101");
        typed.put("email", "duty@authority.example");
        typed.put("languages", "id, en");
        typed.put("zone", "Asia/Jakarta");
        for (int day = 1; day <= 7; day++) {
            typed.put("duty" + day, "00:00-24:00");
        }
        typed.putAll(more);
        return add("contact", typed);
    }

    /** Sends what changed, and waits until the other side has it. */
    void send(PageVisitor there, String shown) throws Exception {
        assertThat(admin.post("/register/sending", Map.of()).statusCode()).isEqualTo(302);
        SharedLists.await(() -> page(there, "/register/parties/" + party).text().contains(shown));
    }

    static Document page(PageVisitor visitor, String path) {
        try {
            var answer = visitor.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as("texts of " + path).doesNotContain("??");
            return Jsoup.parse(answer.body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    JdbcClient database() {
        return nodes.bean(party, JdbcClient.class);
    }
}
