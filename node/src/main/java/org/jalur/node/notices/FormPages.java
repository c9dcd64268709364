package org.jalur.node.notices;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.channel.PartSeries;
import org.jalur.node.accounts.Caller;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.notice.Rule;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The notice form in steps; each is saved when it is left, finished or not. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class FormPages {
    private static final int ROWS = 50;

    /** The most characters of a field that are saved, whatever the notice may hold in the end. */
    private static final int LONGEST = 100_000;

    private static final String EVIDENCE = "evidence";
    private static final String LETTER = "letter";

    private final Frame frame;
    private final Texts texts;
    private final NoticeForms forms;
    private final FormChecks checks;
    private final FormChoices choices;
    private final Notices notices;

    FormPages(
            Frame frame,
            Texts texts,
            NoticeForms forms,
            FormChecks checks,
            FormChoices choices,
            Notices notices) {
        this.frame = frame;
        this.texts = texts;
        this.forms = forms;
        this.checks = checks;
        this.choices = choices;
        this.notices = notices;
    }

    record BegunPage(List<NoticeForms.Begun> forms) {}

    @GetMapping("/notice-forms")
    ModelAndView begun() {
        return frame.show("notices/forms", new BegunPage(forms.of(officer())));
    }

    @PostMapping("/notice-forms")
    String begin() {
        UUID id = forms.begin(officer(), null, choices.usual());
        return to(id, Step.GROUND);
    }

    /** A step and where it stands. */
    record StepLink(String step, boolean current, boolean complete) {}

    record StepPage(
            UUID id,
            String step,
            List<StepLink> steps,
            Form form,
            Map<String, List<Form.Option>> options) {}

    /**
     * @param files their sizes by name
     * @param letter which of them is the official letter, or empty
     * @param fileUses what a file may be
     */
    record ItemsPage(
            UUID id,
            List<StepLink> steps,
            Form form,
            List<NoticeForms.Numbered> items,
            int count,
            Map<String, Integer> files,
            String letter,
            List<Form.Option> fileUses,
            Optional<Added> added,
            String next,
            String first) {}

    /**
     * What an addition of items did.
     *
     * @param lines that were not taken
     */
    record Added(int added, int cleaned, List<String> duplicates, List<Line> lines) {}

    record Line(long line, String text, String error) {}

    record CheckPage(
            UUID id,
            List<StepLink> steps,
            Map<String, Problem> problems,
            Optional<NoticeForm> notice,
            Optional<Preview> preview) {}

    /** An error with the step that mends it. */
    record Problem(String step, String field, String error) {}

    @GetMapping("/notice-forms/{id}/{step}")
    ModelAndView step(
            @PathVariable UUID id,
            @PathVariable String step,
            @RequestParam(defaultValue = "1") int from) {
        NoticeForms.Begun begun = forms.find(id, officer());
        return switch (known(step)) {
            case GROUND, ISSUER, REASONS ->
                    show(begun, known(step), Form.of(begun.answers().values()));
            case ITEMS -> items(begun, Form.EMPTY, Optional.empty(), from);
            case CHECK -> check(begun);
        };
    }

    private ModelAndView show(NoticeForms.Begun begun, Step step, Form form) {
        return frame.show(
                "notices/step",
                new StepPage(
                        begun.id(),
                        step.path(),
                        links(begun, step),
                        form,
                        choices.of(step, begun.answers())));
    }

    private List<StepLink> links(NoticeForms.Begun begun, Step current) {
        return Arrays.stream(Step.values())
                .map(step ->
                        new StepLink(
                                step.path(),
                                step == current,
                                step != Step.CHECK
                                        && checks.of(step, begun.answers(), begun.itemCount())
                                                .isEmpty()))
                .toList();
    }

    @PostMapping("/notice-forms/{id}/{step}")
    ModelAndView save(
            @PathVariable UUID id,
            @PathVariable String step,
            @RequestParam Map<String, String> typed) {
        NoticeForms.Begun before = forms.find(id, officer());
        Step current = known(step);
        Map<String, String> answers = new TreeMap<>();
        current.fields().forEach(field -> answers.put(field, typed.getOrDefault(field, "")));
        Map<String, String> errors = tooLong(answers);
        Map<String, String> taken = new TreeMap<>(answers);
        taken.keySet().removeAll(errors.keySet());
        forms.save(id, taken);
        if (errors.isEmpty() && typed.containsKey("leave")) {
            return new ModelAndView("redirect:/notice-forms");
        }
        NoticeForms.Begun begun = forms.find(id, officer());
        checks.of(current, begun.answers(), before.itemCount()).forEach(errors::putIfAbsent);
        if (errors.isEmpty()) {
            return new ModelAndView(to(id, current.next()));
        }
        // What was not taken stays in its field, to be mended there.
        Map<String, String> shown = new TreeMap<>(begun.answers().values());
        shown.putAll(answers);
        ModelAndView page = show(begun, current, new Form(shown, errors));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private Map<String, String> tooLong(Map<String, String> answers) {
        Map<String, String> errors = new LinkedHashMap<>();
        answers.forEach((field, text) -> {
            if (text.length() > LONGEST) {
                errors.put(
                        field,
                        texts.error(
                                new InvalidNoticeException(
                                        field, Rule.TOO_LONG, text.length(), LONGEST)));
            }
        });
        return errors;
    }

    private ModelAndView items(
            NoticeForms.Begun begun, Form form, Optional<Added> added, int from) {
        List<NoticeForms.Numbered> shown = forms.items(begun.id(), from, ROWS + 1);
        String here = "/notice-forms/" + begun.id() + "/items";
        boolean more = shown.size() > ROWS;
        Map<String, String> values = new TreeMap<>(Map.of("fileUse", EVIDENCE));
        values.putAll(form.values());
        return frame.show(
                "notices/items",
                new ItemsPage(
                        begun.id(),
                        links(begun, Step.ITEMS),
                        new Form(values, form.errors()),
                        more ? shown.subList(0, ROWS) : shown,
                        begun.itemCount(),
                        forms.fileSizes(begun.id()),
                        begun.answers().value("letterFile"),
                        Stream.of(EVIDENCE, LETTER)
                                .map(use -> new Form.Option(use, texts.name("file-use", use)))
                                .toList(),
                        added,
                        more ? here + "?from=" + shown.getLast().no() : "",
                        from > 1 ? here : ""));
    }

    @PostMapping("/notice-forms/{id}/items/paste")
    ModelAndView paste(@PathVariable UUID id, @RequestParam String urls) {
        forms.find(id, officer());
        PastedUrls pasted = PastedUrls.read(urls, forms.urls(id));
        forms.addItems(id, pasted.items());
        var lines =
                pasted.wrong().stream()
                        .map(one -> new Line(one.line(), one.text(), texts.error(one.cause())))
                        .toList();
        // What was not taken stays in the field, to be mended there.
        Form form =
                lines.isEmpty()
                        ? Form.EMPTY
                        : Form.of(
                                        Map.of(
                                                "urls",
                                                String.join(
                                                        "\n",
                                                        lines.stream().map(Line::text).toList())))
                                .wrong("urls", texts.say("items.lines-wrong", lines.size()));
        return items(
                forms.find(id, officer()),
                form,
                Optional.of(
                        new Added(
                                pasted.urls().size(),
                                pasted.cleaned(),
                                pasted.duplicates(),
                                lines)),
                1);
    }

    @GetMapping("/notice-forms/csv-template")
    ResponseEntity<byte[]> template() {
        return ServedFile.of(
                texts.say("items.csv.template.name"),
                "text/csv",
                ItemsCsv.template(LocaleContextHolder.getLocale().getLanguage()));
    }

    @PostMapping("/notice-forms/{id}/items/csv")
    ModelAndView csv(@PathVariable UUID id, @RequestParam MultipartFile csv) throws IOException {
        forms.find(id, officer());
        ItemsCsv.Result result = ItemsCsv.read(csv.getBytes());
        var lines =
                result.errors().stream()
                        .map(one -> new Line(one.line(), "", texts.error(one.cause())))
                        .toList();
        List<ItemForm> fresh = new ArrayList<>();
        List<String> duplicates = new ArrayList<>();
        var seen = new java.util.HashSet<String>();
        forms.urls(id).forEach(url -> seen.add(PastedUrls.comparable(url)));
        for (ItemForm item : result.items()) {
            if (seen.add(PastedUrls.comparable(item.url()))) {
                fresh.add(item);
            } else {
                duplicates.add(item.url());
            }
        }
        forms.addItems(id, fresh);
        Form form =
                lines.isEmpty()
                        ? Form.EMPTY
                        : Form.EMPTY.wrong("csv", texts.say("items.lines-wrong", lines.size()));
        return items(
                forms.find(id, officer()),
                form,
                Optional.of(new Added(fresh.size(), 0, duplicates, lines)),
                1);
    }

    /**
     * @param fileUse "evidence" of items, or "letter": the official letter, of which there is one
     * @param numbers of the items; none means all
     */
    @PostMapping("/notice-forms/{id}/items/file")
    ModelAndView file(
            @PathVariable UUID id,
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = EVIDENCE) String fileUse,
            @RequestParam(defaultValue = "") String numbers)
            throws IOException {
        NoticeForms.Begun begun = forms.find(id, officer());
        String name =
                Optional.ofNullable(file.getOriginalFilename())
                        .orElse("")
                        .replaceAll(".*[/\\\\]", "");
        var upload = new FileForm(name, file.getBytes());
        Form form = Form.of(Map.of("fileUse", fileUse, "numbers", numbers));
        try {
            Evidence.checkOne(upload);
            List<String> unknown = keep(id, upload, fileUse, numbers);
            if (unknown.isEmpty()) {
                return new ModelAndView(to(id, Step.ITEMS));
            }
            form = form.wrong("numbers", texts.say("items.unknown", listed(unknown)));
        } catch (InvalidNoticeException e) {
            form = form.wrong("file", texts.error(e));
        }
        ModelAndView page = items(begun, form, Optional.empty(), 1);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private List<String> keep(UUID id, FileForm file, String use, String numbers) {
        if (use.equals(LETTER)) {
            forms.addLetter(id, file);
            return List.of();
        }
        return forms.addEvidence(
                id,
                file,
                Arrays.stream(numbers.split("[\\s,;]+")).filter(one -> !one.isEmpty()).toList());
    }

    /** The first of them: an error is no place for thousands. */
    private static String listed(List<String> numbers) {
        return String.join(", ", numbers.subList(0, Math.min(numbers.size(), 10)))
                + (numbers.size() > 10 ? ", …" : "");
    }

    @PostMapping("/notice-forms/{id}/items/files/removal")
    String removeFile(@PathVariable UUID id, @RequestParam String name) {
        forms.find(id, officer());
        forms.removeFile(id, name);
        return to(id, Step.ITEMS);
    }

    @PostMapping("/notice-forms/{id}/items/removal")
    String removeAll(@PathVariable UUID id) {
        forms.find(id, officer());
        forms.removeItems(id);
        return to(id, Step.ITEMS);
    }

    @PostMapping("/notice-forms/{id}/items/{no}/removal")
    String remove(@PathVariable UUID id, @PathVariable int no) {
        forms.find(id, officer());
        forms.removeItem(id, no);
        return to(id, Step.ITEMS);
    }

    record ItemPage(UUID id, int no, Form form, List<Form.Option> kinds) {}

    @GetMapping("/notice-forms/{id}/items/{no}")
    ModelAndView item(@PathVariable UUID id, @PathVariable int no) {
        ItemForm item = item(id, no, officer());
        Map<String, String> values = new TreeMap<>();
        values.put(
                "itemKind",
                item.kind().orElse(ItemKind.POST).name().toLowerCase(java.util.Locale.ROOT));
        values.put("url", item.url());
        values.put("text", item.text().orElse(""));
        values.put("itemId", item.ids().orElse(Map.of()).getOrDefault("id", ""));
        return showItem(id, no, Form.of(values));
    }

    private ModelAndView showItem(UUID id, int no, Form form) {
        return frame.show("notices/item", new ItemPage(id, no, form, choices.itemKinds()));
    }

    private ItemForm item(UUID id, int no, UUID officer) {
        forms.find(id, officer);
        return forms.items(id, no, 1).stream()
                .filter(one -> one.no() == no)
                .map(NoticeForms.Numbered::item)
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-item",
                                "There is no item %d in this form.".formatted(no)));
    }

    @PostMapping("/notice-forms/{id}/items/{no}")
    ModelAndView changeItem(
            @PathVariable UUID id, @PathVariable int no, @RequestParam Map<String, String> typed) {
        ItemForm before = item(id, no, officer());
        Optional<String> text =
                Optional.of(typed.getOrDefault("text", "").strip()).filter(one -> !one.isEmpty());
        Optional<Map<String, String>> ids =
                Optional.of(typed.getOrDefault("itemId", "").strip())
                        .filter(one -> !one.isEmpty())
                        .map(one -> Map.of("id", one));
        ItemKind kind =
                Arrays.stream(ItemKind.values())
                        .filter(one -> one.name().equalsIgnoreCase(typed.get("itemKind")))
                        .findFirst()
                        .orElse(ItemKind.POST);
        String url = typed.getOrDefault("url", "").strip();
        try {
            new Item(no, kind, url, ids.orElse(Map.of()), text, List.of());
        } catch (InvalidNoticeException e) {
            String field =
                    e.field().endsWith(".text")
                            ? "text"
                            : e.field().contains(".ids") ? "itemId" : "url";
            return showItem(id, no, Form.of(typed).wrong(field, texts.error(e)));
        }
        forms.changeItem(id, no, new ItemForm(Optional.of(kind), url, ids, text, before.files()));
        return new ModelAndView(to(id, Step.ITEMS));
    }

    private ModelAndView check(NoticeForms.Begun begun) {
        List<ItemForm> items = forms.allItems(begun.id());
        List<FileForm> files = forms.files(begun.id());
        Map<String, Problem> problems = new LinkedHashMap<>();
        checks.all(begun.answers(), items, files)
                .forEach((field, error) ->
                        problems.put(
                                field,
                                new Problem(Step.of(new Step.Field(field)).path(), field, error)));
        Optional<NoticeForm> notice =
                problems.isEmpty()
                        ? Optional.of(begun.answers().form(items, files, Moments.zone()))
                        : Optional.empty();
        return frame.show(
                "notices/check",
                new CheckPage(
                        begun.id(),
                        links(begun, Step.CHECK),
                        problems,
                        notice,
                        notice.map(form ->
                                Preview.before(
                                        Drafts.content(form, files, PartSeries.newSeed())))));
    }

    /** The form becomes a draft that waits for approval, or the draft's new version. */
    @PostMapping("/notice-forms/{id}/submission")
    String submit(@PathVariable UUID id) {
        Caller officer = Caller.current();
        NoticeForms.Begun begun = forms.find(id, officer.account());
        List<ItemForm> items = forms.allItems(id);
        List<FileForm> files = forms.files(id);
        if (!checks.all(begun.answers(), items, files).isEmpty()) {
            return to(id, Step.CHECK);
        }
        NoticeForm form = begun.answers().form(items, files, Moments.zone());
        UUID notice =
                begun.notice()
                        .map(draft -> {
                            notices.change(draft, form, officer);
                            return draft;
                        })
                        .orElseGet(() -> notices.draft(form, officer));
        forms.discard(id);
        return "redirect:/notices/" + notice + "?done=drafted";
    }

    @PostMapping("/notice-forms/{id}/removal")
    String discard(@PathVariable UUID id) {
        forms.find(id, officer());
        forms.discard(id);
        return "redirect:/notice-forms";
    }

    private static UUID officer() {
        return Caller.current().account();
    }

    private static Step known(String step) {
        return Step.of(step)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-step",
                                "The form has no step \"%s\".".formatted(step)));
    }

    private static String to(UUID id, Step step) {
        return "redirect:/notice-forms/" + id + "/" + step.path();
    }
}
