package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jalur.node.AccessBlocks.name;
import static org.jalur.node.AccessBlocks.reason;
import static org.jalur.node.AccessBlocks.state;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jalur.access.DomainName;
import org.jalur.access.order.OrderEvent;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.node.access.OrderActs;
import org.jalur.node.accounts.Role;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What everybody sees of access blocks, on the node of their authority. */
class PublicRegisterTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final MovedClock CLOCK = new MovedClock();
    private static final String HOME = "https://blocks.example";
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static AccessBlocks blocks;
    private static Stranger anybody;
    private static String inForce;
    private static String lifted;

    @BeforeAll
    static void start() throws Exception {
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))
                        .at(CLOCK)
                        .with(AUTHORITY, "jalur.public.url", HOME)
                        .with(AUTHORITY, "jalur.public.per-minute", 200);
        nodes.startAll();
        blocks = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        new Agreeing(nodes, AUTHORITY, PLATFORM)
                .conclude(
                        text -> ((ObjectNode) text.path("accessBlocks")).put("afterLadder", false));
        anybody = new Stranger(nodes.url(AUTHORITY), "127.0.0.1");
        inForce = announce(form("BLOK-A"));
        lifted = announce(form("BLOK-B"));
        blocks.pass(Duration.ofHours(74));
        for (String id : List.of(inForce, lifted)) {
            blocks.await(id, one -> state(one).equals("in_force"));
        }
        blocks.say("officer", inForce, "conditions", met());
        lift(lifted);
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    private static Map<String, Object> met() {
        return Map.of("condition", 1, "words", "Sample call with a person.");
    }

    /** Two names, one with those below it. */
    private static Map<String, Object> form(String reference) {
        Map<String, Object> form = blocks.form(reference, List.of());
        form.put("otherGround", "Sample ground <b>in words</b>.");
        String letter = reference.substring(reference.length() - 1).toLowerCase(Locale.ROOT);
        form.put(
                "names",
                List.of(
                        name("exact-" + letter + ".platform.example", false),
                        name("below-" + letter + ".platform.example", true)));
        form.put(
                "reasons",
                List.of(reason("below-" + letter + ".platform.example", "every_subdomain")));
        return form;
    }

    private static String announce(Map<String, Object> form) throws Exception {
        TestNodes.Reply draft = blocks.draft(form);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        String id = AccessBlocks.id(draft.body());
        for (String role : List.of("approver", "approver.2")) {
            TestNodes.Reply reply =
                    blocks.say(
                            role,
                            id,
                            "approval",
                            Map.of(
                                    "digest",
                                    draft.body().path("digest").asString(),
                                    "subdomains",
                                    true));
            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        }
        blocks.await(id, one -> state(one).equals("announced"));
        return id;
    }

    /** Lifted, and measured: one name everywhere, one not at every resolver. */
    private static void lift(String id) throws Exception {
        blocks.say("officer", id, "lift", Map.of("names", List.of(), "reason", "Sample lift"));
        nodes.bean(AUTHORITY, TransactionTemplate.class)
                .executeWithoutResult(_ -> {
                    OrderActs acts = nodes.bean(AUTHORITY, OrderActs.class);
                    var at = acts.hold(UUID.fromString(id));
                    acts.record(
                            UUID.fromString(id),
                            new OrderEvent.LiftMeasured(
                                    Set.of(new DomainName("exact-b.platform.example")),
                                    Set.of(new DomainName("below-b.platform.example")),
                                    at));
                });
    }

    @Test
    void whatIsOnlyAnnouncedIsNobodysBusinessYet() throws Exception {
        String announced = announce(form("BLOK-C"));

        assertThat(anybody.get("/blocks/" + announced).statusCode()).isEqualTo(404);
        assertThat(anybody.get("/api/public/blocks/" + announced).statusCode()).isEqualTo(404);
        assertThat(anybody.get("/blocks/" + announced + "/objection").statusCode()).isEqualTo(404);
        assertThat(anybody.get("/blocks/" + announced + "/evidence").statusCode()).isEqualTo(404);
        assertThat(anybody.get("/blocks").body()).doesNotContain("BLOK-C").contains("BLOK-A");

        blocks.say("approver", announced, "withdrawal", Map.of("reason", "Sample"));
        blocks.await(announced, one -> state(one).equals("ended"));
        assertThat(anybody.get("/blocks").body()).doesNotContain("BLOK-C");
    }

    @Test
    void pagesTellEverythingButNobodyAndInBothLanguages() throws Exception {
        String english = anybody.get("/blocks/" + inForce).body();
        String indonesian = anybody.get("/blocks/" + inForce, "Accept-Language", "id").body();

        for (String page : List.of(english, indonesian)) {
            assertThat(page)
                    .contains(
                            "exact-a.platform.example",
                            "Permenkominfo 5/2020",
                            "Sample ground &lt;b&gt;in words&lt;/b&gt;.",
                            "Sample words.",
                            "Sample condition",
                            HOME + "/blocks/" + inForce)
                    .doesNotContain("??", "Sample call");
            assertNobody(page);
        }
        assertThat(Jsoup.parse(english).select("h1").text()).contains("Access block BLOK-A");
        assertThat(Jsoup.parse(indonesian).select("html").attr("lang")).isEqualTo("id");
        assertThat(anybody.get("/blocks/" + lifted).body())
                .contains("lifted except unreachable", "open except unreachable", "Sample lift");
    }

    /** No account's pseudonym. */
    private static void assertNobody(String text) {
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql("select pseudonym from accounts")
                                .query(String.class)
                                .list())
                .isNotEmpty()
                .noneMatch(text::contains);
    }

    @Test
    void dataIsAsItsDescriptionSaysAndNamesNobody() throws Exception {
        HttpResponse<String> all = anybody.get("/api/public/blocks");
        HttpResponse<String> one = anybody.get("/api/public/blocks/" + lifted);

        assertThat(all.statusCode()).as(all.body()).isEqualTo(200);
        assertThat(all.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(all.headers().allValues("Cache-Control")).containsExactly("public, max-age=30");
        assertNobody(all.body() + one.body());
        JsonNode described = nodes.get(AUTHORITY, "", "/openapi").body();
        assertThat(broken(described, "BlockRegister", all.body())).isEmpty();
        assertThat(broken(described, "PublicBlock", one.body())).isEmpty();
        assertThat(broken(described, "PublicBlock", one.body().replace("\"state\"", "\"x\"")))
                .isNotEmpty();
        JsonNode block = TestNodes.JSON.readTree(one.body());
        assertThat(block.path("state").asString()).isEqualTo("lifted_except_unreachable");
        assertThat(block.at("/names/0/state").asString() + block.at("/names/1/state").asString())
                .isEqualTo("unreachableopen");
        assertThat(block.at("/lifts/0/reason").asString()).isEqualTo("Sample lift");
        JsonNode register = TestNodes.JSON.readTree(all.body());
        assertThat(register.path("format").asString()).isEqualTo("jalur-blocks/1");
        assertThat(register.at("/figures/inForce").asInt()).isPositive();
    }

    /** What does not fit the description; a member that it lacks does not fit either. */
    private static List<String> broken(JsonNode described, String schema, String json) {
        var closed = (ObjectNode) described.deepCopy();
        closed.at("/components/schemas")
                .propertyStream()
                .filter(one -> one.getKey().matches("(Public|Block|Register|Objection).*"))
                .forEach(one -> ((ObjectNode) one.getValue()).put("additionalProperties", false));
        ObjectNode root = TestNodes.JSON.createObjectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", closed.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.toString(), InputFormat.JSON)
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void blockedNameIsAnsweredWith451AndEverythingElseIsNot() throws Exception {
        for (String path :
                List.of(
                        "/blocked/exact-a.platform.example",
                        "/blocked/EXACT-A.platform.example.",
                        "/blocked/below-a.platform.example",
                        "/blocked/deep.under.below-a.platform.example",
                        "/blocks/" + inForce + "/blocked")) {
            HttpResponse<String> answer = anybody.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(451);
            assertThat(answer.headers().firstValue("Link"))
                    .contains("<%s/blocks>; rel=\"blocked-by\"".formatted(HOME));
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.body())
                    .contains("Permenkominfo 5/2020", "/blocks/" + inForce + "/objection")
                    .doesNotContain("??");
        }

        for (String path :
                List.of(
                        "/blocked/below.exact-a.platform.example",
                        "/blocked/platform.example",
                        "/blocked/never-heard-of.example",
                        "/blocked/exact-b.platform.example")) {
            HttpResponse<String> answer = anybody.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Link")).isEmpty();
            assertThat(answer.body()).contains("names " + path.substring("/blocked/".length()));
        }
        assertThat(anybody.get("/blocked/exact-b.platform.example").body()).contains("BLOK-B");
        assertThat(anybody.get("/blocks/" + lifted + "/blocked").statusCode()).isEqualTo(200);
        assertThat(anybody.get("/blocked/%3Cscript%3E").statusCode()).isEqualTo(400);
        assertThat(anybody.get("/blocked/%3Cscript%3E").body()).doesNotContain("<script>");
    }

    @Test
    void wholeAddressesThatPeopleTypeLeadToTheName() throws Exception {
        for (String typed :
                List.of(
                        "https%3A%2F%2Fexact-a.platform.example%2Fchannel%3Fq%3D1",
                        "exact-a.platform.example:443/x", "%20EXACT-A.platform.example%20")) {
            HttpResponse<String> answer = anybody.get("/blocked?name=" + typed);
            assertThat(answer.statusCode()).as(typed).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElse(""))
                    .endsWith("/blocked/exact-a.platform.example");
        }
        assertThat(anybody.get("/blocked?name=192.0.2.1").statusCode()).isEqualTo(400);
        assertThat(anybody.get("/blocked").statusCode()).isEqualTo(200);
    }

    @Test
    void registerIsSearchedByPartsAndNothingInThemIsAPattern() throws Exception {
        assertThat(anybody.get("/blocks?q=EXACT-A").body())
                .contains("BLOK-A")
                .doesNotContain("BLOK-B");
        assertThat(anybody.get("/blocks?state=past").body())
                .contains("BLOK-B")
                .doesNotContain("BLOK-A");
        assertThat(anybody.get("/blocks?q=%25").body()).doesNotContain("BLOK-A");
        assertThat(anybody.get("/blocks?q=_LOK").body()).doesNotContain("BLOK-A");
        assertThat(anybody.get("/blocks?q=%27%3B--").statusCode()).isEqualTo(200);
        assertThat(anybody.get("/blocks?q=" + "x".repeat(301)).statusCode()).isEqualTo(400);
        assertThat(anybody.get("/blocks?state=other").statusCode()).isEqualTo(400);
        assertThat(anybody.get("/api/public/blocks?cursor=x").statusCode()).isEqualTo(400);
        JsonNode first = TestNodes.JSON.readTree(anybody.get("/api/public/blocks?limit=1").body());
        JsonNode second =
                TestNodes.JSON.readTree(
                        anybody.get(
                                        "/api/public/blocks?limit=1&cursor="
                                                + first.path("next").asString())
                                .body());
        assertThat(first.at("/blocks/0/id")).isNotEqualTo(second.at("/blocks/0/id"));
        assertThat(anybody.get("/blocks/file").body())
                .contains("exact-a.platform.example,false,blocked")
                .contains("below-b.platform.example,true,unreachable");
    }

    @Test
    void feedIsWellFormedAtomAndIsNotSentTwice() throws Exception {
        HttpResponse<String> answer = anybody.get("/blocks/feed?language=en");

        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/atom+xml");
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element feed =
                factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(answer.body().getBytes(UTF_8)))
                        .getDocumentElement();
        // RFC 4287 §4.1.1 and §4.1.2: what must be there, and how often.
        assertThat(feed.getNamespaceURI() + feed.getLocalName()).isEqualTo(ATOM + "feed");
        Set<String> ids = new HashSet<>();
        assertElements(feed, ids);
        assertThat(children(feed, "author")).hasSize(1);
        assertThat(children(children(feed, "author").getFirst(), "name")).hasSize(1);
        List<Element> entries = children(feed, "entry");
        assertThat(entries).hasSizeGreaterThanOrEqualTo(3);
        for (Element entry : entries) {
            assertElements(entry, ids);
            assertThat(children(entry, "summary")).hasSize(1);
            assertThat(links(entry)).contains("alternate");
        }
        assertThat(links(feed)).contains("self", "alternate");
        assertThat(answer.body()).contains("Blocked: BLOK-A", "Lift: BLOK-B");
        assertNobody(answer.body());
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(anybody.get("/blocks/feed?language=en", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(anybody.get("/blocks/feed?language=id").body()).contains("Diblokir: BLOK-A");
    }

    private static void assertElements(Element parent, Set<String> ids) {
        for (String once : List.of("id", "title", "updated")) {
            assertThat(children(parent, once)).as(once).hasSize(1);
        }
        assertThat(ids.add(children(parent, "id").getFirst().getTextContent())).isTrue();
        assertThat(children(parent, "id").getFirst().getTextContent()).startsWith("urn:uuid:");
        OffsetDateTime.parse(children(parent, "updated").getFirst().getTextContent());
    }

    private static List<String> links(Element parent) {
        return children(parent, "link").stream()
                .peek(one -> assertThat(one.getAttribute("href")).startsWith(HOME))
                .map(one -> one.getAttribute("rel"))
                .toList();
    }

    private static List<Element> children(Element parent, String name) {
        NodeList all = parent.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(one -> one instanceof Element && ATOM.equals(one.getNamespaceURI()))
                .map(Element.class::cast)
                .filter(one -> one.getLocalName().equals(name))
                .toList();
    }

    @Test
    void evidenceForEverybodyIsGenuineAndOpensOnlyWhatNamesNobody() throws Exception {
        byte[] file = anybody.download("/blocks/" + lifted + "/evidence");

        var expected =
                new Expectations(
                        Map.of(
                                new PartyId(AUTHORITY),
                                nodes.identityOf(AUTHORITY).publicKey().fingerprint(),
                                new PartyId(PLATFORM),
                                nodes.identityOf(PLATFORM).publicKey().fingerprint()),
                        Optional.empty(),
                        false);
        List<Finding> findings = new ArrayList<>();
        Summary summary =
                new Verification(expected).run(new ByteArrayInputStream(file), findings::add);
        assertThat(summary.verdict()).as(findings.toString()).isEqualTo(Summary.Verdict.GENUINE);
        var text = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), UTF_8));
            }
        }
        assertThat(text.toString())
                .contains("BLOK-B", "block_published")
                .doesNotContain("Sample lift", "alsoBy");
        assertNobody(text.toString());
    }

    @Test
    void whoIsSignedInIsGreetedAndThatIsKeptByNobodyElse() throws Exception {
        assertThat(anybody.get("/blocks").headers().firstValue("Cache-Control"))
                .contains("public, max-age=30");
        assertThat(anybody.get("/blocks").headers().allValues("Set-Cookie")).isEmpty();
        var officer = nodes.signedIn(AUTHORITY, Role.OFFICER);

        assertThat(officer.get("/blocks").headers().firstValue("Cache-Control").orElse(""))
                .contains("no-store");
    }

    @Test
    void oneAddressCannotAskForEverMoreAndOthersStillCan() throws Exception {
        var crowd = new Stranger(nodes.url(AUTHORITY), "127.0.0.66");
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(crowd.get("/api/public/blocks?limit=1&q=" + i).statusCode());
        }

        assertThat(answers).contains(200, 429);
        HttpResponse<String> refused = crowd.get("/blocks/feed");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(new Stranger(nodes.url(AUTHORITY), "127.0.0.67").get("/blocks").statusCode())
                .isEqualTo(200);
    }

    @Test
    void platformHasNoRegisterOfItsOwn() throws Exception {
        var stranger = new Stranger(nodes.url(PLATFORM), "127.0.0.1");

        assertThat(stranger.get("/blocks").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/api/public/blocks").statusCode()).isEqualTo(404);
    }
}
