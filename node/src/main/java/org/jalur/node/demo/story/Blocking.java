package org.jalur.node.demo.story;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.story.Happening;
import org.jalur.access.story.Story;
import org.jalur.dns.resolvers.FetchedFiles;
import org.jalur.dns.resolvers.RunningResolver;
import org.jalur.dns.resolvers.Software;
import org.jalur.node.story.References;
import tools.jackson.databind.JsonNode;

/** The order over eleven names: checked, approved by two, announced, in force, and measured. */
final class Blocking {
    static final String BLOCKS = "/api/access-blocks";
    static final String LATE_OPERATOR = "Sample operator that fetches files";

    /** Where the condition stands in the order that a person judges. */
    static final int REPRESENTATIVE = 3;

    private static final Duration TO_SPARE = Duration.ofSeconds(5);

    private final World world;
    private final Resolvers resolvers;
    private final Teller teller;
    private final Side authority;

    Blocking(World world, Resolvers resolvers, Teller teller) {
        this.world = world;
        this.resolvers = resolvers;
        this.teller = teller;
        authority = world.authority();
    }

    /**
     * @return id of the order
     */
    String happen(Silence.Filed filed) throws IOException, InterruptedException {
        teller.then(
                Happening.BLOCK_ORDERED,
                "all providers are ordered to block eleven names, web only");
        String id = approved(filed);
        JsonNode tried = authority.await("officer", path(id), one -> one.hasNonNull("attempt"));
        authority.done("approver", path(id) + "/attempt", Map.of());
        teller.now(
                "The platform does not answer; the journaled try of %s counts as the announcement. One minute of notice begins."
                        .formatted(tried.path("attempt").asString()));
        authority.await(
                "officer",
                path(id),
                one ->
                        state(one).equals("in_force")
                                && one.path("events").toString().contains("block_published"));
        teller.now("The block is in force and published to resolvers.");
        measure(id);
        return id;
    }

    private String approved(Silence.Filed filed) throws IOException, InterruptedException {
        Map<String, Object> form = form(filed);
        Map<String, Object> wide = new HashMap<>(form);
        wide.put("names", List.of(name(Story.controls().getFirst())));
        teller.now("What is no part of it is refused: %s".formatted(refused(wide)));
        teller.now("The check wants reasons in writing: %s".formatted(refused(form)));
        form.put("reasons", reasons());
        JsonNode draft = authority.done("officer", BLOCKS, form);
        teller.now(
                "With written reasons the order over %d names is a draft."
                        .formatted(Story.blocked().size()));
        String id = draft.at("/block/id").asString();
        for (String approver : List.of("approver", "approver.2")) {
            authority.done(
                    approver,
                    path(id) + "/approval",
                    Map.of("digest", draft.path("digest").asString(), "subdomains", false));
        }
        teller.now("Two other people have read and approved it; it is signed and sent.");
        return id;
    }

    private String refused(Map<String, Object> form) throws IOException, InterruptedException {
        Side.Reply reply = authority.call("officer", BLOCKS, form);
        if (reply.status() != 422) {
            throw new StoryStoppedException(
                    "an order that is to be refused is answered with " + reply);
        }
        return reply.detail();
    }

    static String path(String id) {
        return BLOCKS + "/" + id;
    }

    static String state(JsonNode block) {
        return block.at("/block/state").asString();
    }

    private static Map<String, Object> name(DomainName name) {
        return Map.of("name", name.ascii(), "withSubdomains", false);
    }

    private Map<String, Object> form(Silence.Filed filed) {
        Instant effect =
                world.clock()
                        .instant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(StoryTerms.NOTICE)
                        .plus(TO_SPARE);
        Map<String, Object> form = new HashMap<>();
        form.put("platform", world.platform().party());
        form.put("reference", References.ORDER);
        form.put("organisation", "Otoritas Contoh");
        form.put("names", Story.blocked().stream().map(Blocking::name).toList());
        form.put("notices", filed.mails());
        form.put("legalBasis", Map.of("instrument", "Sample legal basis", "article", "1"));
        form.put(
                "scope",
                Map.of(
                        "meant",
                        "web_only",
                        "alsoHits",
                        "Links to public channels in pages of everybody."));
        form.put(
                "conditions",
                List.of(
                        Map.of("type", "agreement_in_force"),
                        Map.of("type", "contact_answers"),
                        Map.of("type", "content_gone", "notice", filed.list()),
                        Map.of(
                                "type",
                                "other",
                                "words",
                                "A representative in Indonesia is named.")));
        form.put("takesEffectAt", effect.toString());
        form.put("reviewAt", effect.plus(Duration.ofDays(6)).toString());
        form.put("endsAt", effect.plus(Duration.ofDays(20)).toString());
        return form;
    }

    private static List<Map<String, Object>> reasons() {
        List<Map<String, Object>> reasons = new ArrayList<>();
        for (String name : List.of("t.me", "telegram.me", "telegram.org", "web.telegram.org")) {
            for (String concern : List.of("shared_name", "registrable_domain", "popular_name")) {
                reasons.add(
                        Map.of(
                                "name",
                                name,
                                "concern",
                                concern,
                                "reason",
                                "Made up for the story: no narrower name was left to choose."));
            }
        }
        return reasons;
    }

    /** Registers the resolvers that there are, and waits until each is measured as blocking. */
    private void measure(String id) throws IOException, InterruptedException {
        if (!Resolvers.missing().isEmpty()) {
            teller.aside(
                    "Not installed, and so not here: Debian's %s. Install it to see the whole story."
                            .formatted(String.join(" and ", Resolvers.missing())));
        }
        if (resolvers.following().isEmpty()) {
            teller.aside("Without a resolver nothing is measured, and no lift is done.");
            return;
        }
        for (RunningResolver one : resolvers.following()) {
            register("Sample operator of " + one.software(), one, "transfer");
        }
        resolvers.startLate(fetched(resolvers.late()));
        register(LATE_OPERATOR, resolvers.late(), "list");
        long cells = (long) Story.blocked().size() * (resolvers.following().size() + 1);
        authority.await(
                "officer",
                path(id) + "/measured",
                one ->
                        one.path("cells")
                                        .valueStream()
                                        .filter(cell ->
                                                cell.path("state").asString().equals("blocked"))
                                        .count()
                                == cells);
        teller.now(
                "Measured: %d names are blocked at each of %d resolvers."
                        .formatted(Story.blocked().size(), resolvers.following().size() + 1));
        for (DomainName control : Story.controls()) {
            if (resolvers.following().stream().anyMatch(one -> !one.opens(control))) {
                throw new StoryStoppedException(control + " is not reachable, and is not ordered");
            }
        }
        teller.now("Measured: %s and %s stay reachable.".formatted(Story.controls().toArray()));
    }

    /** The zone and what names it, as an operator fetches them with a token of its own. */
    private FetchedFiles fetched(RunningResolver resolver)
            throws IOException, InterruptedException {
        List<String> configuration = new ArrayList<>();
        for (String file : resolvers.exports()) {
            configuration.add(
                    authority.text("resolver", export(file) + "?path=" + resolver.zoneFile()));
        }
        return new FetchedFiles(zone(authority), configuration);
    }

    static String zone(Side authority) throws IOException, InterruptedException {
        return authority.text("resolver", export("orders.zone"));
    }

    private static String export(String file) {
        return "/api/zones/orders/exports/" + file;
    }

    private void register(String operator, RunningResolver resolver, String transport)
            throws IOException, InterruptedException {
        Software software = resolver.software();
        authority.done(
                "admin",
                "/api/resolvers",
                Map.of(
                        "operatorName",
                        operator,
                        "contactPerson",
                        "Sample contact of " + operator,
                        "contactMail",
                        "noc@operator.example",
                        "contactPhone",
                        "+62 21 555 0100",
                        "resolverName",
                        transport + " " + software.name().toLowerCase(Locale.ROOT),
                        "resolverAddress",
                        resolver.address().getAddress().getHostAddress(),
                        "port",
                        Integer.toString(resolver.address().getPort()),
                        "software",
                        software.name().toLowerCase(Locale.ROOT),
                        "transport",
                        transport,
                        "askedFrom",
                        "node"));
    }

    /** Names at a resolver of the operator that is late, as long as a lift waits for them. */
    static List<String> lagging(JsonNode measured) {
        return measured.path("lifts")
                .valueStream()
                .flatMap(lift -> lift.path("lagging").valueStream())
                .filter(one -> one.path("operator").asString().equals(LATE_OPERATOR))
                .map(one -> one.path("name").asString())
                .sorted()
                .toList();
    }

    /** All that a lift waits for, at whichever resolver. */
    static Stream<JsonNode> waitedFor(JsonNode measured) {
        return measured.path("lifts")
                .valueStream()
                .flatMap(lift -> lift.path("lagging").valueStream());
    }
}
