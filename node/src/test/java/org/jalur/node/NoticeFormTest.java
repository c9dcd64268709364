package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notice form: what it keeps, what it refuses, and what becomes of the files. */
class NoticeFormTest {
    private static final String AUTHORITY = "otoritas-formulir";
    private static final String PASSWORD = "a sample password of a test";
    private static final byte[] PDF = "%PDF-1.7 sample".getBytes(UTF_8);

    @TempDir private static Path folder;
    private static TestNodes nodes;

    private PageVisitor officer = new PageVisitor("");
    private String form = "";

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of("platform-formulir"));
        nodes.start(AUTHORITY);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    @BeforeEach
    void beginForm() throws Exception {
        var context = nodes.context(AUTHORITY);
        String name = "Sample " + UUID.randomUUID();
        UUID account = context.getBean(Accounts.class).open(name, Role.OFFICER);
        context.getBean(Accounts.class).belongs(account, List.of("Otoritas Contoh"));
        context.getBean(Passwords.class).set(account, PASSWORD);
        officer = new PageVisitor(nodes.url(AUTHORITY));
        officer.signIn(name, PASSWORD);
        form =
                PageVisitor.redirect(officer.post("/notice-forms", Map.of()))
                        .replace(nodes.url(AUTHORITY), "")
                        .replace("/ground", "");
    }

    private Document page(String step) throws Exception {
        return Jsoup.parse(officer.get(form + step).body());
    }

    private void paste(int items) throws Exception {
        var urls = new StringBuilder();
        for (int i = 1; i <= items; i++) {
            urls.append("https://social.example/sample/").append(i).append('\n');
        }
        officer.post(form + "/items/paste", Map.of("urls", urls.toString()));
    }

    private HttpResponse<String> upload(String name, String use, String numbers) throws Exception {
        return new Multipart(Map.of("fileUse", use, "numbers", numbers), "file", name, PDF)
                .send(officer, nodes.url(AUTHORITY) + form + "/items/file");
    }

    /** Numbers of the items on a page that a file is evidence of. */
    private List<Integer> evidenceOf(String file) throws Exception {
        return evidenceOf(file, 1);
    }

    private List<Integer> evidenceOf(String file, int from) throws Exception {
        var rows = new ArrayList<Integer>();
        for (Element row : page("/items?from=" + from).select("tbody tr")) {
            if (row.text().contains(file)) {
                rows.add(Integer.parseInt(row.select("td").eachText().getFirst()));
            }
        }
        return rows;
    }

    @Test
    void fieldThatIsTooLongIsRefusedAndStaysToBeMended() throws Exception {
        String reasons = "x".repeat(100_001);

        var refused =
                officer.post(
                        form + "/reasons",
                        Map.of("reasons", reasons, "scope", "ID, SG", "leave", "yes"));

        Document page = Jsoup.parse(refused.body());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(page.select(".govuk-error-summary").text())
                .contains("Reasons: has 100001 characters; shorten it to 100000");
        assertThat(page.select("#reasons").text()).isEqualTo(reasons);
        assertThat(page("/reasons").select("#scope").attr("value")).isEqualTo("ID, SG");
        assertThat(page("/reasons").select("#reasons").text()).isEmpty();
    }

    @Test
    void evidenceBelongsToTheItemsThatWereNumbered() throws Exception {
        paste(4);

        upload("two.pdf", "evidence", "2, 4");
        upload("all.pdf", "evidence", "");

        assertThat(evidenceOf("two.pdf")).containsExactly(2, 4);
        assertThat(evidenceOf("all.pdf")).containsExactly(1, 2, 3, 4);
    }

    @Test
    void unknownNumbersAreRefusedByNameAndNothingIsKept() throws Exception {
        paste(3);

        var refused = upload("sample.pdf", "evidence", "2, 7, three");

        Document page = Jsoup.parse(refused.body());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(page.select(".govuk-error-summary").text())
                .contains("For items number: there is no item 7, three; use numbers of the table");
        assertThat(page.select("#numbers").attr("value")).isEqualTo("2, 7, three");
        assertThat(evidenceOf("sample.pdf")).isEmpty();
        assertThat(page("/items").text()).doesNotContain("sample.pdf");
    }

    @Test
    void evidenceOfTenThousandItemsIsOneStep() throws Exception {
        var csv = new StringBuilder("url\n");
        for (int i = 0; i < 10_000; i++) {
            csv.append("https://social.example/sample/").append(i).append('\n');
        }
        new Multipart(Map.of(), "csv", "sample.csv", csv.toString().getBytes(UTF_8))
                .send(officer, nodes.url(AUTHORITY) + form + "/items/csv");

        upload("all.pdf", "evidence", "");

        assertThat(evidenceOf("all.pdf")).startsWith(1, 2, 3);
        assertThat(evidenceOf("all.pdf", 9_951)).hasSize(50).endsWith(10_000);
    }

    @Test
    void letterIsOneFileAndNoEvidence() throws Exception {
        paste(2);

        upload("draft letter.pdf", "letter", "");
        upload("letter.pdf", "letter", "");

        assertThat(evidenceOf("letter.pdf")).isEmpty();
        assertThat(page("/items").select("li:has(.govuk-tag)").text())
                .contains("letter.pdf", "the official letter");
        assertThat(page("/items").text()).doesNotContain("draft letter.pdf");
    }

    @Test
    void fileThatIsGivenAgainForAnotherUseChangesItsUse() throws Exception {
        paste(2);

        upload("sample.pdf", "letter", "");
        upload("sample.pdf", "evidence", "1");

        assertThat(evidenceOf("sample.pdf")).containsExactly(1);
        assertThat(page("/items").select("li .govuk-tag")).isEmpty();

        upload("sample.pdf", "letter", "");

        assertThat(evidenceOf("sample.pdf")).isEmpty();
        assertThat(page("/items").select("li .govuk-tag")).hasSize(1);
    }

    @Test
    void letterThatIsRemovedIsNoLetterAnyMore() throws Exception {
        upload("letter.pdf", "letter", "");

        officer.post(form + "/items/files/removal", Map.of("name", "letter.pdf"));

        assertThat(page("/items").text()).doesNotContain("letter.pdf");
    }

    @Test
    void letterGoesIntoTheDraftOnceItsNumberAndDateAreThere() throws Exception {
        fillIn();
        upload("letter.pdf", "letter", "");

        assertThat(page("/check").select(".govuk-error-summary").text())
                .contains("Official letter, number: fill this in");
        issuer("SAMPLE/LETTER/1", "2026-11-01");
        var filed = officer.post(form + "/submission", Map.of());

        String notice =
                PageVisitor.redirect(filed)
                        .replace(nodes.url(AUTHORITY), "")
                        .replaceFirst("\\?.*", "");
        assertThat(notice).startsWith("/notices/");
        assertThat(
                        nodes.get(AUTHORITY, "officer", "/api" + notice)
                                .body()
                                .at("/draft/letter/file")
                                .asString())
                .isEqualTo("letter.pdf");
    }

    private void fillIn() throws Exception {
        officer.post(
                form + "/ground",
                Map.of(
                        "platform", "platform-formulir",
                        "kind", "order",
                        "urgency", "urgent",
                        "category", "terrorism",
                        "instrument", "UU 5/2018",
                        "article", "14",
                        "organisation", "Otoritas Contoh"));
        issuer("", "");
        officer.post(
                form + "/reasons",
                Map.of("language", "id", "reasons", "Sample reasons.", "nonDisclosure", "no"));
        paste(1);
    }

    private void issuer(String letterNumber, String letterDate) throws Exception {
        officer.post(
                form + "/issuer",
                Map.of(
                        "issuer", "Sample Ministry",
                        "issuerType", "ministry",
                        "letterNumber", letterNumber,
                        "letterDate", letterDate,
                        "reference", "SAMPLE/" + form,
                        "contact", "Sample desk",
                        "redress", "Objection within 14 days."));
    }
}
