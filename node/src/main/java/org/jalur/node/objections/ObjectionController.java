package org.jalur.node.objections;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Objections for programs: anybody files one and reads its answer, officers answer. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "objections")
class ObjectionController {
    private static final int MOST_OCTETS = 64 * 1024;
    private static final int MOST = 500;
    private static final String SECRET = "Objection-Secret";

    /** Random, so that nobody else files under the same. */
    private static final String KEY = "[!-~]{16,200}";

    private static final String ONE = "/api/objections/{id}";

    private final Objections objections;
    private final ObjectionQueue queue;
    private final Answering answering;
    private final FilingRate rate;
    private final JsonMapper json;
    private final Clock clock;

    ObjectionController(
            Objections objections,
            ObjectionQueue queue,
            Answering answering,
            FilingRate rate,
            JsonMapper json,
            Clock clock) {
        this.objections = objections;
        this.queue = queue;
        this.answering = answering;
        this.rate = rate;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param block that it is about
     * @param kind objection, or normalisation: what the block was for is gone
     * @param words why the block should go, at most 5,000 characters
     * @param name the domain name that it is about, if not all of the block
     * @param contact an e-mail address for questions
     */
    @Schema(name = "ObjectionFiling")
    record NewObjection(
            Optional<UUID> block,
            Optional<String> kind,
            Optional<String> words,
            Optional<String> name,
            Optional<String> contact) {}

    @PostMapping("/api/objections")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Objects to an access block, or asks for its names to be open again",
            description =
                    """
                    Anybody may, without an account. Idempotency-Key is needed: 16 to 200 visible ASCII characters, \
                    random (a UUID). The same call again files nothing more and has the same answer. One address may \
                    file as many in an hour as jalur.public.objections-per-address says, with the form together.\
                    """,
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = NewObjection.class))))
    @ApiResponse(responseCode = "201")
    @ApiResponse(
            responseCode = "404",
            description = "No block that is or was in force",
            content = @Content(mediaType = "application/problem+json"))
    @ApiResponse(
            responseCode = "413",
            description = "More than 64 KiB",
            content = @Content(mediaType = "application/problem+json"))
    @ApiResponse(
            responseCode = "422",
            description = "A member breaks a rule, or the key was used for something else",
            content = @Content(mediaType = "application/problem+json"))
    @ApiResponse(
            responseCode = "429",
            description = "This address, or all together, filed too many",
            headers =
                    @Header(
                            name = "Retry-After",
                            description = "seconds",
                            schema = @Schema(type = "integer")),
            content = @Content(mediaType = "application/problem+json"))
    ObjectionJson.Filed file(
            @Parameter(required = true) @RequestHeader(name = "Idempotency-Key")
                    Optional<String> key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        NewObjection typed = read(request);
        UUID block =
                typed.block()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "invalid-objection",
                                        "block is missing; give the id of the block, as /api/public/blocks has it"));
        Filing filing =
                Filing.of(
                        typed.kind().orElse(""),
                        typed.words().orElse(""),
                        typed.name().orElse(""),
                        typed.contact().orElse(""));
        String once = key.orElse("");
        if (!once.matches(KEY)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-idempotency-key",
                    "The Idempotency-Key has %d characters; use 16 to 200 visible ASCII characters, random (a UUID)."
                            .formatted(once.length()));
        }
        String address = request.getRemoteAddr();
        if (!rate.admits(address)) {
            throw ProblemException.tooMany(
                    "too-many-objections-of-address",
                    "This address filed too many objections; file yours after the seconds that Retry-After names.",
                    rate.pause(address));
        }
        String secret = objections.fileOnce(block, filing, once);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Objection filed = objections.bySecret(secret).orElseThrow();
        return new ObjectionJson.Filed(filed.reference(), secret, filed.answerBy());
    }

    private NewObjection read(HttpServletRequest request) throws IOException {
        byte[] octets = request.getInputStream().readNBytes(MOST_OCTETS + 1);
        if (octets.length > MOST_OCTETS) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too-large",
                    "An objection has at most %d octets.".formatted(MOST_OCTETS));
        }
        try {
            return Optional.ofNullable(json.readValue(octets, NewObjection.class))
                    .orElseThrow(ObjectionController::unreadable);
        } catch (JacksonException e) {
            throw unreadable();
        }
    }

    private static ProblemException unreadable() {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "unreadable",
                "The body is not the JSON of this call; /openapi describes it.");
    }

    @GetMapping("/api/objections/answer")
    @Operation(
            summary = "How an objection stands, and its answer, for whoever has its secret",
            description =
                    "The secret is sent in the header Objection-Secret, so that it stands in no log. What was filed stays closed.")
    ObjectionJson.State answer(
            @Parameter(required = true) @RequestHeader(name = SECRET) Optional<String> secret,
            HttpServletResponse response) {
        Objection one =
                secret.flatMap(objections::bySecret)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-answer",
                                        "No objection has the secret in the header Objection-Secret; copy it again, whole."));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return ObjectionJson.State.of(one, objections.reasons(one.id()), clock.instant());
    }

    @GetMapping("/api/objections")
    @Operation(
            summary = "Objections, the most urgent first",
            description = "which: open or answered. next of a page is the cursor of the next.")
    ObjectionJson.Page all(
            @RequestParam(defaultValue = "open") String which,
            @RequestParam Optional<UUID> block,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-limit",
                    "limit is %d; use 1 to %d".formatted(limit, MOST));
        }
        ObjectionQueue.Page page = queue.page(ObjectionQueue.Which.of(which), block, cursor, limit);
        return new ObjectionJson.Page(
                page.objections().stream()
                        .map(one -> ObjectionJson.Line.of(one, clock.instant()))
                        .toList(),
                page.next());
    }

    @GetMapping(ONE)
    @Operation(
            summary = "An objection with what it says",
            description = "contact: for whoever has claimed it, while it is open.")
    ObjectionJson.Detail one(@PathVariable UUID id) {
        Objection one = answering.one(id);
        Optional<Filing> filing = objections.words(id);
        boolean own =
                one.answer().isEmpty()
                        && one.claim()
                                .filter(it -> it.account().equals(Caller.current().account()))
                                .isPresent();
        return new ObjectionJson.Detail(
                ObjectionJson.Line.of(one, clock.instant()),
                filing.map(Filing::words),
                filing.map(Filing::name).filter(name -> !name.isEmpty()),
                filing.map(Filing::contact).filter(contact -> own && !contact.isEmpty()),
                one.answer().isPresent() ? objections.reasons(id) : objections.wished(id));
    }

    @PostMapping(ONE + "/claim")
    @Operation(summary = "Claims an objection for half an hour: nobody else answers it")
    ObjectionJson.Line claim(@PathVariable UUID id) {
        answering.claim(id, Caller.current());
        return line(id);
    }

    @PostMapping(ONE + "/release")
    @Operation(summary = "Gives up the own claim")
    ObjectionJson.Line release(@PathVariable UUID id) {
        answering.one(id);
        answering.release(id, Caller.current());
        return line(id);
    }

    /**
     * @param outcome upheld or rejected
     * @param reasons at most 4,000 characters
     */
    @Schema(name = "ObjectionAnswer")
    record Answer(Optional<String> outcome, Optional<String> reasons) {}

    @PostMapping(ONE + "/answer")
    @Operation(
            summary = "Answers an objection that the caller has claimed",
            description =
                    "outcome: upheld, which proposes the lift at once, or rejected. Where a lift needs two people the answer waits for another one's agreement: wish.")
    ObjectionJson.Line answer(@PathVariable UUID id, @RequestBody Answer answer) {
        boolean upheld =
                switch (answer.outcome().orElse("")) {
                    case "upheld" -> true;
                    case "rejected" -> false;
                    default ->
                            throw new ProblemException(
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    "invalid-outcome",
                                    "outcome is \"%s\"; use upheld or rejected"
                                            .formatted(answer.outcome().orElse("")));
                };
        String reasons = answer.reasons().orElse("").replace("\0", "").strip();
        if (reasons.isEmpty() || reasons.length() > Answering.LONGEST) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-reasons",
                    "reasons has %d characters; use 1 to %d"
                            .formatted(reasons.length(), Answering.LONGEST));
        }
        answering.answer(id, upheld, reasons, Caller.current());
        return line(id);
    }

    @PostMapping(ONE + "/agreement")
    @Operation(summary = "Wants the same answer as the person before; that gives it")
    ObjectionJson.Line agree(@PathVariable UUID id) {
        answering.agree(id, Caller.current());
        return line(id);
    }

    private ObjectionJson.Line line(UUID id) {
        return ObjectionJson.Line.of(answering.one(id), clock.instant());
    }
}
