package org.jalur.node.escalation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.node.accounts.Caller;
import org.jalur.node.contacts.Phones;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
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

/** The ladder of a notice by itself, with the forms to approve, to stop and to record a call. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class LadderPages {
    private final Frame frame;
    private final Texts texts;
    private final Steps steps;
    private final LadderPanels panels;

    LadderPages(Frame frame, Texts texts, Steps steps, LadderPanels panels) {
        this.frame = frame;
        this.texts = texts;
        this.steps = steps;
        this.panels = panels;
    }

    record LadderPage(UUID notice, LadderPanels.Panel panel, Form form) {}

    @GetMapping("/notices/{id}/ladder")
    ModelAndView one(@PathVariable UUID id) {
        return show(id, panels.blank(panels.ofNotice(id)), HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "escalation/ladder",
                        new LadderPage(
                                id,
                                panels.ofNotice(id).orElseThrow(() -> LadderViews.none(id)),
                                form));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/notices/{id}/ladder/approval")
    ModelAndView approve(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id,
                typed,
                "approved-step",
                "approveStep",
                () -> steps.approve(notice(id), value(typed, "approveStep"), Caller.current()));
    }

    @PostMapping("/notices/{id}/ladder/stop")
    ModelAndView stop(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        String reason = value(typed, "stopReason");
        if (value(typed, "stopStep").isEmpty()) {
            form = form.wrong("stopStep", texts.say("ladder.wrong.step"));
        }
        if (reason.isEmpty() || reason.length() > Said.LONGEST) {
            form = form.wrong("stopReason", texts.say("ladder.wrong.reason", Said.LONGEST));
        }
        if (form.isWrong()) {
            return show(id, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return command(
                id,
                typed,
                "stopped-step",
                "stopStep",
                () -> steps.stop(notice(id), value(typed, "stopStep"), reason, Caller.current()));
    }

    @PostMapping("/notices/{id}/ladder/call")
    ModelAndView call(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        Optional<Instant> at = time(value(typed, "calledAt"));
        if (at.isEmpty()) {
            form = form.wrong("calledAt", texts.say("ladder.wrong.time"));
        }
        Optional<Said.Outcome> outcome = outcome(value(typed, "callOutcome"));
        if (outcome.isEmpty()) {
            form = form.wrong("callOutcome", texts.say("ladder.wrong.outcome"));
        }
        Optional<String> number = Phones.read(value(typed, "callNumber"));
        String remark = value(typed, "callRemark");
        if (number.isEmpty()) {
            form = form.wrong("callNumber", texts.say("ladder.wrong.number"));
        }
        if (remark.length() > Said.LONGEST) {
            form = form.wrong("callRemark", texts.say("ladder.wrong.reason", Said.LONGEST));
        }
        if (form.isWrong()) {
            return show(id, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var said =
                new Said.Call(
                        number.orElseThrow(),
                        at.orElseThrow(),
                        outcome.orElseThrow(),
                        Optional.of(remark).filter(one -> !one.isEmpty()));
        return command(
                id,
                typed,
                "called-step",
                "calledAt",
                () -> steps.called(notice(id), value(typed, "callStep"), said, Caller.current()));
    }

    private static Steps.Which notice(UUID id) {
        return new Steps.Which(Silence.NOTICE, id);
    }

    private static String value(Map<String, String> typed, String name) {
        return typed.getOrDefault(name, "").strip();
    }

    /** As it was on the reader's clock; the field knows minutes only. */
    private static Optional<Instant> time(String typed) {
        try {
            return Optional.of(LocalDateTime.parse(typed).atZone(Moments.zone()).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Said.Outcome> outcome(String typed) {
        try {
            return Optional.of(Said.Outcome.valueOf(typed.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * What was typed stays when it came too late.
     *
     * @param field that the error is shown at
     */
    private ModelAndView command(
            UUID id, Map<String, String> typed, String done, String field, Runnable command) {
        try {
            command.run();
            return new ModelAndView("redirect:/notices/" + id + "?done=" + done);
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return show(id, Form.of(typed).wrong(field, texts.error(e)), e.status());
        }
    }
}
