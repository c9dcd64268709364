package org.jalur.node.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jalur.log.LogStorage;
import org.jalur.node.web.ProblemException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The journal for everybody: checkpoint, tiles and entries as C2SP tlog-tiles names them. */
@RestController
class JournalFiles {
    private static final String PREFIX = "/journal/";
    private static final Pattern TILE =
            Pattern.compile("tile/([0-7]|entries)/(x[0-9]{3}/){0,5}[0-9]{3}(\\.p/[0-9]{1,3})?");
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final PublishedLog published;
    private final LogStorage storage;

    JournalFiles(PublishedLog published, LogStorage storage) {
        this.published = published;
        this.storage = storage;
    }

    /** tlog-tiles, "Checkpoints": always the newest, so that nobody caches it. */
    @GetMapping(PREFIX + "checkpoint")
    ResponseEntity<byte[]> checkpoint() {
        return published
                .checkpoint()
                .map(note ->
                        ResponseEntity.ok()
                                .contentType(new MediaType("text", "plain", UTF_8))
                                .cacheControl(CacheControl.noCache())
                                .body(note.getBytes(UTF_8)))
                .orElseThrow(() -> missing("checkpoint"));
    }

    /** tlog-tiles, "Merkle Tree" and "Log entries": what was published never changes. */
    @GetMapping(PREFIX + "tile/**")
    ResponseEntity<byte[]> tile(HttpServletRequest request) {
        String path = request.getRequestURI().substring(PREFIX.length());
        if (!TILE.matcher(path).matches()) {
            throw missing(path);
        }
        byte[] octets = storage.read(path).orElseThrow(() -> missing(path));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .cacheControl(CacheControl.maxAge(FOR_EVER).cachePublic().immutable())
                .body(octets);
    }

    private static ProblemException missing(String path) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "not-in-the-journal",
                "This journal has no %s (yet)."
                        .formatted(path.length() < 100 ? path : path.substring(0, 100)));
    }
}
