package org.jalur.node.screening;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.jalur.screening.Mode;
import org.jalur.screening.engine.Signal;
import org.jalur.screening.engine.SignatureList;
import org.jalur.screening.engine.Source;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.ListFormat;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The signature lists: what each leads to, how good it is, what is in it, and where it came from.
 */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class ListPages {
    static final int DAYS = 30;

    private static final int ON_PAGE = 50;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Pattern COUNTRIES = Pattern.compile("([A-Z]{2}( [A-Z]{2})*)?");

    private final Frame frame;
    private final Texts texts;
    private final SignatureLists lists;
    private final Entries entries;
    private final Hits hits;
    private final ListImports imports;
    private final ReceivedLists received;
    private final ScreeningEvents events;
    private final LiveScreening live;

    ListPages(
            Frame frame,
            Texts texts,
            SignatureLists lists,
            Entries entries,
            Hits hits,
            ListImports imports,
            ReceivedLists received,
            ScreeningEvents events,
            LiveScreening live) {
        this.frame = frame;
        this.texts = texts;
        this.lists = lists;
        this.entries = entries;
        this.hits = hits;
        this.imports = imports;
        this.received = received;
        this.events = events;
        this.live = live;
    }

    /**
     * @param ready whether this process screens yet
     * @param authorities precision by authority
     * @param throttled what the flood brake holds back
     */
    record ListsPage(
            Form form,
            List<ListRow> lists,
            Map<String, Hits.Precision> authorities,
            List<EntryRow> throttled,
            boolean ready,
            boolean mayTry,
            long screenedFor,
            boolean mayChange,
            List<Form.Option> sources) {}

    record ListRow(
            SignatureLists.Listed listed, String name, String source, Hits.Precision precision) {}

    /**
     * @param name as people read it
     * @param done what a command did
     * @param next path of the next page of entries; empty on the last
     */
    record ListPage(
            SignatureLists.Listed listed,
            String name,
            String source,
            Hits.Precision precision,
            VolumeChart volume,
            long count,
            boolean more,
            String part,
            List<EntryRow> entries,
            String next,
            String first,
            List<ListImports.ListImport> imports,
            List<ScreeningEvents.Event> events,
            Form settings,
            Form entry,
            Form file,
            Map<String, List<Form.Option>> options,
            boolean mayChange,
            String done) {}

    /**
     * @param said by the message that it came with, if it came with one
     * @param trouble what keeps it from being whole; empty if nothing does
     */
    record ImportPage(
            ListImports.ListImport one,
            String name,
            Optional<ReceivedLists.Said> said,
            String trouble,
            List<LineError> errors,
            boolean mayChange,
            String done) {}

    @GetMapping("/lists")
    ModelAndView all() {
        return show(Form.EMPTY, HttpStatus.OK);
    }

    private ModelAndView show(Form form, HttpStatusCode status) {
        Map<String, Hits.Precision> precisions = hits.precisionOfLists();
        ModelAndView page =
                frame.show(
                        "screening/lists",
                        new ListsPage(
                                form,
                                lists.all().stream()
                                        .map(one ->
                                                new ListRow(
                                                        one,
                                                        name(one.list()),
                                                        source(one.list().source()),
                                                        precisions.getOrDefault(
                                                                one.list().id(),
                                                                Hits.Precision.NONE)))
                                        .toList(),
                                hits.precisionOfAuthorities(),
                                entries.throttled(),
                                live.trouble().isEmpty(),
                                Caller.current().role() != Role.AUDITOR,
                                live.engine().map(one -> (long) one.status().entries()).orElse(0L),
                                mayChange(),
                                options("list-source", "own", "authority", "node")));
        page.setStatus(status);
        return page;
    }

    static boolean mayChange() {
        return Caller.current().role() == Role.SENIOR_REVIEWER;
    }

    private List<Form.Option> options(String family, String... values) {
        return Arrays.stream(values)
                .map(one -> new Form.Option(one, texts.name(family, one)))
                .toList();
    }

    /** Lists of decisions have a name in each language. */
    private String name(SignatureList list) {
        return texts.name("list-name", list.id()).equals(list.id())
                ? list.name()
                : texts.name("list-name", list.id());
    }

    private String source(Source source) {
        String kind = texts.name("list-source", SignatureLists.kind(source));
        return source.isOwn() ? kind : kind + ": " + source.name();
    }

    @PostMapping("/lists")
    ModelAndView create(@RequestParam Map<String, String> typed) {
        String id = typed.getOrDefault("listId", "").strip();
        String name = typed.getOrDefault("listName", "").strip();
        String kind = typed.getOrDefault("listSource", "");
        String sourceName = typed.getOrDefault("sourceName", "").strip();
        Form form = Form.of(typed);
        if (!ID.matcher(id).matches()) {
            form = form.wrong("listId", texts.say("lists.id.wrong"));
        }
        if (name.isEmpty() || name.length() > 100) {
            form = form.wrong("listName", texts.say("lists.name.wrong"));
        }
        if (!List.of("own", "authority", "node").contains(kind)) {
            form = form.wrong("listSource", texts.say("lists.source.wrong"));
        } else if (!kind.equals("own") && (sourceName.isEmpty() || sourceName.length() > 100)) {
            form = form.wrong("sourceName", texts.say("lists.source-name.wrong"));
        }
        if (form.isWrong()) {
            return show(form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Source source =
                switch (kind) {
                    case "authority" -> new Source.Authority(sourceName);
                    case "node" -> new Source.OtherNode(sourceName);
                    default -> new Source.OwnPlatform();
                };
        try {
            lists.create(id, name, source, Caller.current().pseudonym());
        } catch (ProblemException e) {
            return show(form.wrong("listId", texts.error(e)), e.status());
        }
        return new ModelAndView("redirect:/lists/" + id + "?done=created");
    }

    @GetMapping("/lists/{id}")
    ModelAndView one(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String part,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String done) {
        return one(id, part, after, done, Forms.NONE, HttpStatus.OK);
    }

    private record Forms(Optional<Form> settings, Form entry, Form file) {
        static final Forms NONE = new Forms(Optional.empty(), Form.EMPTY, Form.EMPTY);
    }

    private ModelAndView one(
            String id, String part, String after, String done, Forms forms, HttpStatusCode status) {
        SignatureLists.Listed listed = lists.require(id);
        List<EntryRow> found =
                entries.of(
                        id,
                        part,
                        after.isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(after)),
                        ON_PAGE + 1);
        long count = entries.count(id);
        boolean more = found.size() > ON_PAGE;
        List<EntryRow> shown = more ? found.subList(0, ON_PAGE) : found;
        ModelAndView page =
                frame.show(
                        "screening/list",
                        new ListPage(
                                listed,
                                name(listed.list()),
                                source(listed.list().source()),
                                hits.precisionOfList(id),
                                VolumeChart.of(hits.volume(id, DAYS)),
                                Math.min(count, Entries.COUNTED),
                                count > Entries.COUNTED,
                                part,
                                shown,
                                more ? path(id, part, cursor(shown.getLast())) : "",
                                after.isEmpty() ? "" : path(id, part, ""),
                                imports.of(id),
                                events.ofList(id),
                                forms.settings().orElseGet(() -> settings(listed.list())),
                                forms.entry(),
                                forms.file(),
                                Map.of(
                                        "mode",
                                        options(
                                                "mode", "shadow", "review", "hold", "block",
                                                "allow"),
                                        "signal",
                                        Arrays.stream(Signal.values())
                                                .map(SignatureLists::wire)
                                                .map(one ->
                                                        new Form.Option(
                                                                one, texts.name("signal", one)))
                                                .toList(),
                                        "format",
                                        formats()),
                                mayChange() && !listed.isOfDecisions(),
                                done.isEmpty() ? "" : texts.name("list-done", done)));
        page.setStatus(status);
        return page;
    }

    private static String cursor(EntryRow last) {
        return new Cursor(last.addedAt(), last.id()).text();
    }

    private static String path(String id, String part, String after) {
        var path = UriComponentsBuilder.fromPath("/lists/" + id);
        if (!part.isEmpty()) {
            path.queryParam("part", "{part}");
        }
        if (!after.isEmpty()) {
            path.queryParam("after", "{after}");
        }
        return path.encode().buildAndExpand(Map.of("part", part, "after", after)).toUriString();
    }

    private List<Form.Option> formats() {
        return Arrays.stream(ListFormat.values())
                .filter(ListExports::canWrite)
                .map(one ->
                        new Form.Option(
                                SignatureLists.wire(one),
                                texts.name("list-format", SignatureLists.wire(one))))
                .toList();
    }

    private static Form settings(SignatureList list) {
        return Form.of(
                Map.of(
                        "listMode",
                        list.allow() ? "allow" : SignatureLists.wire(list.mode()),
                        "pdqRadius",
                        Integer.toString(list.pdqRadius()),
                        "pdqQuality",
                        Integer.toString(list.pdqQuality()),
                        "termDays",
                        list.term().map(term -> Long.toString(term.toDays())).orElse("")));
    }

    @PostMapping("/lists/{id}/settings")
    ModelAndView change(@PathVariable String id, @RequestParam Map<String, String> typed) {
        SignatureLists.Listed listed = lists.require(id);
        Form form = Form.of(typed);
        String mode = typed.getOrDefault("listMode", "");
        if (!List.of("shadow", "review", "hold", "block", "allow").contains(mode)) {
            form = form.wrong("listMode", texts.say("lists.mode.wrong"));
        }
        Optional<Integer> radius = number(typed, "pdqRadius", 0, 31);
        Optional<Integer> quality = number(typed, "pdqQuality", SignatureList.LEAST_QUALITY, 100);
        Optional<Integer> days = number(typed, "termDays", 1, 36_500);
        if (radius.isEmpty()) {
            form = form.wrong("pdqRadius", texts.say("lists.number.wrong", 0, 31));
        }
        if (quality.isEmpty()) {
            form =
                    form.wrong(
                            "pdqQuality",
                            texts.say("lists.number.wrong", SignatureList.LEAST_QUALITY, 100));
        }
        if (days.isEmpty() && !typed.getOrDefault("termDays", "").isBlank()) {
            form = form.wrong("termDays", texts.say("lists.number.wrong", 1, "36500"));
        }
        boolean strict = !mode.equals("shadow") && !mode.equals("review");
        if (strict
                && !listed.list().source().isOwn()
                && typed.getOrDefault("raise", "").isEmpty()
                && !form.isWrong()) {
            form = form.wrong("raise", texts.say("lists.raise.wrong"));
        }
        if (form.isWrong()) {
            return one(
                    id,
                    "",
                    "",
                    "",
                    new Forms(Optional.of(form), Form.EMPTY, Form.EMPTY),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        lists.change(
                id,
                new SignatureLists.Settings(
                        mode.equals("allow")
                                ? Mode.SHADOW
                                : Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
                        mode.equals("allow"),
                        radius.orElseThrow(),
                        quality.orElseThrow(),
                        days),
                Caller.current().pseudonym());
        return new ModelAndView("redirect:/lists/" + id + "?done=changed");
    }

    private static Optional<Integer> number(
            Map<String, String> typed, String field, int least, int most) {
        String text = typed.getOrDefault(field, "").strip();
        if (!text.matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? Optional.of(number) : Optional.empty();
    }

    @PostMapping("/lists/{id}/removal")
    String remove(@PathVariable String id) {
        lists.remove(id, Caller.current().pseudonym());
        return "redirect:/lists";
    }

    @PostMapping("/lists/{id}/entries")
    ModelAndView add(@PathVariable String id, @RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        Optional<Signal> signal =
                Arrays.stream(Signal.values())
                        .filter(one -> SignatureLists.wire(one).equals(typed.get("signal")))
                        .findFirst();
        String value = typed.getOrDefault("value", "").strip();
        String countries =
                typed.getOrDefault("entryCountries", "").strip().replaceAll("[,\\s]+", " ");
        if (signal.isEmpty()) {
            form = form.wrong("signal", texts.say("lists.signal.wrong"));
        }
        if (value.isEmpty()) {
            form = form.wrong("value", texts.say("lists.value.wrong"));
        }
        if (!COUNTRIES.matcher(countries).matches()) {
            form = form.wrong("entryCountries", texts.say("lists.countries.wrong"));
        }
        if (!form.isWrong()) {
            try {
                entries.addOne(
                        id,
                        new Entries.Wanted(
                                UUID.randomUUID(),
                                signal.orElseThrow(),
                                value,
                                countries.isEmpty() ? List.of() : List.of(countries.split(" ")),
                                Optional.empty(),
                                Optional.empty(),
                                said(typed.getOrDefault("description", ""))),
                        Caller.current().pseudonym());
                return new ModelAndView("redirect:/lists/" + id + "?done=added");
            } catch (ProblemException e) {
                if (e.status() == HttpStatus.NOT_FOUND) {
                    throw e;
                }
                form = form.wrong("value", texts.error(e));
            }
        }
        return one(
                id,
                "",
                "",
                "",
                new Forms(Optional.empty(), form, Form.EMPTY),
                HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private static Optional<String> said(String text) {
        String stripped = text.strip();
        return stripped.isEmpty()
                ? Optional.empty()
                : Optional.of(stripped.substring(0, Math.min(stripped.length(), 4000)));
    }

    @PostMapping("/lists/{id}/imports")
    ModelAndView upload(@PathVariable String id, @RequestParam("listFile") MultipartFile file)
            throws IOException {
        String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
        if (file.isEmpty() || name.isBlank()) {
            return one(
                    id,
                    "",
                    "",
                    "",
                    new Forms(
                            Optional.empty(),
                            Form.EMPTY,
                            Form.EMPTY.wrong("listFile", texts.say("lists.file.wrong"))),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try (InputStream content = file.getInputStream()) {
            long no =
                    imports.begin(
                            id,
                            name.substring(Math.max(0, name.length() - 100)),
                            content,
                            Caller.current().pseudonym());
            return new ModelAndView("redirect:/lists/" + id + "/imports/" + no);
        }
    }

    @GetMapping("/lists/{id}/imports/{no}")
    ModelAndView imported(
            @PathVariable String id,
            @PathVariable long no,
            @RequestParam(defaultValue = "") String done) {
        SignatureLists.Listed listed = lists.require(id);
        ListImports.ListImport one = imports.require(no);
        if (!one.list().equals(id)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-import",
                    "The list \"%s\" has no import %d.".formatted(id, no));
        }
        return frame.show(
                "screening/import",
                new ImportPage(
                        one,
                        name(listed.list()),
                        received.of(one),
                        trouble(one),
                        imports.errors(no),
                        mayChange(),
                        done.isEmpty() ? "" : texts.name("list-done", done)));
    }

    private String trouble(ListImports.ListImport one) {
        return one.unreadable()
                .map(broken -> texts.say("lists.file.unreadable", texts.error(broken)))
                .or(() -> one.trouble().map(trouble -> texts.name("import-trouble", trouble)))
                .orElse("");
    }

    @PostMapping("/lists/{id}/imports/{no}/undo")
    String undo(@PathVariable String id, @PathVariable long no) {
        imports.undo(no, Caller.current().pseudonym());
        return "redirect:/lists/" + id + "/imports/" + no + "?done=undone";
    }
}
