package org.jalur.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.Message;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Hash;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.SignedNote;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Calls witnesses at the addresses that the operator configured; follows no redirect. */
@Component
class WitnessClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The witness itself waits up to a minute for the receiver's node. */
    private static final Duration RELAY_PATIENCE = Duration.ofSeconds(75);

    private static final long MOST_OF_A_RELAY = 2 * 1024 * 1024;

    private final JsonMapper json;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();

    WitnessClient(JsonMapper json) {
        this.json = json;
    }

    WitnessAnswer ask(AskedWitness witness, AddCheckpoint request) throws IOException {
        HttpResponse<byte[]> answer =
                send(
                        HttpRequest.newBuilder(witness.at("/add-checkpoint"))
                                .header("Content-Type", "text/plain; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofString(request.format())));
        try {
            return WitnessAnswer.parse(answer.statusCode(), new String(answer.body(), UTF_8));
        } catch (MalformedNoteException e) {
            throw new IOException("the witness answers " + answer.statusCode(), e);
        }
    }

    /** What a witness holds of a log; empty if it never cosigned it. */
    Optional<SignedNote> seen(AskedWitness witness, String origin) throws IOException {
        String path = "/%s/checkpoint".formatted(Witness.originHash(origin).hex());
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(witness.at(path)));
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the witness answers " + answer.statusCode());
        }
        try {
            return Optional.of(SignedNote.parse(answer.body()));
        } catch (MalformedNoteException e) {
            throw new IOException("the witness holds no checkpoint", e);
        }
    }

    /**
     * Has a message handed to its receiver's node.
     *
     * @throws IOException if the witness does not, with the reason that it gives
     */
    Relayed relay(AskedWitness witness, String keys, Message message) throws IOException {
        var body = new LinkedHashMap<String, String>();
        body.put("keys", keys);
        body.put("jws", message.jws().compact());
        body.put("leaves", base64(message.leaves()));
        HttpResponse<byte[]> answer =
                Patience.send(
                        http,
                        HttpRequest.newBuilder(witness.at("/relay"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                json.writeValueAsBytes(body)))
                                .build(),
                        RELAY_PATIENCE,
                        MOST_OF_A_RELAY);
        try {
            if (answer.statusCode() != 200) {
                throw new IOException(
                        "the witness answers %d %s"
                                .formatted(
                                        answer.statusCode(),
                                        json.readTree(answer.body()).path("detail").asString("")));
            }
            return json.readValue(answer.body(), Relayed.class);
        } catch (JacksonException e) {
            throw new IOException(
                    "the witness's answer %d is not readable".formatted(answer.statusCode()), e);
        }
    }

    /**
     * What a witness gives back.
     *
     * @param statement that it signed
     * @param answer what the receiver's node answered, in base64; absent if it did not
     */
    record Relayed(String statement, Optional<String> answer) {}

    private static String base64(List<Hash> leaves) {
        ByteBuffer octets = ByteBuffer.allocate(leaves.size() * Hash.BYTES);
        leaves.forEach(leaf -> octets.put(leaf.bytes()));
        return Base64.getEncoder().encodeToString(octets.array());
    }

    /** Hands proof of a fork to a peer. */
    boolean tell(URI address, String evidence) throws IOException {
        return send(HttpRequest.newBuilder(address)
                                .header("Content-Type", "text/plain; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofString(evidence)))
                        .statusCode()
                == 204;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        return Patience.send(http, request.build(), PATIENCE, SignedNote.MAX_BYTES);
    }
}
