package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jalur.access.DomainName;
import org.jalur.access.story.Story;
import org.jalur.dns.resolvers.FreePort;
import org.jalur.dns.resolvers.Setup;
import org.jalur.dns.resolvers.Software;
import org.jalur.log.SecretFile;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Passwords;
import org.jalur.node.accounts.Role;
import org.jalur.node.demo.story.Replay;
import org.jalur.node.demo.story.Resolvers;
import org.jalur.node.demo.story.Side;
import org.jalur.node.demo.story.StoryStoppedException;
import org.jalur.node.demo.story.StoryTerms;
import org.jalur.node.demo.story.World;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * The demo's replay on two real nodes and real resolvers; minutes of silence pass by a clock that
 * is put forward at each look.
 */
class StoryReplayTest {
    private static final String AUTHORITY = "otoritas-contoh";
    private static final String PLATFORM = "platform-contoh";
    private static final String PASSWORD = "a sample password of a test";
    private static final DomainName ORDERS = new DomainName("orders.rpz.authority.example");
    private static final String LATE = "Sample operator that fetches files";
    private static final MovedClock CLOCK = new MovedClock();

    @TempDir private static Path folder;
    private static TestNodes nodes;
    private static HandMadeWitness witness;
    private static ObedientConnector connector;
    private static Resolvers resolvers;
    private static int dns;
    private static String told;
    private static String block;

    @BeforeAll
    static void replay() throws Exception {
        for (Software one : List.of(Software.BIND, Software.UNBOUND)) {
            Assumptions.assumeTrue(
                    "1".equals(System.getenv("JALUR_REQUIRE_ALL")) || one.program().isPresent(),
                    () -> one.debianPackage() + " is not installed");
        }
        int bind = FreePort.find();
        int unbound = FreePort.find();
        dns = FreePort.find();
        resolvers = Resolvers.at(folder.resolve("resolvers"), bind, unbound);
        nodes =
                new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM), StoryTerms::between)
                        .at(CLOCK);
        witness = new HandMadeWitness(nodes.url(PLATFORM));
        connector = new ObedientConnector();
        configure(bind, unbound);
        nodes.startAll();
        for (String party : List.of(AUTHORITY, PLATFORM)) {
            for (Accounts.Account one : nodes.bean(party, Accounts.class).all()) {
                nodes.bean(party, Passwords.class).set(one.id(), PASSWORD);
            }
        }
        var out = new ByteArrayOutputStream();
        try {
            block =
                    new Replay(new Nodes(), resolvers, ORDERS, new PrintStream(out, true, UTF_8))
                            .tell(primary());
        } catch (StoryStoppedException e) {
            throw new AssertionError(out.toString(UTF_8), e);
        }
        told = out.toString(UTF_8);
    }

    private static InetSocketAddress primary() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), dns);
    }

    private static void configure(int bind, int unbound) throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.txt"), witness.policy());
        Path key = folder.resolve("resolver.key");
        SecretFile.write(key, Setup.KEY_LINE + "\n");
        Path secret = folder.resolve("connector.secret");
        SecretFile.write(secret, "a sample secret of a test\n");
        nodes.with(PLATFORM, "jalur.witness-policy", policy)
                .with(PLATFORM, "jalur.connector.url", connector.url())
                .with(PLATFORM, "jalur.connector.secret-file", secret)
                .with(AUTHORITY, "jalur.witness-policy", policy)
                .with(AUTHORITY, "jalur.relay.witness", HandMadeWitness.NAME)
                .with(AUTHORITY, "jalur.relay.after", "2s")
                .with(AUTHORITY, "jalur.escalation.again", "1s")
                .with(AUTHORITY, "jalur.dns.address", "127.0.0.1")
                .with(AUTHORITY, "jalur.dns.port", dns)
                .with(AUTHORITY, "jalur.dns.orders.origin", ORDERS.ascii())
                .with(AUTHORITY, "jalur.dns.orders.mailbox", "noc.authority.example")
                .with(AUTHORITY, "jalur.dns.orders.canary", "canary.authority.example")
                .with(AUTHORITY, "jalur.dns.orders.ttl", 2)
                .with(AUTHORITY, "jalur.dns.orders.refresh", 12)
                .with(AUTHORITY, "jalur.dns.orders.retry", 2)
                .with(AUTHORITY, "jalur.dns.secondaries[0].name", "bind")
                .with(AUTHORITY, "jalur.dns.secondaries[0].addresses[0]", "127.0.0.1")
                .with(AUTHORITY, "jalur.dns.secondaries[0].notify-at[0]", "127.0.0.1:" + bind)
                .with(AUTHORITY, "jalur.dns.secondaries[0].key-file", key)
                .with(AUTHORITY, "jalur.dns.secondaries[1].name", "unbound")
                .with(AUTHORITY, "jalur.dns.secondaries[1].addresses[0]", "127.0.0.1")
                .with(AUTHORITY, "jalur.dns.secondaries[1].notify-at[0]", "127.0.0.1:" + unbound)
                .with(
                        AUTHORITY,
                        "jalur.measure.control",
                        "127.0.0.1:" + resolvers.control().getPort())
                .with(AUTHORITY, "jalur.measure.internal[0]", "127.0.0.0/8")
                .with(AUTHORITY, "jalur.measure.questions-per-second", 200)
                .with(AUTHORITY, "jalur.measure.soon", "1s")
                .with(AUTHORITY, "jalur.measure.change", "1h")
                .with(AUTHORITY, "jalur.measure.reminders", "4s,1h");
    }

    @AfterAll
    static void stop() throws Exception {
        resolvers.close();
        nodes.close();
        witness.close();
        connector.close();
    }

    /** The nodes of the test as the place of the story. */
    private static final class Nodes implements World {
        private final AccessBlocks bells = new AccessBlocks(nodes, AUTHORITY, PLATFORM, CLOCK);
        private final Side authority = side(AUTHORITY);
        private final Side platform = side(PLATFORM);
        private boolean away;

        private Side side(String party) {
            return new Side(
                    party,
                    nodes.url(party),
                    new Side.People() {
                        @Override
                        public String token(String account) {
                            return "jalur_test_" + account;
                        }

                        @Override
                        public String signInName(String account) {
                            return "sample " + account;
                        }

                        @Override
                        public String password() {
                            return PASSWORD;
                        }
                    },
                    this::pause);
        }

        @Override
        public Side authority() {
            return authority;
        }

        @Override
        public Side platform() {
            return platform;
        }

        @Override
        public Clock clock() {
            return CLOCK;
        }

        @Override
        public List<String> openChannels(String prefix, int many) {
            return IntStream.rangeClosed(1, many)
                    .mapToObj(i -> "https://social.example/channels/" + prefix + "-" + i)
                    .toList();
        }

        @Override
        public void stopPlatform() {
            nodes.stop(PLATFORM);
            away = true;
        }

        @Override
        public void startPlatform() throws IOException {
            away = false;
            try {
                nodes.start(PLATFORM);
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        /** Only the minutes of silence are put forward: BIND knows the time too, and signs it. */
        @Override
        public void pause() throws InterruptedException {
            if (away) {
                CLOCK.forward(Duration.ofSeconds(1));
                bells.wake();
            }
            Thread.sleep(100);
        }
    }

    private static List<JsonNode> notices(String reference) throws Exception {
        return nodes.get(AUTHORITY, "officer", "/api/notices?limit=100")
                .body()
                .path("notices")
                .valueStream()
                .filter(one -> one.path("reference").asString().startsWith(reference))
                .toList();
    }

    @Test
    void everyNoticeWasTriedInVainAndHasItsReceiptLate() throws Exception {
        List<JsonNode> mails = notices("STORY-MAIL-");

        assertThat(mails).hasSize(Story.MAILS);
        for (JsonNode mail : mails) {
            JsonNode notice =
                    nodes.get(AUTHORITY, "officer", "/api/notices/" + mail.path("id").asString())
                            .body();
            assertThat(notice.path("relayed")).isNotEmpty();
            assertThat(notice.hasNonNull("receipt")).isTrue();
        }
    }

    @Test
    void channelsOfTheListAreMeasuredGone() throws Exception {
        assertThat(notices("STORY-LIST").getFirst().path("itemCount").asInt())
                .isEqualTo(Story.CHANNELS_CLOSED);
        assertThat(
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql(
                                        """
                                        select count(*) from notice_items join notices on notices.id = notice
                                        where reference = 'STORY-LIST' and enforcement = 'gone'
                                        """)
                                .query(Integer.class)
                                .single())
                .isEqualTo(Story.CHANNELS_CLOSED);
        assertThat(connector.acted.get())
                .isGreaterThanOrEqualTo(Story.MAILS + Story.CHANNELS_CLOSED);
    }

    /** It was signed while the platform was away, and rests on what the platform never got. */
    @Test
    void platformThatWasAwayTakesTheOrderUpAndSeesItLifted() throws Exception {
        JsonNode there =
                nodes.await(
                        PLATFORM,
                        "reviewer",
                        "/api/access-blocks",
                        all -> all.toString().contains("\"lifted\""));

        assertThat(there.path("blocks")).hasSize(1);
        assertThat(there.at("/blocks/0/reference").asString()).isEqualTo("STORY-BLOCK");
        JsonNode here = nodes.get(AUTHORITY, "officer", "/api/access-blocks/" + block).body();
        assertThat(here.path("names")).hasSize(Story.blocked().size());
        assertThat(here.path("unmet")).isEmpty();
        assertThat(here.path("approvals")).hasSize(2);
    }

    @Test
    void lateOperatorWasNamedWithItsFiveNamesAndReminded() throws Exception {
        JsonNode measured =
                nodes.get(AUTHORITY, "officer", "/api/access-blocks/" + block + "/measured").body();

        assertThat(measured.path("reminders").toString()).contains(LATE);
        assertThat(told)
                .contains("\"" + LATE + "\" still blocks", "Sample contact of " + LATE)
                .contains(Story.stillBlocked().stream().map(DomainName::ascii).toList());
    }

    @Test
    void replaySaysWhatIsMadeUpAndWhatTheCheckRefused() {
        assertThat(told)
                .contains("There was no agreement in 2016")
                .contains("my.telegram.org", "must stay reachable")
                .contains("t.me is all of what its owner registered")
                .contains("Why providers lagged then is not known")
                .contains("11 names are blocked at each of 3 resolvers")
                .contains("The lift is done.");
    }

    @Test
    void pageOfEitherSideTellsItWithLinks() throws Exception {
        PageVisitor officer = nodes.signedIn(AUTHORITY, Role.OFFICER);
        Document here = Registers.page(officer, "/story");
        assertThat(here.select("#content, main").text())
                .contains("14 Jul 2017, 11:30 WIB", "evening known, minute not known")
                .contains("6 notices sent", "every name measured open", LATE)
                .doesNotContain("not replayed here");
        assertThat(here.select("main tbody tr")).hasSize(9);
        for (String link : here.select("main tbody a").eachAttr("href")) {
            assertThat(officer.get(link).statusCode()).as(link).isEqualTo(200);
        }

        PageVisitor reviewer = nodes.signedIn(PLATFORM, Role.REVIEWER);
        Document there = Registers.page(reviewer, "/story");
        assertThat(there.select("main").text())
                .contains("6 notices received", "every name measured open");
        for (String link : there.select("main tbody a").eachAttr("href")) {
            assertThat(reviewer.get(link).statusCode()).as(link).isEqualTo(200);
        }
    }

    @Test
    void whatWasReplayedStaysAppendOnly() {
        assertThatThrownBy(() ->
                        nodes.bean(AUTHORITY, JdbcClient.class)
                                .sql("delete from access_orders")
                                .update())
                .hasMessageContaining("access_orders");
    }
}
