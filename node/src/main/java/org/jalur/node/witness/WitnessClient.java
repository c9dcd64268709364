package org.jalur.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.SignedNote;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.springframework.stereotype.Component;

/** Calls witnesses at the addresses that the operator configured; follows no redirect. */
@Component
class WitnessClient {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();

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
