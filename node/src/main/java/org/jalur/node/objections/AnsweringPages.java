package org.jalur.node.objections;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where officers claim and answer objections. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class AnsweringPages {
    static final String HERE = "/objections";
    private static final String ONE = HERE + "/{id}";
    private static final int ROWS = 50;

    private final Frame frame;
    private final Texts texts;
    private final Moments moments;
    private final ObjectionQueue queue;
    private final ObjectionFigures figures;
    private final Objections objections;
    private final Answering answering;
    private final Clock clock;

    AnsweringPages(
            Frame frame,
            Texts texts,
            Moments moments,
            ObjectionQueue queue,
            ObjectionFigures figures,
            Objections objections,
            Answering answering,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.moments = moments;
        this.queue = queue;
        this.figures = figures;
        this.objections = objections;
        this.answering = answering;
        this.clock = clock;
    }

    /**
     * @param left how much time there is; empty once it is answered
     */
    record Row(Objection objection, String state, Optional<Moments.Deadline> left) {}

    /**
     * @param tabs of the kinds of lists, as links
     * @param next address of the next page; empty on the last
     * @param first address of the first page; empty on it
     */
    record QueuePage(
            String which,
            List<Form.Option> tabs,
            ObjectionFigures.Counts figures,
            List<Row> rows,
            String next,
            String first) {}

    @GetMapping(HERE)
    ModelAndView all(
            @RequestParam(defaultValue = "open") String which,
            @RequestParam Optional<UUID> block,
            @RequestParam Optional<String> cursor) {
        ObjectionQueue.Page page = queue.page(ObjectionQueue.Which.of(which), block, cursor, ROWS);
        String first = HERE + "?which=" + which + block.map(one -> "&block=" + one).orElse("");
        return frame.show(
                "objections/all",
                new QueuePage(
                        which,
                        Arrays.stream(ObjectionQueue.Which.values())
                                .map(ObjectionQueue.Which::wire)
                                .map(one -> new Form.Option(one, texts.name("objection-list", one)))
                                .toList(),
                        figures.all(),
                        page.objections().stream().map(this::row).toList(),
                        page.next().map(one -> first + "&cursor=" + one).orElse(""),
                        cursor.isEmpty() ? "" : first));
    }

    private Row row(Objection one) {
        return new Row(
                one,
                one.state(clock.instant()),
                one.answer().isPresent()
                        ? Optional.empty()
                        : Optional.of(moments.deadline(one.answerBy(), Optional.empty())));
    }

    /**
     * @param words what was written; absent once it cannot be read any more
     * @param reasons of the answer, or of the one that somebody wants
     */
    record ObjectionPage(
            Row row,
            Form form,
            Optional<Filing> words,
            Optional<String> reasons,
            List<Form.Option> outcomes,
            May may,
            String done) {}

    /**
     * @param contact whether the address for questions is shown: to whoever answers
     */
    record May(boolean claim, boolean answer, boolean agree, boolean contact) {}

    @GetMapping(ONE)
    ModelAndView one(@PathVariable UUID id, @RequestParam(defaultValue = "") String done) {
        return show(id, Form.EMPTY, done, HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        Objection one = answering.one(id);
        ModelAndView page =
                frame.show(
                        "objections/one",
                        new ObjectionPage(
                                row(one),
                                form,
                                objections.words(id),
                                one.answer().isPresent()
                                        ? objections.reasons(id)
                                        : objections.wished(id),
                                List.of(
                                        new Form.Option(
                                                "upheld", texts.name("objection-state", "upheld")),
                                        new Form.Option(
                                                "rejected",
                                                texts.name("objection-state", "rejected"))),
                                may(one),
                                done.isEmpty() ? "" : texts.name("objection-done", done)));
        page.setStatus(status);
        return page;
    }

    private static May may(Objection one) {
        Caller caller = Caller.current();
        boolean open =
                one.answer().isEmpty()
                        && (caller.role() == Role.OFFICER || caller.role() == Role.APPROVER);
        boolean own = one.claim().filter(it -> it.account().equals(caller.account())).isPresent();
        return new May(
                open && one.claim().isEmpty(),
                open && own,
                open && one.wish().filter(it -> !it.account().equals(caller.account())).isPresent(),
                open && own);
    }

    @PostMapping(ONE + "/claim")
    ModelAndView claim(@PathVariable UUID id) {
        return command(
                id,
                Form.EMPTY,
                () -> {
                    answering.claim(id, Caller.current());
                    return "claimed";
                });
    }

    @PostMapping(ONE + "/release")
    ModelAndView release(@PathVariable UUID id) {
        return command(
                id,
                Form.EMPTY,
                () -> {
                    answering.release(id, Caller.current());
                    return "released";
                });
    }

    @PostMapping(ONE + "/answer")
    ModelAndView answer(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        String outcome = form.value("objectionOutcome");
        String reasons = form.value("objectionReasons").replace("\0", "").strip();
        if (!outcome.equals("upheld") && !outcome.equals("rejected")) {
            form = form.wrong("objectionOutcome", texts.say("objection.wrong.outcome"));
        }
        if (reasons.isEmpty()) {
            form = form.wrong("objectionReasons", texts.say("objection.wrong.reasons"));
        } else if (reasons.length() > Answering.LONGEST) {
            form =
                    form.wrong(
                            "objectionReasons",
                            texts.say(
                                    "objection.wrong.long",
                                    Integer.toString(reasons.length()),
                                    Integer.toString(Answering.LONGEST)));
        }
        if (form.isWrong()) {
            return show(id, form, "", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return command(
                id,
                form,
                () ->
                        answering.answer(id, outcome.equals("upheld"), reasons, Caller.current())
                                ? "answered"
                                : "wanted");
    }

    @PostMapping(ONE + "/agreement")
    ModelAndView agree(@PathVariable UUID id) {
        return command(
                id,
                Form.EMPTY,
                () -> {
                    answering.agree(id, Caller.current());
                    return "answered";
                });
    }

    private ModelAndView command(UUID id, Form form, Supplier<String> command) {
        try {
            return new ModelAndView("redirect:" + HERE + "/" + id + "?done=" + command.get());
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return show(id, form.wrong("objection", texts.error(e)), "", e.status());
        }
    }

    @GetMapping(HERE + "/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("objections.csv").build().toString());
        queue.write(response.getOutputStream());
    }
}
