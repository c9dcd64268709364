package org.jalur.node.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.appeals.AppealPanels;
import org.jalur.node.contacts.RegisterHealth;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.screening.Hits;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** A platform's first page: what needs me now. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class PlatformHome {
    private static final int NEAREST = 8;

    private final Frame frame;
    private final CaseQueue queue;
    private final Hits hits;
    private final AppealPanels appeals;
    private final RegisterHealth register;

    PlatformHome(
            Frame frame,
            CaseQueue queue,
            Hits hits,
            AppealPanels appeals,
            RegisterHealth register) {
        this.frame = frame;
        this.queue = queue;
        this.hits = hits;
        this.appeals = appeals;
        this.register = register;
    }

    /**
     * @param hits that a person has still to look at
     * @param moreHits whether there are more
     * @param appeals that wait for a decision, at most 100
     */
    record HomePage(
            List<Need> needs,
            int hits,
            boolean moreHits,
            int appeals,
            List<CaseViews.Summary> nearest,
            boolean content,
            String role,
            boolean reviewer,
            RegisterHealth.Needs register) {}

    record Need(String list, int count, boolean more) {}

    @GetMapping("/")
    ModelAndView home() {
        Caller caller = Caller.current();
        boolean content = caller.role() != Role.ADMIN && caller.role() != Role.SIGNATORY;
        boolean reviewer = caller.role() == Role.REVIEWER || caller.role() == Role.SENIOR_REVIEWER;
        int waiting = content ? hits.countWaiting() : 0;
        return frame.show(
                "cases/home",
                new HomePage(
                        content
                                ? Arrays.stream(CaseQueue.Kind.values())
                                        .filter(CaseQueue.Kind::needsSomebody)
                                        .map(kind -> need(kind, caller))
                                        .toList()
                                : List.of(),
                        Math.min(waiting, Hits.COUNTED),
                        waiting > Hits.COUNTED,
                        content ? appeals.open() : 0,
                        content
                                ? queue.page(
                                                CaseQueue.Kind.OPEN,
                                                CaseQueue.Filter.NONE,
                                                caller,
                                                Optional.empty(),
                                                NEAREST)
                                        .cases()
                                : List.of(),
                        content,
                        caller.role().wire(),
                        reviewer,
                        register.needs()));
    }

    private Need need(CaseQueue.Kind kind, Caller caller) {
        int count = queue.count(kind, caller);
        return new Need(kind.path(), count, count == CaseQueue.COUNTED);
    }
}
