package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forms that were not taken because the session had ended or changed: what waits, and for whom. */
class ResumeTest {
    private static final String AUTHORITY = "otoritas-lanjut";
    private static final String PASSWORD = "a sample password of a test";
    private static final String TYPED = "14 of the sample law";

    @TempDir private static Path folder;
    private static TestNodes nodes;

    private PageVisitor officer = new PageVisitor("");
    private String name = "";
    private String path = "";

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of("platform-lanjut"));
        nodes.start(AUTHORITY);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    @BeforeEach
    void beginForm() throws Exception {
        var context = nodes.context(AUTHORITY);
        name = "Sample " + UUID.randomUUID();
        UUID account = context.getBean(Accounts.class).open(name, Role.OFFICER);
        context.getBean(Accounts.class).belongs(account, List.of("Otoritas Contoh"));
        context.getBean(Passwords.class).set(account, PASSWORD);
        officer = new PageVisitor(nodes.url(AUTHORITY));
        officer.signIn(name, PASSWORD);
        path =
                PageVisitor.redirect(officer.post("/notice-forms", Map.of()))
                        .replace(nodes.url(AUTHORITY), "");
    }

    private static void endAllSessions() {
        nodes.context(AUTHORITY)
                .getBean(JdbcClient.class)
                .sql("delete from spring_session")
                .update();
    }

    /** The token of a page that is open in a tab. */
    private String token() throws Exception {
        return Multipart.token(officer, path);
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(officer.get(path).body());
    }

    @Test
    void formOfAnEarlierSignInIsOfferedAgainAndSentOnce() throws Exception {
        String old = token();
        officer.signIn(name, PASSWORD);

        var refused = officer.postWith(old, path, Map.of("article", TYPED));

        Document offered = Jsoup.parse(refused.body());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(offered.text())
                .contains("You signed in again since this page was opened", TYPED);
        assertThat(offered.select("form[action=" + path + "] input[name=article]").attr("value"))
                .isEqualTo(TYPED);
        assertThat(page("/resume").text()).contains(TYPED);
        officer.post(path, Map.of("article", TYPED));
        assertThat(page(path).select("#article").attr("value")).isEqualTo(TYPED);
        assertThat(PageVisitor.redirect(officer.get("/resume"))).endsWith("/");
    }

    @Test
    void formThatAnotherSiteFilledInIsNeverOffered() throws Exception {
        for (String site : List.of("cross-site", "same-site")) {
            var refused =
                    HttpClient.newBuilder()
                            .cookieHandler(officer.cookies())
                            .build()
                            .send(
                                    HttpRequest.newBuilder(URI.create(nodes.url(AUTHORITY) + path))
                                            .header(
                                                    "Content-Type",
                                                    "application/x-www-form-urlencoded")
                                            .header("Sec-Fetch-Site", site)
                                            .POST(
                                                    HttpRequest.BodyPublishers.ofString(
                                                            "article=forged"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());

            assertThat(refused.statusCode()).as(site).isEqualTo(403);
            assertThat(refused.body()).doesNotContain("forged");
            assertThat(officer.get("/resume").statusCode()).isEqualTo(302);
        }
    }

    @Test
    void formSentAfterSigningOutElsewhereSaysThatItWasNotKept() throws Exception {
        String old = token();
        officer.post("/sign-out", Map.of());

        var refused = officer.postWith(old, path, Map.of("article", TYPED));

        assertThat(PageVisitor.redirect(refused)).endsWith("/sign-in?lost");
        assertThat(page("/sign-in?lost").text()).contains("it could not be kept");
    }

    @Test
    void signInPageThatWasOpenForTooLongIsShownAgainWithTheName() throws Exception {
        var visitor = new PageVisitor(nodes.url(AUTHORITY));

        var refused =
                visitor.postWith("stale", "/sign-in", Map.of("name", name, "password", PASSWORD));

        Document again = Jsoup.parse(refused.body());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(again.text()).contains("That page was open for too long");
        assertThat(again.select("#name").attr("value")).isEqualTo(name);
        assertThat(refused.body()).doesNotContain(PASSWORD);
        assertThat(visitor.isSignedIn()).isFalse();
    }

    @Test
    void fieldsBearTheirLabelsInTheLanguageOfThePage() throws Exception {
        endAllSessions();
        officer.post(path, Map.of("nonDisclosureUntil", "2026-12-31"));
        officer.signIn(name, PASSWORD);

        assertThat(page("/resume").text())
                .contains("Not told until", "2026-12-31")
                .doesNotContain("nonDisclosureUntil");
        officer.get("/language?to=id&back=/resume");
        assertThat(page("/resume").text()).contains("Dirahasiakan sampai");
    }

    @Test
    void textThatIsTooLongToKeepIsAskedForAgain() throws Exception {
        endAllSessions();
        String reasons = "long reasons ".repeat(10_000);

        var refused = officer.post(path, Map.of("reasons", reasons, "scope", "ID, SG"));

        assertThat(page(PageVisitor.redirect(refused).replace(nodes.url(AUTHORITY), "")).text())
                .contains("Your session has ended", "not texts that are too long");
        officer.signIn(name, PASSWORD);
        Document offered = page("/resume");
        assertThat(offered.select("input[type=hidden][name=scope]").attr("value"))
                .isEqualTo("ID, SG");
        assertThat(offered.select("textarea[name=reasons]")).hasSize(1);
        assertThat(offered.text())
                .contains("It had 130,000 characters; at most 100,000 are kept")
                .doesNotContain("long reasons");
    }

    @Test
    void fileIsAskedForAgainByItsName() throws Exception {
        String upload = path.replace("/ground", "/items/file");
        String token = token();
        endAllSessions();

        var refused =
                new Multipart(
                                Map.of("numbers", "2, 3"),
                                "file",
                                "sample letter.pdf",
                                "%PDF-1.7 sample".getBytes(UTF_8))
                        .sendWith(token, officer, nodes.url(AUTHORITY) + upload);

        assertThat(PageVisitor.redirect(refused)).endsWith("/sign-in?expired");
        assertThat(page("/sign-in?expired").text()).contains("but not files");
        officer.signIn(name, PASSWORD);
        Document offered = page("/resume");
        assertThat(offered.select("form[enctype=multipart/form-data]").attr("action"))
                .isEqualTo(upload);
        assertThat(offered.select("input[type=file][name=file]")).hasSize(1);
        assertThat(offered.text()).contains("Choose again: sample letter.pdf", "2, 3");
    }

    @Test
    void formWithSecretsIsNeverKept() throws Exception {
        endAllSessions();

        var refused =
                officer.post(
                        "/settings/password", Map.of("current", PASSWORD, "fresh", PASSWORD + "2"));

        assertThat(PageVisitor.redirect(refused)).endsWith("/sign-in?lost");
        assertThat(PageVisitor.redirect(officer.signIn(name, PASSWORD))).doesNotContain("resume");
    }

    @Test
    void whatWasDiscardedIsGone() throws Exception {
        endAllSessions();
        officer.post(path, Map.of("article", TYPED));
        officer.signIn(name, PASSWORD);

        officer.post("/resume", Map.of());

        assertThat(PageVisitor.redirect(officer.get("/resume"))).endsWith("/");
    }

    @Test
    void pageThatWasWantedWaitsInTheAddress() throws Exception {
        endAllSessions();

        var refused = officer.get("/notices?list=sent");

        assertThat(PageVisitor.redirect(refused))
                .endsWith("/sign-in?expired&to=" + URLEncoder.encode("/notices?list=sent", UTF_8));
        assertThat(page("/sign-in?expired").text())
                .contains("Your session has ended")
                .doesNotContain("What you typed");
    }
}
