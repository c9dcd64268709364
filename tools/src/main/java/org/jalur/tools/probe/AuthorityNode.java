package org.jalur.tools.probe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jalur.access.text.ProbeRequest;
import org.jalur.access.text.ProbeResult;
import org.jalur.access.text.ProbeTask;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.channel.SigningKey;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The node that gives tasks. It is believed only as far as its tasks are signed with a key that the
 * pinned identity named.
 */
final class AuthorityNode {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TOO_MANY = 429;
    private static final int LONGEST_PAUSE = 600;

    private final URI url;
    private final PartyId party;
    private final Hash identity;
    private final UUID probe;
    private final SigningKey key;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    AuthorityNode(URI url, PartyId party, Hash identity, UUID probe, SigningKey key) {
        this.url = url;
        this.party = party;
        this.identity = identity;
        this.probe = probe;
        this.key = key;
    }

    /**
     * @param pause until there may be more
     */
    record Given(List<ProbeTask> tasks, Duration pause) {}

    /**
     * @throws NodeBusyException if it is called too often
     * @throws IOException if the node is not reached, refuses, or is not the one that is pinned
     */
    Given ask(Instant now) throws IOException, InterruptedException {
        Jws request = Jws.sign(Jws.Type.PROBE_REQUEST, new ProbeRequest(probe, now).octets(), key);
        JsonNode given = JSON.readTree(post("/probe/tasks", request).body());
        try {
            PublicSigningKey signer =
                    KeyStatement.open(given.path("statement").asString(""), party, identity)
                            .key(KeyStatement.Use.MESSAGE);
            List<ProbeTask> tasks = new ArrayList<>();
            for (JsonNode one : given.path("tasks")) {
                Jws task = Jws.parse(one.asString(""), Jws.Type.PROBE_TASK);
                if (!task.isSignedBy(signer)) {
                    throw new IOException("a task is not signed by the authority");
                }
                tasks.add(own(ProbeTask.read(task.payload())));
            }
            return new Given(
                    tasks,
                    Duration.ofSeconds(
                            Math.clamp(given.path("pauseSeconds").asLong(30), 1, LONGEST_PAUSE)));
        } catch (MalformedMessageException | UntrustedKeyException | JacksonException e) {
            throw new IOException("the node's answer is not believed: " + e.getMessage(), e);
        }
    }

    private ProbeTask own(ProbeTask task) throws IOException {
        if (!task.probe().equals(probe)) {
            throw new IOException("a task for the probe %s".formatted(task.probe()));
        }
        return task;
    }

    /**
     * @return whether it counts: a node that has it already, or has closed the task, is no fault
     * @throws NodeBusyException if it is called too often; the result was not taken
     */
    boolean report(ProbeResult result) throws IOException, InterruptedException {
        Jws signed = Jws.sign(Jws.Type.PROBE_RESULT, result.octets(), key);
        HttpResponse<byte[]> answer = send("/probe/results", signed);
        if (answer.statusCode() == 204) {
            return true;
        }
        if (answer.statusCode() == 409 || answer.statusCode() == 410) {
            return false;
        }
        throw refused(answer);
    }

    private HttpResponse<byte[]> post(String path, Jws body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(path, body);
        if (answer.statusCode() != 200) {
            throw refused(answer);
        }
        return answer;
    }

    private HttpResponse<byte[]> send(String path, Jws body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(url.toString().replaceAll("/+$", "") + path))
                                .timeout(PATIENCE)
                                .header("Content-Type", "application/jose")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                body.compact(), StandardCharsets.US_ASCII))
                                .build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST));
        if (answer.statusCode() == TOO_MANY) {
            throw new NodeBusyException(pause(answer));
        }
        return answer;
    }

    private static Duration pause(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Math.clamp(Long.parseLong(text), 1, LONGEST_PAUSE)))
                .orElse(Duration.ofMinutes(1));
    }

    private static IOException refused(HttpResponse<byte[]> answer) {
        String said = "";
        try {
            said = JSON.readTree(answer.body()).path("detail").asString("");
        } catch (JacksonException _) {
            // The status says enough.
        }
        return new IOException("the node answered %d %s".formatted(answer.statusCode(), said));
    }
}
