package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.InterimReasons;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What a platform withholds undecided against the agreement: the authority's node refuses it. */
class InterimRefusedTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final Duration AGREED = Duration.ofHours(12);

    @TempDir private static Path folder;
    private static TestNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM));
        nodes.startAll();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
    }

    /** A platform whose node checks nothing. */
    private static void say(Filing filing, List<Part> parts) {
        nodes.bean(PLATFORM, TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        nodes.bean(PLATFORM, Exchange.class)
                                .send(
                                        nodes.bean(PLATFORM, Channels.class)
                                                .with(new PartyId(AUTHORITY))
                                                .orElseThrow(),
                                        new Exchange.Draft(
                                                UUID.randomUUID(),
                                                MessageKind.INTERIM,
                                                Optional.of(UUID.fromString(filing.notice())),
                                                Optional.empty(),
                                                parts)));
    }

    private static void withhold(Filing filing, Duration time, int... numbers) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var parts = new ArrayList<Part>();
        parts.add(
                Parts.json(
                        "interim-reasons",
                        new InterimReasons("Sample rule 1", "Sample reason.", "P-1")));
        for (int no : numbers) {
            parts.add(
                    Parts.json(
                            "interim",
                            new InterimFacts(
                                    no,
                                    List.of(),
                                    now.plus(time),
                                    Optional.empty(),
                                    Optional.of("reviewer"),
                                    now)));
        }
        say(filing, parts);
    }

    private static JsonNode awaitRefusals(Filing filing, int count) throws Exception {
        return nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/cases/" + filing.theCase(),
                        one -> one.path("refusals").size() == count)
                .path("refusals");
    }

    private static String clause(JsonNode refusals, int at) {
        assertThat(refusals.at("/%d/kind".formatted(at)).asString()).isEqualTo("interim");
        return refusals.at("/%d/refusal/clause".formatted(at)).asString();
    }

    private static Filing filing(Map<String, Object> more) throws Exception {
        return Filing.of(nodes, AUTHORITY, PLATFORM, more);
    }

    @Test
    void longerThanAgreedIsRefusedWithTheClauseAndTheNoticeStaysAsItIs() throws Exception {
        Filing filing = filing(Map.of());

        withhold(filing, AGREED.plusSeconds(1), 1);

        JsonNode refusals = awaitRefusals(filing, 1);
        assertThat(clause(refusals, 0)).isEqualTo("interim.longest");
        assertThat(refusals.at("/0/refusal/broken/rule").asString()).isEqualTo("interim_too_long");
        JsonNode there = filing.there();
        assertThat(there.at("/items/0").has("interim")).isFalse();
        assertThat(there.at("/notice/state").asString()).isEqualTo("sent");
        assertThat(there.path("timeline").toString()).contains("overstepped");
        assertThat(filing.here().path("timeline").toString()).contains("rejected");
        assertThat(nodes.signedIn(PLATFORM, Role.REVIEWER).get("/cases/" + filing.theCase()).body())
                .contains("Refused by the other side", "Interim withholding", "is too long");

        withhold(filing, AGREED, 1);
        filing.await("/items/0/enforcement", "none");
        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + filing.notice(),
                one -> one.at("/items/0/interim").hasNonNull("until"));
    }

    @Test
    void secondTimeAndItemsThatAreNotThereAreRefused() throws Exception {
        Filing filing = filing(Map.of());
        withhold(filing, AGREED, 1);

        withhold(filing, AGREED, 1);
        withhold(filing, AGREED, 99);

        JsonNode refusals = awaitRefusals(filing, 2);
        assertThat(clause(refusals, 0)).isEqualTo("interim");
        assertThat(refusals.at("/0/refusal/broken/rule").asString()).isEqualTo("interim_twice");
        assertThat(refusals.at("/1/refusal/broken/rule").asString()).isEqualTo("interim_item");
    }

    @Test
    void decidedItemsAndOtherUrgenciesAreRefused() throws Exception {
        Filing decided = filing(Map.of());
        decided.claim("reviewer");
        decided.decide("reviewer", Map.of("outcome", "refused", "ground", "not_illegal"));
        Filing normal = filing(Map.of("urgency", "normal"));

        withhold(decided, AGREED, 1);
        withhold(normal, AGREED, 1);

        assertThat(awaitRefusals(decided, 1).at("/0/refusal/broken/rule").asString())
                .isEqualTo("interim_decided");
        assertThat(clause(awaitRefusals(normal, 1), 0)).isEqualTo("interim.urgencies");
        assertThat(decided.there().at("/notice/state").asString()).isEqualTo("closed");
    }

    @Test
    void whatCannotBeReadIsRefusedTooAndTheNoticeStays() throws Exception {
        Filing filing = filing(Map.of());

        say(filing, List.of(Parts.json("interim-reasons", Map.of("policy", "half of it"))));

        JsonNode refusals = awaitRefusals(filing, 1);
        assertThat(clause(refusals, 0)).isEqualTo("protocol");
        assertThat(filing.there().at("/notice/state").asString()).isEqualTo("sent");
    }

    @Test
    void withholdingThatCrossedAWithdrawalIsOverAtOnce() throws Exception {
        Filing filing = filing(Map.of());
        nodes.post(
                AUTHORITY,
                "approver",
                "/api/notices/" + filing.notice() + "/withdrawal",
                Map.of("reason", "Sample mistake."));

        withhold(filing, AGREED, 1);

        nodes.await(
                AUTHORITY,
                "officer",
                "/api/notices/" + filing.notice(),
                one -> one.at("/items/0/interim/ending").asString("").equals("withdrawn"));
    }
}
