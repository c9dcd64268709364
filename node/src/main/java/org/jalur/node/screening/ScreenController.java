package org.jalur.node.screening;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.Content;
import org.jalur.screening.Match;
import org.jalur.screening.Mode;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The question a platform asks before it publishes. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
@Tag(name = "screening")
class ScreenController {
    private static final int MOST_TEXT = 100_000;
    private static final int MOST_VALUES = 100;

    private final Signatures signatures;
    private final JdbcClient jdbc;
    private final Clock clock;

    ScreenController(Signatures signatures, JdbcClient jdbc, Clock clock) {
        this.signatures = signatures;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param visibility must be "public": nothing else is screened
     * @param url address that the content will get
     * @param urls further addresses in it
     * @param country where it is seen, ISO 3166-1 alpha-2; left out for everywhere
     */
    record ContentForm(
            Optional<String> visibility,
            Optional<String> channel,
            Optional<String> author,
            Optional<String> url,
            Optional<List<String>> urls,
            Optional<String> text,
            Optional<List<FileForm>> files,
            Optional<String> country) {}

    /**
     * @param sha256 64 lower-case hex digits
     */
    record FileForm(String sha256, Optional<String> name) {}

    /**
     * @param verdict publish, review (publish and look), hold (look, then publish), or block
     */
    record Verdict(String verdict, List<Hit> hits) {}

    /** A match that explains itself. */
    record Hit(
            String list,
            UUID entry,
            String signal,
            String mode,
            @com.fasterxml.jackson.annotation.JsonProperty("case") UUID caseId,
            String origin) {}

    private record Source(UUID caseId, String origin) {
        static Source from(ResultSet row, int number) throws SQLException {
            return new Source(row.getObject("case_id", UUID.class), row.getString("origin"));
        }
    }

    @PostMapping("/screen")
    @Transactional
    @Operation(
            summary = "Compares content that is about to become public with the signature list",
            description =
                    """
                    visibility is mandatory and must be "public": private messages are out of scope by design. \
                    Every match is counted as a hit on the case it comes from.\
                    """)
    Verdict screen(@RequestBody ContentForm form) {
        Content content = content(form);
        List<Match> matches = signatures.screener().screen(content);
        Mode strictest =
                matches.stream()
                        .map(match -> match.signature().mode())
                        .max(Comparator.naturalOrder())
                        .orElse(Mode.SHADOW);
        String verdict = strictest == Mode.SHADOW ? "publish" : wire(strictest);
        var hits = new ArrayList<Hit>();
        for (Match match : matches) {
            Source source =
                    jdbc.sql("select case_id, origin from signatures where id = :id")
                            .param("id", match.signature().id())
                            .query(Source::from)
                            .single();
            record(match, source, form, verdict);
            hits.add(
                    new Hit(
                            "cases",
                            match.signature().id(),
                            wire(match.signature().signal()),
                            wire(match.signature().mode()),
                            source.caseId(),
                            source.origin()));
        }
        return new Verdict(verdict, hits);
    }

    private void record(Match match, Source source, ContentForm form, String verdict) {
        jdbc.sql(
                        """
                        insert into hits (signature, case_id, url, channel, mode, verdict, hit_at)
                        values (:signature, :case, :url, :channel, :mode, :verdict, :now)
                        """)
                .param("signature", match.signature().id())
                .param("case", source.caseId())
                .param("url", form.url().orElse(null))
                .param("channel", form.channel().orElse(null))
                .param("mode", wire(match.signature().mode()))
                .param("verdict", verdict)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Content content(ContentForm form) {
        String visibility =
                form.visibility()
                        .orElseThrow(() -> refused("visibility is missing; it must be \"public\""));
        if (!visibility.equals("public")) {
            throw refused(
                    "visibility is \"%s\"; only content that is public, or about to be, is screened"
                            .formatted(visibility));
        }
        var urls = new ArrayList<>(form.urls().orElse(List.of()));
        form.url().ifPresent(urls::add);
        List<FileForm> files = form.files().orElse(List.of());
        if (form.text().map(String::length).orElse(0) > MOST_TEXT
                || urls.size() > MOST_VALUES
                || files.size() > MOST_VALUES) {
            throw refused(
                    "more than %d characters of text, or more than %d addresses or files"
                            .formatted(MOST_TEXT, MOST_VALUES));
        }
        for (FileForm file : files) {
            if (file.sha256() == null || !file.sha256().matches("[0-9a-f]{64}")) {
                throw refused(
                        "files.sha256 is \"%s\"; give 64 lower-case hex digits"
                                .formatted(file.sha256()));
            }
        }
        return new Content(
                form.text(), urls, files.stream().map(FileForm::sha256).toList(), form.country());
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "not-screened", detail);
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
