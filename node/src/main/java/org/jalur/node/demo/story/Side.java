package org.jalur.node.demo.story;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One node, by its API and its pages, as each of its people may use them. */
public final class Side {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final String party;
    private final String url;
    private final People people;
    private final Pause pause;

    /** Lets a little time pass. */
    @FunctionalInterface
    public interface Pause {
        void pass() throws InterruptedException;
    }

    /** The sample accounts of a node. */
    public interface People {
        /** API token of an account, for example "officer" or "approver.2". */
        String token(String account);

        /** With which the account signs in to the pages. */
        String signInName(String account);

        String password();
    }

    public Side(String party, String url, People people, Pause pause) {
        this.party = party;
        this.url = url;
        this.people = people;
        this.pause = pause;
    }

    String party() {
        return party;
    }

    /**
     * @param status of HTTP
     */
    record Reply(int status, JsonNode body) {
        /** What a refusal says, for people. */
        String detail() {
            return body.path("detail").asString(body.toString());
        }
    }

    /** Somebody at the pages. */
    Visitor signedIn(String account) throws IOException, InterruptedException {
        var visitor = new Visitor(url);
        visitor.signIn(people.signInName(account), people.password());
        return visitor;
    }

    String text(String account, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(account, path, Optional.empty());
        if (answer.statusCode() != 200) {
            throw new StoryStoppedException("%s answers %s".formatted(path, answer.body()));
        }
        return answer.body();
    }

    Reply get(String account, String path) throws IOException, InterruptedException {
        return reply(send(account, path, Optional.empty()));
    }

    /** A call that may be refused. */
    Reply call(String account, String path, Object body) throws IOException, InterruptedException {
        String text = body instanceof String written ? written : JSON.writeValueAsString(body);
        return reply(send(account, path, Optional.of(text)));
    }

    /**
     * @throws StoryStoppedException if it is refused
     */
    JsonNode done(String account, String path, Object body)
            throws IOException, InterruptedException {
        Reply reply = call(account, path, body);
        if (reply.status() / 100 != 2) {
            throw new StoryStoppedException(
                    "%s refuses %s: %s".formatted(party, path, reply.detail()));
        }
        return reply.body();
    }

    /** Asks until the answer is as wanted. */
    JsonNode await(String account, String path, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        return await(path, () -> get(account, path).body(), wanted);
    }

    /** Something that is asked again. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    /**
     * @param what names it, should it never come
     */
    <T> T await(String what, Question<T> question, Predicate<T> wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = question.ask();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > end) {
                throw new StoryStoppedException(
                        "%s at %s still says: %s".formatted(what, party, answer));
            }
            pause.pass();
            answer = question.ask();
        }
        return answer;
    }

    static JsonNode read(String json) {
        return JSON.readTree(json);
    }

    private static Reply reply(HttpResponse<String> answer) {
        try {
            return new Reply(
                    answer.statusCode(),
                    answer.body().isEmpty() ? JSON.createObjectNode() : read(answer.body()));
        } catch (JacksonException _) {
            return new Reply(answer.statusCode(), JSON.createObjectNode());
        }
    }

    private HttpResponse<String> send(String account, String path, Optional<String> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + people.token(account));
        body.ifPresent(text ->
                request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8)));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
