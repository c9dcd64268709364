package org.jalur.node.contacts;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.contacts.CallBack;
import org.jalur.contacts.InvalidEntryException;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.contacts.Emergencies.Emergency;
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

/** A reviewer calls an organisation back about its emergency, and records it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseCallBackPages {
    private final Frame frame;
    private final Texts texts;
    private final CallBacks callBacks;
    private final Clock clock;

    CaseCallBackPages(Frame frame, Texts texts, CallBacks callBacks, Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.callBacks = callBacks;
        this.clock = clock;
    }

    /**
     * @param back path of the case
     * @param numbers that may be called
     * @param open whether a call can be recorded
     */
    record CallPage(
            Emergency emergency,
            String back,
            List<CallBacks.View> calls,
            List<CallBacks.Registered> numbers,
            Form form,
            Map<String, List<Form.Option>> options,
            boolean open) {}

    @GetMapping("/cases/{id}/call-backs")
    ModelAndView calls(@PathVariable UUID id) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), Moments.zone());
        return show(
                id,
                Form.of(
                        Map.of(
                                "callDay", now.toLocalDate().toString(),
                                "callTime",
                                        now.toLocalTime()
                                                .truncatedTo(ChronoUnit.MINUTES)
                                                .toString())),
                HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        Emergency emergency = callBacks.emergency(id);
        List<CallBacks.Registered> numbers = callBacks.numbers(emergency);
        Role role = Caller.current().role();
        ModelAndView page =
                frame.show(
                        "contacts/call-backs",
                        new CallPage(
                                emergency,
                                "/cases/" + id,
                                callBacks.of(emergency),
                                numbers,
                                form,
                                options(numbers),
                                !emergency.state().equals("confirmed")
                                        && (role == Role.REVIEWER
                                                || role == Role.SENIOR_REVIEWER)));
        page.setStatus(status);
        return page;
    }

    private Map<String, List<Form.Option>> options(List<CallBacks.Registered> numbers) {
        return Map.of(
                "callNumber",
                numbers.stream()
                        .map(one ->
                                new Form.Option(
                                        one.value(), one.title() + " · " + one.phone().text()))
                        .toList(),
                "callOutcome",
                Arrays.stream(CallBack.Outcome.values())
                        .map(one -> new Form.Option(one.wire(), texts.name("call-outcome", one)))
                        .toList());
    }

    @PostMapping("/cases/{id}/call-backs")
    ModelAndView record(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        Optional<Instant> at = at(typed);
        if (at.isEmpty()) {
            form = form.wrong("callDay", texts.say("call.at.wrong"));
        }
        Optional<CallBack.Outcome> outcome =
                Arrays.stream(CallBack.Outcome.values())
                        .filter(one -> one.wire().equals(typed.get("callOutcome")))
                        .findFirst();
        if (outcome.isEmpty()) {
            form = form.wrong("callOutcome", texts.say("rule.missing"));
        }
        String spokeWith = typed.getOrDefault("spokeWith", "").strip();
        if (spokeWith.isEmpty() && outcome.equals(Optional.of(CallBack.Outcome.NOT_REACHED))) {
            spokeWith = "–";
        }
        if (form.isWrong()) {
            return show(id, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            callBacks.record(
                    id,
                    new CallBacks.Call(
                            typed.getOrDefault("callNumber", ""),
                            spokeWith,
                            at.orElseThrow(),
                            outcome.orElseThrow()),
                    Caller.current());
            return new ModelAndView("redirect:/cases/" + id + "/call-backs");
        } catch (InvalidEntryException e) {
            return show(
                    id,
                    form.wrong(
                            e.field(),
                            switch (e.field()) {
                                case "callNumber" -> texts.say("call.number.wrong");
                                case "callDay" -> texts.say("call.at.wrong");
                                default -> texts.error(e);
                            }),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show(id, form.wrong("callNumber", texts.error(e)), e.status());
        }
    }

    /** In the reader's zone. */
    private static Optional<Instant> at(Map<String, String> typed) {
        try {
            return Optional.of(
                    LocalDate.parse(typed.getOrDefault("callDay", "").strip())
                            .atTime(
                                    LocalTime.parse(
                                            typed.getOrDefault("callTime", "")
                                                    .strip()
                                                    .replace('.', ':')))
                            .atZone(Moments.zone())
                            .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
