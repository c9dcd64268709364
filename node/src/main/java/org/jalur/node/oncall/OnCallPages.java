package org.jalur.node.oncall;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.oncall.Rotation.StandIn;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who is on call in each role, and whose turn comes when. */
@PageController
class OnCallPages {
    private static final String HERE = "/on-call";
    private static final int PLACES = 8;
    private static final int WEEKS = 4;

    private final Frame frame;
    private final Texts texts;
    private final OnCall onCall;
    private final Accounts accounts;
    private final Register register;
    private final Clock clock;

    OnCallPages(
            Frame frame,
            Texts texts,
            OnCall onCall,
            Accounts accounts,
            Register register,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.onCall = onCall;
        this.accounts = accounts;
        this.register = register;
        this.clock = clock;
    }

    /**
     * @param maySet whether this person sets rotations and stand-ins
     */
    record OnCallPage(
            Form form,
            List<RoleRow> roles,
            boolean maySet,
            String zone,
            List<Form.Option> zones,
            List<Form.Option> days,
            String done) {}

    /**
     * @param duty now; empty where the whole role is told
     * @param next weeks to come, as they are planned
     * @param people who can take a turn
     * @param places whose turn follows whose; ids, empty for none
     * @param mayHandOver whether this person may give the rest of the turn away
     */
    record RoleRow(
            String role,
            String name,
            Optional<DutyRow> duty,
            List<DutyRow> next,
            List<StandInRow> standIns,
            List<Form.Option> people,
            List<String> places,
            String day,
            String time,
            String starts,
            String zone,
            boolean mayHandOver) {}

    record DutyRow(String person, Optional<String> deputy, Instant until, boolean standsIn) {}

    record StandInRow(long id, String person, Instant from, Instant until) {}

    @GetMapping(HERE)
    ModelAndView all(@RequestParam(defaultValue = "") String done) {
        return show(Form.EMPTY, done);
    }

    private ModelAndView show(Form form, String done) {
        Caller caller = Caller.current();
        ModelAndView page =
                frame.show(
                        "notifications/on-call",
                        new OnCallPage(
                                form,
                                roles().map(role -> row(role, caller)).toList(),
                                maySet(caller),
                                Moments.zone().getId(),
                                Moments.ZONES.stream()
                                        .map(zone -> new Form.Option(zone, zone.replace('_', ' ')))
                                        .toList(),
                                Arrays.stream(DayOfWeek.values())
                                        .map(day ->
                                                new Form.Option(
                                                        Integer.toString(day.getValue()),
                                                        texts.name("weekday", day)))
                                        .toList(),
                                done.isEmpty() ? "" : texts.name("on-call-done", done)));
        page.setStatus(form.isWrong() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }

    private Stream<Role> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role.exists(register.isAuthority()))
                .filter(role ->
                        switch (role) {
                            case OFFICER, APPROVER, REVIEWER, SENIOR_REVIEWER -> true;
                            case SIGNATORY, ADMIN, AUDITOR, CONNECTOR, RESOLVER -> false;
                        });
    }

    private static boolean maySet(Caller caller) {
        return caller.role() == Role.ADMIN || caller.role() == Role.SENIOR_REVIEWER;
    }

    private Map<String, String> people(Role role) {
        var people = new LinkedHashMap<String, String>();
        accounts.all().stream()
                .filter(one -> one.role().equals(role.wire()) && one.disabledAt().isEmpty())
                .forEach(one -> people.put(one.id().toString(), one.name()));
        return people;
    }

    private RoleRow row(Role role, Caller caller) {
        Map<String, String> people = people(role);
        Function<UUID, String> name = id -> people.getOrDefault(id.toString(), "?");
        Instant now = clock.instant();
        Optional<Rotation> rotation = onCall.rotation(role);
        Optional<Rotation.Duty> duty = onCall.duty(role, now);
        List<UUID> members = rotation.map(Rotation::members).orElse(List.of());
        return new RoleRow(
                role.wire(),
                texts.name("role", role.wire()),
                duty.map(one -> row(one, name)),
                rotation.map(one -> next(role, one, now, name)).orElse(List.of()),
                onCall.upcoming(role, now).stream()
                        .map(one ->
                                new StandInRow(
                                        one.id(),
                                        name.apply(one.standIn().account()),
                                        one.standIn().from(),
                                        one.standIn().until()))
                        .toList(),
                people.entrySet().stream()
                        .map(one -> new Form.Option(one.getKey(), one.getValue()))
                        .toList(),
                IntStream.range(0, PLACES)
                        .mapToObj(i -> i < members.size() ? members.get(i).toString() : "")
                        .toList(),
                Integer.toString(rotation.map(one -> one.day().getValue()).orElse(1)),
                rotation.map(one -> one.time().toString()).orElse("09:00"),
                rotation.map(Rotation::starts)
                        .orElseGet(() -> now.atZone(Moments.zone()).toLocalDate())
                        .toString(),
                rotation.map(one -> one.zone().getId()).orElse(Moments.zone().getId()),
                maySet(caller) || isOnDuty(duty, caller));
    }

    private static boolean isOnDuty(Optional<Rotation.Duty> duty, Caller caller) {
        return duty.filter(one -> one.person().equals(caller.account())).isPresent();
    }

    private static DutyRow row(Rotation.Duty duty, Function<UUID, String> name) {
        return new DutyRow(
                name.apply(duty.person()), duty.deputy().map(name), duty.until(), duty.standsIn());
    }

    /** Each turn from the next handover on, stand-ins that are known included. */
    private List<DutyRow> next(
            Role role, Rotation rotation, Instant now, Function<UUID, String> name) {
        Instant at = now;
        var next = new ArrayList<DutyRow>();
        for (int i = 0; i < WEEKS && !rotation.members().isEmpty(); i++) {
            at = rotation.handover(at);
            onCall.duty(role, at).map(duty -> row(duty, name)).ifPresent(next::add);
        }
        return next;
    }

    /** Sets whose turn follows whose; no people at all ends the rotation. */
    @PostMapping(HERE)
    ModelAndView set(
            @RequestParam String role,
            @RequestParam(required = false) List<String> member,
            @RequestParam Map<String, String> typed) {
        Role of = role(role);
        Map<String, String> people = people(of);
        List<String> chosen =
                (member == null ? List.<String>of() : member)
                        .stream().filter(one -> !one.isEmpty()).toList();
        Form form = Form.EMPTY;
        if (!people.keySet().containsAll(chosen)) {
            form = form.wrong("member-" + role, texts.say("on-call.member.wrong"));
        } else if (chosen.size() > PLACES || chosen.stream().distinct().count() < chosen.size()) {
            form = form.wrong("member-" + role, texts.say("on-call.member.twice"));
        }
        Optional<Rotation> rotation = rotation(typed, chosen, form);
        if (rotation.isEmpty() && !form.isWrong()) {
            form = form.wrong("starts-" + role, texts.say("on-call.start.wrong"));
        }
        if (form.isWrong()) {
            return show(form, "");
        }
        onCall.set(of, rotation.orElseThrow(), Caller.current());
        return new ModelAndView("redirect:" + HERE + "?done=set");
    }

    private static Optional<Rotation> rotation(
            Map<String, String> typed, List<String> members, Form form) {
        String zone = typed.getOrDefault("zone", "");
        if (form.isWrong() || !Moments.ZONES.contains(zone)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Rotation(
                            ZoneId.of(zone),
                            DayOfWeek.of(Integer.parseInt(typed.getOrDefault("day", ""))),
                            LocalTime.parse(typed.getOrDefault("time", "")),
                            LocalDate.parse(typed.getOrDefault("starts", "")),
                            members.stream().map(UUID::fromString).toList()));
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Somebody else from one moment to another, in the zone of whoever enters it. */
    @PostMapping(HERE + "/stand-ins")
    ModelAndView standIn(@RequestParam String role, @RequestParam Map<String, String> typed) {
        Role of = role(role);
        Optional<UUID> person = person(of, typed.getOrDefault("person", ""));
        Optional<Instant> from = moment(typed.getOrDefault("from", ""));
        Optional<Instant> until = moment(typed.getOrDefault("until", ""));
        Form form = Form.EMPTY;
        if (person.isEmpty()) {
            form = form.wrong("person-" + role, texts.say("on-call.member.wrong"));
        }
        if (from.isEmpty() || until.isEmpty() || !from.get().isBefore(until.get())) {
            form = form.wrong("from-" + role, texts.say("on-call.span.wrong"));
        } else if (!until.get().isAfter(clock.instant())) {
            form = form.wrong("until-" + role, texts.say("on-call.span.over"));
        }
        if (form.isWrong()) {
            return show(form, "");
        }
        onCall.standIn(
                of,
                new StandIn(person.orElseThrow(), from.orElseThrow(), until.orElseThrow()),
                Caller.current());
        return new ModelAndView("redirect:" + HERE + "?done=stand-in");
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(Moments.zone()).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Optional<UUID> person(Role role, String id) {
        return Optional.of(id).filter(people(role)::containsKey).map(UUID::fromString);
    }

    @PostMapping(HERE + "/stand-ins/{no}/end")
    String end(@PathVariable long no, @RequestParam String role) {
        onCall.end(role(role), no);
        return "redirect:" + HERE + "?done=ended";
    }

    /** The rest of the present turn goes to somebody else, at once. */
    @PostMapping(HERE + "/handover")
    ModelAndView handOver(@RequestParam String role, @RequestParam Map<String, String> typed) {
        Role of = role(role);
        Caller caller = Caller.current();
        Instant now = clock.instant();
        Optional<Rotation.Duty> duty = onCall.duty(of, now);
        if (!maySet(caller) && !isOnDuty(duty, caller)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "not-on-call",
                    "Only the person on call hands over, or whoever sets the rotation.");
        }
        Optional<UUID> person = person(of, typed.getOrDefault("person", ""));
        if (person.isEmpty() || duty.isEmpty()) {
            return show(
                    Form.EMPTY.wrong("handover-" + role, texts.say("on-call.member.wrong")), "");
        }
        onCall.standIn(of, new StandIn(person.get(), now, duty.get().until()), caller);
        return new ModelAndView("redirect:" + HERE + "?done=handed-over");
    }

    private Role role(String wire) {
        return roles().filter(role -> role.wire().equals(wire))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.BAD_REQUEST,
                                "unknown-role",
                                "The role is \"%s\"; nobody of it can be on call."
                                        .formatted(wire)));
    }
}
