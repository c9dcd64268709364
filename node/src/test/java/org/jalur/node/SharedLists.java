package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jalur.node.screening.Entries;
import org.jalur.node.screening.EntryRow;
import org.jsoup.Jsoup;

/** What officers and approvers do with lists, and what a platform then has. */
record SharedLists(TestNodes nodes, String authority, String platform) {
    static final String HEAD = "kind,value,id,label,description,countries,deleted\n";

    static void await(BooleanSupplier done) {
        Instant limit = Instant.now().plusSeconds(30);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("time is up").isBefore(limit);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** What an officer types, with nothing wrong in it. */
    Map<String, String> form(String list) {
        var form = new LinkedHashMap<String, String>();
        form.put("platform", platform);
        form.put("category", "terrorism");
        form.put("listId", list);
        form.put("listName", "Sample list " + list);
        form.put("listReason", "Sample reason of " + list);
        return form;
    }

    HttpResponse<String> draw(PageVisitor officer, Map<String, String> form, String csv)
            throws Exception {
        return new Multipart(form, "listFile", "sample.csv", csv.getBytes(UTF_8))
                .send(officer, nodes.url(authority) + "/sent-lists");
    }

    /** A draft of what the file says. */
    UUID draft(PageVisitor officer, String list, String csv) throws Exception {
        HttpResponse<String> answer = draw(officer, form(list), csv);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        String page = PageVisitor.redirect(answer).replaceAll(".*/sent-lists/|\\?.*", "");
        return UUID.fromString(page);
    }

    /** Approves what the page shows. */
    HttpResponse<String> approve(PageVisitor approver, UUID draft) throws Exception {
        String root =
                Jsoup.parse(approver.get("/sent-lists/" + draft).body()).select("#root").text();
        return approver.post("/sent-lists/" + draft + "/approval", Map.of("root", root));
    }

    UUID send(PageVisitor officer, PageVisitor approver, String list, String csv) throws Exception {
        UUID draft = draft(officer, list, csv);
        assertThat(approve(approver, draft).statusCode()).isEqualTo(302);
        await(() -> page(officer, draft).contains("delivered"));
        return draft;
    }

    static String page(PageVisitor visitor, UUID list) {
        try {
            return visitor.get("/sent-lists/" + list).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** How the platform calls it. */
    String there(String list) {
        return authority + "." + list;
    }

    List<EntryRow> entries(String list) {
        return nodes.bean(platform, Entries.class).of(there(list), "", Optional.empty(), 100);
    }

    List<String> values(String list) {
        return entries(list).stream().map(EntryRow::value).sorted().toList();
    }
}
