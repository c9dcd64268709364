package org.jalur.node.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who is signed in to the pages and runs no scripts: cookies, forms and their tokens. */
final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final String url;

    Visitor(String url) {
        this.url = url;
    }

    void signIn(String name, String password) throws IOException, InterruptedException {
        post("/sign-in", Map.of("name", name, "password", password));
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /**
     * @throws StoryStoppedException if the form is shown again instead of leading on
     */
    void post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String body =
                "_csrf="
                        + encode(found(TOKEN, get("/sign-in"), "the token of a form"))
                        + fields.entrySet().stream()
                                .map(field ->
                                        "&"
                                                + encode(field.getKey())
                                                + "="
                                                + encode(field.getValue()))
                                .collect(Collectors.joining());
        HttpResponse<String> answer =
                http.send(
                        request(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 302) {
            throw new StoryStoppedException(
                    "the form %s is answered with %d".formatted(path, answer.statusCode()));
        }
    }

    /** What the pattern's group finds on a page. */
    static String found(Pattern pattern, String page, String what) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new StoryStoppedException("a page lacks " + what);
        }
        return matcher.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Accept-Language", "en");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
