package org.jalur.node.contacts;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.contacts.Emergencies.Emergency;
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

/** The authority says whether it was called back about its emergency. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NoticeCallBackPages {
    private final Frame frame;
    private final Texts texts;
    private final CallBacks callBacks;

    NoticeCallBackPages(Frame frame, Texts texts, CallBacks callBacks) {
        this.frame = frame;
        this.texts = texts;
        this.callBacks = callBacks;
    }

    /**
     * @param back path of the notice
     * @param mayAnswer whether this person may
     */
    record AnswerPage(
            Emergency emergency,
            String back,
            List<CallBacks.View> calls,
            Form form,
            boolean mayAnswer) {}

    @GetMapping("/notices/{id}/call-backs")
    ModelAndView calls(@PathVariable UUID id) {
        return show(id, Form.EMPTY, HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        Emergency emergency = callBacks.emergency(id);
        ModelAndView page =
                frame.show(
                        "contacts/call-back-answers",
                        new AnswerPage(
                                emergency,
                                "/notices/" + id,
                                callBacks.of(emergency),
                                form,
                                Caller.current().role() != Role.AUDITOR));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/notices/{id}/call-backs/{no}")
    ModelAndView answer(
            @PathVariable UUID id, @PathVariable long no, @RequestParam Map<String, String> typed) {
        String took = typed.getOrDefault("took", "");
        if (!took.equals("yes") && !took.equals("no")) {
            return show(
                    id,
                    Form.EMPTY.wrong("calls", texts.say("rule.missing")),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            callBacks.answer(id, no, took.equals("yes"), Caller.current());
            return new ModelAndView("redirect:/notices/" + id + "/call-backs");
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show(id, Form.EMPTY.wrong("calls", texts.error(e)), e.status());
        }
    }
}
