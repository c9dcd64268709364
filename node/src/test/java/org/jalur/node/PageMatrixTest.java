package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.PageController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every page of both kinds of node, asked for in every role and in none. */
class PageMatrixTest {
    private static final String AUTHORITY = "otoritas-halaman";
    private static final String PLATFORM = "platform-halaman";
    private static final List<Role> AUTHORITY_ROLES =
            List.of(Role.OFFICER, Role.APPROVER, Role.SIGNATORY, Role.ADMIN, Role.AUDITOR);
    private static final List<Role> PLATFORM_ROLES =
            List.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.SIGNATORY, Role.ADMIN, Role.AUDITOR);
    private static final Set<Role> ALL = Set.of(Role.values());
    private static final Set<Role> OFFICER = Set.of(Role.OFFICER);
    private static final Set<Role> APPROVER = Set.of(Role.APPROVER);
    private static final Set<Role> READS_NOTICES =
            Set.of(Role.OFFICER, Role.APPROVER, Role.AUDITOR);
    private static final Set<Role> FILES = Set.of(Role.OFFICER, Role.APPROVER);
    private static final Set<Role> SEES_CLOCKS =
            Set.of(Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.SENIOR_REVIEWER, Role.AUDITOR);
    private static final Set<Role> SEES_SCORECARDS =
            Set.of(
                    Role.OFFICER,
                    Role.APPROVER,
                    Role.REVIEWER,
                    Role.SENIOR_REVIEWER,
                    Role.SIGNATORY,
                    Role.AUDITOR);
    private static final Set<Role> SEES_ZONES =
            Set.of(Role.OFFICER, Role.APPROVER, Role.ADMIN, Role.AUDITOR);
    private static final Set<Role> WRITES_RESOLVERS =
            Set.of(Role.OFFICER, Role.APPROVER, Role.ADMIN);
    private static final Set<Role> REVIEWS = Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER);
    private static final Set<Role> READS_CASES =
            Set.of(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.AUDITOR);
    private static final Set<Role> ADMIN = Set.of(Role.ADMIN);
    private static final Set<Role> SIGNATORY = Set.of(Role.SIGNATORY);
    private static final Set<Role> SENIOR = Set.of(Role.SENIOR_REVIEWER);
    private static final Set<Role> ERASES_NOTES = Set.of(Role.APPROVER, Role.SENIOR_REVIEWER);
    private static final Set<Role> SETS_ON_CALL = Set.of(Role.ADMIN, Role.SENIOR_REVIEWER);
    private static final Set<Role> HANDS_OVER =
            Set.of(Role.ADMIN, Role.SENIOR_REVIEWER, Role.OFFICER, Role.APPROVER, Role.REVIEWER);

    private static final Set<Role> NOT_AUDITOR =
            Set.of(Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.SENIOR_REVIEWER, Role.ADMIN);

    /** Open to the world. */
    private static final Set<String> OPEN =
            Set.of(
                    "GET /sign-in",
                    "GET /language",
                    "GET /blocks",
                    "GET /blocks/{id}",
                    "GET /blocks/file",
                    "GET /blocks/feed",
                    "GET /blocks/{id}/evidence",
                    "GET /blocks/{id}/blocked",
                    "GET /blocked",
                    "GET /blocked/{name}",
                    "GET /blocks/{id}/objection",
                    "POST /blocks/{id}/objection",
                    "GET /objection-answers/{secret}",
                    "GET /appeal/{secret}",
                    "POST /appeal/{secret}");

    /** Who may see and do what, written down a second time on purpose. */
    private static final Map<String, Set<Role>> ALLOWED =
            Map.ofEntries(
                    Map.entry("GET /sign-in", ALL),
                    Map.entry("GET /language", ALL),
                    Map.entry("GET /", ALL),
                    Map.entry("GET /resume", ALL),
                    Map.entry("POST /resume", ALL),
                    Map.entry("GET /settings", ALL),
                    Map.entry("GET /journal", ALL),
                    Map.entry("GET /journal/conflicts/{id}", ALL),
                    Map.entry("POST /settings/zone", ALL),
                    Map.entry("POST /settings/password", ALL),
                    Map.entry("POST /settings/sessions", ALL),
                    Map.entry("POST /settings/sessions/others", ALL),
                    Map.entry("GET /notifications", ALL),
                    Map.entry("POST /notifications/seen", ALL),
                    Map.entry("POST /notifications/{id}/seen", ALL),
                    Map.entry("GET /notifications/settings", ALL),
                    Map.entry("POST /notifications/settings", ALL),
                    Map.entry("POST /notifications/addresses", ALL),
                    Map.entry("POST /notifications/addresses/{id}/code", ALL),
                    Map.entry("POST /notifications/addresses/{id}/confirmation", ALL),
                    Map.entry("POST /notifications/addresses/{id}/kinds", ALL),
                    Map.entry("POST /notifications/addresses/{id}/test", ALL),
                    Map.entry("POST /notifications/addresses/{id}/removal", ALL),
                    Map.entry("GET /notifications/outbox", ADMIN),
                    Map.entry("POST /notifications/outbox/{id}/retry", ADMIN),
                    Map.entry("POST /notifications/outbox/{id}/abandonment", ADMIN),
                    Map.entry("GET /on-call", ALL),
                    Map.entry("POST /on-call", SETS_ON_CALL),
                    Map.entry("POST /on-call/stand-ins", SETS_ON_CALL),
                    Map.entry("POST /on-call/stand-ins/{no}/end", SETS_ON_CALL),
                    Map.entry("POST /on-call/handover", HANDS_OVER),
                    Map.entry("GET /agreements", ALL),
                    Map.entry("GET /agreements/{peer}/{id}", ALL),
                    Map.entry("GET /agreements/{peer}/{id}/pdf", ALL),
                    Map.entry("GET /agreement-templates/{name}", ALL),
                    Map.entry("GET /agreements/{peer}/proposal", SIGNATORY),
                    Map.entry("POST /agreements/{peer}/proposal", SIGNATORY),
                    Map.entry("POST /agreements/{peer}/{id}/comments", SIGNATORY),
                    Map.entry("POST /agreements/{peer}/{id}/signature", SIGNATORY),
                    Map.entry("POST /agreements/{peer}/{id}/termination", SIGNATORY),
                    Map.entry("GET /accounts", ADMIN),
                    Map.entry("GET /keys", ADMIN),
                    Map.entry("GET /keys/request", ADMIN),
                    Map.entry("POST /keys/preparation", ADMIN),
                    Map.entry("POST /keys/statement", ADMIN),
                    Map.entry("POST /accounts", ADMIN),
                    Map.entry("POST /accounts/{id}/password", ADMIN),
                    Map.entry("POST /accounts/{id}/disabling", ADMIN),
                    Map.entry("POST /accounts/organisations", ADMIN),
                    Map.entry("POST /accounts/tokens", ADMIN),
                    Map.entry("POST /accounts/tokens/{id}/revocation", ADMIN),
                    Map.entry("GET /notices", READS_NOTICES),
                    Map.entry("GET /notices/{id}", READS_NOTICES),
                    Map.entry("GET /notices/{id}/receipt", READS_NOTICES),
                    Map.entry("GET /notices/{id}/parts", READS_NOTICES),
                    Map.entry("GET /notices/{id}/draft-file", READS_NOTICES),
                    Map.entry("GET /notices/{id}/evidence", READS_NOTICES),
                    Map.entry("GET /cases/{id}/evidence", READS_CASES),
                    Map.entry("GET /notices/{id}/erasure", APPROVER),
                    Map.entry("POST /notices/{id}/erasure", APPROVER),
                    Map.entry("GET /cases/{id}/erasure", SENIOR),
                    Map.entry("POST /cases/{id}/erasure", SENIOR),
                    Map.entry("GET /retention", SEES_CLOCKS),
                    Map.entry("GET /retention/file", SEES_CLOCKS),
                    Map.entry("GET /notices/{id}/hold", READS_NOTICES),
                    Map.entry("POST /notices/{id}/hold", APPROVER),
                    Map.entry("POST /notices/{id}/hold/end", APPROVER),
                    Map.entry("GET /cases/{id}/hold", READS_CASES),
                    Map.entry("POST /cases/{id}/hold", SENIOR),
                    Map.entry("POST /cases/{id}/hold/end", SENIOR),
                    Map.entry("GET /notices/{id}/draft-files", READS_NOTICES),
                    Map.entry("GET /notices/{id}/files/{leaf}", READS_NOTICES),
                    Map.entry("POST /notices/{id}/approval", APPROVER),
                    Map.entry("POST /notices/{id}/withdrawal", APPROVER),
                    Map.entry("POST /notices/{id}/withdrawal/sign-off", APPROVER),
                    Map.entry("GET /notices/{id}/withdrawal/draft-file", READS_NOTICES),
                    Map.entry("GET /notices/{id}/renewal/draft-file", READS_NOTICES),
                    Map.entry("GET /sent-lists/{id}/draft-file", READS_NOTICES),
                    Map.entry("GET /access-blocks/{id}/draft-file", SEES_CLOCKS),
                    Map.entry("POST /access-blocks/{id}/sign-off", APPROVER),
                    Map.entry("POST /notices/{id}/clarifications", OFFICER),
                    Map.entry("GET /notices/{id}/renewal", READS_NOTICES),
                    Map.entry("POST /notices/{id}/renewal", OFFICER),
                    Map.entry("POST /notices/{id}/renewal/approval", APPROVER),
                    Map.entry("POST /notices/{id}/renewal/removal", OFFICER),
                    Map.entry("GET /notes", SEES_CLOCKS),
                    Map.entry("GET /notes/new", OFFICER),
                    Map.entry("POST /notes", OFFICER),
                    Map.entry("POST /notes/{id}/approval", APPROVER),
                    Map.entry("POST /notes/{id}/removal", OFFICER),
                    Map.entry("POST /notes/{id}/end", APPROVER),
                    Map.entry("GET /notes/{id}/erasure", ERASES_NOTES),
                    Map.entry("POST /notes/{id}/erasure", ERASES_NOTES),
                    Map.entry("POST /notices/{id}/remarks", FILES),
                    Map.entry("GET /notices/{id}/dialogue", READS_NOTICES),
                    Map.entry("GET /notices/{id}/dialogue/files/{leaf}", READS_NOTICES),
                    Map.entry("POST /cases/{id}/questions", REVIEWS),
                    Map.entry("POST /cases/{id}/remarks", REVIEWS),
                    Map.entry("GET /cases/{id}/dialogue", READS_CASES),
                    Map.entry("GET /cases/{id}/dialogue/files/{leaf}", READS_CASES),
                    Map.entry("POST /notices/{id}/form", OFFICER),
                    Map.entry("GET /notices/{id}/ladder", READS_NOTICES),
                    Map.entry("POST /notices/{id}/ladder/approval", FILES),
                    Map.entry("POST /notices/{id}/ladder/stop", FILES),
                    Map.entry("POST /notices/{id}/ladder/call", FILES),
                    Map.entry("GET /clocks", SEES_CLOCKS),
                    Map.entry("GET /clocks/file", SEES_CLOCKS),
                    Map.entry("GET /scorecard", SEES_SCORECARDS),
                    Map.entry("GET /scorecard/file", SEES_SCORECARDS),
                    Map.entry("GET /story", SEES_CLOCKS),
                    Map.entry("GET /notice-forms", OFFICER),
                    Map.entry("POST /notice-forms", OFFICER),
                    Map.entry("GET /notice-forms/csv-template", OFFICER),
                    Map.entry("GET /notice-forms/{id}/{step}", OFFICER),
                    Map.entry("POST /notice-forms/{id}/{step}", OFFICER),
                    Map.entry("POST /notice-forms/{id}/submission", OFFICER),
                    Map.entry("POST /notice-forms/{id}/removal", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/paste", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/csv", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/file", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/files/removal", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/removal", OFFICER),
                    Map.entry("GET /notice-forms/{id}/items/{no}", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/{no}", OFFICER),
                    Map.entry("POST /notice-forms/{id}/items/{no}/removal", OFFICER),
                    Map.entry("GET /cases", READS_CASES),
                    Map.entry("GET /cases/{id}", READS_CASES),
                    Map.entry("GET /cases/{id}/files/{leaf}", READS_CASES),
                    Map.entry("GET /cases/{id}/items/{no}/history", READS_CASES),
                    Map.entry("POST /cases/next", REVIEWS),
                    Map.entry("POST /cases/{id}/claim", REVIEWS),
                    Map.entry("POST /cases/{id}/release", REVIEWS),
                    Map.entry("POST /cases/{id}/preview", REVIEWS),
                    Map.entry("POST /cases/{id}/change", REVIEWS),
                    Map.entry("POST /cases/{id}/decisions", REVIEWS),
                    Map.entry("POST /cases/{id}/interim", REVIEWS),
                    Map.entry("POST /cases/{id}/interim/end", REVIEWS),
                    Map.entry("POST /cases/{id}/unconfirmed/{decision}/confirmation", REVIEWS),
                    Map.entry("POST /cases/{id}/unconfirmed/{decision}/return", REVIEWS),
                    Map.entry("GET /register", ALL),
                    Map.entry("POST /register/sending", ADMIN),
                    Map.entry("GET /register/entries/new", ADMIN),
                    Map.entry("POST /register/entries", ADMIN),
                    Map.entry("GET /register/entries/{id}", ADMIN),
                    Map.entry("POST /register/entries/{id}", ADMIN),
                    Map.entry("POST /register/entries/{id}/confirmation", NOT_AUDITOR),
                    Map.entry("POST /register/entries/{id}/removal", ADMIN),
                    Map.entry("POST /register/entries/{id}/erasure", ADMIN),
                    Map.entry("GET /register/parties/{id}", ALL),
                    Map.entry("GET /register/parties/{id}/versions/{no}", ALL),
                    Map.entry("GET /who-to-call", ALL),
                    Map.entry("GET /drills", ALL),
                    Map.entry("POST /drills", ADMIN),
                    Map.entry("POST /drills/schedules/{id}/removal", ADMIN),
                    Map.entry("GET /drills/{no}", ALL),
                    Map.entry("POST /drills/{no}/answers", NOT_AUDITOR),
                    Map.entry("GET /cases/{id}/call-backs", READS_CASES),
                    Map.entry("POST /cases/{id}/call-backs", REVIEWS),
                    Map.entry("GET /notices/{id}/call-backs", READS_NOTICES),
                    Map.entry(
                            "POST /notices/{id}/call-backs/{no}",
                            Set.of(Role.OFFICER, Role.APPROVER)),
                    Map.entry("GET /access-blocks", SEES_CLOCKS),
                    Map.entry("GET /access-blocks/file", SEES_CLOCKS),
                    Map.entry("GET /access-blocks/new", OFFICER),
                    Map.entry("POST /access-blocks", OFFICER),
                    Map.entry("GET /access-blocks/{id}", SEES_CLOCKS),
                    Map.entry("GET /access-blocks/{id}/evidence", SEES_CLOCKS),
                    Map.entry("POST /access-blocks/{id}/removal", OFFICER),
                    Map.entry("POST /access-blocks/{id}/approval", APPROVER),
                    Map.entry("POST /access-blocks/{id}/attempt", APPROVER),
                    Map.entry("POST /access-blocks/{id}/withdrawal", APPROVER),
                    Map.entry("POST /access-blocks/{id}/renewal", APPROVER),
                    Map.entry("POST /access-blocks/{id}/promise", FILES),
                    Map.entry("POST /access-blocks/{id}/conditions", FILES),
                    Map.entry("POST /access-blocks/{id}/lift", FILES),
                    Map.entry("POST /access-blocks/{id}/answers", SENIOR),
                    Map.entry("GET /access-blocks/{id}/ladders/{lift}", SEES_CLOCKS),
                    Map.entry("POST /access-blocks/{id}/ladders/{lift}/approval", REVIEWS),
                    Map.entry("POST /access-blocks/{id}/ladders/{lift}/stop", REVIEWS),
                    Map.entry("POST /access-blocks/{id}/ladders/{lift}/call", REVIEWS),
                    Map.entry("GET /access-blocks/{id}/measured", READS_NOTICES),
                    Map.entry("POST /access-blocks/{id}/closures", APPROVER),
                    Map.entry("GET /resolvers", SEES_ZONES),
                    Map.entry("GET /resolvers/file", SEES_ZONES),
                    Map.entry("GET /resolvers/{id}", SEES_ZONES),
                    Map.entry("GET /resolvers/new", WRITES_RESOLVERS),
                    Map.entry("POST /resolvers", WRITES_RESOLVERS),
                    Map.entry("POST /resolvers/{id}", WRITES_RESOLVERS),
                    Map.entry("POST /resolvers/outside-readings", WRITES_RESOLVERS),
                    Map.entry("POST /resolvers/{id}/confirmation", ADMIN),
                    Map.entry("POST /resolvers/{id}/removal", Set.of(Role.APPROVER, Role.ADMIN)),
                    Map.entry("GET /probes", ADMIN),
                    Map.entry("POST /probes", ADMIN),
                    Map.entry("POST /probes/{id}/removal", ADMIN),
                    Map.entry("GET /sent-lists", READS_NOTICES),
                    Map.entry("GET /sent-lists/new", OFFICER),
                    Map.entry("POST /sent-lists", OFFICER),
                    Map.entry("GET /sent-lists/{id}", READS_NOTICES),
                    Map.entry("POST /sent-lists/{id}/approval", APPROVER),
                    Map.entry("POST /sent-lists/{id}/removal", OFFICER),
                    Map.entry("GET /lists", READS_CASES),
                    Map.entry("POST /lists", SENIOR),
                    Map.entry("GET /lists/{id}", READS_CASES),
                    Map.entry("GET /lists/{id}/file", READS_CASES),
                    Map.entry("GET /lists/{id}/feedback", READS_CASES),
                    Map.entry("POST /lists/{id}/settings", SENIOR),
                    Map.entry("POST /lists/{id}/removal", SENIOR),
                    Map.entry("POST /lists/{id}/entries", SENIOR),
                    Map.entry("POST /lists/{id}/imports", SENIOR),
                    Map.entry("GET /lists/{id}/imports/{no}", READS_CASES),
                    Map.entry("POST /lists/{id}/imports/{no}/undo", SENIOR),
                    Map.entry("GET /entries/{id}", READS_CASES),
                    Map.entry("POST /entries/{id}/removal", SENIOR),
                    Map.entry("POST /entries/{id}/release", SENIOR),
                    Map.entry("GET /hits", READS_CASES),
                    Map.entry("POST /hits/{id}/review", REVIEWS),
                    Map.entry("GET /blocks", ALL),
                    Map.entry("GET /blocks/{id}", ALL),
                    Map.entry("GET /blocks/file", ALL),
                    Map.entry("GET /blocks/feed", ALL),
                    Map.entry("GET /blocks/{id}/evidence", ALL),
                    Map.entry("GET /blocks/{id}/blocked", ALL),
                    Map.entry("GET /blocked", ALL),
                    Map.entry("GET /blocked/{name}", ALL),
                    Map.entry("GET /blocks/{id}/objection", ALL),
                    Map.entry("POST /blocks/{id}/objection", ALL),
                    Map.entry("GET /objection-answers/{secret}", ALL),
                    Map.entry("GET /appeal/{secret}", ALL),
                    Map.entry("POST /appeal/{secret}", ALL),
                    Map.entry("GET /appeals", SEES_CLOCKS),
                    Map.entry("GET /appeals/{id}", SEES_CLOCKS),
                    Map.entry("GET /appeals/{id}/ladder", READS_NOTICES),
                    Map.entry("POST /appeals/{id}/ladder/approval", FILES),
                    Map.entry("POST /appeals/{id}/ladder/stop", FILES),
                    Map.entry("POST /appeals/{id}/ladder/call", FILES),
                    Map.entry("POST /appeals/{id}/claim", REVIEWS),
                    Map.entry("POST /appeals/{id}/release", REVIEWS),
                    Map.entry("POST /appeals/{id}/decision", REVIEWS),
                    Map.entry("GET /objections", READS_NOTICES),
                    Map.entry("GET /objections/file", READS_NOTICES),
                    Map.entry("GET /objections/{id}", READS_NOTICES),
                    Map.entry("POST /objections/{id}/claim", FILES),
                    Map.entry("POST /objections/{id}/release", FILES),
                    Map.entry("POST /objections/{id}/answer", FILES),
                    Map.entry("POST /objections/{id}/agreement", FILES),
                    Map.entry("GET /zones", SEES_ZONES),
                    Map.entry("GET /zones/file", SEES_ZONES),
                    Map.entry("GET /zones/orders/exports/{name}", SEES_ZONES),
                    Map.entry("GET /zones/list", SEES_ZONES),
                    Map.entry("POST /zones/list/imports", OFFICER),
                    Map.entry("GET /zones/list/imports/{no}", SEES_ZONES),
                    Map.entry("POST /zones/list/imports/{no}/approval", APPROVER),
                    Map.entry("POST /zones/list/imports/{no}/refusal", FILES),
                    Map.entry("GET /try-out", REVIEWS),
                    Map.entry("POST /try-out", REVIEWS));

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

    private static Set<String> pages(String party) {
        Set<String> pages = new TreeSet<>();
        for (var mapping :
                nodes.context(party).getBeansOfType(RequestMappingHandlerMapping.class).values()) {
            mapping.getHandlerMethods()
                    .forEach((route, handler) -> {
                        if (handler.getBeanType().isAnnotationPresent(PageController.class)) {
                            route.getPatternValues().stream()
                                    .filter(pattern -> !pattern.equals("/error"))
                                    .forEach(pattern ->
                                            route.getMethodsCondition()
                                                    .getMethods()
                                                    .forEach(method ->
                                                            pages.add(method + " " + pattern)));
                        }
                    });
        }
        return pages;
    }

    @Test
    void everyPageStandsInTheMatrix() {
        Set<String> pages = new TreeSet<>(pages(AUTHORITY));
        pages.addAll(pages(PLATFORM));

        assertThat(pages).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
    }

    @Test
    void authorityShowsNobodyElseItsPages() throws Exception {
        assertMatrix(AUTHORITY, AUTHORITY_ROLES);
    }

    @Test
    void platformShowsNobodyElseItsPages() throws Exception {
        assertMatrix(PLATFORM, PLATFORM_ROLES);
    }

    private static void assertMatrix(String party, List<Role> roles) throws Exception {
        Map<Role, PageVisitor> visitors = new HashMap<>();
        for (Role role : roles) {
            visitors.put(role, visitor(party, role));
        }
        List<String> wrong = new ArrayList<>();
        for (String page : pages(party)) {
            for (Role role : roles) {
                int status = status(Optional.ofNullable(visitors.get(role)).orElseThrow(), page);
                boolean may = Optional.ofNullable(ALLOWED.get(page)).orElseThrow().contains(role);
                if (may == (status == 403)) {
                    wrong.add("%s as %s: %d".formatted(page, role, status));
                }
            }
            int status = status(new PageVisitor(nodes.url(party)), page);
            if (OPEN.contains(page) != (status != 302 || page.equals("GET /language"))) {
                wrong.add("%s as nobody: %d".formatted(page, status));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static PageVisitor visitor(String party, Role role) throws Exception {
        PageVisitor visitor = nodes.signedIn(party, role);
        assertThat(visitor.isSignedIn()).as(role.wire()).isTrue();
        return visitor;
    }

    private static int status(PageVisitor visitor, String page) throws Exception {
        String[] parts = page.split(" ");
        String path =
                parts[1].replace("{id}", UUID.randomUUID().toString())
                        .replace("{decision}", UUID.randomUUID().toString())
                        .replace("{lift}", UUID.randomUUID().toString())
                        .replace("{peer}", "pihak-lain")
                        .replace("{name}", "indonesia_saman")
                        .replace("{secret}", "0")
                        .replace("{no}", "1")
                        .replace("{step}", "ground")
                        .replace("{leaf}", "0");
        if (path.equals("/language")) {
            path += "?to=en";
        }
        // A form without its fields: whoever may send it is told what is missing, nobody else is.
        return parts[0].equals("GET")
                ? visitor.get(path).statusCode()
                : visitor.post(path, Map.of()).statusCode();
    }

    @Test
    void formWithoutItsTokenIsNotTaken() throws Exception {
        var officer = visitor(AUTHORITY, Role.OFFICER);

        assertThat(officer.postWith("forged", "/notice-forms", Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void unknownPathsAreNotFoundForWhoeverIsSignedIn() throws Exception {
        var officer = visitor(AUTHORITY, Role.OFFICER);

        assertThat(officer.get("/unheard-of").statusCode()).isEqualTo(404);
        assertThat(officer.get("/unheard-of").body()).contains("Page not found");
    }
}
