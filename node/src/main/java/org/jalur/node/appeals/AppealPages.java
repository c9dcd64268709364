package org.jalur.node.appeals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.escalation.LadderPanels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.notice.RefusalGround;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Appeals with the time that is left, for both sides. */
@PageController
class AppealPages {
    static final String HERE = "/appeals";
    private static final int ROWS = 50;

    private final Frame frame;
    private final Texts texts;
    private final Moments moments;
    private final AppealViews views;
    private final Words words;
    private final ObjectProvider<Deciding> deciding;
    private final LadderPanels ladders;
    private final boolean authority;

    AppealPages(
            Frame frame,
            Texts texts,
            Moments moments,
            AppealViews views,
            Words words,
            ObjectProvider<Deciding> deciding,
            LadderPanels ladders,
            Register register) {
        this.frame = frame;
        this.texts = texts;
        this.moments = moments;
        this.views = views;
        this.words = words;
        this.deciding = deciding;
        this.ladders = ladders;
        this.authority = register.isAuthority();
    }

    /**
     * @param left how much time there is; empty once it is decided
     */
    record Row(AppealViews.Summary appeal, Optional<Moments.Deadline> left) {}

    /**
     * @param tabs of the kinds of lists, as links
     * @param next address of the next page; empty on the last
     * @param first address of the first page; empty on it
     */
    record QueuePage(
            String which, List<Form.Option> tabs, List<Row> rows, String next, String first) {}

    @GetMapping(HERE)
    ModelAndView all(
            @RequestParam(defaultValue = "open") String which,
            @RequestParam Optional<String> cursor) {
        AppealViews.Page page = views.page(AppealViews.Which.of(which), cursor, ROWS);
        String first = HERE + "?which=" + which;
        return frame.show(
                "appeals/all",
                new QueuePage(
                        which,
                        Arrays.stream(AppealViews.Which.values())
                                .map(AppealViews.Which::wire)
                                .map(one -> new Form.Option(one, texts.name("appeal-list", one)))
                                .toList(),
                        page.appeals().stream().map(this::row).toList(),
                        page.next().map(one -> first + "&cursor=" + one).orElse(""),
                        cursor.isEmpty() ? "" : first));
    }

    private Row row(AppealViews.Summary one) {
        return new Row(
                one,
                one.decidedAt().isPresent()
                        ? Optional.empty()
                        : Optional.of(moments.deadline(one.dueAt(), Optional.empty())));
    }

    /**
     * @param subject address of the notice or the case, at the item
     * @param contact shown to whoever decides it
     * @param own whether this person decided about the item, and therefore may not decide this
     * @param done what a command did
     */
    record AppealPage(
            AppealViews.Detail detail,
            Row row,
            String subject,
            Form form,
            List<Form.Option> results,
            List<Form.Option> grounds,
            Optional<String> contact,
            boolean claimable,
            boolean mine,
            boolean releasable,
            boolean own,
            Optional<LadderPanels.Panel> ladder,
            String done) {}

    @GetMapping(HERE + "/{id}")
    ModelAndView one(@PathVariable UUID id, @RequestParam(defaultValue = "") String done) {
        return show(id, Form.EMPTY, done, HttpStatusCode.valueOf(200));
    }

    ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        Caller caller = Caller.current();
        Appeal one = views.require(id);
        AppealViews.Detail detail = views.detail(id);
        boolean reviewer = caller.role() == Role.REVIEWER || caller.role() == Role.SENIOR_REVIEWER;
        boolean open = one.outcome().isEmpty() && reviewer;
        boolean mine =
                open && one.claim().filter(it -> it.account().equals(caller.account())).isPresent();
        boolean own =
                open
                        && deciding.stream()
                                .findFirst()
                                .filter(it -> !it.mayDecide(one, caller))
                                .isPresent();
        ModelAndView page =
                frame.show(
                        "appeals/one",
                        new AppealPage(
                                detail,
                                row(detail.appeal()),
                                "%s/%s?fromItem=%d"
                                        .formatted(
                                                authority ? "/notices" : "/cases",
                                                one.subject(),
                                                one.no()),
                                form,
                                options("appeal-result", "granted", "rejected"),
                                options(
                                        "ground",
                                        Arrays.stream(RefusalGround.values())
                                                .map(AppealRows::wire)
                                                .toArray(String[]::new)),
                                mine ? words.contact(one) : Optional.empty(),
                                open && !own && one.claim().isEmpty(),
                                mine,
                                open
                                        && one.claim().isPresent()
                                        && (mine || caller.role() == Role.SENIOR_REVIEWER),
                                own,
                                ladders.ofAppeal(id),
                                done.isEmpty() ? "" : texts.name("appeal-done", done)));
        page.setStatus(status);
        return page;
    }

    private List<Form.Option> options(String family, String... values) {
        return Arrays.stream(values)
                .map(one -> new Form.Option(one, texts.name(family, one)))
                .toList();
    }

    /** What a command says that did not work, beside what was typed. */
    ModelAndView again(
            UUID id, Map<String, String> typed, String field, String error, HttpStatusCode status) {
        return show(id, Form.of(typed).wrong(field, error), "", status);
    }
}
