package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.screening.EntryRow;
import org.jalur.node.screening.ListImports;
import org.jalur.node.screening.SignatureLists;
import org.jalur.notice.ListFacts;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Source;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Lists travel from an authority to a platform as signed messages, with where they come from. */
class SharedListTest {
    private static final String AUTHORITY = "otoritas-contoh";

    /** Signs by hand. */
    private static final String OTHER = "otoritas-tangan";

    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static SharedLists shared;
    private static PageVisitor officer;
    private static PageVisitor approver;
    private static PageVisitor senior;
    private static HandMadePeer peer;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY, OTHER), List.of(PLATFORM));
        nodes.with(PLATFORM, "jalur.peers[1].delivery", "pulled");
        nodes.start(AUTHORITY);
        nodes.start(PLATFORM);
        shared = new SharedLists(nodes, AUTHORITY, PLATFORM);
        officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        approver = nodes.signedIn(AUTHORITY, Role.APPROVER);
        senior = nodes.signedIn(PLATFORM, Role.SENIOR_REVIEWER);
        peer = new HandMadePeer(OTHER, PLATFORM, nodes.url(PLATFORM), nodes.identityOf(OTHER));
        Message keys = peer.keysMessage(1);
        assertThat(peer.send(keys).status()).isEqualTo(200);
        peer.after(keys);
        peer.agreement = Optional.of(agreementWith(OTHER));
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static Hash agreementWith(String authority) {
        return nodes.bean(PLATFORM, Agreements.class)
                .with(new PartyId(authority))
                .orElseThrow()
                .digest();
    }

    private static SignatureLists lists() {
        return nodes.bean(PLATFORM, SignatureLists.class);
    }

    private static List<ListImports.ListImport> imports(String list) {
        return nodes.bean(PLATFORM, ListImports.class).of(list);
    }

    private static JdbcClient database(String party) {
        return nodes.bean(party, JdbcClient.class);
    }

    @Test
    void listIsDrawnUpApprovedByAnotherReceivedInReviewFoundAndUndone() throws Exception {
        String csv =
                SharedLists.HEAD
                        + "phrase,sample words that an authority lists,src-1,sample group,Sample description,ID SG,\n"
                        + "sha256,abc,src-2,,,,\n"
                        + "url,https://listed-site.example/page,src-3,,,,\n"
                        + "domain,co.id,src-4,,,,\n";

        UUID draft = shared.draft(officer, "whole-way", csv);

        var page = Jsoup.parse(SharedLists.page(approver, draft));
        assertThat(page.text())
                .contains("sample words that an authority lists", "sample group", "terrorism")
                .contains("Sample reason of whole-way", "draft", "phrase")
                .as("wrong lines")
                .contains("abc", "not 64 hexadecimal digits", "co.id", "public suffix");
        assertThat(page.select("#root").text()).hasSize(64);
        assertThat(sealed(draft)).isNotEmpty().noneMatch(one -> one.contains("sample words"));

        assertThat(shared.approve(approver, draft).statusCode()).isEqualTo(302);

        SharedLists.await(() -> SharedLists.page(officer, draft).contains("delivered"));
        assertThat(SharedLists.page(officer, draft)).contains("Sample reason of whole-way");
        String id = shared.there("whole-way");
        var list = lists().find(id).orElseThrow().list();
        assertThat(list.mode()).isEqualTo(Mode.REVIEW);
        assertThat(list.source()).isEqualTo(new Source.Authority(AUTHORITY));
        assertThat(list.name()).isEqualTo("Sample list whole-way");
        EntryRow entry =
                shared.entries("whole-way").stream()
                        .filter(one -> one.sourceId().equals(Optional.of("src-1")))
                        .findFirst()
                        .orElseThrow();
        assertThat(entry.authority()).contains(AUTHORITY);
        assertThat(entry.agreement()).contains(agreementWith(AUTHORITY).hex());
        assertThat(entry.label()).contains("sample group");
        assertThat(entry.description()).contains("Sample description");
        assertThat(entry.countries()).containsExactly("ID", "SG");

        SharedLists.await(() ->
                screened("so: sample words that an authority lists", "ID")
                        .path("verdict")
                        .asString()
                        .equals("review"));
        JsonNode found = screened("so: sample words that an authority lists", "ID");
        assertThat(found.at("/hits/0/origin").asString()).isEqualTo(AUTHORITY);
        assertThat(found.at("/hits/0/agreement").asString())
                .isEqualTo(agreementWith(AUTHORITY).hex());

        ListImports.ListImport brought = imports(id).getFirst();
        assertThat(brought.state()).isEqualTo("done");
        assertThat(brought.added()).isEqualTo(2);
        assertThat(brought.wrong()).isZero();
        assertThat(senior.get("/lists/" + id).body()).contains("list received", AUTHORITY);
        String one = "/lists/" + id + "/imports/" + brought.id();
        assertThat(senior.get(one).body())
                .contains("Sample reason of whole-way", agreementWith(AUTHORITY).hex());
        assertThat(senior.get("/entries/" + entry.id()).body())
                .contains(AUTHORITY, agreementWith(AUTHORITY).hex(), "src-1");

        assertThat(senior.post(one + "/undo", Map.of()).statusCode()).isEqualTo(302);

        assertThat(shared.entries("whole-way")).isEmpty();
        SharedLists.await(() ->
                screened("so: sample words that an authority lists", "ID")
                        .path("verdict")
                        .asString()
                        .equals("publish"));
        SharedLists.await(() -> nodes.bean(AUTHORITY, DraftKeys.class).existing(draft).isEmpty());
        assertThat(sealed(draft)).isEmpty();
    }

    private static JsonNode screened(String text, String country) {
        try {
            return nodes.post(
                            PLATFORM,
                            "connector",
                            "/screen?deadlineMillis=5000",
                            Map.of("visibility", "public", "text", text, "country", country))
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What the database holds of a draft, as text. */
    private static List<String> sealed(UUID draft) {
        return database(AUTHORITY)
                .sql("select entries from sent_list_drafts where list = :list")
                .param("list", draft)
                .query((row, _) -> new String(row.getBytes("entries"), UTF_8))
                .list();
    }

    @Test
    void nobodyApprovesTheListThatTheyDrewUp() throws Exception {
        String name = "Sample " + UUID.randomUUID();
        String password = "a sample password of a test";
        UUID account = nodes.bean(AUTHORITY, Accounts.class).open(name, Role.OFFICER);
        nodes.bean(AUTHORITY, Passwords.class).set(account, password);
        var author = new PageVisitor(nodes.url(AUTHORITY));
        author.signIn(name, password);
        UUID draft = shared.draft(author, "own", SharedLists.HEAD + "phrase,sample words,,,,,\n");
        assertThat(shared.approve(author, draft).statusCode()).isEqualTo(403);

        // An officer becomes an approver, and is the same person.
        database(AUTHORITY)
                .sql(
                        "update accounts set role = (select role from accounts where role ilike 'approver' limit 1) where id = :id")
                .param("id", account)
                .update();
        var promoted = new PageVisitor(nodes.url(AUTHORITY));
        promoted.signIn(name, password);

        assertThat(SharedLists.page(promoted, draft)).contains("another person approves it");
        var refused = shared.approve(promoted, draft);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("You drew this list up yourself");
        assertThat(SharedLists.page(officer, draft)).contains("draft");
        assertThat(lists().find(shared.there("own"))).isEmpty();
    }

    @Test
    void onlyWhatThePageShowedIsApproved() throws Exception {
        UUID draft =
                shared.draft(
                        officer, "other-root", SharedLists.HEAD + "phrase,sample words,,,,,\n");

        var answer =
                approver.post(
                        "/sent-lists/" + draft + "/approval", Map.of("root", "ab".repeat(32)));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("This draft was changed");
    }

    @Test
    void discardedDraftIsGoneWithItsKey() throws Exception {
        UUID draft =
                shared.draft(officer, "discarded", SharedLists.HEAD + "phrase,sample words,,,,,\n");

        var answer = officer.post("/sent-lists/" + draft + "/removal", Map.of());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(officer.get("/sent-lists/" + draft).statusCode()).isEqualTo(404);
        assertThat(sealed(draft)).isEmpty();
        SharedLists.await(() -> nodes.bean(AUTHORITY, DraftKeys.class).existing(draft).isEmpty());
    }

    @Test
    void categoryOutsideTheAgreementIsRefusedBeforeAnythingIsSent() throws Exception {
        var form = shared.form("outside");
        form.put("category", "copyright");

        var answer = shared.draw(officer, form, SharedLists.HEAD + "phrase,sample words,,,,,\n");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Category “copyright” is not in scope");
        assertThat(answer.body()).contains("Sample reason of outside");
    }

    @Test
    void whatIsMissingOrWrongIsNamedAtItsField() throws Exception {
        var answer =
                shared.draw(
                        officer,
                        Map.of("platform", "nobody", "listId", "Not An Id"),
                        "kind,value\nphrase,sample words\n");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).select(".govuk-error-summary a").eachAttr("href"))
                .containsExactly("#platform", "#category", "#listId", "#listName", "#listReason");
    }

    @Test
    void fileWithoutAnyEntryShowsItsWrongLines() throws Exception {
        var answer =
                shared.draw(officer, shared.form("wrong"), SharedLists.HEAD + "sha256,abc,,,,,\n");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).text())
                .contains("No line of this file is an entry", "abc", "64");
    }

    @Test
    void laterMessageAddsTakesBackAndLeavesWhatThePlatformDecided() throws Exception {
        shared.send(
                officer,
                approver,
                "growing",
                SharedLists.HEAD
                        + "phrase,first sample words,a,,,,\nphrase,second sample words,b,,,,\n");
        String id = shared.there("growing");
        lists().change(
                        id,
                        new SignatureLists.Settings(Mode.BLOCK, false, 20, 60, Optional.empty()),
                        "somebody");

        shared.send(
                officer,
                approver,
                "growing",
                SharedLists.HEAD
                        + "phrase,second sample words,b,,,,true\nphrase,third sample words,c,,,,\n"
                        + "phrase,first sample words,a,,,,\n");

        assertThat(shared.values("growing"))
                .containsExactly("first sample words", "third sample words");
        ListImports.ListImport second = imports(id).getFirst();
        assertThat(second.added()).isEqualTo(1);
        assertThat(second.there()).isEqualTo(1);
        assertThat(second.takenBack()).isEqualTo(1);
        var list = lists().find(id).orElseThrow().list();
        assertThat(list.mode()).isEqualTo(Mode.BLOCK);
        assertThat(list.raisedBy()).contains("somebody");
        assertThat(list.pdqRadius()).isEqualTo(20);
    }

    @Test
    @Tag("long")
    void asManyEntriesAsOneMessageBringsArriveTogether() throws Exception {
        String csv =
                IntStream.range(0, ListFacts.MOST)
                        .mapToObj("domain,sample-%1$d.example,s-%1$d,,,,\n"::formatted)
                        .collect(Collectors.joining("", SharedLists.HEAD, ""));

        shared.send(officer, approver, "full", csv);

        ListImports.ListImport one = imports(shared.there("full")).getFirst();
        assertThat(one.added()).isEqualTo(ListFacts.MOST);
        assertThat(one.state()).isEqualTo("done");
    }

    @Test
    void listThatThePlatformCallsSoItselfIsNotAddedToAndTheAuthorityIsTold() throws Exception {
        String id = shared.there("taken");
        lists().create(id, "A list of its own", new Source.OwnPlatform(), "somebody");

        UUID sent =
                shared.send(
                        officer,
                        approver,
                        "taken",
                        SharedLists.HEAD + "phrase,sample words,,,,,\n");

        SharedLists.await(() -> SharedLists.page(officer, sent).contains("Refused by"));
        assertThat(Jsoup.parse(SharedLists.page(officer, sent)).text())
                .contains("Clause list: The platform has another list that is called \"" + id);
        assertThat(officer.get("/sent-lists").body()).contains("refused");
        assertThat(shared.entries("taken")).isEmpty();
    }

    @Test
    void listThatThePlatformRemovedStaysRemoved() throws Exception {
        String csv = SharedLists.HEAD + "phrase,sample words,,,,,\n";
        shared.send(officer, approver, "removed", csv);
        lists().remove(shared.there("removed"), "somebody");

        UUID again = shared.send(officer, approver, "removed", csv);

        SharedLists.await(() -> SharedLists.page(officer, again).contains("Refused by"));
        assertThat(lists().find(shared.there("removed"))).isEmpty();
    }

    private static ListFacts facts(String list, String category, int entries) {
        return new ListFacts(list, "By hand", category, "Sample reason", entries, Instant.EPOCH);
    }

    private static Message byHand(ListFacts facts, String... chunks) throws Exception {
        var parts = new java.util.ArrayList<Part>();
        parts.add(Parts.json("list", facts));
        for (String chunk : chunks) {
            parts.add(Part.of("list-entries", chunk.getBytes(UTF_8)));
        }
        return byHand(parts);
    }

    private static Message byHand(List<Part> parts) throws Exception {
        byte[] body = HandMadePeer.frame(parts);
        peer.upload(
                parts,
                peer.authorization("/channel/parts", body, Instant.now(), UUID.randomUUID()));
        Message message = peer.sign(UUID.randomUUID(), "list", parts, Optional.empty());
        assertThat(peer.send(message).status()).isEqualTo(200);
        peer.after(message);
        return message;
    }

    /** How the platform answered; empty if it has nothing against it. */
    private static Optional<Refusal> refusal(Message message) {
        Channel channel =
                nodes.bean(PLATFORM, Channels.class).with(new PartyId(OTHER)).orElseThrow();
        return database(PLATFORM)
                .sql("select leaves from messages where kind = 'refusal' and about = :id")
                .param("id", message.manifest().id())
                .query((row, _) -> Hash.of(row.getBytes("leaves")))
                .optional()
                .flatMap(leaf -> nodes.bean(PLATFORM, PartStore.class).open(channel, leaf))
                .map(part -> Parts.read(part, Refusal.class));
    }

    @Test
    void platformRefusesWhatNoNodeWouldSendAndNamesTheClause() throws Exception {
        String csv = SharedLists.HEAD + "phrase,sample words,,,,,\n";

        var outside = refusal(byHand(facts("hand-outside", "copyright", 1), csv));
        assertThat(outside.orElseThrow().clause()).isEqualTo("categories");
        assertThat(outside.get().reason()).contains("copyright");

        peer.agreement = Optional.of(Hash.sha256("another".getBytes(UTF_8)));
        var cited = refusal(byHand(facts("hand-cited", "terrorism", 1), csv));
        peer.agreement = Optional.of(agreementWith(OTHER));
        assertThat(cited.orElseThrow().clause()).isEqualTo("agreement");

        var more = refusal(byHand(facts("hand-more", "terrorism", 1), csv, csv));
        assertThat(more.orElseThrow().clause()).isEqualTo("protocol");
        var none = refusal(byHand(facts("hand-none", "terrorism", 1)));
        assertThat(none.orElseThrow().clause()).isEqualTo("protocol");
        var order =
                refusal(
                        byHand(
                                List.of(
                                        Part.of("list-entries", csv.getBytes(UTF_8)),
                                        Parts.json("list", facts("hand-order", "terrorism", 1)))));
        assertThat(order.orElseThrow().clause()).isEqualTo("protocol");
        var id =
                refusal(
                        byHand(
                                List.of(
                                        Part.of(
                                                "list",
                                                "{\"id\":\"../x\",\"name\":\"n\",\"category\":\"terrorism\",\"reason\":\"r\",\"entries\":1,\"drawnUpAt\":\"2026-01-01T00:00:00Z\"}"
                                                        .getBytes(UTF_8)),
                                        Part.of("list-entries", csv.getBytes(UTF_8)))));
        assertThat(id.orElseThrow().clause()).isEqualTo("protocol");
        assertThat(id.get().reason()).contains("../x");

        assertThat(lists().all()).noneMatch(one -> one.list().id().startsWith(OTHER + ".hand-"));
    }

    @Test
    void wrongLinesOfAMessageAreShownAndTheOthersCount() throws Exception {
        Message message =
                byHand(
                        facts("lines", "terrorism", 4),
                        SharedLists.HEAD + "phrase,sample words by hand,,,,,\nmd5,xyz,,,,,\n",
                        SharedLists.HEAD + "domain,co.id,,,,,\nphrase,more sample words,,,,,\n");

        assertThat(refusal(message)).isEmpty();
        ListImports.ListImport one = imports(OTHER + ".lines").getFirst();
        assertThat(one.added()).isEqualTo(2);
        assertThat(one.wrong()).isEqualTo(2);
        assertThat(nodes.bean(PLATFORM, ListImports.class).errors(one.id()))
                .extracting(error -> error.line() + " " + error.value())
                .as("lines are counted through the parts")
                .containsExactly("3 xyz", "5 co.id");
        assertThat(senior.get("/lists/%s.lines/imports/%d".formatted(OTHER, one.id())).body())
                .contains("xyz", "co.id");
    }

    @Test
    void sameMessageAgainChangesNothing() throws Exception {
        Message message =
                byHand(
                        facts("again", "terrorism", 1),
                        SharedLists.HEAD + "phrase,sample words once,,,,,\n");
        String first = peer.send(message).receipt();

        String second = peer.send(message).receipt();

        assertThat(second).isEqualTo(first).isNotEmpty();
        assertThat(imports(OTHER + ".again")).hasSize(1);
    }
}
