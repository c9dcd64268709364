package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is shown when a page cannot be: the limit, the reference, and a way back. */
class ErrorPagesTest {
    private static final String AUTHORITY = "otoritas-galat";
    private static final String UNKNOWN = new UUID(0, 1).toString();

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of("platform-galat"));
        nodes.with(AUTHORITY, "sample.fault", true).start(AUTHORITY);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static String begin(PageVisitor officer) throws Exception {
        return PageVisitor.redirect(officer.post("/notice-forms", Map.of()))
                .replace(nodes.url(AUTHORITY), "")
                .replace("/ground", "");
    }

    private static String text(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body()).select("main").text();
    }

    @Test
    void formThatIsTooLargeGetsAPageWithTheLimitAndTheWayOut() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        String form = begin(officer);

        var text =
                officer.post(form + "/reasons", Map.of("reasons", "x".repeat(2 * 1024 * 1024 + 1)));
        var large =
                new Multipart(Map.of(), "csv", "sample.csv", new byte[11 * 1024 * 1024])
                        .send(officer, nodes.url(AUTHORITY) + form + "/items/csv");

        for (var refused : List.of(text, large)) {
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(text(refused))
                    .contains("at most 10 MB", "without files 2 MB", "choose a smaller file");
        }
    }

    @Test
    void addressWithoutAnIdentifierIsNoPage() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);

        var noNotice = officer.get("/notices/forms");
        var noNumber = officer.get(begin(officer) + "/items?from=first");

        assertThat(noNotice.statusCode()).isEqualTo(404);
        assertThat(text(noNotice)).contains("Page not found");
        assertThat(noNumber.statusCode()).isEqualTo(400);
    }

    @Test
    void faultOfATemplateHasAReferenceLikeEveryFault() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);

        var asked = officer.get(FaultyPage.PATH);
        var sent = officer.post(FaultyPage.PATH, Map.of());

        assertThat(asked.statusCode()).isEqualTo(500);
        assertThat(text(asked))
                .contains("The node failed", "Nothing was changed")
                .containsPattern("Reference for the operator: [0-9a-f-]{36}");
        assertThat(sent.statusCode()).isEqualTo(500);
        assertThat(text(sent)).contains("What you sent may have been taken");
    }

    @Test
    void faultIsShownWhileTheDatabaseIsAway() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        JdbcClient jdbc = nodes.context(AUTHORITY).getBean(JdbcClient.class);

        for (String table : List.of("spring_session", "accounts")) {
            jdbc.sql("alter table %s rename to away".formatted(table)).update();
            try {
                var fault = officer.get("/");

                assertThat(fault.statusCode()).as(table).isEqualTo(500);
                assertThat(text(fault))
                        .containsPattern("Reference for the operator: [0-9a-f-]{36}");
            } finally {
                jdbc.sql("alter table away rename to %s".formatted(table)).update();
            }
        }
        assertThat(officer.isSignedIn()).isTrue();
    }

    @Test
    void languageIsChangedWithoutLosingTheWay() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        PageVisitor admin = nodes.signedIn(AUTHORITY, Role.ADMIN);
        String form = begin(officer);
        String unknown = "/notice-forms/" + UNKNOWN;

        assertThat(back(officer.post(form + "/ground", Map.of()))).isEqualTo(form + "/ground");
        assertThat(back(officer.post(form + "/items/csv", Map.of()))).isEqualTo(form + "/items");
        assertThat(back(officer.post(unknown + "/submission", Map.of())))
                .isEqualTo("/notice-forms");
        assertThat(back(officer.post(unknown + "/items/files/removal", Map.of())))
                .isEqualTo(unknown + "/items");
        assertThat(back(admin.post("/accounts/%s/password".formatted(UNKNOWN), Map.of())))
                .isEqualTo("/accounts");
        assertThat(back(officer.get("/accounts"))).isEqualTo("/accounts");
        assertThat(back(officer.get("/unheard-of/page"))).isEqualTo("/");
        assertThat(back(officer.get("/error"))).isEqualTo("/");
        assertThat(back(officer.get("/notices?list=sent"))).isEqualTo("/notices?list=sent");
    }

    /** Where the link to the other language comes back to. */
    private static String back(HttpResponse<String> answer) {
        String link = Jsoup.parse(answer.body()).select("a[hreflang=id]").attr("href");
        return URLDecoder.decode(link.replaceFirst(".*back=", ""), UTF_8);
    }
}
