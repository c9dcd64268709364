package org.jalur.tools.witness;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jalur.channel.RelayOutcome;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Calls the node of a receiver, at exactly the address that the operator of this witness named;
 * follows no redirect, and gives up in time whatever the other side does.
 */
final class PartyNode {
    /** Where a node takes messages (docs/protocol.md). */
    static final String MESSAGES = "/channel/messages";

    private static final int MOST_OF_AN_ANSWER = 1024 * 1024;

    private final HttpClient http;
    private final Duration patience;

    /**
     * @param patience for the whole answer; a node takes up to 10 s to make a receipt
     */
    PartyNode(Duration patience) {
        this.patience = patience;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(
                                patience.compareTo(Duration.ofSeconds(5)) < 0
                                        ? patience
                                        : Duration.ofSeconds(5))
                        .build();
    }

    /**
     * @param answer what the node answered, where it did
     */
    record Told(RelayOutcome outcome, Optional<byte[]> answer) {
        static Told nothing(RelayOutcome outcome) {
            return new Told(outcome, Optional.empty());
        }
    }

    Told tell(URI node, byte[] body) {
        CompletableFuture<HttpResponse<byte[]>> call =
                http.sendAsync(
                        HttpRequest.newBuilder(URI.create(node + MESSAGES))
                                .timeout(patience)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OF_AN_ANSWER));
        try {
            HttpResponse<byte[]> answer = call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() < 200 || answer.statusCode() > 599) {
                return Told.nothing(new RelayOutcome.Broken());
            }
            return new Told(
                    new RelayOutcome.Answered(answer.statusCode(), Hash.sha256(answer.body())),
                    Optional.of(answer.body()));
        } catch (TimeoutException e) {
            call.cancel(true);
            return Told.nothing(new RelayOutcome.TimedOut());
        } catch (ExecutionException e) {
            return Told.nothing(outcome(e.getCause()));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return Told.nothing(new RelayOutcome.Broken());
        }
    }

    private static RelayOutcome outcome(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> new RelayOutcome.TimedOut();
            case ConnectException _ -> new RelayOutcome.Refused();
            case IOException _ -> new RelayOutcome.Broken();
            case null, default ->
                    throw new IllegalStateException("the call failed by itself", cause);
        };
    }
}
