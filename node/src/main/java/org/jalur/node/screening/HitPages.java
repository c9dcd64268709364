package org.jalur.node.screening;

import java.util.List;
import java.util.Optional;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Hits that a person has to look at, and all others. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class HitPages {
    private static final int ON_PAGE = 25;

    private final Frame frame;
    private final Texts texts;
    private final Hits hits;
    private final HitReviews reviews;

    HitPages(Frame frame, Texts texts, Hits hits, HitReviews reviews) {
        this.frame = frame;
        this.texts = texts;
        this.hits = hits;
        this.reviews = reviews;
    }

    /**
     * @param which waiting or all
     * @param more whether more than {@code waiting} wait
     */
    record HitsPage(
            String which,
            List<Hits.Hit> hits,
            int waiting,
            boolean more,
            String next,
            String first,
            Form form,
            boolean mayReview,
            String done) {}

    @GetMapping("/hits")
    ModelAndView all(
            @RequestParam(defaultValue = "waiting") String which,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String done) {
        return show(which, after, Form.EMPTY, done, HttpStatus.OK);
    }

    private ModelAndView show(
            String which, String after, Form form, String done, HttpStatusCode status) {
        boolean waiting = !which.equals("all");
        List<Hits.Hit> found =
                waiting
                        ? hits.waiting(number(after).orElse(0L), ON_PAGE + 1)
                        : hits.newest(number(after).orElse(Long.MAX_VALUE), ON_PAGE + 1);
        boolean more = found.size() > ON_PAGE;
        List<Hits.Hit> shown = more ? found.subList(0, ON_PAGE) : found;
        String here = "/hits?which=" + (waiting ? "waiting" : "all");
        int count = hits.countWaiting();
        Role role = Caller.current().role();
        ModelAndView page =
                frame.show(
                        "screening/hits",
                        new HitsPage(
                                waiting ? "waiting" : "all",
                                shown,
                                Math.min(count, Hits.COUNTED),
                                count > Hits.COUNTED,
                                more ? here + "&after=" + shown.getLast().id() : "",
                                after.isEmpty() ? "" : here,
                                form,
                                role == Role.REVIEWER || role == Role.SENIOR_REVIEWER,
                                done.isEmpty() ? "" : texts.name("hit-done", done)));
        page.setStatus(status);
        return page;
    }

    private static Optional<Long> number(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    @PostMapping("/hits/{id}/review")
    ModelAndView review(@PathVariable long id, @RequestParam(defaultValue = "") String correct) {
        if (!correct.equals("yes") && !correct.equals("no")) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-review",
                    "correct is \"%s\"; give yes or no.".formatted(correct));
        }
        try {
            reviews.review(id, correct.equals("yes"));
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show("waiting", "", Form.EMPTY.wrong("hits", texts.error(e)), "", e.status());
        }
        return new ModelAndView(
                "redirect:/hits?done=" + (correct.equals("yes") ? "confirmed" : "denied"));
    }
}
