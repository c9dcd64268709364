package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
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

/** Signing in, and what ends it. */
class SignInTest {
    private static final String AUTHORITY = "otoritas-masuk";
    private static final String PASSWORD = "a sample password of a test";
    private static final String WRONG = "The name or the password is wrong";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static Accounts accounts;
    private static Passwords passwords;

    private String name = "";
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of("platform-masuk"));
        nodes.startAll();
        accounts = nodes.context(AUTHORITY).getBean(Accounts.class);
        passwords = nodes.context(AUTHORITY).getBean(Passwords.class);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    @BeforeEach
    void openAccount() {
        jdbc().sql("delete from sign_in_failures").update();
        name = "Sample " + UUID.randomUUID();
        account = accounts.open(name, Role.OFFICER);
        passwords.set(account, PASSWORD);
    }

    private static JdbcClient jdbc() {
        return nodes.context(AUTHORITY).getBean(JdbcClient.class);
    }

    private static PageVisitor visitor() {
        return new PageVisitor(nodes.url(AUTHORITY));
    }

    private PageVisitor signedIn() throws Exception {
        PageVisitor visitor = visitor();
        visitor.signIn(name, PASSWORD);
        assertThat(visitor.isSignedIn()).isTrue();
        return visitor;
    }

    @Test
    void passwordIsKeptAsArgon2id() {
        String kept =
                jdbc().sql("select password from accounts where id = :id")
                        .param("id", account)
                        .query(String.class)
                        .single();

        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD);
    }

    @Test
    void wrongNameAndWrongPasswordGetTheSameAnswer() throws Exception {
        PageVisitor one = visitor();
        PageVisitor other = visitor();

        var wrongPassword = one.signIn(name, "not the password of it");
        var wrongName = other.signIn("Nobody of this name", PASSWORD);

        assertThat(wrongPassword.statusCode()).isEqualTo(wrongName.statusCode()).isEqualTo(422);
        assertThat(text(wrongPassword)).isEqualTo(text(wrongName)).contains(WRONG);
        assertThat(one.isSignedIn()).isFalse();
        assertThat(other.isSignedIn()).isFalse();
    }

    private static String text(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body()).text();
    }

    @Test
    void wrongTryKeepsTheNameAndThePageThatWasWantedButNeverThePassword() throws Exception {
        PageVisitor visitor = visitor();
        String wrong = "not the password of it";

        var refused =
                visitor.post(
                        "/sign-in",
                        Map.of("name", name, "password", wrong, "to", "/notices?list=sent"));

        Document page = Jsoup.parse(refused.body());
        assertThat(page.select("#name").attr("value")).isEqualTo(name);
        assertThat(page.select("input[name=to]").attr("value")).isEqualTo("/notices?list=sent");
        assertThat(page.select("a[hreflang=id]").attr("href")).contains("notices");
        assertThat(refused.body()).doesNotContain(wrong);
        assertThat(refused.headers().map().toString()).doesNotContain(wrong, name);
        var welcome =
                visitor.post(
                        "/sign-in",
                        Map.of("name", name, "password", PASSWORD, "to", "/notices?list=sent"));
        assertThat(PageVisitor.redirect(welcome)).endsWith("/notices?list=sent");
    }

    @Test
    void fiveWrongTriesLockANameWhetherItExistsOrNot() throws Exception {
        for (String tried : List.of(name, "Nobody of this name")) {
            for (int i = 0; i < 5; i++) {
                visitor().signIn(tried, "not the password of it");
            }
            PageVisitor visitor = visitor();
            var answer = visitor.signIn(tried, PASSWORD);

            assertThat(text(answer)).contains(WRONG);
            assertThat(visitor.isSignedIn()).isFalse();
        }
    }

    @Test
    void rightPasswordForgetsEarlierMistakes() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 3; i++) {
                visitor().signIn(name, "not the password of it");
            }
            signedIn();
        }
    }

    @Test
    void cookiesAreStrictAndOutOfReachOfScripts() throws Exception {
        var answer = visitor().signIn(name, PASSWORD);

        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("jalur-session="))
                .allMatch(cookie ->
                        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    }

    @Test
    void endedSessionOpensNothing() throws Exception {
        PageVisitor laptop = signedIn();
        PageVisitor phone = signedIn();

        laptop.post("/settings/sessions/others", Map.of());

        assertThat(laptop.isSignedIn()).isTrue();
        assertThat(phone.isSignedIn()).isFalse();
    }

    @Test
    void sessionThatWasChosenEndsAndNoOther() throws Exception {
        PageVisitor laptop = signedIn();
        Set<String> before = otherSessions(laptop);
        PageVisitor phone = signedIn();
        Set<String> chosen = otherSessions(laptop);
        PageVisitor tablet = signedIn();
        PageVisitor desk = signedIn();
        tablet.post("/sign-out", Map.of());

        chosen.removeAll(before);
        laptop.post("/settings/sessions", Map.of("session", chosen.iterator().next()));

        assertThat(chosen).hasSize(1);
        assertThat(phone.isSignedIn()).isFalse();
        assertThat(laptop.isSignedIn()).isTrue();
        assertThat(desk.isSignedIn()).isTrue();
    }

    @Test
    void nobodyEndsTheSessionOfSomebodyElse() throws Exception {
        PageVisitor officer = signedIn();
        PageVisitor phone = signedIn();
        String handle = otherSessions(officer).iterator().next();
        openAccount();
        PageVisitor stranger = signedIn();

        stranger.post("/settings/sessions", Map.of("session", handle));

        assertThat(phone.isSignedIn()).isTrue();
    }

    /** The sessions that this one may end, as its settings name them. */
    private static Set<String> otherSessions(PageVisitor visitor) throws Exception {
        return Jsoup.parse(visitor.get("/settings").body()).select("input[name=session]").stream()
                .map(field -> field.attr("value"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void settingsNeverShowTheIdOfASession() throws Exception {
        PageVisitor laptop = signedIn();
        signedIn();
        List<String> ids =
                jdbc().sql("select session_id from spring_session where principal_name = :account")
                        .param("account", account.toString())
                        .query((row, _) -> row.getString("session_id").strip())
                        .list();

        String settings = laptop.get("/settings").body();

        assertThat(ids).hasSize(2).noneMatch(settings::contains);
    }

    @Test
    void pageThatRefreshesItselfDoesNotMakeTheSessionLastLonger() throws Exception {
        PageVisitor officer = signedIn();

        try (HttpClient http = HttpClient.newBuilder().cookieHandler(officer.cookies()).build()) {
            var refresh =
                    HttpRequest.newBuilder(URI.create(nodes.url(AUTHORITY) + "/notices"))
                            .header("Jalur-Open-For", "600")
                            .build();
            assertThat(http.send(refresh, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }

        assertThat(minutesLeft()).isEqualTo(50);
        officer.get("/notices");
        assertThat(minutesLeft()).isEqualTo(60);
    }

    /** Of silence until the session ends. */
    private int minutesLeft() {
        return jdbc().sql(
                        """
                        select (expiry_time - last_access_time) / 60000 as minutes from spring_session
                        where principal_name = :account
                        """)
                .param("account", account.toString())
                .query((row, _) -> row.getInt("minutes"))
                .single();
    }

    @Test
    void newPasswordEndsTheOtherSessions() throws Exception {
        PageVisitor laptop = signedIn();
        PageVisitor phone = signedIn();

        var wrong =
                laptop.post("/settings/password", Map.of("current", "x", "fresh", PASSWORD + "2"));
        assertThat(wrong.body()).contains("The current password is wrong");
        laptop.post("/settings/password", Map.of("current", PASSWORD, "fresh", PASSWORD + "2"));

        assertThat(laptop.isSignedIn()).isTrue();
        assertThat(phone.isSignedIn()).isFalse();
        PageVisitor tablet = visitor();
        tablet.signIn(name, PASSWORD + "2");
        assertThat(tablet.isSignedIn()).isTrue();
    }

    @Test
    void disabledAccountIsOutAtOnce() throws Exception {
        UUID admin = accounts.open("Sample admin " + UUID.randomUUID(), Role.ADMIN);
        passwords.set(admin, PASSWORD);
        PageVisitor boss = visitor();
        boss.signIn(accounts.name(admin), PASSWORD);
        PageVisitor officer = signedIn();

        boss.post("/accounts/" + account + "/disabling", Map.of());

        assertThat(officer.isSignedIn()).isFalse();
        PageVisitor again = visitor();
        again.signIn(name, PASSWORD);
        assertThat(again.isSignedIn()).isFalse();
    }

    @Test
    void adminManagesAccountsAndTokensOnAPage() throws Exception {
        UUID admin = accounts.open("Sample admin " + UUID.randomUUID(), Role.ADMIN);
        passwords.set(admin, PASSWORD);
        PageVisitor boss = visitor();
        boss.signIn(accounts.name(admin), PASSWORD);

        String fresh = "Sample person " + UUID.randomUUID();
        String opened = boss.post("/accounts", Map.of("name", fresh, "role", "auditor")).body();
        PageVisitor person = visitor();
        person.signIn(fresh, secret(opened));
        assertThat(person.isSignedIn()).isTrue();

        String issued =
                boss.post(
                                "/accounts/tokens",
                                Map.of("account", account.toString(), "label", "sample laptop"))
                        .body();
        String token = secret(issued);
        assertThat(nodes.withToken(AUTHORITY, token, "/api/notices")).isEqualTo(200);
        assertThat(boss.get("/accounts").body()).contains("sample laptop").doesNotContain(token);

        UUID id =
                accounts.tokens().stream()
                        .filter(one -> one.label().equals("sample laptop"))
                        .findFirst()
                        .orElseThrow()
                        .id();
        boss.post("/accounts/tokens/" + id + "/revocation", Map.of());
        assertThat(nodes.withToken(AUTHORITY, token, "/api/notices")).isEqualTo(401);
    }

    private static String secret(String page) {
        return page.replaceAll("(?s).*id=\"secret\">([^<]+)<.*", "$1");
    }

    @Test
    void timesNameTheZoneThatWasChosen() throws Exception {
        PageVisitor officer = signedIn();
        assertThat(officer.get("/settings").body()).contains(" WIB<");

        officer.post("/settings/zone", Map.of("zone", "Asia/Jayapura"));
        assertThat(officer.get("/settings").body()).contains(" WIT<").doesNotContain(" WIB<");

        officer.post("/settings/zone", Map.of("zone", "Europe/Brussels"));
        assertThat(officer.get("/settings").body()).containsPattern(" CES?T<");
    }

    @Test
    void whatWasTypedWaitsWhileTheSessionHadEnded() throws Exception {
        PageVisitor officer = signedIn();
        String form = PageVisitor.redirect(officer.post("/notice-forms", Map.of()));
        String path = form.replace(nodes.url(AUTHORITY), "");
        jdbc().sql("delete from spring_session").update();

        var refused = officer.post(path, Map.of("article", "14 of the sample law"));
        assertThat(PageVisitor.redirect(refused)).contains("/sign-in?expired");
        var back = officer.signIn(name, PASSWORD);

        assertThat(PageVisitor.redirect(back)).endsWith("/resume");
        assertThat(officer.get("/resume").body()).contains("14 of the sample law", path);
        officer.post(path, Map.of("article", "14 of the sample law"));
        assertThat(officer.get(path).body()).contains("14 of the sample law");
    }

    @Test
    void languageStaysChosen() throws Exception {
        PageVisitor visitor = visitor();
        assertThat(visitor.get("/sign-in").body()).contains("lang=\"en\"");

        visitor.get("/language?to=id&back=/sign-in");

        assertThat(visitor.get("/sign-in").body())
                .contains("<html class=\"govuk-template\" lang=\"id\">");
    }

    @Test
    void nobodyIsLedToAStrangersAddress() throws Exception {
        for (String back :
                List.of("//evil.example/", "https://evil.example/", "/%5Cevil.example")) {
            var answer = visitor().get("/language?to=id&back=" + back);

            assertThat(PageVisitor.redirect(answer)).doesNotContain("evil");
        }
        for (String to : List.of("//evil.example/", "https://evil.example/", "/\\evil.example")) {
            var refused =
                    visitor()
                            .post("/sign-in", Map.of("name", name, "password", "not it", "to", to));

            assertThat(refused.body()).doesNotContain("evil");
        }
    }
}
