package org.jalur.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.Jsoup;

/**
 * A form with a file, as a browser sends it.
 *
 * @param fields besides the file
 * @param field of the file
 */
record Multipart(Map<String, String> fields, String field, String file, byte[] octets) {
    private static final String BOUNDARY = "sample-boundary";

    /** With the token of a page that this visitor may see. */
    HttpResponse<String> send(PageVisitor visitor, String url)
            throws IOException, InterruptedException {
        return sendWith(token(visitor, "/sign-in"), visitor, url);
    }

    HttpResponse<String> sendWith(String token, PageVisitor visitor, String url)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(fields);
        all.put("_csrf", token);
        var body = new ByteArrayOutputStream();
        all.forEach((name, value) ->
                body.writeBytes(
                        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                                .formatted(BOUNDARY, name, value)
                                .getBytes(UTF_8)));
        body.writeBytes(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
                        .formatted(BOUNDARY, field, file)
                        .getBytes(UTF_8));
        body.writeBytes(octets);
        body.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(UTF_8));
        try (HttpClient http = HttpClient.newBuilder().cookieHandler(visitor.cookies()).build()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                            .header("Accept-Language", "en")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The token of a page, as its forms hold it. */
    static String token(PageVisitor visitor, String page) throws IOException, InterruptedException {
        return Jsoup.parse(visitor.get(page).body()).select("input[name=_csrf]").attr("value");
    }
}
