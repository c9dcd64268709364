package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jalur.node.pages.PageController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Every endpoint that the application has, called with every role and with none. */
class EndpointMatrixTest {
    private static final String AUTHORITY = "otoritas-matriks";
    private static final String PLATFORM = "platform-matriks";
    private static final String OFFICER = "officer";
    private static final String APPROVER = "approver";
    private static final String REVIEWER = "reviewer";
    private static final String SENIOR = "senior-reviewer";
    private static final String ADMIN = "admin";
    private static final String AUDITOR = "auditor";
    private static final String CONNECTOR = "connector";
    static final String EVERYBODY = "everybody";
    private static final String SIGNATORY = "signatory";
    private static final Set<String> READS_BLOCKS =
            Set.of(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR);
    private static final String RESOLVER = "resolver";
    private static final Set<String> SEES_ZONES = Set.of(OFFICER, APPROVER, ADMIN, AUDITOR);
    private static final Set<String> READERS =
            Set.of(OFFICER, APPROVER, REVIEWER, SENIOR, SIGNATORY, ADMIN, AUDITOR);

    /** Who may call what, written down a second time on purpose. */
    static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry("POST /api/notices", Set.of(OFFICER)),
                    Map.entry("PUT /api/notices/{id}", Set.of(OFFICER)),
                    Map.entry("POST /api/notices/{id}/approval", Set.of(APPROVER)),
                    Map.entry("POST /api/notices/{id}/withdrawal", Set.of(APPROVER)),
                    Map.entry("POST /api/notices/{id}/withdrawal/sign-off", Set.of(APPROVER)),
                    Map.entry(
                            "GET /api/notices/{id}/withdrawal/draft-file",
                            Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry(
                            "GET /api/notices/{id}/renewals/draft-file",
                            Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("GET /api/access-blocks/{id}/draft-file", READS_BLOCKS),
                    Map.entry("POST /api/access-blocks/{id}/sign-off", Set.of(APPROVER)),
                    Map.entry("POST /api/notices/{id}/erasure", Set.of(APPROVER)),
                    Map.entry("POST /api/cases/{id}/erasure", Set.of(SENIOR)),
                    Map.entry("GET /api/notices/{id}/evidence", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("GET /api/cases/{id}/evidence", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("POST /api/notices/{id}/clarifications", Set.of(OFFICER)),
                    Map.entry("POST /api/notices/{id}/renewals", Set.of(OFFICER)),
                    Map.entry(
                            "POST /api/notices/{id}/renewals/{renewal}/approval", Set.of(APPROVER)),
                    Map.entry("POST /api/notices/{id}/renewals/{renewal}/removal", Set.of(OFFICER)),
                    Map.entry("POST /api/notes", Set.of(OFFICER)),
                    Map.entry("POST /api/notes/{id}/approval", Set.of(APPROVER)),
                    Map.entry("POST /api/notes/{id}/end", Set.of(APPROVER)),
                    Map.entry("POST /api/notes/{id}/erasure", Set.of(APPROVER, SENIOR)),
                    Map.entry(
                            "GET /api/notes", Set.of(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("GET /api/appeals", READS_BLOCKS),
                    Map.entry("GET /api/appeals/{id}", READS_BLOCKS),
                    Map.entry("POST /api/appeals", Set.of(CONNECTOR)),
                    Map.entry("POST /api/appeals/{id}/claim", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/appeals/{id}/release", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/appeals/{id}/decision", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/notices/{id}/remarks", Set.of(OFFICER, APPROVER)),
                    Map.entry("GET /api/notices/{id}/dialogue", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry(
                            "GET /api/notices/{id}/dialogue/files/{leaf}",
                            Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("POST /api/cases/{id}/questions", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/cases/{id}/remarks", Set.of(REVIEWER, SENIOR)),
                    Map.entry("GET /api/cases/{id}/dialogue", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry(
                            "GET /api/cases/{id}/dialogue/files/{leaf}",
                            Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("GET /api/notices/{id}", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("GET /api/notices/{id}/ladder", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("POST /api/notices/{id}/ladder/approval", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/notices/{id}/ladder/stop", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/notices/{id}/ladder/call", Set.of(OFFICER, APPROVER)),
                    Map.entry("GET /api/cases/{id}/ladder", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry(
                            "GET /api/clocks",
                            Set.of(OFFICER, APPROVER, REVIEWER, SENIOR, AUDITOR)),
                    Map.entry(
                            "GET /api/scorecard",
                            Set.of(OFFICER, APPROVER, REVIEWER, SENIOR, SIGNATORY, AUDITOR)),
                    Map.entry(
                            "GET /api/scorecard/file",
                            Set.of(OFFICER, APPROVER, REVIEWER, SENIOR, SIGNATORY, AUDITOR)),
                    Map.entry("GET /api/notices", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("GET /api/cases", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("GET /api/cases/{id}", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("POST /api/cases/{id}/claim", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/cases/next/claim", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/cases/{id}/release", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/cases/{id}/decisions", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/cases/{id}/interim", Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /api/cases/{id}/interim/end", Set.of(REVIEWER, SENIOR)),
                    Map.entry(
                            "POST /api/cases/{id}/unconfirmed/{decision}/confirmation",
                            Set.of(REVIEWER, SENIOR)),
                    Map.entry(
                            "POST /api/cases/{id}/unconfirmed/{decision}/return",
                            Set.of(REVIEWER, SENIOR)),
                    Map.entry("POST /screen", Set.of(CONNECTOR)),
                    Map.entry("POST /screen/batch", Set.of(CONNECTOR)),
                    Map.entry("POST /screen/stream", Set.of(CONNECTOR)),
                    Map.entry("GET /api/lists", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("GET /api/lists/{id}/entries", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("POST /api/lists/{id}/entries", Set.of(SENIOR)),
                    Map.entry("DELETE /api/lists/{id}/entries/{entry}", Set.of(SENIOR)),
                    Map.entry("POST /api/lists/{id}/imports", Set.of(SENIOR)),
                    Map.entry(
                            "GET /api/lists/{id}/imports/{no}", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("POST /api/lists/{id}/imports/{no}/undo", Set.of(SENIOR)),
                    Map.entry("GET /api/screening/hits", Set.of(REVIEWER, SENIOR, AUDITOR)),
                    Map.entry("POST /api/screening/hits/{no}/review", Set.of(REVIEWER, SENIOR)),
                    Map.entry("GET /api/screening/reopened", Set.of(CONNECTOR, REVIEWER, SENIOR)),
                    Map.entry("GET /api/access-blocks", READS_BLOCKS),
                    Map.entry("GET /api/access-blocks/{id}", READS_BLOCKS),
                    Map.entry("GET /api/access-blocks/{id}/evidence", READS_BLOCKS),
                    Map.entry("POST /api/access-blocks", Set.of(OFFICER)),
                    Map.entry("POST /api/access-blocks/{id}/removal", Set.of(OFFICER)),
                    Map.entry("POST /api/access-blocks/{id}/approval", Set.of(APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/attempt", Set.of(APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/withdrawal", Set.of(APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/renewal", Set.of(APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/promise", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/conditions", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/lift", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/access-blocks/{id}/answers", Set.of(SENIOR)),
                    Map.entry("GET /api/access-blocks/{id}/ladders", READS_BLOCKS),
                    Map.entry(
                            "POST /api/access-blocks/{id}/ladders/{lift}/approval",
                            Set.of(REVIEWER, SENIOR)),
                    Map.entry(
                            "POST /api/access-blocks/{id}/ladders/{lift}/stop",
                            Set.of(REVIEWER, SENIOR)),
                    Map.entry(
                            "POST /api/access-blocks/{id}/ladders/{lift}/call",
                            Set.of(REVIEWER, SENIOR)),
                    Map.entry("GET /api/agreements", READERS),
                    Map.entry("GET /api/agreements/{peer}/{id}", READERS),
                    Map.entry("GET /api/agreements/{peer}/{id}/text", READERS),
                    Map.entry("POST /api/agreements/{peer}", Set.of(SIGNATORY)),
                    Map.entry("POST /api/agreements/{peer}/{id}/comments", Set.of(SIGNATORY)),
                    Map.entry("POST /api/agreements/{peer}/{id}/signature", Set.of(SIGNATORY)),
                    Map.entry("POST /api/agreements/{peer}/{id}/termination", Set.of(SIGNATORY)),
                    Map.entry("GET /api/accounts", Set.of(ADMIN)),
                    Map.entry("POST /api/accounts", Set.of(ADMIN)),
                    Map.entry("PUT /api/accounts/{id}/organisations", Set.of(ADMIN)),
                    Map.entry("GET /api/tokens", Set.of(ADMIN)),
                    Map.entry("POST /api/tokens", Set.of(ADMIN)),
                    Map.entry("DELETE /api/tokens/{id}", Set.of(ADMIN)),
                    Map.entry(
                            "GET /api/access-blocks/{id}/measured",
                            Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("POST /api/access-blocks/{id}/closures", Set.of(APPROVER)),
                    Map.entry("GET /api/resolvers", SEES_ZONES),
                    Map.entry("POST /api/resolvers", Set.of(OFFICER, APPROVER, ADMIN)),
                    Map.entry("POST /api/resolvers/{id}", Set.of(OFFICER, APPROVER, ADMIN)),
                    Map.entry("POST /api/resolvers/{id}/confirmation", Set.of(ADMIN)),
                    Map.entry("POST /api/resolvers/{id}/removal", Set.of(APPROVER, ADMIN)),
                    Map.entry("POST /api/outside-readings", Set.of(OFFICER, APPROVER, ADMIN)),
                    Map.entry("GET /api/probes", SEES_ZONES),
                    Map.entry("POST /api/probes", Set.of(ADMIN)),
                    Map.entry("POST /api/probes/{id}/removal", Set.of(ADMIN)),
                    Map.entry("POST /probe/tasks", Set.of(EVERYBODY)),
                    Map.entry("POST /probe/results", Set.of(EVERYBODY)),
                    Map.entry("POST /api/objections", Set.of(EVERYBODY)),
                    Map.entry("GET /api/objections/answer", Set.of(EVERYBODY)),
                    Map.entry("GET /api/objections", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("GET /api/objections/{id}", Set.of(OFFICER, APPROVER, AUDITOR)),
                    Map.entry("POST /api/objections/{id}/claim", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/objections/{id}/release", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/objections/{id}/answer", Set.of(OFFICER, APPROVER)),
                    Map.entry("POST /api/objections/{id}/agreement", Set.of(OFFICER, APPROVER)),
                    Map.entry("GET /api/zones", SEES_ZONES),
                    Map.entry(
                            "GET /api/zones/orders/exports/{name}",
                            Set.of(OFFICER, APPROVER, ADMIN, AUDITOR, RESOLVER)),
                    Map.entry("POST /api/zones/list/imports", Set.of(OFFICER)),
                    Map.entry("GET /api/zones/list/imports/{no}", SEES_ZONES),
                    Map.entry("POST /api/zones/list/imports/{no}/approval", Set.of(APPROVER)),
                    Map.entry("POST /api/zones/list/imports/{no}/refusal", Set.of(APPROVER)),
                    Map.entry("GET /actuator/prometheus", Set.of(ADMIN)),
                    Map.entry("GET /actuator/info", Set.of(ADMIN)),
                    Map.entry("GET /actuator/health", Set.of(EVERYBODY)),
                    Map.entry("GET /actuator/health/**", Set.of(EVERYBODY)),
                    Map.entry("GET /api/public/blocks", Set.of(EVERYBODY)),
                    Map.entry("GET /api/public/blocks/{id}", Set.of(EVERYBODY)),
                    Map.entry("GET /openapi", Set.of(EVERYBODY)),
                    Map.entry("GET /openapi.yaml", Set.of()),
                    Map.entry("GET /actuator", Set.of()),
                    Map.entry("POST /channel/messages", Set.of(EVERYBODY)),
                    Map.entry("POST /channel/parts", Set.of(EVERYBODY)),
                    Map.entry("POST /channel/parts/fetch", Set.of(EVERYBODY)),
                    Map.entry("POST /channel/pull", Set.of(EVERYBODY)),
                    Map.entry("POST /channel/history", Set.of(EVERYBODY)),
                    Map.entry("POST /channel/receipts", Set.of(EVERYBODY)),
                    Map.entry("POST /channel/errands", Set.of(EVERYBODY)),
                    Map.entry("GET /journal/checkpoint", Set.of(EVERYBODY)),
                    Map.entry("GET /journal/tile/**", Set.of(EVERYBODY)),
                    Map.entry("POST /witness/add-checkpoint", Set.of(EVERYBODY)),
                    Map.entry("GET /witness/{id}/checkpoint", Set.of(EVERYBODY)),
                    Map.entry("POST /witness/conflicts", Set.of(EVERYBODY)));

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    /** Method and pattern of each route of the API. */
    private static Set<String> routes(String party) {
        Set<String> routes = new TreeSet<>();
        for (var mapping :
                nodes.context(party).getBeansOfType(RequestMappingHandlerMapping.class).values()) {
            mapping.getHandlerMethods()
                    .forEach((route, handler) -> {
                        if (handler.getBeanType().isAnnotationPresent(PageController.class)) {
                            return; // See PageMatrixTest.
                        }
                        for (String pattern : route.getPatternValues()) {
                            var methods = route.getMethodsCondition().getMethods();
                            assertThat(methods).as("methods of " + pattern).isNotEmpty();
                            methods.forEach(method -> routes.add(method + " " + pattern));
                        }
                    });
        }
        return routes;
    }

    @Test
    void everyRouteStandsInTheMatrix() {
        Set<String> routes = new TreeSet<>(routes(AUTHORITY));
        routes.addAll(routes(PLATFORM));
        routes.addAll(
                List.of(
                        "GET /actuator",
                        "GET /actuator/health",
                        "GET /actuator/health/**",
                        "GET /actuator/info",
                        "GET /actuator/prometheus"));

        assertThat(routes).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    @Test
    void authorityLetsInNobodyElse() throws Exception {
        assertMatrix(
                AUTHORITY, List.of("", OFFICER, APPROVER, SIGNATORY, ADMIN, AUDITOR, RESOLVER));
    }

    @Test
    void platformLetsInNobodyElse() throws Exception {
        assertMatrix(PLATFORM, List.of("", REVIEWER, SENIOR, SIGNATORY, ADMIN, AUDITOR, CONNECTOR));
    }

    private static void assertMatrix(String party, List<String> roles) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String route : ALLOWED.keySet()) {
            if (route.contains("/channel/") || route.contains(" /probe/")) {
                continue; // Open to the world: signatures decide there, see HostileChannelTest.
            }
            for (String role : roles) {
                int status = status(party, role, route);
                Set<String> allowed = Optional.ofNullable(ALLOWED.get(route)).orElseThrow();
                boolean may = allowed.contains(EVERYBODY) || allowed.contains(role);
                boolean refused = status == 401 || status == 403;
                boolean right = may ? !refused : status == (role.isEmpty() ? 401 : 403);
                if (!right) {
                    wrong.add("%s as \"%s\": %d".formatted(route, role, status));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static int status(String party, String role, String route) throws Exception {
        String[] parts = route.split(" ");
        return nodes.callRaw(
                party, role, parts[0], path(route), parts[0].equals("GET") ? "" : "{}");
    }

    /** Of a route, with something in the place of each variable. */
    static String path(String route) {
        return route.split(" ")[1]
                .replace("{id}", UUID.randomUUID().toString())
                .replace("{decision}", UUID.randomUUID().toString())
                .replace("{lift}", UUID.randomUUID().toString())
                .replace("{renewal}", UUID.randomUUID().toString())
                .replace("{entry}", UUID.randomUUID().toString())
                .replace("{peer}", "pihak-lain")
                .replace("{name}", "names.txt")
                .replace("{no}", "1")
                .replace("{leaf}", "0")
                .replace("**", "liveness");
    }

    @Test
    void unknownPathsAreDeniedToEverybody() throws Exception {
        for (String role : List.of(OFFICER, APPROVER, ADMIN, AUDITOR)) {
            assertThat(nodes.callRaw(AUTHORITY, role, "GET", "/api/unheard-of", "")).isEqualTo(403);
        }
        assertThat(nodes.callRaw(AUTHORITY, "", "GET", "/api/unheard-of", "")).isEqualTo(401);
    }

    @Test
    void revokedTokenOpensNothing() throws Exception {
        JsonNode made =
                nodes.post(
                                AUTHORITY,
                                ADMIN,
                                "/api/accounts",
                                Map.of("name", "Sample Person", "role", "auditor"))
                        .body();
        JsonNode token =
                nodes.post(
                                AUTHORITY,
                                ADMIN,
                                "/api/tokens",
                                Map.of(
                                        "account",
                                        made.path("id").asString(),
                                        "label",
                                        "sample laptop"))
                        .body();
        String secret = token.path("token").asString();
        assertThat(nodes.withToken(AUTHORITY, secret, "/api/notices")).isEqualTo(200);

        nodes.call(
                AUTHORITY,
                ADMIN,
                "DELETE",
                "/api/tokens/" + tokenId("sample laptop"),
                Optional.empty(),
                Optional.empty());

        assertThat(nodes.withToken(AUTHORITY, secret, "/api/notices")).isEqualTo(401);
    }

    private static String tokenId(String label) throws Exception {
        return nodes.get(AUTHORITY, ADMIN, "/api/tokens")
                .body()
                .valueStream()
                .filter(token -> token.path("label").asString().equals(label))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    @Test
    void openApiDescribesEveryCallOfPeople() throws Exception {
        assertThat(described(AUTHORITY))
                .contains("/api/notices", "/api/notices/{id}/approval", "/api/tokens");
        assertThat(described(PLATFORM))
                .contains("/api/cases", "/api/cases/{id}/decisions", "/screen", "/api/tokens");
    }

    private static Set<String> described(String party) throws Exception {
        return Set.copyOf(nodes.get(party, "", "/openapi").body().path("paths").propertyNames());
    }

    @Test
    void operatorsSeeHealthAndMetrics() throws Exception {
        assertThat(nodes.get(AUTHORITY, "", "/actuator/health").body().path("status").asString())
                .isEqualTo("UP");
        assertThat(nodes.text(AUTHORITY, ADMIN, "/actuator/prometheus"))
                .contains("http_server_requests", "jvm_memory_used_bytes", "hikaricp_connections");
    }
}
