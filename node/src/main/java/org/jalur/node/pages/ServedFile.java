package org.jalur.node.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A stranger's file as it is served: pictures to be shown, everything else to be saved, and a
 * sandbox that keeps whatever it is from doing anything.
 */
public final class ServedFile {
    private static final Set<String> PICTURES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private ServedFile() {}

    /**
     * @param type as its content was recognised, not as it was named
     */
    public static ResponseEntity<byte[]> of(String name, String type, byte[] bytes) {
        boolean picture = PICTURES.contains(type);
        return ResponseEntity.ok()
                .contentType(
                        picture
                                ? MediaType.parseMediaType(type)
                                : MediaType.APPLICATION_OCTET_STREAM)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        (picture ? ContentDisposition.inline() : ContentDisposition.attachment())
                                .filename(name, UTF_8)
                                .build()
                                .toString())
                .cacheControl(CacheControl.noStore())
                .body(bytes);
    }
}
