package org.jalur.node.escalation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.accounts.Caller;
import org.jalur.node.contacts.Phones;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** A ladder by itself, with the forms to approve, to stop and to record a call. */
@Component
class LadderForms {
    private final Frame frame;
    private final Texts texts;
    private final Steps steps;
    private final LadderPanels panels;

    LadderForms(Frame frame, Texts texts, Steps steps, LadderPanels panels) {
        this.frame = frame;
        this.texts = texts;
        this.steps = steps;
        this.panels = panels;
    }

    /**
     * @param path of the ladder's own page
     * @param back page of what it is about
     */
    record Place(Steps.Which which, String path, String back) {
        private String about() {
            return Ladders.wire(which.about());
        }
    }

    /**
     * @param backTo what the link back says
     */
    record LadderPage(
            String title, String back, String backTo, LadderPanels.Panel panel, Form form) {}

    ModelAndView show(Place place) {
        return show(place, panels.blank(panels.one(place)), HttpStatus.OK);
    }

    private ModelAndView show(Place place, Form form, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "escalation/ladder",
                        new LadderPage(
                                texts.name("ladder-title", place.about()),
                                place.back(),
                                texts.name("ladder-back", place.about()),
                                panels.one(place)
                                        .orElseThrow(() -> LadderViews.none(place.which().page())),
                                form));
        page.setStatus(status);
        return page;
    }

    ModelAndView approve(Place place, Map<String, String> typed) {
        return command(
                place,
                typed,
                "approved-step",
                "approveStep",
                () -> steps.approve(place.which(), value(typed, "approveStep"), Caller.current()));
    }

    ModelAndView stop(Place place, Map<String, String> typed) {
        Form form = Form.of(typed);
        String reason = value(typed, "stopReason");
        if (value(typed, "stopStep").isEmpty()) {
            form = form.wrong("stopStep", texts.say("ladder.wrong.step"));
        }
        if (reason.isEmpty() || reason.length() > Said.LONGEST) {
            form = form.wrong("stopReason", texts.say("ladder.wrong.reason", Said.LONGEST));
        }
        if (form.isWrong()) {
            return show(place, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return command(
                place,
                typed,
                "stopped-step",
                "stopStep",
                () ->
                        steps.stop(
                                place.which(), value(typed, "stopStep"), reason, Caller.current()));
    }

    ModelAndView call(Place place, Map<String, String> typed) {
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
            return show(place, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        var said =
                new Said.Call(
                        number.orElseThrow(),
                        at.orElseThrow(),
                        outcome.orElseThrow(),
                        Optional.of(remark).filter(one -> !one.isEmpty()));
        return command(
                place,
                typed,
                "called-step",
                "calledAt",
                () ->
                        steps.called(
                                place.which(), value(typed, "callStep"), said, Caller.current()));
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
            Place place, Map<String, String> typed, String done, String field, Runnable command) {
        try {
            command.run();
            return new ModelAndView("redirect:" + place.back() + "?done=" + done);
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return show(place, Form.of(typed).wrong(field, texts.error(e)), e.status());
        }
    }
}
