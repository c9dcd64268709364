package org.jalur.browser;

import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Notices filed and cases decided by API, where a test is about what comes before or after. */
record Filing(RunningDemo demo) {
    /** A drawing of two circles. */
    private static final String PICTURE = Picture.png();

    /** A draft with a letter and items, the first with a picture and on the sample platform. */
    String draft(String reference, String urgency, int items) throws Exception {
        return post("authority", "officer", "/api/notices", form(reference, urgency, items))
                .at("/notice/id")
                .asString();
    }

    /** A draft that claims an emergency. */
    String emergency(String reference) throws Exception {
        String form = form(reference, "urgent", 1).replace("\"order\"", "\"emergency\"");
        return post("authority", "officer", "/api/notices", form).at("/notice/id").asString();
    }

    /** The case of an urgent notice about a post and an account, which two reviewers decide. */
    String withAccount(String reference) throws Exception {
        String form =
                form(reference, "urgent", 2)
                        .replaceFirst(
                                "\\{\"url\":\"(https://social.example/sample-channel)/posts/2",
                                "{\"kind\":\"account\",\"url\":\"$1");
        String notice =
                post("authority", "officer", "/api/notices", form).at("/notice/id").asString();
        approve(notice);
        return caseOf(notice);
    }

    String form(String reference, String urgency, int items) throws Exception {
        String text = "Sample post of " + reference;
        String url = demo.post("sample-channel", text);
        String more =
                IntStream.rangeClosed(2, items)
                        .mapToObj(no ->
                                ",{\"url\":\"https://social.example/sample-channel/posts/%d?of=%s\",\"text\":\"Sample post %d\"}"
                                        .formatted(no, UUID.randomUUID(), no))
                        .collect(Collectors.joining());
        return """
        {"kind":"order","urgency":"%s","category":"terrorism",
         "legalBasis":{"instrument":"Permenkominfo 5/2020","article":"14"},
         "issuingBody":{"name":"Sample Ministry","type":"ministry"},"organisation":"Otoritas Contoh",
         "letter":{"number":"S-12/2026","date":"2026-11-20","file":"letter.png"},
         "reference":"%s","reasons":"Sample reasons: made up, and harmless.","language":"en",
         "redress":"Objection to the sample authority within 14 days.","contact":"desk@otoritas-contoh.example",
         "items":[{"url":"%s","text":"%s","files":["sample.png"]}%s],
         "files":[{"name":"sample.png","data":"%s"},{"name":"letter.png","data":"%s"}]}\
        """
                .formatted(urgency, reference, url, text, more, PICTURE, PICTURE);
    }

    void approve(String notice) throws Exception {
        post("authority", "approver", "/api/notices/" + notice + "/approval", "");
    }

    /** Files and approves; answers the case. */
    String sent(String reference, int items) throws Exception {
        String notice = draft(reference, "urgent", items);
        approve(notice);
        return caseOf(notice);
    }

    String caseOf(String notice) throws Exception {
        for (int i = 0; i < 100; i++) {
            for (JsonNode one :
                    demo.call("platform", "reviewer", "GET", "/api/cases?limit=500", "")
                            .path("cases")) {
                if (one.path("notice").asString().equals(notice)) {
                    return one.path("id").asString();
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("no case for " + notice);
    }

    void claim(String one) throws Exception {
        post("platform", "reviewer", "/api/cases/" + one + "/claim", "");
    }

    /**
     * @param decision for example {@code "outcome":"blocked"}
     */
    void decide(String one, String decision) throws Exception {
        post(
                "platform",
                "reviewer",
                "/api/cases/" + one + "/decisions",
                "{\"decisions\":[{%s,\"policy\":\"Sample rule\"}]}".formatted(decision));
    }

    JsonNode post(String side, String role, String path, String body) throws Exception {
        return demo.call(side, role, "POST", path, body);
    }
}
