package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A notice that the platform has received, from both sides. */
record Filing(TestNodes nodes, String authority, String platform, String notice, String theCase) {
    /**
     * @param more what differs from the usual form
     */
    static Filing of(TestNodes nodes, String authority, String platform, Map<String, Object> more)
            throws Exception {
        Map<String, Object> form =
                new HashMap<>(ChannelTest.form(platform, "https://social.example/w/1"));
        form.putAll(more);
        JsonNode draft = nodes.post(authority, "officer", "/api/notices", form).body();
        assertThat(draft.at("/notice/id").asString("")).as(draft.toString()).isNotEmpty();
        String notice = draft.at("/notice/id").asString();
        nodes.post(authority, "approver", "/api/notices/" + notice + "/approval", Map.of());
        nodes.await(
                authority, "officer", "/api/notices/" + notice, one -> one.hasNonNull("receipt"));
        return new Filing(nodes, authority, platform, notice, caseOf(nodes, platform, notice));
    }

    private static String caseOf(TestNodes nodes, String platform, String notice) {
        return nodes.bean(platform, JdbcClient.class)
                .sql("select id from cases where notice_id = :notice")
                .param("notice", UUID.fromString(notice))
                .query(UUID.class)
                .single()
                .toString();
    }

    TestNodes.Reply claim(String role) throws Exception {
        return nodes.post(platform, role, "/api/cases/" + theCase + "/claim", Map.of());
    }

    TestNodes.Reply decide(String role, Map<String, Object> group) throws Exception {
        Map<String, Object> whole = new HashMap<>(group);
        whole.put("policy", "Sample rule 1");
        whole.putIfAbsent("reason", "Sample reason.");
        return nodes.post(
                platform,
                role,
                "/api/cases/" + theCase + "/decisions",
                Map.of("decisions", List.of(whole)));
    }

    TestNodes.Reply say(String role, String what, Object body) throws Exception {
        return nodes.post(platform, role, "/api/cases/" + theCase + "/" + what, body);
    }

    JsonNode here() throws Exception {
        return nodes.get(platform, "reviewer", "/api/cases/" + theCase).body();
    }

    JsonNode there() throws Exception {
        return nodes.get(authority, "officer", "/api/notices/" + notice).body();
    }

    /** Until the authority's page of the notice says so. */
    JsonNode await(String pointer, String value) throws Exception {
        return nodes.await(
                authority,
                "officer",
                "/api/notices/" + notice,
                one -> one.at(pointer).asString("").equals(value));
    }
}
