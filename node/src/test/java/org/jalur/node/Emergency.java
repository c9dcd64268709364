package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An emergency of normal urgency that the platform has received.
 *
 * @param desk the organisation's entry, whose number is called
 */
record Emergency(
        TestNodes nodes, String authority, String platform, UUID desk, UUID notice, UUID theCase) {
    static Emergency file(TestNodes nodes, String authority, String platform, UUID desk)
            throws Exception {
        Map<String, Object> form =
                new HashMap<>(ChannelTest.form(platform, "https://social.example/e/1"));
        form.put("kind", "emergency");
        form.put("urgency", "normal");
        String id =
                nodes.post(authority, "officer", "/api/notices", form)
                        .body()
                        .at("/notice/id")
                        .asString();
        nodes.post(authority, "approver", "/api/notices/" + id + "/approval", Map.of());
        nodes.await(authority, "officer", "/api/notices/" + id, one -> one.hasNonNull("receipt"));
        UUID notice = UUID.fromString(id);
        UUID theCase =
                nodes.bean(platform, JdbcClient.class)
                        .sql("select id from cases where notice_id = :notice")
                        .param("notice", notice)
                        .query(UUID.class)
                        .single();
        return new Emergency(nodes, authority, platform, desk, notice, theCase);
    }

    Instant dueHere() {
        return time(platform, "select due_at from cases where id = :id", theCase);
    }

    Instant dueThere() {
        return time(authority, "select due_at from notices where id = :id", notice);
    }

    Instant receivedAt() {
        return time(platform, "select received_at from cases where id = :id", theCase);
    }

    Instant confirmedAt() {
        return time(platform, "select confirmed_at from emergencies where subject = :id", theCase);
    }

    private Instant time(String party, String sql, UUID id) {
        return nodes.bean(party, JdbcClient.class)
                .sql(sql)
                .param("id", id)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }

    String calls() {
        return "/cases/" + theCase + "/call-backs";
    }

    String answers() {
        return "/notices/" + notice + "/call-backs";
    }

    /** What the reviewer types, with the registered number of the desk. */
    Map<String, String> call(String outcome) {
        var now = LocalDateTime.now(ZoneId.of("Asia/Jakarta")).truncatedTo(ChronoUnit.MINUTES);
        return Map.of(
                "callNumber",
                desk + " +62215550100",
                "spokeWith",
                "Sample Switchboard",
                "callDay",
                now.toLocalDate().toString(),
                "callTime",
                now.toLocalTime().toString(),
                "callOutcome",
                outcome);
    }

    void record(PageVisitor reviewer, String outcome) throws Exception {
        var answer = reviewer.post(calls(), call(outcome));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    }

    /** The authority's answer to the newest call. */
    void answer(PageVisitor officer, String took) throws Exception {
        SharedLists.await(
                () -> !Registers.page(officer, answers()).select("button[name=took]").isEmpty());
        String action =
                Registers.page(officer, answers())
                        .select("form[action*=call-backs]")
                        .attr("action");
        assertThat(officer.post(action, Map.of("took", "maybe")).statusCode()).isEqualTo(422);
        assertThat(officer.post(action, Map.of("took", took)).statusCode()).isEqualTo(302);
        assertThat(officer.post(action, Map.of("took", took)).statusCode()).isEqualTo(409);
    }
}
