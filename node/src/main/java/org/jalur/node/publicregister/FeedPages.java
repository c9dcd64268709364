package org.jalur.node.publicregister;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.jalur.log.Hash;
import org.jalur.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The feed, for programs that ask again and again: what did not change is not sent again. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class FeedPages {
    static final String HERE = PublicBlockPages.HERE + "/feed";
    static final String TYPE = "application/atom+xml";

    private final BlockFeed feed;

    FeedPages(BlockFeed feed) {
        this.feed = feed;
    }

    /**
     * @param language id or en; else as the caller's program asks
     */
    @GetMapping(HERE)
    ResponseEntity<byte[]> read(
            @RequestParam Optional<String> language,
            HttpServletRequest request,
            HttpServletResponse response) {
        language.filter(one -> one.equals("id") || one.equals("en"))
                .ifPresent(one -> LocaleContextHolder.setLocale(Locale.of(one)));
        byte[] octets = feed.write(request);
        String tag = "\"" + Hash.sha256(octets).hex().substring(0, 32) + "\"";
        Caching.data(response);
        response.addHeader(HttpHeaders.VARY, "Accept-Language, Cookie");
        if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
        }
        return ResponseEntity.ok()
                .eTag(tag)
                .contentType(MediaType.parseMediaType(TYPE + ";charset=UTF-8"))
                .body(octets);
    }
}
