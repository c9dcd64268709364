package org.jalur.node.screening;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.engine.Place;
import org.jalur.screening.engine.Verdict;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The question a platform asks before it publishes: one by one, many at once, or as a stream. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
@Tag(name = "screening")
class ScreenController {
    static final String LINES = "application/x-ndjson";

    private static final int MOST_CONTENTS = 1_000;
    private static final int LONGEST_DEADLINE = 60_000;
    private static final int STREAM_AT_ONCE = 256;

    private final Screener screener;
    private final JsonMapper json;
    private final Clock clock;

    ScreenController(Screener screener, JsonMapper json, Clock clock) {
        this.screener = screener;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param contents at most 1,000
     */
    record Batch(List<ContentForm> contents) {}

    /** In the order of the contents. */
    record Answers(List<Answer> answers) {}

    /**
     * @param id of the content, if it was given
     * @param verdict publish, review (publish and look), hold (look, then publish), or block
     * @param unanswered why not everything could be compared; the verdict is hold then
     * @param problem what is wrong with the content; then it was not screened, and is not to be
     *     published
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Answer(
            Optional<String> id,
            String verdict,
            @JsonInclude List<Hit> hits,
            Optional<String> unanswered,
            Optional<String> problem) {}

    /**
     * A match that explains itself.
     *
     * @param list the signature list, with its name in {@code listName}
     * @param signal file_sha256, file_md5, pdq, phrase, similar_text, url, domain or handle
     * @param mode what this match leads to: shadow, review, hold, block, or allow
     * @param caseId case whose decision created the entry
     * @param origin party id of the authority at whose notice
     * @param agreement digest of the agreement that covered it
     * @param place text, whole_text, url, file or picture
     * @param start of the match in the text, in UTF-16 units; end is exclusive
     * @param matched what of the content matched, as it was given
     * @param distance 0 for the same; bits for a picture or a short text, TLSH's measure for a long
     *     one
     * @param form strict or loose: how far a text was folded to match
     * @param lowered why the mode is milder than the list's: loose, near_duplicate, throttled or
     *     allowed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Hit(
            String list,
            String listName,
            UUID entry,
            String signal,
            String mode,
            @JsonProperty("case") Optional<String> caseId,
            Optional<String> origin,
            Optional<String> agreement,
            String place,
            Optional<Integer> start,
            Optional<Integer> end,
            Optional<String> matched,
            int distance,
            String form,
            Optional<String> lowered) {}

    @PostMapping("/screen")
    @Operation(
            summary = "Compares content that is public, or about to be, with the signature lists",
            description =
                    """
                    visibility is mandatory: private messages are out of scope by design. What cannot be compared and \
                    recorded before the deadline is answered with "hold" and the reason in unanswered. Every match is \
                    recorded with its list, and with the case it comes from.\
                    """)
    Answer screen(
            @RequestBody ContentForm form,
            @RequestParam(defaultValue = "1000") int deadlineMillis) {
        Instant deadline = deadline(deadlineMillis);
        Submission content = form.submission();
        return answer(content, screener.screen(content, deadline));
    }

    @PostMapping("/screen/batch")
    @Operation(
            summary = "The same for up to 1,000 contents",
            description =
                    """
                    The answers come in the order of the contents. A content that cannot be read has a problem, and the \
                    verdict hold; the others are screened all the same.\
                    """)
    Answers screenAll(
            @RequestBody Batch batch, @RequestParam(defaultValue = "1000") int deadlineMillis) {
        Instant deadline = deadline(deadlineMillis);
        if (batch.contents() == null || batch.contents().isEmpty()) {
            throw ContentForm.refused("contents is missing or empty; give 1 to 1,000");
        }
        if (batch.contents().size() > MOST_CONTENTS) {
            throw ContentForm.refused(
                    "contents has %,d; give at most %,d, or use /screen/stream"
                            .formatted(batch.contents().size(), MOST_CONTENTS));
        }
        return new Answers(answers(batch.contents(), deadline));
    }

    private Instant deadline(int millis) {
        if (millis < 1 || millis > LONGEST_DEADLINE) {
            throw ContentForm.refused(
                    "deadlineMillis is %d; give 1 to %,d".formatted(millis, LONGEST_DEADLINE));
        }
        return clock.instant().plusMillis(millis);
    }

    private List<Answer> answers(List<ContentForm> forms, Instant deadline) {
        var contents = new ArrayList<Submission>(forms.size());
        var answers = new ArrayList<Optional<Answer>>(forms.size());
        for (ContentForm form : forms) {
            try {
                if (form == null) {
                    throw ContentForm.refused("a content is null; give an object");
                }
                contents.add(form.submission());
                answers.add(Optional.empty());
            } catch (ProblemException e) {
                answers.add(
                        Optional.of(
                                problem(
                                        form == null ? Optional.empty() : form.id(),
                                        String.valueOf(e.getMessage()))));
            }
        }
        List<Verdict> verdicts = screener.screen(contents, deadline);
        var all = new ArrayList<Answer>(forms.size());
        int next = 0;
        for (Optional<Answer> answer : answers) {
            if (answer.isPresent()) {
                all.add(answer.get());
            } else {
                all.add(answer(contents.get(next), verdicts.get(next)));
                next++;
            }
        }
        return all;
    }

    private static Answer problem(Optional<String> id, String what) {
        return new Answer(id, "hold", List.of(), Optional.empty(), Optional.of(what));
    }

    @PostMapping(path = "/screen/stream", consumes = LINES, produces = LINES)
    @Operation(
            summary = "The same for any number: a content a line, an answer a line, in order",
            description =
                    """
                    application/x-ndjson both ways, UTF-8, lines of at most 1 MiB; each content has the deadline from when it \
                    was read. Answers are sent as soon as no more lines wait to be read.\
                    """)
    void stream(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "1000") int deadlineMillis)
            throws IOException {
        deadline(deadlineMillis);
        response.setContentType(LINES);
        var lines = new ContentLines(new BufferedInputStream(request.getInputStream(), 1 << 16));
        OutputStream out = response.getOutputStream();
        while (true) {
            List<ContentLines.Line> read = lines.read(STREAM_AT_ONCE);
            if (read.isEmpty()) {
                break;
            }
            for (Answer answer : streamed(read, deadline(deadlineMillis))) {
                out.write(json.writeValueAsBytes(answer));
                out.write('\n');
            }
            out.flush();
        }
    }

    private List<Answer> streamed(List<ContentLines.Line> lines, Instant deadline) {
        var forms = new ArrayList<ContentForm>(lines.size());
        var problems = new ArrayList<Optional<String>>(lines.size());
        for (ContentLines.Line line : lines) {
            try {
                if (line.isTooLong()) {
                    throw ContentForm.refused(
                            "line %,d has more than %,d octets"
                                    .formatted(line.number(), ContentLines.LONGEST));
                }
                forms.add(json.readValue(line.octets(), ContentForm.class));
                problems.add(Optional.empty());
            } catch (JacksonException e) {
                problems.add(
                        Optional.of(
                                "line %,d is no content: %s"
                                        .formatted(line.number(), e.getOriginalMessage())));
            } catch (ProblemException e) {
                problems.add(Optional.of(String.valueOf(e.getMessage())));
            }
        }
        List<Answer> screened = forms.isEmpty() ? List.of() : answers(forms, deadline);
        var all = new ArrayList<Answer>(lines.size());
        int next = 0;
        for (Optional<String> problem : problems) {
            all.add(
                    problem.isPresent()
                            ? problem(Optional.empty(), problem.get())
                            : screened.get(next++));
        }
        return all;
    }

    private static Answer answer(Submission content, Verdict verdict) {
        return new Answer(
                content.id(),
                SignatureLists.wire(verdict.action()),
                verdict.hits().stream().map(hit -> hit(content, hit)).toList(),
                verdict.unanswered(),
                Optional.empty());
    }

    static Hit hit(Submission content, org.jalur.screening.engine.Hit hit) {
        Optional<Place.InText> span =
                hit.place() instanceof Place.InText text ? Optional.of(text) : Optional.empty();
        return new Hit(
                hit.list().id(),
                hit.list().name(),
                hit.entry().id(),
                SignatureLists.wire(hit.signal()),
                hit.allows() ? "allow" : SignatureLists.wire(hit.mode()),
                said(hit.origin().caseId()),
                said(hit.origin().authority()).or(() -> said(hit.list().source().name())),
                said(hit.origin().agreement()),
                HitRecorder.place(hit.place()),
                span.map(Place.InText::start),
                span.map(Place.InText::end),
                content.matched(hit),
                hit.distance(),
                SignatureLists.wire(hit.form()),
                hit.lowered().map(SignatureLists::wire));
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }
}
