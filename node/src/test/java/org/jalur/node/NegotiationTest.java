package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.Agreeing.OTHER_SIGNATORY;
import static org.jalur.node.Agreeing.REPRESENTATIVE;
import static org.jalur.node.Agreeing.SIGNATORY;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jalur.agreement.text.AgreementText;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.TestNodes.Reply;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Role;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Refusal;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Two parties negotiate, sign, keep to and end what they agreed, by messages. */
class NegotiationTest {
    private static final String AUTHORITY = "otoritas-contoh";

    /** Signs by hand. */
    private static final String OTHER = "otoritas-tangan";

    private static final String PLATFORM = "platform-contoh";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static Agreeing agreeing;
    private static HandMadePeer peer;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY, OTHER), List.of(PLATFORM));
        nodes.with(PLATFORM, "jalur.peers[1].delivery", "pulled");
        nodes.start(AUTHORITY);
        nodes.start(PLATFORM);
        agreeing = new Agreeing(nodes, AUTHORITY, PLATFORM);
        peer = new HandMadePeer(OTHER, PLATFORM, nodes.url(PLATFORM), nodes.identityOf(OTHER));
        Message keys = peer.keysMessage(1);
        assertThat(peer.send(keys).status()).isEqualTo(200);
        peer.after(keys);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    @Test
    void versionIsProposedCommentedCounteredAndSignedByTwoPeopleOfEachSide() throws Exception {
        String first =
                agreeing.propose(
                                AUTHORITY,
                                agreeing.next(AUTHORITY, text -> text.put("title", "Too short")),
                                "")
                        .body()
                        .at("/summary/id")
                        .asString();
        agreeing.await(PLATFORM, first, "proposed");
        nodes.post(
                PLATFORM,
                SIGNATORY,
                agreeing.path(PLATFORM, first) + "/comments",
                Map.of("clause", "title", "text", "Sample comment"));
        JsonNode commented =
                nodes.await(
                        AUTHORITY,
                        SIGNATORY,
                        agreeing.path(AUTHORITY, first),
                        one -> one.path("events").toString().contains("Sample comment"));
        assertThat(commented.at("/events/1/clause").asString()).isEqualTo("title");
        assertThat(commented.at("/events/1/side").asString()).isEqualToIgnoringCase("platform");

        Reply countered =
                agreeing.propose(
                        PLATFORM,
                        agreeing.next(PLATFORM, text -> text.put("title", "Sample version two")),
                        "?answers=" + first);
        String second = countered.body().at("/summary/id").asString();
        agreeing.await(AUTHORITY, first, "declined");
        String digest = agreeing.await(AUTHORITY, second, "").at("/summary/digest").asString();
        Reply declined =
                agreeing.sign(
                        PLATFORM, SIGNATORY, first, commented.at("/summary/digest").asString());
        assertThat(declined.status()).isEqualTo(422);
        assertThat(declined.body().path("detail").asString()).contains("declined");

        assertThat(
                        agreeing.sign(AUTHORITY, SIGNATORY, second, digest)
                                .body()
                                .at("/summary/state")
                                .asString())
                .as("one person signs nothing")
                .isEqualToIgnoringCase("proposed");
        assertThat(agreeing.sign(AUTHORITY, SIGNATORY, second, digest).status()).isEqualTo(409);
        assertThat(agreeing.sign(AUTHORITY, "officer", second, digest).status()).isEqualTo(403);
        assertThat(agreeing.sign(AUTHORITY, OTHER_SIGNATORY, second, digest).status())
                .isEqualTo(200);
        agreeing.await(PLATFORM, second, "signed_by_peer");
        agreeing.signs(PLATFORM, second);
        agreeing.await(AUTHORITY, second, "in_force");
        agreeing.await(PLATFORM, second, "in_force");
        String text = agreeing.text(AUTHORITY, second);
        assertThat(agreeing.text(PLATFORM, second)).isEqualTo(text);
        assertThat(Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex()).isEqualTo(digest);

        JsonNode notice = file("https://social.example/p/1", "terrorism");
        assertThat(notice.path("state").asString()).isEqualTo("sent");
        String opened = awaitCase(notice.path("id").asString());
        assertThat(opened).isEqualTo(digest);
        assertThat(agreeing.inForce(PLATFORM).path("namedAt").isNull()).isFalse();
    }

    @Test
    void deadlineScopeAndVolumeOfTheNewVersionHoldOnBothSides() throws Exception {
        agreeing.conclude(text -> {
            text.withArray("deadlines")
                    .forEach(one ->
                            ((ObjectNode) one)
                                    .putObject("allowance")
                                    .put("type", "day_end")
                                    .put("daysLater", 3)
                                    .put("cutOff", "00:00"));
            ObjectNode all = (ObjectNode) text.path("volume");
            all.put("itemsPerNotice", 2);
            text.withArray("organisations")
                    .forEach(one -> ((ObjectNode) one.path("volume")).put("itemsPerNotice", 2));
        });

        JsonNode notice = file("https://social.example/p/2", "terrorism");
        String id = notice.path("id").asString();
        awaitCase(id);
        JsonNode delivered =
                nodes.await(
                        AUTHORITY,
                        "officer",
                        "/api/notices/" + id,
                        one -> one.path("notice").hasNonNull("dueAt"));
        assertThat(Instant.parse(delivered.at("/notice/dueAt").asString()))
                .isEqualTo(dueOfCase(id))
                .satisfies(due ->
                        assertThat(due.atZone(ZoneId.of("Asia/Jakarta")).toLocalTime())
                                .isEqualTo(LocalTime.MIDNIGHT));

        Map<String, Object> three =
                new HashMap<>(ChannelTest.form(PLATFORM, "https://social.example/p/3"));
        three.put(
                "items",
                List.of(
                        Map.of("url", "https://social.example/p/3"),
                        Map.of("url", "https://social.example/p/4"),
                        Map.of("url", "https://social.example/p/5")));
        Reply tooMany = nodes.post(AUTHORITY, "officer", "/api/notices", three);
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.body().path("detail").asString())
                .contains("volume.itemsPerNotice", "3", "at most 2");
    }

    @Test
    void whatNoAgreementOrNotTheNextOneCanBeIsRefusedBeforeItIsSent() throws Exception {
        Reply stale =
                agreeing.propose(
                        AUTHORITY,
                        agreeing.next(
                                AUTHORITY,
                                text -> ((ObjectNode) text.path("version")).put("number", 9)),
                        "");
        Reply stranger =
                agreeing.propose(
                        AUTHORITY,
                        agreeing.next(
                                AUTHORITY,
                                text ->
                                        ((ObjectNode) text.path("platform"))
                                                .put("id", "platform-lain")),
                        "");
        Reply unknown =
                agreeing.propose(
                        AUTHORITY,
                        agreeing.next(AUTHORITY, text -> text.put("userData", true)),
                        "");

        assertThat(List.of(stale.status(), stranger.status(), unknown.status())).containsOnly(422);
        assertThat(stale.body().path("detail").asString()).contains("Clause version", "9");
        assertThat(stranger.body().path("detail").asString()).contains("platform.id");
        assertThat(unknown.body().path("detail").asString()).contains("userData");
        assertThat(
                        nodes.get(
                                        AUTHORITY,
                                        SIGNATORY,
                                        agreeing.path(AUTHORITY, UUID.randomUUID().toString()))
                                .status())
                .isEqualTo(404);
    }

    @Test
    void terminationKeepsTheNoticeThatIsAgreed() throws Exception {
        String id = agreeing.inForce(PLATFORM).path("id").asString();

        Reply tooSoon = terminate(SIGNATORY, id, LocalDate.now(ZoneOffset.UTC).plusDays(2));

        assertThat(tooSoon.status()).isEqualTo(422);
        assertThat(tooSoon.body().path("detail").asString()).contains("term.notice", "P1M");
        LocalDate last = LocalDate.now(ZoneOffset.UTC).plusMonths(2);
        terminate(SIGNATORY, id, last);
        assertThat(terminate(OTHER_SIGNATORY, id, last).status()).isEqualTo(200);
        JsonNode there =
                nodes.await(
                        AUTHORITY,
                        SIGNATORY,
                        agreeing.path(AUTHORITY, id),
                        one -> one.at("/summary/lastDay").asString("").equals(last.toString()));
        assertThat(there.at("/summary/state").asString()).isEqualToIgnoringCase("in_force");
    }

    private static Reply terminate(String role, String id, LocalDate last) throws Exception {
        return nodes.post(
                PLATFORM,
                role,
                agreeing.path(PLATFORM, id) + "/termination",
                Map.of("lastDay", last.toString(), "reason", "Sample reason"));
    }

    @Test
    void nobodyFilesForAnOrganisationTheyDoNotBelongTo() throws Exception {
        Map<String, Object> form =
                new HashMap<>(ChannelTest.form(PLATFORM, "https://social.example/p/6"));
        form.put("organisation", "Kepolisian Contoh");

        Reply refused = nodes.post(AUTHORITY, "officer", "/api/notices", form);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("detail").asString())
                .contains("Kepolisian Contoh", "Otoritas Contoh");
        UUID account =
                nodes.bean(AUTHORITY, Accounts.class).all().stream()
                        .filter(one -> one.name().equals("sample officer"))
                        .map(Accounts.Account::id)
                        .findFirst()
                        .orElseThrow();
        int set =
                nodes.call(
                                AUTHORITY,
                                "admin",
                                "PUT",
                                "/api/accounts/" + account + "/organisations",
                                Optional.of(
                                        Map.of(
                                                "organisations",
                                                List.of("Otoritas Contoh", "Kepolisian Contoh"))),
                                Optional.empty())
                        .status();
        assertThat(set).isEqualTo(204);
        Reply outside = nodes.post(AUTHORITY, "officer", "/api/notices", form);
        assertThat(outside.status()).isEqualTo(422);
        assertThat(outside.body().path("detail").asString())
                .contains("organisations", "may not file");
    }

    @Test
    void whatBreaksTheRulesByHandIsReceiptedAndRefusedWithItsClause() throws Exception {
        Agreements.Signed first = inForceByHand();
        byte[] malformed = "{\"version\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(propose(malformed).clause()).isEqualTo("agreement");
        assertThat(propose(byHand(first, text -> text.put("title", " "))).clause())
                .isEqualTo("title");
        assertThat(
                        propose(
                                        byHand(
                                                first,
                                                text ->
                                                        ((ObjectNode) text.path("version"))
                                                                .put("number", 7)))
                                .clause())
                .isEqualTo("version");

        byte[] next = byHand(first, text -> text.put("title", "Sample by hand"));
        UUID proposal = UUID.randomUUID();
        assertThat(send(proposal, proposal, "proposal", Hash.sha256(next), proposal(next)))
                .isEmpty();
        assertThat(sign(proposal, next, "Nobody").orElseThrow().clause())
                .isEqualTo("authority.representatives");
        assertThat(sign(proposal, next, REPRESENTATIVE).orElseThrow().reason())
                .as("what was refused is dead")
                .contains("refused");
    }

    @Test
    void versionBindsFromTheFirstNoticeThatNamesIt() throws Exception {
        Agreements.Signed first = inForceByHand();
        byte[] next = byHand(first, text -> text.put("title", "Sample that binds"));
        UUID proposal = UUID.randomUUID();
        assertThat(send(proposal, proposal, "proposal", Hash.sha256(next), proposal(next)))
                .isEmpty();
        assertThat(sign(proposal, next, REPRESENTATIVE)).isEmpty();
        var platform = new Agreeing(nodes, OTHER, PLATFORM);
        platform.signs(PLATFORM, proposal.toString());
        platform.await(PLATFORM, proposal.toString(), "in_force");

        assertThat(list(first.digest())).as("nobody has named the new one yet").isEmpty();
        assertThat(list(Hash.sha256(next))).isEmpty();
        Refusal backdated = list(first.digest()).orElseThrow();

        assertThat(backdated.clause()).isEqualTo("version");
        assertThat(backdated.reason()).contains("binds no more");
    }

    @Test
    void versionIsProposedByTheFormReadAsADocumentAndSignedOnItsPage() throws Exception {
        PageVisitor one = nodes.signedIn(PLATFORM, Role.SIGNATORY);
        PageVisitor other = nodes.signedIn(PLATFORM, Role.SIGNATORY);
        String inForce = agreeing.inForce(PLATFORM).path("id").asString();
        String here = "/agreements/" + AUTHORITY;
        var form = Jsoup.parse(one.get(here + "/proposal?begin=" + inForce).body());
        assertThat(form.select("#entitled").text()).isEqualTo("Otoritas Contoh");
        Map<String, String> typed = new HashMap<>();
        form.select("main form [name]")
                .forEach(field -> typed.put(field.attr("name"), field.val()));
        typed.put("noticesPerDay", "many");

        var wrong = one.post(here + "/proposal", typed);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(wrong.body()).select(".govuk-error-summary a").eachAttr("href"))
                .containsExactly("#noticesPerDay");
        typed.put("noticesPerDay", "77");
        typed.put("entitled", "");
        assertThat(Jsoup.parse(one.post(here + "/proposal", typed).body()).text())
                .contains("organisations are none; name at least one");
        typed.put("entitled", "Otoritas Contoh\nKepolisian Contoh");
        typed.put("urgentHours", "2");

        var sent = one.post(here + "/proposal", typed);
        assertThat(sent.statusCode()).isEqualTo(302);
        String path =
                sent.headers()
                        .firstValue("Location")
                        .orElseThrow()
                        .replaceAll("\\?.*|^http://[^/]*", "");
        var page = Jsoup.parse(one.get(path).body());
        assertThat(page.select("#changes").text())
                .contains("from 1000000 to 77", "Kepolisian Contoh", "2 h");
        assertThat(page.select("#clause-deadlines").text())
                .contains("category all, kind all, urgent", "wall-clock time");
        assertThat(page.select(".jalur-agreement").text()).contains("Permenkominfo 5/2020");
        Map<String, String> signature =
                Map.of("digest", page.select("#digest").text(), "representative", REPRESENTATIVE);
        assertThat(one.post(path + "/signature", signature).statusCode()).isEqualTo(302);
        assertThat(one.post(path + "/signature", signature).body())
                .contains("another signatory must want the same");
        assertThat(other.get(path).body()).contains("One signatory wants to sign");
        assertThat(other.post(path + "/signature", signature).statusCode()).isEqualTo(302);
        assertThat(other.get(path).body()).contains("signed by us");
        assertThat(one.post(path + "/comments", Map.of("remark", " ")).statusCode()).isEqualTo(422);
        assertThat(nodes.signedIn(PLATFORM, Role.REVIEWER).get("/agreements").body())
                .contains("signed by us", "in force")
                .doesNotContain("Propose a version");
        // The platform may sign another one again once the authority has declined this one.
        String id = path.replaceAll(".*/", "");
        agreeing.await(AUTHORITY, id, "signed_by_peer");
        agreeing.propose(AUTHORITY, agreeing.next(AUTHORITY, _ -> {}), "?answers=" + id);
        agreeing.await(PLATFORM, id, "declined");
    }

    @Test
    void versionIsAPdfToHandOn() throws Exception {
        JsonNode inForce = agreeing.inForce(PLATFORM);
        PageVisitor auditor = nodes.signedIn(PLATFORM, Role.AUDITOR);
        String here = "/agreements/%s/".formatted(AUTHORITY);

        var file = auditor.download(here + inForce.path("id").asString() + "/pdf");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains(AUTHORITY);
        try (PDDocument pdf = Loader.loadPDF(file.body())) {
            assertThat(pdf.getNumberOfPages()).isGreaterThan(2);
            assertThat(pdf.getDocumentInformation().getTitle())
                    .isEqualTo(inForce.path("title").asString());
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("id");
            assertThat(pdf.getDocumentCatalog().getStructureTreeRoot())
                    .as("readable aloud")
                    .isNotNull();
            String text = new PDFTextStripper().getText(pdf);
            assertThat(text)
                    .contains("Otoritas Contoh", "Tanda tangan", REPRESENTATIVE)
                    .doesNotContain("??")
                    .satisfies(all ->
                            assertThat(all.split(inForce.path("digest").asString(), -1))
                                    .as("on every page")
                                    .hasSizeGreaterThan(pdf.getNumberOfPages()));
        }
        assertThat(auditor.download(here + UUID.randomUUID() + "/pdf").statusCode()).isEqualTo(404);
    }

    @Test
    void templateSaysOfEachValueWhereItComesFrom() throws Exception {
        PageVisitor signatory = nodes.signedIn(AUTHORITY, Role.SIGNATORY);

        var page = Jsoup.parse(signatory.get("/agreement-templates/eu_2021_784").body());

        assertThat(page.select("#clause-deadlines").text()).contains("1 h", "seen in a source");
        assertThat(page.select("#clause-userNotice").text()).contains("not verified");
        assertThat(page.select("#clause-appeals").text()).contains("second-hand");
        assertThat(signatory.get("/agreement-templates/none").statusCode()).isEqualTo(404);
        String here = "/agreements/" + PLATFORM + "/proposal";
        var form = Jsoup.parse(signatory.get(here + "?begin=indonesia_2017").body());
        Map<String, String> typed = new HashMap<>();
        form.select("main form [name]")
                .forEach(field -> typed.put(field.attr("name"), field.val()));
        assertThat(typed).containsEntry("agreementTitle", "Indonesia 2017 (same day)");

        var incomplete = signatory.post(here, typed);

        assertThat(incomplete.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(incomplete.body()).select(".govuk-error-summary a").eachAttr("href"))
                .containsExactly("#authorityRepresentative");
    }

    private static Agreements.Signed inForceByHand() {
        return nodes.bean(PLATFORM, Agreements.class).with(new PartyId(OTHER)).orElseThrow();
    }

    private static byte[] byHand(Agreements.Signed current, Consumer<ObjectNode> change)
            throws Exception {
        String text =
                new String(
                        AgreementText.write(current.agreement()).octets(), StandardCharsets.UTF_8);
        ObjectNode next = (ObjectNode) TestNodes.JSON.readTree(text);
        next.putObject("version")
                .put("number", current.agreement().version().number() + 1)
                .put("previous", current.digest().hex());
        change.accept(next);
        return next.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Part> proposal(byte[] octets) {
        return List.of(
                Part.of("agreement-proposal", "{}".getBytes(StandardCharsets.UTF_8)),
                Part.of("agreement", octets));
    }

    private static Refusal propose(byte[] octets) throws Exception {
        UUID id = UUID.randomUUID();
        return send(id, id, "proposal", Hash.sha256(octets), proposal(octets)).orElseThrow();
    }

    private static Optional<Refusal> sign(UUID proposal, byte[] octets, String representative)
            throws Exception {
        Hash digest = Hash.sha256(octets);
        return send(
                UUID.randomUUID(),
                proposal,
                "signature",
                digest,
                List.of(
                        Parts.json(
                                "agreement-signature",
                                Map.of("digest", digest.hex(), "representative", representative))));
    }

    private static Optional<Refusal> list(Hash agreement) throws Exception {
        UUID id = UUID.randomUUID();
        return send(
                id,
                id,
                "list",
                agreement,
                List.of(
                        Parts.json(
                                "list",
                                Map.of(
                                        "id",
                                        "l-" + id.toString().substring(0, 8),
                                        "name",
                                        "Sample",
                                        "category",
                                        "terrorism",
                                        "reason",
                                        "Sample",
                                        "entries",
                                        1,
                                        "drawnUpAt",
                                        "2026-01-01T00:00:00Z")),
                        Part.of(
                                "list-entries",
                                (SharedLists.HEAD + "phrase,sample words " + id + ",,,,,\n")
                                        .getBytes(StandardCharsets.UTF_8))));
    }

    /** What the platform refused of a message by hand; every one is receipted. */
    private static Optional<Refusal> send(
            UUID id, UUID about, String kind, Hash agreement, List<Part> parts) throws Exception {
        byte[] frame = HandMadePeer.frame(parts);
        assertThat(
                        peer.upload(
                                parts,
                                peer.authorization(
                                        "/channel/parts", frame, Instant.now(), UUID.randomUUID())))
                .isEqualTo(204);
        int before = refusals(about).size();
        peer.agreement = Optional.of(agreement);
        peer.about = Optional.of(about);
        Message message = peer.sign(id, kind, parts, Optional.empty());
        HandMadePeer.Result result = peer.send(message);
        assertThat(result.status()).as(result.body().toString()).isEqualTo(200);
        assertThat(result.receipt()).isNotEmpty();
        peer.after(message);
        return refusals(about).stream().skip(before).findFirst();
    }

    private static List<Refusal> refusals(UUID about) {
        Channel channel =
                nodes.bean(PLATFORM, Channels.class).with(new PartyId(OTHER)).orElseThrow();
        return nodes
                .bean(PLATFORM, JdbcClient.class)
                .sql(
                        "select leaves from messages where kind = 'refusal' and about = :about order by id")
                .param("about", about)
                .query((row, _) -> Hash.of(row.getBytes("leaves")))
                .list()
                .stream()
                .flatMap(leaf -> nodes.bean(PLATFORM, PartStore.class).open(channel, leaf).stream())
                .map(part -> Parts.read(part, Refusal.class))
                .toList();
    }

    private static JsonNode file(String url, String category) throws Exception {
        Map<String, Object> form = new HashMap<>(ChannelTest.form(PLATFORM, url));
        form.put("category", category);
        Reply draft = nodes.post(AUTHORITY, "officer", "/api/notices", form);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        return nodes.post(
                        AUTHORITY,
                        "approver",
                        "/api/notices/" + draft.body().at("/notice/id").asString() + "/approval",
                        Map.of())
                .body()
                .path("notice");
    }

    /**
     * @return the agreement on which the case of the notice stands
     */
    private static String awaitCase(String notice) throws Exception {
        nodes.await(
                PLATFORM,
                "reviewer",
                "/api/cases?limit=100",
                cases -> cases.toString().contains(notice));
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql("select encode(agreement, 'hex') from cases where notice_id = :notice")
                .param("notice", UUID.fromString(notice))
                .query(String.class)
                .single();
    }

    private static Instant dueOfCase(String notice) {
        return nodes.bean(PLATFORM, JdbcClient.class)
                .sql("select due_at from cases where notice_id = :notice")
                .param("notice", UUID.fromString(notice))
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
