package org.jalur.node.cases;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.appeals.AppealPanels;
import org.jalur.node.deconfliction.HeldBack;
import org.jalur.node.dialogue.DialoguePanels;
import org.jalur.node.escalation.LadderPanels;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeFacts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
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
    private static final int PREVIEWED = 50;
    private static final Set<String> DONE =
            Set.of("erased", "confirmed", "returned", "withheld", "shown");

    private final Frame frame;
    private final Texts texts;
    private final Cases cases;
    private final Claims claims;
    private final SecondReviews secondReviews;
    private final Interims interims;
    private final CaseQueue queue;
    private final CaseViews views;
    private final Deliveries deliveries;
    private final Register register;
    private final TypedDecision.Choices choices;
    private final LadderPanels ladders;
    private final DialoguePanels dialogue;
    private final AppealPanels appeals;
    private final HeldBack heldBack;

    CasePages(
            Frame frame,
            Texts texts,
            Cases cases,
            Claims claims,
            SecondReviews secondReviews,
            Interims interims,
            CaseQueue queue,
            CaseViews views,
            Deliveries deliveries,
            Register register,
            TypedDecision.Choices choices,
            LadderPanels ladders,
            DialoguePanels dialogue,
            AppealPanels appeals,
            HeldBack heldBack) {
        this.frame = frame;
        this.texts = texts;
        this.cases = cases;
        this.claims = claims;
        this.secondReviews = secondReviews;
        this.interims = interims;
        this.queue = queue;
        this.views = views;
        this.deliveries = deliveries;
        this.register = register;
        this.choices = choices;
        this.ladders = ladders;
        this.dialogue = dialogue;
        this.appeals = appeals;
        this.heldBack = heldBack;
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

    static boolean isReviewer(Caller caller) {
        return caller.role() == Role.REVIEWER || caller.role() == Role.SENIOR_REVIEWER;
    }

    /** Claims the most urgent case that nobody has, and opens it. */
    @PostMapping("/cases/next")
    String next() {
        return claims.claimNext(Caller.current())
                .map(next -> "redirect:/cases/" + next.id())
                .orElse("redirect:/cases?list=unclaimed&empty");
    }

    /**
     * @param mine whether this person has claimed it
     * @param claimable whether this person could
     * @param interim until when open items could be withheld before they are decided
     * @param withholds whether an item on this page is withheld now, undecided
     * @param me pseudonym, for nobody confirms a decision of their own
     * @param confirms whether this person may be a second reviewer
     * @param ticked numbers of the items that were chosen
     * @param history by item, what came from its place before
     * @param held by item, what authorities ask to be left where it is
     * @param pending whether measures are still to come
     * @param fromItem first item on this page
     */
    record CasePage(
            CaseViews.Detail detail,
            Deliveries.Origin origin,
            String authority,
            String identity,
            Optional<LadderPanels.Panel> ladder,
            DialoguePanels.Panel dialogue,
            List<AppealPanels.Line> appeals,
            Form form,
            List<String> ticked,
            Map<String, List<Form.Option>> options,
            Map<Integer, Map<String, Integer>> history,
            Map<Integer, List<HeldBack.Held>> held,
            boolean mine,
            boolean claimable,
            Optional<Instant> interim,
            boolean withholds,
            String me,
            boolean confirms,
            boolean releasable,
            boolean mayErase,
            String done,
            boolean pending,
            int fromItem,
            String next,
            String first) {}

    @GetMapping("/cases/{id}")
    ModelAndView one(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int fromItem,
            @RequestParam(defaultValue = "") String done) {
        return show(
                id,
                fromItem,
                choices.usual(views.detail(id, 1, 0)),
                List.of(),
                DONE.contains(done) ? texts.name("case-done", done) : "");
    }

    private ModelAndView show(UUID id, int fromItem, Form form, List<String> ticked) {
        return show(id, fromItem, form, ticked, "");
    }

    private ModelAndView show(UUID id, int fromItem, Form form, List<String> ticked, String done) {
        Caller caller = Caller.current();
        CaseViews.Detail detail = views.detail(id, fromItem, ROWS);
        CaseViews.Summary one = detail.summary();
        boolean decidable = one.state().equals("open") || one.state().equals("waiting");
        Optional<UUID> claimant = claims.claimant(id);
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
                        ladders.ofCase(id),
                        dialogue.of(id),
                        appeals.of(id),
                        form,
                        ticked,
                        choices.options(),
                        queue.history(id, fromItem, last),
                        heldBack.of(id, 1, NoticeFacts.MAX_ITEMS),
                        mine && decidable && isReviewer(caller),
                        isReviewer(caller) && decidable && !claimed,
                        mine && decidable ? interims.possibleUntil(id) : Optional.empty(),
                        detail.items().stream()
                                .flatMap(item -> item.interim().stream())
                                .anyMatch(InterimRecords.View::isWithheld),
                        caller.pseudonym(),
                        isReviewer(caller),
                        claimed
                                && isReviewer(caller)
                                && (mine || caller.role() == Role.SENIOR_REVIEWER),
                        caller.role() == Role.SENIOR_REVIEWER,
                        done,
                        detail.items().stream()
                                .anyMatch(item -> item.enforcement().equals("pending")),
                        fromItem,
                        detail.nextItem().map(no -> here + "?fromItem=" + no).orElse(""),
                        fromItem > 1 ? here : ""));
    }

    /** Earlier cases with content from the same channel or account. */
    record HistoryPage(UUID id, String reference, int no, List<CaseViews.Summary> cases) {}

    @GetMapping("/cases/{id}/items/{no}/history")
    ModelAndView history(@PathVariable UUID id, @PathVariable int no) {
        return frame.show(
                "cases/history",
                new HistoryPage(
                        id,
                        views.detail(id, 1, 0).summary().reference(),
                        no,
                        queue.fromTheSamePlace(id, no, 2 * ROWS)));
    }

    /** A decision that came too late is still there after the claim. */
    @PostMapping("/cases/{id}/claim")
    ModelAndView claim(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        claims.claim(id, Caller.current());
        return typed.containsKey("reason")
                ? show(id, fromItem(typed), Form.of(typed), items)
                : new ModelAndView("redirect:/cases/" + id);
    }

    @PostMapping("/cases/{id}/release")
    String release(@PathVariable UUID id) {
        claims.release(id, Caller.current());
        return "redirect:/cases/" + id;
    }

    /**
     * What a decision would do, before it does it.
     *
     * @param numbers of the ticked items
     * @param addresses of the first items, by number
     * @param count of all items
     * @param waits of them, how many a second reviewer must confirm
     * @param twins what becomes of the same items in other notices, the first of them
     */
    record PreviewPage(
            UUID id,
            String reference,
            Form form,
            List<String> numbers,
            Map<Integer, String> addresses,
            int count,
            int waits,
            String outcome,
            String ground,
            boolean restricts,
            boolean tells,
            List<TwinDecisions.Carried> twins,
            int moreTwins,
            int fromItem) {}

    @PostMapping("/cases/{id}/preview")
    ModelAndView preview(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        var decision = new TypedDecision(typed, items);
        CaseViews.Detail detail = views.detail(id, 1, 0);
        Form form = decision.check(texts, choices.reason(detail));
        CaseViews.Undecided chosen = views.undecided(id, decision.items(), PREVIEWED);
        if (decision.items().filter(numbers -> numbers.size() != chosen.count()).isPresent()
                || chosen.count() == 0) {
            form = form.wrong("which", texts.say("problem.already-decided"));
        }
        if (!form.isWrong() && cases.needsExplanation(id, decision.form())) {
            form = form.wrong("despiteNote", texts.say("notes.explain"));
        }
        if (form.isWrong()) {
            return again(id, typed, form, items, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        List<TwinDecisions.Carried> twins =
                decision.form().withTwins()
                        ? cases.forTwins(id, decision.form(), Caller.current())
                        : List.of();
        return frame.show(
                "cases/preview",
                new PreviewPage(
                        id,
                        detail.summary().reference(),
                        form,
                        items,
                        chosen.addresses(),
                        chosen.count(),
                        secondReviews.waits(id, decision.items(), decision.outcome()),
                        decision.value("outcome"),
                        decision.value("ground"),
                        decision.outcome().isRestriction(),
                        detail.facts().map(facts -> facts.nonDisclosure().isEmpty()).orElse(true),
                        twins.stream().limit(PREVIEWED).toList(),
                        Math.max(0, twins.size() - PREVIEWED),
                        fromItem(typed)));
    }

    /** Back from the preview, with all that was typed and ticked. */
    @PostMapping("/cases/{id}/change")
    ModelAndView change(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        return show(id, fromItem(typed), Form.of(typed), items);
    }

    @PostMapping("/cases/{id}/decisions")
    ModelAndView decide(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        var decision = new TypedDecision(typed, items);
        Form wrong = decision.check(texts, choices.reason(views.detail(id, 1, 0)));
        if (wrong.isWrong()) {
            return again(id, typed, wrong, items, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            cases.decide(id, decision.form(), Caller.current());
            return new ModelAndView("redirect:/cases/" + id);
        } catch (InvalidNoticeException e) {
            return again(
                    id,
                    typed,
                    wrong.wrong(e.field(), texts.error(e)),
                    items,
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            return again(id, typed, wrong.wrong("decide-title", texts.error(e)), items, e.status());
        }
    }

    /** A button of the form of a decision: the same items, policy and reason. */
    @PostMapping("/cases/{id}/interim")
    ModelAndView withhold(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "") List<String> items) {
        var decision = new TypedDecision(typed, items);
        Form wrong = decision.checkInterim(texts);
        if (wrong.isWrong()) {
            return again(id, typed, wrong, items, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            interims.withhold(id, decision.interim(), Caller.current());
            return new ModelAndView("redirect:/cases/" + id + "?done=withheld");
        } catch (InvalidNoticeException e) {
            return again(
                    id,
                    typed,
                    wrong.wrong(e.field(), texts.error(e)),
                    items,
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            return again(id, typed, wrong.wrong("decide-title", texts.error(e)), items, e.status());
        }
    }

    @PostMapping("/cases/{id}/interim/end")
    ModelAndView showAgain(@PathVariable UUID id) {
        try {
            interims.giveUp(id, Caller.current());
            return new ModelAndView("redirect:/cases/" + id + "?done=shown");
        } catch (ProblemException e) {
            return refused(id, Map.of(), "decide-title", e);
        }
    }

    @PostMapping("/cases/{id}/unconfirmed/{decision}/confirmation")
    ModelAndView confirm(@PathVariable UUID id, @PathVariable UUID decision) {
        try {
            secondReviews.confirm(id, decision, Caller.current());
            return new ModelAndView("redirect:/cases/" + id + "?done=confirmed");
        } catch (ProblemException e) {
            return refused(id, Map.of(), "unconfirmed-title", e);
        }
    }

    @PostMapping("/cases/{id}/unconfirmed/{decision}/return")
    ModelAndView sendBack(
            @PathVariable UUID id,
            @PathVariable UUID decision,
            @RequestParam Map<String, String> typed) {
        try {
            secondReviews.sendBack(
                    id, decision, typed.getOrDefault("backReason", ""), Caller.current());
            return new ModelAndView("redirect:/cases/" + id + "?done=returned");
        } catch (ProblemException e) {
            String field =
                    e.status() == HttpStatus.UNPROCESSABLE_CONTENT
                            ? "backReason"
                            : "unconfirmed-title";
            return refused(id, typed, field, e);
        }
    }

    /** The case with its usual form, and what a command said; what is not there stays an error. */
    private ModelAndView refused(
            UUID id, Map<String, String> typed, String field, ProblemException problem) {
        if (problem.status() == HttpStatus.NOT_FOUND) {
            throw problem;
        }
        var values = new HashMap<>(choices.usual(views.detail(id, 1, 0)).values());
        values.putAll(typed);
        return again(
                id,
                typed,
                Form.of(values).wrong(field, texts.error(problem)),
                List.of(),
                problem.status());
    }

    /** The case with all that was typed and ticked, and what is wrong with it. */
    private ModelAndView again(
            UUID id,
            Map<String, String> typed,
            Form wrong,
            List<String> items,
            HttpStatusCode status) {
        ModelAndView page = show(id, fromItem(typed), wrong, items);
        page.setStatus(status);
        return page;
    }

    private static int fromItem(Map<String, String> typed) {
        String number = typed.getOrDefault("fromItem", "1");
        return number.matches("[0-9]{1,5}") ? Integer.parseInt(number) : 1;
    }
}
