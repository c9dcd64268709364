package org.jalur.node.resolvers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What was measured of one order's names: whether its lift is done, and whom it waits for. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class MeasuredPages {
    private static final String HERE = "/access-blocks/{id}/measured";

    private final Frame frame;
    private final Texts texts;
    private final Moments moments;
    private final MeasuredViews views;
    private final LiftMeasuring lifts;

    MeasuredPages(
            Frame frame, Texts texts, Moments moments, MeasuredViews views, LiftMeasuring lifts) {
        this.frame = frame;
        this.texts = texts;
        this.moments = moments;
        this.views = views;
        this.lifts = lifts;
    }

    /**
     * @param tails how long caches may still hold the old answer, for each lift
     * @param closable names at resolvers that may be closed, as the form sends them
     */
    record MeasuredPage(
            MeasuredViews.Measured measured,
            List<Moments.Deadline> tails,
            List<Form.Option> closable,
            Form form,
            boolean mayClose,
            boolean pending,
            String done) {}

    @GetMapping(HERE)
    ModelAndView measured(@PathVariable UUID id, @RequestParam(defaultValue = "") String done) {
        return show(
                id,
                Form.EMPTY,
                done.isEmpty() ? "" : texts.name("resolver-done", done),
                HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        MeasuredViews.Measured measured = views.of(id);
        List<Form.Option> closable =
                measured.lifts().stream()
                        .flatMap(lift -> lift.lagging().stream())
                        .filter(MeasuredViews.LagLine::closable)
                        .map(lag ->
                                new Form.Option(
                                        lag.resolver() + " " + lag.name(),
                                        lag.name()
                                                + " · "
                                                + lag.operator()
                                                + ", "
                                                + lag.resolverName()))
                        .toList();
        ModelAndView page =
                frame.show(
                        "resolvers/measured",
                        new MeasuredPage(
                                measured,
                                measured.lifts().stream()
                                        .map(lift ->
                                                moments.deadline(lift.tail(), Optional.empty()))
                                        .toList(),
                                closable,
                                form,
                                Caller.current().role() == Role.APPROVER && !closable.isEmpty(),
                                !measured.lifts().isEmpty(),
                                done));
        page.setStatus(status);
        return page;
    }

    /** One name at one resolver, so that nobody closes more than they looked at. */
    @PostMapping("/access-blocks/{id}/closures")
    ModelAndView close(@PathVariable UUID id, @RequestParam MultiValueMap<String, String> typed) {
        Map<String, String> values = typed.toSingleValueMap();
        String[] cell = values.getOrDefault("closeCell", "").split(" ", 2);
        try {
            if (cell.length != 2) {
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "names-missing",
                        "Name at least one name to close.");
            }
            lifts.close(
                    id,
                    UUID.fromString(cell[0]),
                    ResolverController.names(List.of(cell[1])),
                    values.getOrDefault("closeReason", ""),
                    Caller.current());
            return new ModelAndView("redirect:/access-blocks/" + id + "/measured?done=closed");
        } catch (ProblemException e) {
            String field = e.type().equals("reason-missing") ? "closeReason" : "closeCell";
            return show(id, Form.of(values).wrong(field, texts.error(e)), "", e.status());
        } catch (IllegalArgumentException _) {
            return show(
                    id,
                    Form.of(values).wrong("closeCell", texts.say("rule.missing")),
                    "",
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }
}
