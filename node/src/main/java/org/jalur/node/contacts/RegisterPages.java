package org.jalur.node.contacts;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.contacts.Entry;
import org.jalur.contacts.InvalidEntryException;
import org.jalur.contacts.Standing;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ErasureGround;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The own register: everybody reads it, the admin keeps it, owners confirm what is theirs. */
@PageController
class RegisterPages {
    private static final String HERE = "/register";

    private final Frame frame;
    private final Texts texts;
    private final OwnRegister own;
    private final RegisterMessages messages;
    private final RegisterViews views;
    private final Register parties;
    private final Accounts accounts;
    private final Clock clock;

    RegisterPages(
            Frame frame,
            Texts texts,
            OwnRegister own,
            RegisterMessages messages,
            RegisterViews views,
            Register parties,
            Accounts accounts,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.own = own;
        this.messages = messages;
        this.views = views;
        this.parties = parties;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param others parties whose registers can be read
     * @param kept how fresh it is kept with each of them
     * @param dueAt when what changed is sent by itself; empty if the others know everything
     */
    record RegisterPage(
            List<RegisterViews.Line> entries,
            List<String> kinds,
            List<Form.Option> others,
            List<RegisterViews.Kept> kept,
            Optional<Instant> dueAt,
            boolean admin,
            boolean mayConfirm,
            String done) {
        public boolean has(String kind) {
            return !of(kind).isEmpty();
        }

        public List<RegisterViews.Line> of(String kind) {
            return entries.stream().filter(one -> one.kind().equals(kind)).toList();
        }
    }

    @GetMapping(HERE)
    ModelAndView all(@RequestParam(defaultValue = "") String done) {
        Caller caller = Caller.current();
        return frame.show(
                "contacts/register",
                new RegisterPage(
                        views.own(own.all(), caller.pseudonym()),
                        kinds(),
                        parties.peers().stream()
                                .map(peer -> new Form.Option(peer.id(), peer.name()))
                                .toList(),
                        views.kept(),
                        messages.dueAt(),
                        isAdmin(caller),
                        caller.role() != Role.AUDITOR,
                        done.isEmpty() ? "" : texts.name("register-done", done)));
    }

    private static List<String> kinds() {
        return Arrays.stream(Entry.Kind.values()).map(Entry.Kind::wire).toList();
    }

    private static boolean isAdmin(Caller caller) {
        return caller.role() == Role.ADMIN;
    }

    /** Does not wait until the register has been quiet. */
    @PostMapping(HERE + "/sending")
    String send() {
        messages.send();
        return "redirect:" + HERE + "?done=sent";
    }

    /**
     * @param id of an entry that is there; empty for a new one
     * @param history newest first; empty for a new one
     */
    record EntryPage(
            String id,
            String kind,
            String title,
            Form form,
            Map<String, List<Form.Option>> options,
            List<String> days,
            List<OwnRegister.Change> history,
            boolean erasable) {}

    @GetMapping(HERE + "/entries/new")
    ModelAndView blank(@RequestParam(defaultValue = "contact") String kind) {
        Map<String, String> usual = new HashMap<>();
        usual.put("owner", Caller.current().pseudonym());
        usual.put("validUntil", today().plusYears(1).toString());
        usual.put("zone", "Asia/Jakarta");
        EntryForm.DAYS.stream().limit(5).forEach(day -> usual.put(day, "08:00-16:00"));
        return form(Optional.empty(), kind(kind), Form.of(usual), HttpStatus.OK);
    }

    private static Entry.Kind kind(String wire) {
        return Arrays.stream(Entry.Kind.values())
                .filter(one -> one.wire().equals(wire))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-entry-kind",
                                "A register has no entries of kind \"%s\".".formatted(wire),
                                wire));
    }

    private ModelAndView form(
            Optional<Entry> entry, Entry.Kind kind, Form form, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "contacts/entry",
                        new EntryPage(
                                entry.map(one -> one.id().toString()).orElse(""),
                                kind.wire(),
                                entry.map(Entry::title).orElse(""),
                                form,
                                options(entry.map(Entry::id)),
                                EntryForm.DAYS,
                                entry.map(own::history).orElse(List.of()),
                                kind == Entry.Kind.CONTACT || kind == Entry.Kind.REPRESENTATIVE));
        page.setStatus(status);
        return page;
    }

    private Map<String, List<Form.Option>> options(Optional<UUID> self) {
        List<Entry> register = own.all();
        List<Accounts.Account> people =
                accounts.all().stream().filter(one -> one.disabledAt().isEmpty()).toList();
        return Map.of(
                "belongsTo",
                entries(register, Entry.Kind.ORGANISATION),
                "deputy",
                entries(register, Entry.Kind.CONTACT).stream()
                        .filter(one ->
                                self.filter(id -> id.toString().equals(one.value())).isEmpty())
                        .toList(),
                "owner",
                people.stream().map(one -> new Form.Option(one.pseudonym(), one.name())).toList(),
                "contactAccount",
                people.stream()
                        .map(one -> new Form.Option(one.id().toString(), one.name()))
                        .toList(),
                "eraseGround",
                Arrays.stream(ErasureGround.values())
                        .map(one ->
                                new Form.Option(
                                        one.name().toLowerCase(Locale.ROOT),
                                        texts.name("erasure-ground", one)))
                        .toList());
    }

    private static List<Form.Option> entries(List<Entry> register, Entry.Kind kind) {
        return register.stream()
                .filter(one -> one.kind() == kind)
                .map(one -> new Form.Option(one.id().toString(), one.title()))
                .toList();
    }

    @PostMapping(HERE + "/entries")
    ModelAndView add(@RequestParam Map<String, String> typed) {
        return save(Optional.empty(), kind(typed.getOrDefault("kind", "")), typed);
    }

    @GetMapping(HERE + "/entries/{id}")
    ModelAndView one(@PathVariable UUID id) {
        Entry entry = own.one(id);
        Map<String, String> typed = EntryForm.typed(entry);
        typed.put("contactAccount", own.account(id).map(UUID::toString).orElse(""));
        return form(Optional.of(entry), entry.kind(), Form.of(typed), HttpStatus.OK);
    }

    @PostMapping(HERE + "/entries/{id}")
    ModelAndView change(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        Entry entry = own.one(id);
        return save(Optional.of(entry), entry.kind(), typed);
    }

    private ModelAndView save(Optional<Entry> known, Entry.Kind kind, Map<String, String> typed) {
        Caller admin = Caller.current();
        var read = new EntryForm(typed, this::countryOf);
        Optional<LocalDate> validUntil = read.validUntil(today());
        Form form = Form.of(typed);
        Optional<Accounts.Account> owner =
                accounts.all().stream()
                        .filter(one -> one.pseudonym().equals(typed.get("owner")))
                        .findFirst();
        if (owner.isEmpty()) {
            form = form.wrong("owner", texts.say("register.owner.wrong"));
        }
        Optional<UUID> account =
                accounts.all().stream()
                        .map(Accounts.Account::id)
                        .filter(id -> id.toString().equals(typed.get("contactAccount")))
                        .findFirst();
        Optional<Entry> entry =
                read.entry(
                        known.map(Entry::id).orElseGet(UUID::randomUUID),
                        kind,
                        new Standing(
                                owner.map(Accounts.Account::pseudonym).orElse("?"),
                                validUntil.orElse(today()),
                                confirmedAt(known, owner, admin)));
        for (InvalidEntryException wrong : read.wrong().values()) {
            form = form.wrong(wrong.field(), texts.error(wrong));
        }
        if (entry.isPresent() && !form.isWrong()) {
            try {
                own.save(entry.get(), account, admin);
                return new ModelAndView("redirect:" + HERE + "?done=saved");
            } catch (InvalidEntryException e) {
                form = form.wrong(e.field(), texts.error(e));
            }
        }
        return form(known, kind, form, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** What is new is confirmed; a change by anybody but the owner is not. */
    private Instant confirmedAt(
            Optional<Entry> known, Optional<Accounts.Account> owner, Caller admin) {
        boolean isOwner = owner.filter(one -> one.id().equals(admin.account())).isPresent();
        return known.filter(_ -> !isOwner)
                .map(one -> one.standing().confirmedAt())
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private String countryOf(UUID organisation) {
        return own.all().stream()
                .filter(one -> one.id().equals(organisation))
                .filter(Entry.Organisation.class::isInstance)
                .map(one -> ((Entry.Organisation) one).country())
                .findFirst()
                .orElse("");
    }

    @PostMapping(HERE + "/entries/{id}/confirmation")
    String confirm(@PathVariable UUID id) {
        own.confirm(id, Caller.current());
        return "redirect:" + HERE + "?done=confirmed";
    }

    @PostMapping(HERE + "/entries/{id}/removal")
    ModelAndView remove(@PathVariable UUID id) {
        return command(id, "removed", () -> own.remove(id, Caller.current()));
    }

    @PostMapping(HERE + "/entries/{id}/erasure")
    ModelAndView erase(@PathVariable UUID id, @RequestParam(defaultValue = "") String eraseGround) {
        Entry entry = own.one(id);
        if (entry.kind() != Entry.Kind.CONTACT && entry.kind() != Entry.Kind.REPRESENTATIVE) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "not-personal",
                    "Only contacts and representatives are erased; remove other entries.");
        }
        Optional<ErasureGround> chosen =
                Arrays.stream(ErasureGround.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(eraseGround))
                        .findFirst();
        if (chosen.isEmpty()) {
            return form(
                    Optional.of(entry),
                    entry.kind(),
                    Form.of(EntryForm.typed(entry)).wrong("eraseGround", texts.say("rule.missing")),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return command(id, "erased", () -> messages.erase(id, chosen.get(), Caller.current()));
    }

    private ModelAndView command(UUID id, String done, Runnable command) {
        try {
            command.run();
            return new ModelAndView("redirect:" + HERE + "?done=" + done);
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            Entry entry = own.one(id);
            return form(
                    Optional.of(entry),
                    entry.kind(),
                    Form.of(EntryForm.typed(entry)).wrong("removal", texts.error(e)),
                    e.status());
        }
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }
}
