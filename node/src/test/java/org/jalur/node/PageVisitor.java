package org.jalur.node;

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

/** Somebody with a browser that runs no scripts: cookies, forms, redirects seen one by one. */
final class PageVisitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http =
            HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final String url;

    PageVisitor(String url) {
        this.url = url;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Accept-Language", "en")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Sends a form with the token of a page that this visitor may see. */
    HttpResponse<String> post(String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get("/sign-in").body());
        if (!token.find()) {
            throw new AssertionError("the sign-in page has no form");
        }
        return postWith(token.group(1), path, fields);
    }

    HttpResponse<String> postWith(String token, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body =
                "_csrf="
                        + encode(token)
                        + fields.entrySet().stream()
                                .map(field ->
                                        "&"
                                                + encode(field.getKey())
                                                + "="
                                                + encode(field.getValue()))
                                .collect(Collectors.joining());
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept-Language", "en")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> signIn(String name, String password)
            throws IOException, InterruptedException {
        return post("/sign-in", Map.of("name", name, "password", password));
    }

    boolean isSignedIn() throws IOException, InterruptedException {
        return get("/settings").statusCode() == 200;
    }

    CookieManager cookies() {
        return cookies;
    }

    static String redirect(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
