package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody without account, cookies or scripts, who asks from an address of their own. */
final class Stranger {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    private final HttpClient http;
    private final String url;

    /**
     * @param address of this machine, for example 127.0.0.7
     */
    Stranger(String url, String address) {
        this.url = url;
        http =
                HttpClient.newBuilder()
                        .localAddress(InetAddress.ofLiteral(address))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path)).header("Accept-Language", "en");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    byte[] download(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /** Sends what a program would; headers as for {@link #get}. */
    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The token of a block's form. */
    String form(String block) throws IOException, InterruptedException {
        Matcher form = FORM.matcher(get("/blocks/" + block + "/objection").body());
        if (!form.find()) {
            throw new AssertionError("the page has no form");
        }
        return form.group(1);
    }

    HttpResponse<String> file(String block, Map<String, String> fields)
            throws IOException, InterruptedException {
        return send("/blocks/" + block + "/objection", fields);
    }

    HttpResponse<String> send(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        String body =
                fields.entrySet().stream()
                        .map(field ->
                                URLEncoder.encode(field.getKey(), UTF_8)
                                        + "="
                                        + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept-Language", "en")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
