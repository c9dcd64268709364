package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jalur.log.Hash;
import org.jalur.node.TestNodes.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Two signatories on each side, by the API. */
final class Agreeing {
    static final String SIGNATORY = "signatory";
    static final String OTHER_SIGNATORY = "signatory.2";
    static final String REPRESENTATIVE = "Sample Representative";

    private final TestNodes nodes;
    private final String authority;
    private final String platform;

    Agreeing(TestNodes nodes, String authority, String platform) {
        this.nodes = nodes;
        this.authority = authority;
        this.platform = platform;
    }

    private String peer(String party) {
        return party.equals(authority) ? platform : authority;
    }

    String path(String party, String id) {
        return "/api/agreements/" + peer(party) + "/" + id;
    }

    /** The version that is in force for a party. */
    JsonNode inForce(String party) throws Exception {
        return StreamSupport.stream(
                        nodes.get(party, SIGNATORY, "/api/agreements").body().spliterator(), false)
                .filter(one -> one.path("peer").asString().equals(peer(party)))
                .filter(one -> one.path("state").asString().equalsIgnoreCase("in_force"))
                .findFirst()
                .orElseThrow();
    }

    /** The text of the version in force, as the next one, with changes. */
    String next(String party, Consumer<ObjectNode> change) throws Exception {
        JsonNode current = inForce(party);
        String text = text(party, current.path("id").asString());
        ObjectNode next = (ObjectNode) TestNodes.JSON.readTree(text);
        next.putObject("version")
                .put("number", current.path("number").asInt() + 1)
                .put("previous", Hash.sha256(text.getBytes(UTF_8)).hex());
        change.accept(next);
        return next.toString();
    }

    String text(String party, String id) throws Exception {
        return nodes.text(party, SIGNATORY, path(party, id) + "/text");
    }

    Reply propose(String party, String text, String query) throws Exception {
        return nodes.post(party, SIGNATORY, "/api/agreements/" + peer(party) + query, text);
    }

    Reply sign(String party, String role, String id, String digest) throws Exception {
        return nodes.post(
                party,
                role,
                path(party, id) + "/signature",
                Map.of("digest", digest, "representative", REPRESENTATIVE));
    }

    /** Both people of a side sign. */
    void signs(String party, String id) throws Exception {
        String digest = await(party, id, "").at("/summary/digest").asString();
        assertThat(sign(party, SIGNATORY, id, digest).status()).isEqualTo(200);
        Reply second = sign(party, OTHER_SIGNATORY, id, digest);
        assertThat(second.status()).as(second.body().toString()).isEqualTo(200);
    }

    /** Until a version is in a state on a node; an empty state: until it is there at all. */
    JsonNode await(String party, String id, String state) throws Exception {
        return nodes.await(
                party,
                SIGNATORY,
                path(party, id),
                one ->
                        state.isEmpty()
                                || one.at("/summary/state").asString().equalsIgnoreCase(state));
    }

    /**
     * A version that the authority proposed and both have signed.
     *
     * @return its id
     */
    String conclude(Consumer<ObjectNode> change) throws Exception {
        Reply proposed = propose(authority, next(authority, change), "");
        assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(201);
        String id = proposed.body().at("/summary/id").asString();
        signs(platform, id);
        await(authority, id, "signed_by_peer");
        signs(authority, id);
        await(authority, id, "in_force");
        await(platform, id, "in_force");
        return id;
    }
}
