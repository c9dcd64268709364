package org.jalur.node.demo.story;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.story.Happening;
import org.jalur.access.story.Story;
import tools.jackson.databind.JsonNode;

/** Conditions that are met, the lift, and the operator that lags behind it. */
final class Lifting {
    private final Resolvers resolvers;
    private final DomainName zone;
    private final Teller teller;
    private final Side authority;

    /**
     * @param zone of orders
     */
    Lifting(World world, Resolvers resolvers, DomainName zone, Teller teller) {
        this.resolvers = resolvers;
        this.zone = zone;
        this.teller = teller;
        authority = world.authority();
    }

    void happen(String block) throws IOException, InterruptedException {
        teller.then(
                Happening.LIFT_ORDERED,
                "the lift is ordered after 166 channels had been closed; providers have 24 hours");
        meet(block);
        Map<String, Object> lift = Map.of("reason", "Every condition of the order is met.");
        authority.done("officer", Blocking.path(block) + "/lift", lift);
        teller.now("An officer proposes the lift.");
        authority.done("approver", Blocking.path(block) + "/lift", lift);
        teller.now("A second person wants the same: the zone is open in the same transaction.");
        if (resolvers.following().isEmpty()) {
            teller.aside("Nothing measures it here, so the lift stays \"lifting\".");
            return;
        }
        lag(block);
    }

    /** What the node has seen it offers with the message that shows it; a person takes it. */
    private void meet(String block) throws IOException, InterruptedException {
        Set<Integer> seen =
                IntStream.range(0, Blocking.REPRESENTATIVE).boxed().collect(Collectors.toSet());
        JsonNode offered =
                authority.await(
                        "officer",
                        Blocking.path(block),
                        one ->
                                one.path("offers")
                                        .valueStream()
                                        .map(offer -> offer.path("condition").asInt())
                                        .collect(Collectors.toSet())
                                        .equals(seen));
        String conditions = Blocking.path(block) + "/conditions";
        for (JsonNode offer : offered.path("offers")) {
            authority.done(
                    "officer",
                    conditions,
                    Map.of(
                            "condition", offer.path("condition").asInt(),
                            "message", offer.path("message").asString()));
        }
        authority.done(
                "officer",
                conditions,
                Map.of("condition", Blocking.REPRESENTATIVE, "words", "Made up: a sample letter."));
        authority.await("officer", Blocking.path(block), one -> one.path("unmet").isEmpty());
        teller.now(
                "The conditions are met: both have signed, a contact answered, %d channels are measured gone, a representative is named."
                        .formatted(Story.CHANNELS_CLOSED));
    }

    private void lag(String block) throws IOException, InterruptedException {
        teller.then(
                Happening.STILL_BLOCKED,
                "five of the eleven names are still dead at some providers");
        List<DomainName> first =
                Story.blocked().stream()
                        .filter(name -> !Story.stillBlocked().contains(name))
                        .toList();
        resolvers.takeOut(first, zone);
        teller.aside(
                "Why providers lagged then is not known. Here one takes names out of its file by hand and stops after six.");
        List<String> five = Story.stillBlocked().stream().map(DomainName::ascii).sorted().toList();
        String measured = Blocking.path(block) + "/measured";
        JsonNode found =
                authority.await(
                        "officer",
                        measured,
                        one ->
                                Blocking.lagging(one).equals(five)
                                        && Blocking.waitedFor(one).count() == five.size()
                                        && one.path("reminders").valueStream().count() > 0);
        JsonNode lag = Blocking.waitedFor(found).findFirst().orElseThrow();
        teller.now(
                "Measured and named: \"%s\" still blocks %s. Its contact is %s, %s."
                        .formatted(
                                lag.path("operator").asString(),
                                String.join(", ", five),
                                lag.at("/contact/person").asString(),
                                lag.at("/contact/phone").asString()));
        teller.now(
                "The operator is to be reminded: %s."
                        .formatted(
                                reminder(
                                        found.path("reminders").path(0).path("state").asString())));
        resolvers.late().reload(Blocking.zone(authority));
        teller.now("The operator fetches the file anew.");
        authority.await(
                "officer", Blocking.path(block), one -> Blocking.state(one).equals("lifted"));
        teller.now(
                "Measured open: %d names at %d resolvers. The lift is done."
                        .formatted(Story.blocked().size(), resolvers.following().size() + 1));
    }

    private static String reminder(String state) {
        return switch (state) {
            case "sent" -> "the letter is sent";
            case "waiting" -> "the letter is on its way";
            default -> "this node has no mail (" + state + "), so the page says whom to call";
        };
    }
}
