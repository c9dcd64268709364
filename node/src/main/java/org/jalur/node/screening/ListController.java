package org.jalur.node.screening;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.list.LineError;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signature lists, what is in them and what they found, for programs. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
@Tag(name = "lists")
class ListController {
    private static final int ON_PAGE = 500;

    private final SignatureLists lists;
    private final Entries entries;
    private final ListImports imports;
    private final Hits hits;
    private final HitReviews reviews;

    ListController(
            SignatureLists lists,
            Entries entries,
            ListImports imports,
            Hits hits,
            HitReviews reviews) {
        this.lists = lists;
        this.entries = entries;
        this.imports = imports;
        this.hits = hits;
        this.reviews = reviews;
    }

    /**
     * @param mode shadow, review, hold, block, or allow
     * @param source own, authority or node
     * @param termDays how long an entry lasts without a confirmed hit; left out: for good
     * @param raisedBy who lets a list of somebody else do more than review
     * @param hits how many there were, those in shadow included
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ListView(
            String id,
            String name,
            String mode,
            String source,
            Optional<String> sourceName,
            int pdqRadius,
            int pdqQuality,
            Optional<Long> termDays,
            Optional<String> raisedBy,
            @JsonInclude long hits,
            @JsonInclude long confirmed,
            @JsonInclude long denied) {}

    /** All lists. */
    record Lists(List<ListView> lists) {}

    /**
     * @param kind file_sha256, file_md5, pdq, phrase, similar_text, url, domain or handle
     * @param countries ISO 3166-1 alpha-2; left out for everywhere
     */
    record EntryForm(
            Optional<String> kind,
            Optional<String> value,
            Optional<List<String>> countries,
            Optional<String> sourceId,
            Optional<String> label,
            Optional<String> description) {}

    /** The entries of a list, the newest first. */
    record EntryPage(List<EntryRow> entries, Optional<String> next) {}

    /** The id of what was created. */
    record Created(Object id) {}

    record ImportView(ListImports.ListImport progress, List<Line> errors) {}

    /**
     * @param rule the rule it breaks, and the way out
     */
    @Schema(name = "LineError")
    record Line(long line, String value, String rule, String wayOut) {
        static Line of(LineError error) {
            return new Line(error.line(), error.value(), error.rule(), error.wayOut());
        }
    }

    record HitPage(List<Hits.Hit> hits, Optional<Long> next) {}

    /**
     * @param correct whether the hit was right
     */
    record ReviewForm(Optional<Boolean> correct) {}

    /** What the platform restores, in the order in which it was opened again. */
    record ReopenedPage(List<Hits.Reopened> reopened, Optional<Long> next) {}

    @GetMapping("/api/lists")
    @Operation(summary = "All signature lists with their mode, source and precision")
    Lists all() {
        var precisions = hits.precisionOfLists();
        return new Lists(
                lists.all().stream()
                        .map(one ->
                                view(
                                        one.list(),
                                        precisions.getOrDefault(
                                                one.list().id(), Hits.Precision.NONE)))
                        .toList());
    }

    private static ListView view(SignatureList list, Hits.Precision precision) {
        return new ListView(
                list.id(),
                list.name(),
                list.allow() ? "allow" : SignatureLists.wire(list.mode()),
                SignatureLists.kind(list.source()),
                Optional.of(list.source().name()).filter(name -> !name.isEmpty()),
                list.pdqRadius(),
                list.pdqQuality(),
                list.term().map(term -> term.toDays()),
                list.raisedBy(),
                precision.hits(),
                precision.confirmed(),
                precision.denied());
    }

    @GetMapping("/api/lists/{id}/entries")
    @Operation(summary = "The entries of a list, the newest first, 500 a page")
    EntryPage entries(
            @PathVariable("id") String list,
            @RequestParam(defaultValue = "") String part,
            @RequestParam Optional<String> after) {
        lists.require(list);
        List<EntryRow> found = entries.of(list, part, after.map(Cursor::parse), ON_PAGE + 1);
        if (found.size() <= ON_PAGE) {
            return new EntryPage(found, Optional.empty());
        }
        EntryRow last = found.get(ON_PAGE - 1);
        return new EntryPage(
                found.subList(0, ON_PAGE),
                Optional.of(new Cursor(last.addedAt(), last.id()).text()));
    }

    @PostMapping("/api/lists/{id}/entries")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Adds an entry; it is looked for within 100 ms",
            description = "422 with the value, the rule and the way out; 409 if the list has it.")
    Created add(@PathVariable("id") String list, @RequestBody EntryForm form) {
        Signal signal =
                Arrays.stream(Signal.values())
                        .filter(one -> SignatureLists.wire(one).equals(form.kind().orElse("")))
                        .findFirst()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "refused-entry",
                                        "kind is \"%s\"; give file_sha256, file_md5, pdq, phrase, similar_text, url, domain or handle."
                                                .formatted(form.kind().orElse(""))));
        return new Created(
                entries.addOne(
                        list,
                        new Entries.Wanted(
                                UUID.randomUUID(),
                                signal,
                                form.value().orElse(""),
                                form.countries().orElse(List.of()),
                                form.sourceId(),
                                form.label(),
                                form.description()),
                        Caller.current().pseudonym()));
    }

    @DeleteMapping("/api/lists/{id}/entries/{entry}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Takes an entry out; it is looked for no more within 100 ms",
            description =
                    "With reopen=true, as after a won appeal, all that it held back is opened again: GET /api/screening/reopened.")
    void remove(
            @PathVariable("id") String list,
            @PathVariable("entry") UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean reopen) {
        if (!entries.require(id).list().equals(list)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-entry",
                    "The list \"%s\" has no entry %s.".formatted(list, id));
        }
        String by = Caller.current().pseudonym();
        if (reopen) {
            entries.overturn(id, reason, by);
        } else {
            entries.remove(id, reason, by);
        }
    }

    @PostMapping("/api/lists/{id}/imports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Begins to read a file into a list: the body is the file",
            description =
                    "The format is seen in the content; docs/screening-lists.md shows each. The answer comes at once; GET …/imports/{id} tells how far it is.")
    Created begin(
            @PathVariable("id") String list,
            @RequestParam(defaultValue = "import.csv") String name,
            HttpServletRequest request)
            throws IOException {
        return new Created(
                imports.begin(
                        list,
                        name.substring(Math.max(0, name.length() - 100)),
                        request.getInputStream(),
                        Caller.current().pseudonym()));
    }

    @GetMapping("/api/lists/{id}/imports/{no}")
    @Operation(summary = "How far an import is, and the first 1,000 lines that were not understood")
    ImportView imported(@PathVariable("id") String list, @PathVariable("no") long id) {
        return new ImportView(
                require(list, id), imports.errors(id).stream().map(Line::of).toList());
    }

    private ListImports.ListImport require(String list, long id) {
        ListImports.ListImport one = imports.require(id);
        if (!one.list().equals(list)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-import",
                    "The list \"%s\" has no import %d.".formatted(list, id));
        }
        return one;
    }

    @PostMapping("/api/lists/{id}/imports/{no}/undo")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes out what an import added, and stops it if it still runs")
    void undo(@PathVariable("id") String list, @PathVariable("no") long id) {
        require(list, id);
        imports.undo(id, Caller.current().pseudonym());
    }

    @GetMapping("/api/screening/hits")
    @Operation(summary = "Hits that a person has still to look at, the oldest first, 500 a page")
    HitPage waiting(@RequestParam(defaultValue = "0") long after) {
        List<Hits.Hit> found = hits.waiting(after, ON_PAGE + 1);
        return found.size() <= ON_PAGE
                ? new HitPage(found, Optional.empty())
                : new HitPage(found.subList(0, ON_PAGE), Optional.of(found.get(ON_PAGE - 1).id()));
    }

    @PostMapping("/api/screening/hits/{no}/review")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Says whether a hit was right; 409 if somebody has said")
    void review(@PathVariable("no") long id, @RequestBody ReviewForm form) {
        reviews.review(
                id,
                form.correct()
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.UNPROCESSABLE_CONTENT,
                                        "invalid-review",
                                        "correct is missing; give true or false.")));
    }

    @GetMapping("/api/screening/reopened")
    @Operation(
            summary = "What was held back or refused by an entry that turned out to be wrong",
            description =
                    "In order; pass the last id as after. The platform restores each, and tells who was affected.")
    ReopenedPage reopened(@RequestParam(defaultValue = "0") long after) {
        List<Hits.Reopened> found = hits.reopened(after, ON_PAGE + 1);
        return found.size() <= ON_PAGE
                ? new ReopenedPage(found, Optional.empty())
                : new ReopenedPage(
                        found.subList(0, ON_PAGE), Optional.of(found.get(ON_PAGE - 1).id()));
    }
}
