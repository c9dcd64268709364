package org.jalur.node.lists;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Category;
import org.jalur.agreement.check.Breach;
import org.jalur.agreement.check.Check;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ListFacts;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.UnreadableListException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** An authority's lists: drawing one up from a file, approving it, and what became of each. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class SentListPages {
    private static final String HERE = "/sent-lists";

    private final Frame frame;
    private final Texts texts;
    private final Channels channels;
    private final Register register;
    private final Agreements agreements;
    private final SentLists lists;
    private final SentListViews views;
    private final SignOffs signOffs;

    SentListPages(
            Frame frame,
            Texts texts,
            Channels channels,
            Register register,
            Agreements agreements,
            SentLists lists,
            SentListViews views,
            SignOffs signOffs) {
        this.frame = frame;
        this.texts = texts;
        this.channels = channels;
        this.register = register;
        this.agreements = agreements;
        this.lists = lists;
        this.views = views;
        this.signOffs = signOffs;
    }

    record ListsPage(List<SentListViews.Summary> lists, boolean mayDraw, String done) {}

    @GetMapping(HERE)
    ModelAndView all(@RequestParam(defaultValue = "") String done) {
        return frame.show(
                "lists/all",
                new ListsPage(
                        views.all(),
                        Caller.current().role() == Role.OFFICER,
                        done.isEmpty() ? "" : texts.name("sent-list-done", done)));
    }

    /**
     * @param errors lines of a file of which nothing was understood
     * @param wrong how many there are
     */
    record DrawPage(
            Form form,
            List<Form.Option> platforms,
            List<Form.Option> categories,
            List<LineError> errors,
            long wrong) {}

    @GetMapping(HERE + "/new")
    ModelAndView blank() {
        Map<String, String> usual =
                channels.all().size() == 1
                        ? Map.of("platform", channels.all().getFirst().peer().value())
                        : Map.of();
        return draw(Form.of(usual), List.of(), 0, HttpStatus.OK);
    }

    private ModelAndView draw(
            Form form, List<LineError> errors, long wrong, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "lists/draw", new DrawPage(form, platforms(), categories(), errors, wrong));
        page.setStatus(status);
        return page;
    }

    private List<Form.Option> platforms() {
        return channels.all().stream()
                .map(Channel::peer)
                .map(peer ->
                        new Form.Option(
                                peer.value(),
                                register.peer(peer).map(one -> one.name()).orElse(peer.value())))
                .toList();
    }

    /** Of all agreements: which of them the chosen platform's names is seen when it is sent. */
    private List<Form.Option> categories() {
        Map<String, Category> all = new TreeMap<>();
        channels.all().stream()
                .flatMap(channel -> agreements.with(channel.peer()).stream())
                .flatMap(signed -> signed.agreement().categories().stream())
                .forEach(category -> all.put(category.code(), category));
        return all.entrySet().stream()
                .map(one ->
                        new Form.Option(
                                one.getKey(), texts.category(one.getKey(), one.getValue().name())))
                .toList();
    }

    /** Keeps what was understood of the file as a draft, with the lines that were not. */
    @PostMapping(HERE)
    ModelAndView draw(
            @RequestParam Map<String, String> typed, @RequestParam("listFile") MultipartFile file)
            throws IOException {
        Optional<Channel> channel = channel(typed.getOrDefault("platform", ""));
        var wanted =
                new SentLists.Wanted(
                        typed.getOrDefault("listId", "").strip(),
                        typed.getOrDefault("listName", "").strip(),
                        typed.getOrDefault("category", ""),
                        typed.getOrDefault("listReason", "").strip());
        Form form = checked(Form.of(typed), channel, wanted);
        String name =
                Optional.ofNullable(file.getOriginalFilename())
                        .orElse("")
                        .replaceAll(".*[/\\\\]", "");
        if (file.isEmpty() || name.isBlank()) {
            form = form.wrong("listFile", texts.say("lists.file.wrong"));
        }
        if (form.isWrong()) {
            return draw(form, List.of(), 0, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try (InputStream content = file.getInputStream()) {
            DrawnUp drawnUp = DrawnUp.read(content, name);
            if (drawnUp.entries() == 0) {
                return draw(
                        form.wrong("listFile", texts.say("sent-lists.file.empty")),
                        drawnUp.errors(),
                        drawnUp.wrong(),
                        HttpStatus.UNPROCESSABLE_CONTENT);
            }
            UUID id = lists.draft(channel.orElseThrow(), wanted, drawnUp, Caller.current());
            return new ModelAndView("redirect:" + HERE + "/" + id + "?done=drafted");
        } catch (UnreadableListException e) {
            form =
                    form.wrong(
                            "listFile",
                            texts.say("lists.file.unreadable", texts.error(e.broken())));
        } catch (DrawnUp.TooManyEntriesException _) {
            form =
                    form.wrong(
                            "listFile",
                            texts.say("sent-lists.file.long", String.valueOf(ListFacts.MOST)));
        }
        return draw(form, List.of(), 0, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Optional<Channel> channel(String platform) {
        return channels.all().stream()
                .filter(one -> one.peer().value().equals(platform))
                .findFirst();
    }

    private Form checked(Form form, Optional<Channel> channel, SentLists.Wanted wanted) {
        Form checked = form;
        Optional<Agreement> agreement =
                channel.flatMap(one -> agreements.with(one.peer())).map(one -> one.agreement());
        if (channel.isEmpty()) {
            checked = checked.wrong("platform", texts.say("sent-lists.platform.wrong"));
        } else if (agreement.isEmpty()) {
            checked = checked.wrong("platform", texts.say("problem.no-agreement"));
        }
        if (wanted.category().isEmpty()) {
            checked = checked.wrong("category", texts.say("rule.missing"));
        } else {
            Optional<Breach> breach =
                    agreement.flatMap(one -> Check.category(one, wanted.category()));
            if (breach.isPresent()) {
                checked = checked.wrong("category", texts.error(breach.get()));
            }
        }
        if (!ListFacts.isId(wanted.id())) {
            checked = checked.wrong("listId", texts.say("sent-lists.id.wrong"));
        }
        if (isWrong(wanted.name(), ListFacts.LONGEST_NAME)) {
            checked = checked.wrong("listName", texts.say("lists.name.wrong"));
        }
        if (isWrong(wanted.reason(), ListFacts.LONGEST_REASON)) {
            checked = checked.wrong("listReason", texts.say("sent-lists.reason.wrong"));
        }
        return checked;
    }

    private static boolean isWrong(String text, int most) {
        return text.isEmpty() || text.length() > most || text.indexOf(0) >= 0;
    }

    /**
     * @param own whether this person drew it up
     * @param signOff whether an approver signs it on a machine of their own
     * @param pending whether more is to come by itself: a receipt
     */
    record ListPage(
            SentListViews.Detail detail,
            Form form,
            boolean own,
            boolean mayApprove,
            boolean mayDiscard,
            boolean signOff,
            boolean pending,
            String done) {}

    @GetMapping(HERE + "/{id}")
    ModelAndView one(@PathVariable UUID id, @RequestParam(defaultValue = "") String done) {
        return show(id, Form.EMPTY, done, HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        Caller caller = Caller.current();
        SentListViews.Detail detail = views.detail(id);
        boolean draft = detail.list().isDraft();
        boolean own = draft && detail.draftedBy().filter(caller.account()::equals).isPresent();
        ModelAndView page =
                frame.show(
                        "lists/one",
                        new ListPage(
                                detail,
                                form,
                                own,
                                draft && !own && caller.role() == Role.APPROVER,
                                draft && caller.role() == Role.OFFICER,
                                draft && signOffs.areNeeded(),
                                detail.list()
                                        .delivery()
                                        .filter(one -> one.state().equals("underway"))
                                        .isPresent(),
                                done.isEmpty() ? "" : texts.name("sent-list-done", done)));
        page.setStatus(status);
        return page;
    }

    /** Approves what the page showed, and nothing else. */
    @PostMapping(HERE + "/{id}/approval")
    ModelAndView approve(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String root,
            @RequestParam Optional<String> signOff) {
        try {
            lists.approve(id, digest(root), signOff, Caller.current());
        } catch (ProblemException e) {
            if (e.type().equals("sign-off-needed")) {
                return show(
                        id,
                        Form.of(Map.of("signOff", signOff.orElse("")))
                                .wrong("signOff", texts.error(e)),
                        "",
                        e.status());
            }
            if (e.status() != HttpStatus.CONFLICT
                    && e.status() != HttpStatus.UNPROCESSABLE_CONTENT) {
                throw e;
            }
            return show(id, Form.EMPTY.wrong("root", texts.error(e)), "", e.status());
        }
        return new ModelAndView("redirect:" + HERE + "/" + id + "?done=approved");
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @GetMapping(HERE + "/{id}/draft-file")
    ResponseEntity<byte[]> file(@PathVariable UUID id) {
        return ServedFile.of(
                "list-%s.draft".formatted(id), "application/octet-stream", lists.file(id).octets());
    }

    private static Hash digest(String root) {
        try {
            return Hash.parseHex(root);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-root",
                    "root is \"%s\"; use the 64 hexadecimal digits that the draft shows"
                            .formatted(root));
        }
    }

    @PostMapping(HERE + "/{id}/removal")
    String discard(@PathVariable UUID id) {
        lists.discard(id);
        return "redirect:" + HERE + "?done=discarded";
    }
}
