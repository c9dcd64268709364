package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Orders to block access by the API, on two nodes whose clock a test puts forward. */
final class AccessBlocks {
    static final String REASON = "Sample reason of more than twenty characters.";
    private static final List<String> CALLS =
            List.of("Reminder", "Duty contact", "Deputy", "Representative");
    private static final List<String> WARNINGS = List.of("ST1", "ST2", "ST3");
    static final String LAST = "Access block possible";

    private final TestNodes nodes;
    private final String authority;
    private final String platform;
    private final MovedClock clock;

    AccessBlocks(TestNodes nodes, String authority, String platform, MovedClock clock) {
        this.nodes = nodes;
        this.authority = authority;
        this.platform = platform;
        this.clock = clock;
    }

    /** Puts the clock forward, and wakes the timers as a new step would. */
    void pass(Duration time) {
        clock.forward(time);
        wake();
    }

    void wake() {
        for (String bell : List.of("jalur_ladders", "jalur_access")) {
            nodes.bean(authority, JdbcClient.class)
                    .sql("select pg_notify(:bell, '')")
                    .param("bell", bell)
                    .query((_, _) -> true)
                    .list();
        }
    }

    /** A notice that nobody answers until every step is taken. */
    String silence(String url) throws Exception {
        String notice =
                nodes.post(authority, "officer", "/api/notices", ChannelTest.form(platform, url))
                        .body()
                        .at("/notice/id")
                        .asString();
        String path = "/api/notices/" + notice;
        nodes.post(authority, "approver", path + "/approval", Map.of());
        nodes.await(authority, "officer", path, one -> one.hasNonNull("receipt"));
        for (String step : CALLS) {
            nodes.post(
                    authority,
                    "officer",
                    path + "/ladder/stop",
                    Map.of("step", step, "reason", "Sample reason"));
            awaitStep(path, step, "stopped");
        }
        List<String> steps = new ArrayList<>(WARNINGS);
        steps.add(LAST);
        for (String step : steps) {
            for (int i = 0; i < 40 && !state(path, step).equals("announced"); i++) {
                pass(Duration.ofHours(6));
                Thread.sleep(150);
            }
            awaitStep(path, step, "announced");
            nodes.post(authority, "approver", path + "/ladder/approval", Map.of("step", step));
            for (int i = 0; i < 40 && !state(path, step).equals("done"); i++) {
                pass(Duration.ofHours(6));
                Thread.sleep(150);
            }
            awaitStep(path, step, "done");
        }
        return notice;
    }

    private String state(String path, String step) throws Exception {
        return stateOf(nodes.get(authority, "officer", path + "/ladder").body(), step);
    }

    private void awaitStep(String path, String step, String state) throws Exception {
        nodes.await(
                authority, "officer", path + "/ladder", one -> stateOf(one, step).equals(state));
    }

    private static String stateOf(JsonNode ladder, String step) {
        return ladder.path("steps")
                .valueStream()
                .filter(one -> one.path("step").asString().equals(step))
                .map(one -> one.path("state").asString())
                .findFirst()
                .orElse("");
    }

    /** An order that can be approved; three days of notice and an hour to spare. */
    Map<String, Object> form(String reference, List<String> notices) {
        Instant effect = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(73));
        Map<String, Object> form = new HashMap<>();
        form.put("platform", platform);
        form.put("reference", reference);
        form.put("organisation", "Otoritas Contoh");
        form.put("names", List.of(name("t.me", false), name("web.platform.example", false)));
        form.put("notices", notices);
        form.put("legalBasis", Map.of("instrument", "Permenkominfo 5/2020", "article", "7"));
        form.put("scope", Map.of("meant", "web_only", "alsoHits", "Sample words."));
        form.put(
                "conditions",
                List.of(
                        Map.of("type", "contact_answers"),
                        Map.of("type", "other", "words", "Sample condition")));
        form.put("takesEffectAt", effect.toString());
        form.put("reviewAt", effect.plus(Duration.ofDays(6)).toString());
        form.put("endsAt", effect.plus(Duration.ofDays(20)).toString());
        form.put(
                "reasons",
                List.of(
                        reason("t.me", "shared_name"),
                        reason("t.me", "registrable_domain"),
                        reason("t.me", "every_subdomain")));
        return form;
    }

    static Map<String, Object> name(String name, boolean withSubdomains) {
        return Map.of("name", name, "withSubdomains", withSubdomains);
    }

    static Map<String, Object> reason(String name, String concern) {
        return Map.of("name", name, "concern", concern, "reason", REASON);
    }

    TestNodes.Reply draft(Map<String, Object> form) throws Exception {
        return nodes.post(authority, "officer", "/api/access-blocks", form);
    }

    TestNodes.Reply say(String role, String id, String what, Map<String, Object> body)
            throws Exception {
        return nodes.post(authority, role, "/api/access-blocks/" + id + "/" + what, body);
    }

    TestNodes.Reply approve(String role, JsonNode draft) throws Exception {
        return say(
                role,
                id(draft),
                "approval",
                Map.of(
                        "digest",
                        draft.path("digest").asString(),
                        "subdomains",
                        draft.path("names").toString().contains("\"withSubdomains\":true")));
    }

    static String id(JsonNode block) {
        return block.at("/block/id").asString();
    }

    static String state(JsonNode block) {
        return block.at("/block/state").asString();
    }

    /** Approved by two, sent, and announced on both nodes. */
    String send(Map<String, Object> form) throws Exception {
        TestNodes.Reply draft = draft(form);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        for (String role : List.of("approver", "approver.2")) {
            TestNodes.Reply reply = approve(role, draft.body());
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        }
        String id = id(draft.body());
        await(id, one -> state(one).equals("announced"));
        return id;
    }

    JsonNode here(String id) throws Exception {
        return nodes.get(authority, "officer", "/api/access-blocks/" + id).body();
    }

    /** The platform's id of an order. */
    String there(String reference) throws Exception {
        return nodes.get(platform, "reviewer", "/api/access-blocks")
                .body()
                .path("blocks")
                .valueStream()
                .filter(one -> one.path("reference").asString().equals(reference))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElse("");
    }

    /** Until both nodes show what is wanted; they show the same of all else. */
    JsonNode await(String id, Predicate<JsonNode> wanted) throws Exception {
        JsonNode here = nodes.await(authority, "officer", "/api/access-blocks/" + id, wanted);
        String reference = here.at("/block/reference").asString();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (there(reference).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        JsonNode there =
                nodes.await(
                        platform,
                        "reviewer",
                        "/api/access-blocks/" + there(reference),
                        one -> wanted.test(one) && same(one).equals(same(here)));
        assertThat(same(there)).isEqualTo(same(here));
        return here;
    }

    /** What both sides work out by themselves. */
    private static Map<String, String> same(JsonNode block) {
        Map<String, String> told = new HashMap<>();
        for (String member :
                List.of(
                        "state",
                        "inForce",
                        "effectAt",
                        "reviewAt",
                        "endsAt",
                        "promisedLift",
                        "proposal")) {
            told.put(member, block.path("block").path(member).toString());
        }
        for (String member : List.of("order", "digest", "names", "unmet", "drafter", "approvals")) {
            told.put(member, block.path(member).toString());
        }
        told.put(
                "events",
                block.path("events")
                        .valueStream()
                        .filter(one -> one.path("counts").asBoolean())
                        .map(one -> one.path("event").toString())
                        .sorted()
                        .toList()
                        .toString());
        return told;
    }

    /** What resolvers are told to block. */
    List<String> zone() {
        return nodes.bean(authority, JdbcClient.class)
                .sql("select name from zone_names where zone = 'orders' order by name")
                .query((row, _) -> row.getString("name"))
                .list();
    }

    void awaitZone(List<String> names) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!zone().equals(names) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(zone()).isEqualTo(names);
    }
}
