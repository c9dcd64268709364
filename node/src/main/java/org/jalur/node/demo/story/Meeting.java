package org.jalur.node.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jalur.access.story.Happening;
import org.jalur.access.story.Story;
import org.jalur.access.story.When;
import org.jalur.log.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The platform comes back: receipts, decisions, an agreement of both, and a contact that answers.
 */
final class Meeting {
    private static final String AGREEMENTS = "/api/agreements";
    private static final String SIGNATORY = "signatory";
    private static final String DESK = "Sample trust and safety desk";
    private static final String CONTACT = "Sample Contact";
    private static final Pattern OWNER =
            Pattern.compile(
                    "<select[^>]*id=\"owner\".*?<option value=\"([^\"]+)\" selected",
                    Pattern.DOTALL);
    private static final Pattern BELONGS_TO =
            Pattern.compile("<option value=\"([0-9a-f-]{36})\"[^>]*>" + DESK);
    private static final Pattern DRILL = Pattern.compile("href=\"/drills/(\\d+)\"");
    private static final Pattern ASKED =
            Pattern.compile("name=\"contact\" value=\"([0-9a-f-]{36})\"");

    private final World world;
    private final Teller teller;
    private final Side authority;
    private final Side platform;

    Meeting(World world, Teller teller) {
        this.world = world;
        this.teller = teller;
        authority = world.authority();
        platform = world.platform();
    }

    void happen(Silence.Filed filed) throws IOException, InterruptedException {
        teller.then(
                Happening.MAILS_DENIED,
                "Telegram's CEO says it has \"never received any requests\"");
        world.startPlatform();
        teller.now("The platform's node is started again.");
        teller.then(
                Happening.MAILS_FOUND,
                "the e-mails had come; the team could not process them quickly: \"I was unaware\"");
        List<String> all = new ArrayList<>(filed.mails());
        all.add(filed.list());
        for (String notice : all) {
            authority.await("officer", Silence.path(notice), one -> one.hasNonNull("receipt"));
        }
        teller.now(
                "Now each notice has its signed receipt. When it came, and that it existed long before, both sides can prove.");
        for (String notice : all) {
            decide(notice);
        }
        teller.now(
                "A reviewer decides the six, and blocks the %d channels of the list."
                        .formatted(Story.CHANNELS_CLOSED));
        teller.then(Happening.CONDITIONS_NAMED, "the ministry names its conditions for a lift");
        teller.now(
                "The conditions stand in the order itself since it was sent; all of them are open.");
        teller.then(
                Happening.MEETING,
                "the minister and Telegram's CEO meet: a dedicated channel, quick blocking, a procedure with contacts and deadlines");
        agree();
        answerDrill();
    }

    private void decide(String notice) throws IOException, InterruptedException {
        String id =
                platform.await(
                        "the case of " + notice,
                        () ->
                                platform.get("reviewer", "/api/cases?limit=100")
                                        .body()
                                        .path("cases")
                                        .valueStream()
                                        .filter(one -> one.path("notice").asString().equals(notice))
                                        .map(one -> one.path("id").asString())
                                        .findFirst()
                                        .orElse(""),
                        one -> !one.isEmpty());
        platform.done("reviewer", "/api/cases/" + id + "/claim", Map.of());
        platform.done(
                "reviewer",
                "/api/cases/" + id + "/decisions",
                Map.of(
                        "decisions",
                        List.of(
                                Map.of(
                                        "outcome", "blocked",
                                        "policy", "Sample rule 1",
                                        "reason", "Made up for the story."))));
    }

    /** The next version: the same day instead of a minute, signed by two people of each side. */
    private void agree() throws IOException, InterruptedException {
        JsonNode current =
                authority
                        .get(SIGNATORY, AGREEMENTS)
                        .body()
                        .valueStream()
                        .filter(one -> one.path("state").asString().equalsIgnoreCase("in_force"))
                        .findFirst()
                        .orElseThrow(() -> new StoryStoppedException("no agreement is in force"));
        String before =
                authority.text(SIGNATORY, path(platform, current.path("id").asString()) + "/text");
        ObjectNode text = (ObjectNode) Side.read(before);
        text.putObject("version")
                .put("number", current.path("number").asInt() + 1)
                .put("previous", Hash.sha256(before.getBytes(UTF_8)).hex());
        text.put("title", "Sample agreement: decided on the same day");
        text.withArray("deadlines")
                .forEach(one ->
                        ((ObjectNode) one)
                                .putObject("allowance")
                                .put("type", "day_end")
                                .put("daysLater", 0)
                                .put("cutOff", "20:00"));
        JsonNode proposed =
                authority.done(SIGNATORY, AGREEMENTS + "/" + platform.party(), text.toString());
        String id = proposed.at("/summary/id").asString();
        sign(platform, authority, id);
        awaitState(authority, platform, id, "signed_by_peer");
        sign(authority, platform, id);
        awaitState(authority, platform, id, "in_force");
        awaitState(platform, authority, id, "in_force");
        teller.now(
                "An agreement \"%s\" is signed by two people of each side."
                        .formatted(text.path("title").asString()));
    }

    private static String path(Side peer, String id) {
        return AGREEMENTS + "/" + peer.party() + "/" + id;
    }

    private void sign(Side side, Side peer, String id) throws IOException, InterruptedException {
        String digest =
                side.await(SIGNATORY, path(peer, id), one -> one.at("/summary/digest").isString())
                        .at("/summary/digest")
                        .asString();
        for (String signatory : List.of(SIGNATORY, "signatory.2")) {
            side.done(
                    signatory,
                    path(peer, id) + "/signature",
                    Map.of("digest", digest, "representative", "Sample Representative"));
        }
    }

    private void awaitState(Side side, Side peer, String id, String state)
            throws IOException, InterruptedException {
        side.await(
                SIGNATORY,
                path(peer, id),
                one -> one.at("/summary/state").asString().equalsIgnoreCase(state));
    }

    /** The platform registers a contact, the authority tries it out, and somebody answers. */
    private void answerDrill() throws IOException, InterruptedException {
        Visitor admin = platform.signedIn("admin");
        enter(
                admin,
                Map.of(
                        "kind",
                        "organisation",
                        "name",
                        DESK,
                        "country",
                        "id",
                        "phones",
                        "021-5550100"));
        Map<String, String> contact = new HashMap<>();
        contact.put("kind", "contact");
        contact.put(
                "belongsTo",
                Visitor.found(
                        BELONGS_TO,
                        admin.get("/register/entries/new?kind=contact"),
                        "the desk that was registered"));
        contact.put("name", CONTACT);
        contact.put("role", "duty officer");
        contact.put("phones", "+62 21 5550101");
        contact.put("languages", "id, en");
        contact.put("zone", When.ZONE.getId());
        for (int day = 1; day <= 7; day++) {
            contact.put("duty" + day, "00:00-24:00");
        }
        enter(admin, contact);
        admin.post("/register/sending", Map.of());
        Visitor asking = authority.signedIn("admin");
        authority.await(
                "the contact of the platform",
                () -> asking.get("/register/parties/" + platform.party()),
                page -> page.contains(CONTACT));
        asking.post(
                "/drills",
                Map.of("drillParty", platform.party(), "everyDays", "", "answerHours", "24"));
        Visitor reviewer = platform.signedIn("reviewer");
        String list =
                platform.await(
                        "the drill",
                        () -> reviewer.get("/drills"),
                        page -> DRILL.matcher(page).find());
        String drill = "/drills/" + Visitor.found(DRILL, list, "a drill");
        reviewer.post(
                drill + "/answers",
                Map.of("contact", Visitor.found(ASKED, reviewer.get(drill), "a contact asked")));
        teller.now("The platform's registered contact answers a drill.");
    }

    private void enter(Visitor admin, Map<String, String> typed)
            throws IOException, InterruptedException {
        Map<String, String> entry = new HashMap<>(typed);
        entry.put("owner", Visitor.found(OWNER, admin.get("/register/entries/new"), "an owner"));
        entry.put(
                "validUntil",
                LocalDate.ofInstant(world.clock().instant(), When.ZONE).plusYears(1).toString());
        admin.post("/register/entries", entry);
    }
}
