package org.jalur.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks the platform's Jalur node before anything is published; without an answer nothing is. */
final class Screening {
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final Optional<URI> node;
    private final String token;
    private final JsonMapper json;

    Screening(Optional<URI> node, String token, JsonMapper json) {
        this.node = node;
        this.token = token;
        this.json = json;
    }

    /**
     * @param verdict publish, review, hold or block
     */
    record Verdict(String verdict, List<Map<String, Object>> hits) {}

    /** Nobody answered: the post is neither published nor lost by the platform. */
    static final class UnavailableException extends RuntimeException {
        UnavailableException(String sentence) {
            super(sentence);
        }
    }

    Verdict ask(Map<String, Object> content) {
        if (node.isEmpty()) {
            return new Verdict("publish", List.of());
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(node.get() + "/screen"))
                        .timeout(Duration.ofSeconds(2))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        json.writeValueAsBytes(content)))
                        .build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                return json.readValue(response.body(), Verdict.class);
            }
            throw new UnavailableException("the screener answers " + response.statusCode());
        } catch (IOException | JacksonException e) {
            throw new UnavailableException("the screener cannot be reached: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }
}
