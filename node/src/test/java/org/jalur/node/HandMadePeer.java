package org.jalur.node;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SignedRequest;
import org.jalur.channel.SigningKey;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import tools.jackson.databind.JsonNode;

/** An authority without a node: it signs by hand, so that it can also do what no node would. */
final class HandMadePeer {
    private final PartyId party;
    private final PartyId platform;
    private final String url;
    private final SigningKey identity;
    private final HttpClient http = HttpClient.newHttpClient();
    private SigningKey key = SigningKey.generate();

    /** Of the next message; tests set them as they like. */
    long seq = 1;

    Optional<Hash> previous = Optional.empty();

    /** That the next messages cite. */
    Optional<Hash> agreement = Optional.empty();

    /** Of the next messages; absent: each is about itself. */
    Optional<UUID> about = Optional.empty();

    List<PublicSigningKey> approvers = List.of();
    Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private Optional<String> quoted = Optional.empty();
    private Optional<String> seen = Optional.empty();

    HandMadePeer(String party, String platform, String url, SigningKey identity) {
        this.party = new PartyId(party);
        this.platform = new PartyId(platform);
        this.url = url;
        this.identity = identity;
    }

    SigningKey key() {
        return key;
    }

    void signWith(SigningKey other) {
        key = other;
    }

    String statement(long serial) {
        return statement(serial, Optional.empty());
    }

    String statement(long serial, Optional<KeyStatement.Reason> reason) {
        Map<KeyStatement.Use, PublicSigningKey> keys = new EnumMap<>(KeyStatement.Use.class);
        for (KeyStatement.Use use : KeyStatement.Use.values()) {
            keys.put(use, key.publicKey());
        }
        return new KeyStatement(
                        party,
                        serial,
                        time,
                        origin(),
                        identity.publicKey(),
                        keys,
                        Optional.empty(),
                        reason,
                        approvers)
                .sign(identity);
    }

    Message keysMessage(long serial) {
        return sign(UUID.randomUUID(), "keys", List.of(), Optional.of(statement(serial)));
    }

    Message sign(UUID id, String kind, List<Part> parts, Optional<String> statement) {
        return sign(id, kind, parts, statement, platform);
    }

    Message sign(UUID id, String kind, List<Part> parts, Optional<String> statement, PartyId to) {
        List<Hash> leaves = parts.stream().map(Part::leaf).toList();
        var manifest =
                new Manifest(
                        id,
                        party,
                        to,
                        seq,
                        previous,
                        kind,
                        kind.equals("keys") ? Optional.empty() : about.or(() -> Optional.of(id)),
                        time,
                        agreement,
                        new Manifest.Parts(leaves.size(), MerkleTree.root(leaves)),
                        statement,
                        quoted,
                        new Manifest.Seen(0, seen));
        return Message.sign(manifest, leaves, key);
    }

    /** What the next messages quote: a checkpoint of this party, and one of the receiver's. */
    void quote(Optional<String> own, Optional<String> ofTheReceiver) {
        quoted = own;
        seen = ofTheReceiver;
    }

    /** Signs a checkpoint of this party's journal, true or not. */
    SignedNote checkpoint(long size, Hash root) {
        return new Checkpoint(origin(), size, root)
                .sign(
                        NoteSigner.ed25519(
                                origin(), key.asPrivateKey(), key.publicKey().asPublicKey()));
    }

    String origin() {
        return party.value() + ".example/journal";
    }

    /** Goes on after a message that was taken in. */
    void after(Message message) {
        seq = message.manifest().seq() + 1;
        previous = Optional.of(message.jws().digest());
    }

    record Result(int status, JsonNode body) {
        String problem() {
            String type = body.at("/problem/type").asString("");
            return type.substring(type.lastIndexOf('/') + 1);
        }

        String receipt() {
            return body.path("receipt").asString("");
        }
    }

    Result send(Message message) throws Exception {
        return sendRaw(message.jws().compact(), octets(message.leaves()));
    }

    Result sendRaw(String jws, byte[] leaves) throws Exception {
        byte[] body =
                TestNodes.JSON.writeValueAsBytes(
                        Map.of(
                                "messages",
                                List.of(
                                        Map.of(
                                                "jws",
                                                jws,
                                                "leaves",
                                                Base64.getEncoder().encodeToString(leaves)))));
        HttpResponse<byte[]> response = post("/channel/messages", "application/json", "", body);
        JsonNode result = TestNodes.JSON.readTree(response.body()).at("/results/0");
        return new Result(result.path("status").asInt(), result);
    }

    int upload(List<Part> parts, String authorization) throws Exception {
        return post("/channel/parts", "application/octet-stream", authorization, frame(parts))
                .statusCode();
    }

    String authorization(String path, byte[] body, Instant at, UUID nonce) {
        return SignedRequest.SCHEME
                + " "
                + new SignedRequest(party, platform, at, nonce, "POST", path, Hash.sha256(body))
                        .sign(key)
                        .compact();
    }

    HttpResponse<byte[]> post(String path, String type, String authorization, byte[] body)
            throws Exception {
        return post(path, type, authorization, body, Map.of());
    }

    HttpResponse<byte[]> post(
            String path,
            String type,
            String authorization,
            byte[] body,
            Map<String, String> headers)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static byte[] frame(List<Part> parts) {
        int size = parts.stream().mapToInt(part -> 4 + part.wire().length).sum();
        ByteBuffer framed = ByteBuffer.allocate(size);
        parts.forEach(part -> framed.putInt(part.wire().length).put(part.wire()));
        return framed.array();
    }

    private static byte[] octets(List<Hash> leaves) {
        ByteBuffer octets = ByteBuffer.allocate(leaves.size() * Hash.BYTES);
        leaves.forEach(leaf -> octets.put(leaf.bytes()));
        return octets.array();
    }
}
