package org.jalur.node.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The queue and the case page: where reviewers spend their day. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CasePages {
    private static final int ROWS = 25;

    private final Frame frame;
    private final Texts texts;
    private final Cases cases;
    private final CaseQueue queue;
    private final CaseViews views;
    private final Deliveries deliveries;
    private final Register register;
    private final TypedDecision.Choices choices;

    CasePages(
            Frame frame,
            Texts texts,
            Cases cases,
            CaseQueue queue,
            CaseViews views,
            Deliveries deliveries,
            Register register,
            TypedDecision.Choices choices) {
        this.frame = frame;
        this.texts = texts;
        this.cases = cases;
        this.queue = queue;
        this.views = views;
        this.deliveries = deliveries;
        this.register = register;
        this.choices = choices;
    }

    record QueuePage(
            String list,
            List<String> lists,
            Form filter,
            Map<String, List<Form.Option>> options,
            List<CaseViews.Summary> cases,
            boolean reviewer,
            boolean empty,
            String next,
            String first) {}

    @GetMapping("/cases")
    ModelAndView queue(
            @RequestParam(defaultValue = "open") String list,
            @RequestParam Map<String, String> asked,
            @RequestParam Optional<String> cursor) {
        Caller caller = Caller.current();
        CaseQueue.Kind kind = CaseQueue.Kind.of(list).orElse(CaseQueue.Kind.OPEN);
        var filter =
                new CaseQueue.Filter(
                        chosen(asked, "urgency"), chosen(asked, "category"), chosen(asked, "kind"));
        CaseViews.Page page = queue.page(kind, filter, caller, cursor, ROWS);
        var here = new StringBuilder("/cases?list=").append(kind.path());
        filter.values()
                .forEach((name, value) -> here.append('&').append(name).append('=').append(value));
        return frame.show(
                "cases/queue",
                new QueuePage(
                        kind.path(),
                        Arrays.stream(CaseQueue.Kind.values()).map(CaseQueue.Kind::path).toList(),
                        Form.of(filter.values()),
                        choices.filters(),
                        page.cases(),
                        isReviewer(caller),
                        asked.containsKey("empty"),
                        page.next().map(next -> here + "&cursor=" + next).orElse(""),
                        cursor.isPresent() ? here.toString() : ""));
    }

    private static Optional<String> chosen(Map<String, String> asked, String name) {
        return Optional.ofNullable(asked.get(name))
                .filter(value -> value.matches("[a-z0-9_-]{1,64}"));
    }

    private static boolean isReviewer(Caller caller) {
        return caller.role() == Role.REVIEWER || caller.role() == Role.SENIOR_REVIEWER;
    }

    /** Claims the most urgent case that nobody has, and opens it. */
    @PostMapping("/cases/next")
    String next() {
        return cases.claimNext(Caller.current())
                .map(next -> "redirect:/cases/" + next.id())
                .orElse("redirect:/cases?list=unclaimed&empty");
    }

    /**
     * @param mine whether this person has claimed it
     * @param claimable whether this person could
     * @param history by item, what came from its place before
     * @param pending whether measures are still to come
     */
    record CasePage(
            CaseViews.Detail detail,
            Deliveries.Origin origin,
            String authority,
            String identity,
            Form form,
            Map<String, List<Form.Option>> options,
            Map<Integer, Map<String, Integer>> history,
            boolean mine,
            boolean claimable,
            boolean releasable,
            boolean pending,
            String next,
            String first) {}

    @GetMapping("/cases/{id}")
    ModelAndView one(@PathVariable UUID id, @RequestParam(defaultValue = "1") int fromItem) {
        return show(id, fromItem, choices.usual(views.detail(id, 1, 0)));
    }

    private ModelAndView show(UUID id, int fromItem, Form form) {
        Caller caller = Caller.current();
        CaseViews.Detail detail = views.detail(id, fromItem, ROWS);
        CaseViews.Summary one = detail.summary();
        boolean decidable = one.state().equals("open") || one.state().equals("waiting");
        Optional<UUID> claimant = cases.claimant(id);
        boolean claimed = claimant.isPresent();
        boolean mine = claimant.equals(Optional.of(caller.account()));
        String here = "/cases/" + id;
        int last = detail.items().isEmpty() ? fromItem : detail.items().getLast().no();
        return frame.show(
                "cases/case",
                new CasePage(
                        detail,
                        deliveries.origin(cases.message(id)),
                        register.peers().stream()
                                .filter(peer -> peer.id().equals(one.authority()))
                                .map(peer -> peer.name())
                                .findFirst()
                                .orElse(one.authority()),
                        register.peers().stream()
                                .filter(peer -> peer.id().equals(one.authority()))
                                .map(peer -> peer.identity())
                                .findFirst()
                                .orElse(""),
                        form,
                        choices.options(),
                        queue.history(id, fromItem, last),
                        mine && decidable && isReviewer(caller),
                        isReviewer(caller) && decidable && !claimed,
                        claimed
                                && isReviewer(caller)
                                && (mine || caller.role() == Role.SENIOR_REVIEWER),
                        detail.items().stream()
                                .anyMatch(item -> item.enforcement().equals("pending")),
                        detail.nextItem().map(no -> here + "?fromItem=" + no).orElse(""),
                        fromItem > 1 ? here : ""));
    }

    @PostMapping("/cases/{id}/claim")
    String claim(@PathVariable UUID id) {
        cases.claim(id, Caller.current());
        return "redirect:/cases/" + id;
    }

    @PostMapping("/cases/{id}/release")
    String release(@PathVariable UUID id) {
        cases.release(id, Caller.current());
        return "redirect:/cases/" + id;
    }

    /**
     * What a decision would do, before it does it.
     *
     * @param items numbers and addresses
     */
    record PreviewPage(
            UUID id,
            String reference,
            Form form,
            List<String> numbers,
            List<CaseViews.ItemView> items,
            int count,
            String outcome,
            String ground,
            boolean restricts,
            boolean tells) {}

    @PostMapping("/cases/{id}/preview")
    ModelAndView preview(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        var decision = new TypedDecision(typed, items);
        Form wrong = decision.check(texts);
        if (wrong.isWrong()) {
            ModelAndView page = show(id, 1, wrong);
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
        CaseViews.Detail detail = views.detail(id, 1, 500);
        List<CaseViews.ItemView> chosen =
                detail.items().stream()
                        .filter(item -> decision.names(item.no()))
                        .filter(item -> isUndecided(item.state()))
                        .toList();
        return frame.show(
                "cases/preview",
                new PreviewPage(
                        id,
                        detail.summary().reference(),
                        wrong,
                        items,
                        chosen.subList(0, Math.min(chosen.size(), 50)),
                        decision.all() ? detail.summary().undecided() : chosen.size(),
                        decision.value("outcome"),
                        decision.value("ground"),
                        decision.outcome().isRestriction(),
                        detail.facts().map(facts -> facts.nonDisclosure().isEmpty()).orElse(true)));
    }

    private static boolean isUndecided(String state) {
        return state.equals("open") || state.equals("clarification") || state.equals("impossible");
    }

    /** Back from the preview, with all that was typed. */
    @PostMapping("/cases/{id}/change")
    ModelAndView change(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return show(id, 1, Form.of(typed));
    }

    @PostMapping("/cases/{id}/decisions")
    ModelAndView decide(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        var decision = new TypedDecision(typed, items);
        Form wrong = decision.check(texts);
        if (!wrong.isWrong()) {
            try {
                cases.decide(id, decision.form(), Caller.current());
                return new ModelAndView("redirect:/cases/" + id);
            } catch (InvalidNoticeException e) {
                wrong = wrong.wrong(e.field(), texts.error(e));
            } catch (ProblemException e) {
                wrong = wrong.wrong("outcome", texts.error(e));
            }
        }
        ModelAndView page = show(id, 1, wrong);
        page.setStatus(HttpStatus.CONFLICT);
        return page;
    }
}
