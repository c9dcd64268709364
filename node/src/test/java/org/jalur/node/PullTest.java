package org.jalur.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A platform that nobody can reach from outside: it calls for both directions. */
class PullTest {
    private static final String AUTHORITY = "otoritas-terbuka";
    private static final String PLATFORM = "platform-tertutup";

    @Test
    void pulledNoticeGetsItsReceiptAndItsAnswerLikeAnyOther(@TempDir Path folder) throws Exception {
        try (var nodes = new TestNodes(folder, List.of(AUTHORITY), List.of(PLATFORM))) {
            nodes.with(AUTHORITY, "jalur.peers[0].delivery", "pulled");
            // An address at which nothing listens: whoever calls it has misunderstood.
            nodes.with(AUTHORITY, "jalur.peers[0].url", "http://127.0.0.1:9");
            nodes.with(PLATFORM, "jalur.peers[0].delivery", "pull");
            nodes.startAll();
            String notice =
                    nodes.post(
                                    AUTHORITY,
                                    "officer",
                                    "/api/notices",
                                    ChannelTest.form(PLATFORM, "https://social.example/p/1"))
                            .body()
                            .at("/notice/id")
                            .asString();

            nodes.post(AUTHORITY, "approver", "/api/notices/" + notice + "/approval", Map.of());
            JsonNode delivered =
                    nodes.await(
                            AUTHORITY,
                            "officer",
                            "/api/notices/" + notice,
                            one -> one.hasNonNull("receipt"));
            String id =
                    nodes.await(
                                    PLATFORM,
                                    "reviewer",
                                    "/api/cases",
                                    page -> !page.path("cases").isEmpty())
                            .at("/cases/0/id")
                            .asString();
            nodes.post(PLATFORM, "reviewer", "/api/cases/" + id + "/claim", Map.of());

            assertThat(delivered.at("/notice/delivery/state").asString()).isEqualTo("delivered");
            nodes.await(
                    AUTHORITY,
                    "officer",
                    "/api/notices/" + notice,
                    one -> one.path("notice").hasNonNull("acknowledgedAt"));
        }
    }
}
