package org.jalur.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jalur.sample.Posts.Post;

/** The ways by which a post leaves the platform, each asked over HTTP as any reader would. */
final class Routes {
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final String base;

    Routes(String base) {
        this.base = base;
    }

    /**
     * @param country ISO 3166-1 alpha-2, or {@code *}
     * @param state visible, gone or unknown
     */
    record Seen(String route, String country, String state) {}

    List<Seen> probe(Post post, String country) {
        String link = "/channels/%s/posts/%d".formatted(post.channel(), post.id());
        String words =
                URLEncoder.encode(
                        post.text().substring(0, Math.min(60, post.text().length())),
                        StandardCharsets.UTF_8);
        var seen = new ArrayList<Seen>();
        seen.add(ask("page", link, link + "\"", country));
        seen.add(ask("api", link + ".json", link + "\"", country));
        seen.add(
                ask(
                        "archive",
                        "/archive/%s?around=%d".formatted(post.channel(), post.id()),
                        link + "\"",
                        country));
        seen.add(ask("listing", "/?q=" + words, link + "\"", country));
        for (Posts.Picture picture : post.pictures()) {
            seen.add(ask("media", "/media/" + picture.id(), "", country));
        }
        return seen;
    }

    private Seen ask(String route, String path, String mark, String country) {
        String separator = path.contains("?") ? "&" : "?";
        URI uri =
                URI.create(
                        base
                                + path
                                + (country.equals("*") ? "" : separator + "country=" + country));
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(3)).build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
            return new Seen(route, country, state(response, mark));
        } catch (IOException e) {
            return new Seen(route, country, "unknown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Seen(route, country, "unknown");
        }
    }

    private static String state(HttpResponse<String> response, String mark) {
        return switch (response.statusCode()) {
            case 200 -> response.body().contains(mark) ? "visible" : "gone";
            case 404, 410, 451 -> "gone";
            default -> "unknown";
        };
    }
}
