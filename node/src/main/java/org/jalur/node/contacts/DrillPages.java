package org.jalur.node.contacts;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Drills: planned by the admin, answered by whoever is asked, with their results. */
@PageController
class DrillPages {
    private static final String HERE = "/drills";
    private static final int MOST_DAYS = 730;
    private static final int MOST_HOURS = 168;

    private final Frame frame;
    private final Texts texts;
    private final Channels channels;
    private final Register parties;
    private final AgreedRules rules;
    private final Drills drills;
    private final DrillViews views;
    private final Clock clock;

    DrillPages(
            Frame frame,
            Texts texts,
            Channels channels,
            Register parties,
            AgreedRules rules,
            Drills drills,
            DrillViews views,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.channels = channels;
        this.parties = parties;
        this.rules = rules;
        this.drills = drills;
        this.views = views;
        this.clock = clock;
    }

    /** A drill to come, with the name of the other side. */
    record Planned(Drills.Schedule schedule, String party) {}

    record DrillsPage(
            List<DrillViews.Summary> drills,
            List<Planned> planned,
            List<Form.Option> others,
            Form form,
            boolean admin,
            String done) {}

    @GetMapping(HERE)
    ModelAndView all(@RequestParam(defaultValue = "") String done) {
        return show(usual(), done.isEmpty() ? "" : texts.name("drill-done", done), HttpStatus.OK);
    }

    private Form usual() {
        return Form.of(
                Map.of(
                        "drillParty",
                        channels.all().size() == 1 ? channels.all().getFirst().peer().value() : "",
                        "everyDays",
                        channels.all().stream()
                                .findFirst()
                                .map(one -> rules.terms(one.peer()).drill())
                                .map(one -> Long.toString(LocalDate.EPOCH.plus(one).toEpochDay()))
                                .orElse(""),
                        "answerHours",
                        "24"));
    }

    private ModelAndView show(Form form, String done, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "contacts/drills",
                        new DrillsPage(
                                views.all(),
                                drills.schedules().stream()
                                        .map(one -> new Planned(one, name(one.channel())))
                                        .toList(),
                                channels.all().stream()
                                        .map(one -> new Form.Option(one.peer().value(), name(one)))
                                        .toList(),
                                form,
                                Caller.current().role() == Role.ADMIN,
                                done));
        page.setStatus(status);
        return page;
    }

    private String name(Channel channel) {
        return parties.peer(channel.peer()).map(one -> one.name()).orElse(channel.peer().value());
    }

    /** Without day and time it begins at once; without days it is the only one. */
    @PostMapping(HERE)
    ModelAndView plan(@RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        Optional<Channel> channel =
                channels.all().stream()
                        .filter(one -> one.peer().value().equals(typed.get("drillParty")))
                        .findFirst();
        if (channel.isEmpty()) {
            form = form.wrong("drillParty", texts.say("rule.missing"));
        }
        Optional<Instant> at = at(typed);
        if (at.isEmpty()) {
            form = form.wrong("drillDay", texts.say("drill.at.wrong"));
        }
        Optional<Integer> days = number(typed.getOrDefault("everyDays", ""), 0, MOST_DAYS);
        if (days.isEmpty()) {
            form = form.wrong("everyDays", texts.say("drill.number.wrong", 1, MOST_DAYS));
        }
        Optional<Integer> hours = number(typed.getOrDefault("answerHours", ""), 1, MOST_HOURS);
        if (hours.isEmpty()) {
            form = form.wrong("answerHours", texts.say("drill.number.wrong", 1, MOST_HOURS));
        }
        if (form.isWrong()) {
            return show(form, "", HttpStatus.UNPROCESSABLE_CONTENT);
        }
        drills.schedule(
                channel.orElseThrow(), at.orElseThrow(), days.orElseThrow(), hours.orElseThrow());
        return new ModelAndView("redirect:" + HERE + "?done=planned");
    }

    /** In the reader's zone; empty if it is none, or past. */
    private Optional<Instant> at(Map<String, String> typed) {
        String day = typed.getOrDefault("drillDay", "").strip();
        String time = typed.getOrDefault("drillTime", "").strip();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (day.isEmpty() && time.isEmpty()) {
            return Optional.of(now);
        }
        try {
            return Optional.of(
                            LocalDate.parse(day)
                                    .atTime(LocalTime.parse(time.replace('.', ':')))
                                    .atZone(Moments.zone())
                                    .toInstant())
                    .filter(one -> !one.isBefore(now));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Nothing counts as 0. */
    private static Optional<Integer> number(String text, int least, int most) {
        String digits = text.isBlank() ? "0" : text.strip();
        return digits.matches("[0-9]{1,5}")
                ? Optional.of(Integer.valueOf(digits)).filter(one -> one >= least && one <= most)
                : Optional.empty();
    }

    @PostMapping(HERE + "/schedules/{id}/removal")
    String unplan(@PathVariable UUID id) {
        drills.unschedule(id);
        return "redirect:" + HERE + "?done=unplanned";
    }

    record DrillPage(DrillViews.Summary drill, List<DrillViews.Line> lines, String done) {}

    @GetMapping(HERE + "/{no}")
    ModelAndView one(@PathVariable long no, @RequestParam(defaultValue = "") String done) {
        DrillViews.Summary drill = views.one(no);
        return frame.show(
                "contacts/drill",
                new DrillPage(
                        drill,
                        views.lines(drill, Caller.current()),
                        done.isEmpty() ? "" : texts.name("drill-done", done)));
    }

    @PostMapping(HERE + "/{no}/answers")
    String answer(@PathVariable long no, @RequestParam(defaultValue = "") String contact) {
        drills.answer(no, id(contact), Caller.current());
        return "redirect:" + HERE + "/" + no + "?done=answered";
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return new UUID(0, 0);
        }
    }
}
