package org.jalur.node.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jalur.log.LogStorage;

/** A peer's tiles, read from its node at the address that the operator configured. */
final class PeerTiles implements LogStorage {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 32 * 1024 * 1024;

    private final HttpClient http;
    private final String journal;

    /**
     * @param node base URL of the peer's node
     */
    PeerTiles(HttpClient http, URI node) {
        this.http = http;
        journal = node.toString().replaceAll("/+$", "") + "/journal/";
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            HttpResponse<byte[]> answer =
                    Patience.send(
                            http,
                            HttpRequest.newBuilder(URI.create(journal + path)).build(),
                            PATIENCE,
                            MOST);
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(answer.body());
                case 404 -> Optional.empty();
                default -> throw new IOException("the peer answers " + answer.statusCode());
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + " of a peer's journal", e);
        }
    }

    @Override
    public void writeAll(Map<String, byte[]> objects) {
        throw new IllegalStateException("a peer's journal is only read");
    }
}
