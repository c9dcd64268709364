package org.jalur.node.exchange;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.register.Register;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the node of a peer, at exactly the address that the operator configured; follows no
 * redirect.
 */
@Component
class PeerClient {
    /** Octets of parts that travel in one request: 8 MiB, or one larger part. */
    private static final int BATCH = 8 * 1024 * 1024;

    private static final int MOST_OF_A_RESPONSE = 64 * 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final SignedRequests requests;
    private final Register register;
    private final JsonMapper json;

    PeerClient(SignedRequests requests, Register register, JsonMapper json) {
        this.requests = requests;
        this.register = register;
        this.json = json;
    }

    List<Wire.Result> send(Channel channel, List<StoredMessage> messages) throws IOException {
        byte[] body =
                json.writeValueAsBytes(
                        new Wire.Messages(messages.stream().map(Wire.OneMessage::of).toList()));
        HttpResponse<byte[]> response = post(channel, ChannelController.MESSAGES, body, false);
        if (response.statusCode() >= 500 || response.statusCode() == 429) {
            throw new IOException("the peer answers " + response.statusCode());
        }
        try {
            List<Wire.Result> results =
                    json.readValue(response.body(), Wire.Results.class).results();
            if (results.size() == messages.size()) {
                return results;
            }
        } catch (JacksonException e) {
            throw new IOException(
                    "the peer's answer %d is not readable".formatted(response.statusCode()), e);
        }
        throw new IOException("the peer answers for another number of messages");
    }

    void upload(Channel channel, List<Part> parts) throws IOException {
        var batch = new ArrayList<Part>();
        long octets = 0;
        for (Part part : parts) {
            if (octets > 0 && octets + part.bytes().length > BATCH) {
                uploadBatch(channel, batch);
                batch.clear();
                octets = 0;
            }
            batch.add(part);
            octets += part.bytes().length + Part.OVERHEAD;
        }
        if (!batch.isEmpty()) {
            uploadBatch(channel, batch);
        }
    }

    private void uploadBatch(Channel channel, List<Part> batch) throws IOException {
        HttpResponse<byte[]> response =
                post(channel, ChannelController.PARTS, Wire.frame(batch), true);
        requireSuccess(response, "uploading parts");
    }

    /** Messages that wait for this node at a peer which cannot call it. */
    Wire.Pulled pull(Channel channel) throws IOException {
        HttpResponse<byte[]> response = post(channel, ChannelController.PULL, new byte[0], true);
        requireSuccess(response, "pulling messages");
        return read(response, Wire.Pulled.class);
    }

    void bring(Channel channel, Brought brought) throws IOException {
        HttpResponse<byte[]> response =
                post(channel, ChannelController.ERRANDS, json.writeValueAsBytes(brought), true);
        requireSuccess(response, "bringing what was asked for");
    }

    /** What was said on the channel, from one place of a direction on. */
    Wire.Page history(Channel channel, Wire.Asked asked) throws IOException {
        HttpResponse<byte[]> response =
                post(channel, ChannelController.HISTORY, json.writeValueAsBytes(asked), true);
        requireSuccess(response, "fetching the history");
        return read(response, Wire.Page.class);
    }

    List<Part> fetch(Channel channel, List<Hash> leaves) throws IOException {
        HttpResponse<byte[]> response =
                post(channel, ChannelController.FETCH, StoredMessage.octets(leaves), true);
        requireSuccess(response, "fetching parts");
        return Wire.unframe(response.body());
    }

    void handIn(Channel channel, List<String> receipts) throws IOException {
        HttpResponse<byte[]> response =
                post(
                        channel,
                        ChannelController.RECEIPTS,
                        json.writeValueAsBytes(new Wire.Handed(receipts)),
                        true);
        requireSuccess(response, "handing in receipts");
    }

    private <T> T read(HttpResponse<byte[]> response, Class<T> type) throws IOException {
        try {
            return json.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw new IOException("the peer's answer is not readable", e);
        }
    }

    private static void requireSuccess(HttpResponse<byte[]> response, String what)
            throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw new IOException("%s: the peer answers %d".formatted(what, response.statusCode()));
        }
    }

    private HttpResponse<byte[]> post(Channel channel, String path, byte[] body, boolean signed)
            throws IOException {
        URI base =
                register.peer(channel.peer())
                        .flatMap(peer -> Optional.ofNullable(peer.url()))
                        .orElseThrow(() ->
                                new IOException("no url is configured for " + channel.peer()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
                        .timeout(Duration.ofSeconds(30))
                        .header(
                                "Content-Type",
                                path.equals(ChannelController.PARTS)
                                                || path.equals(ChannelController.FETCH)
                                        ? "application/octet-stream"
                                        : "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (signed) {
            request.header("Authorization", requests.authorization(channel, path, body));
            requests.statement(channel)
                    .ifPresent(statement -> request.header(SignedRequests.STATEMENT, statement));
        }
        try {
            return http.send(
                    request.build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OF_A_RESPONSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
