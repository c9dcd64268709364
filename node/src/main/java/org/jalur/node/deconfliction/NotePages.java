package org.jalur.node.deconfliction;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoteText;
import org.jalur.notice.Rule;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Asking for a note, approving it, and ending it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NotePages {
    private final Frame frame;
    private final Texts texts;
    private final Channels channels;
    private final Register register;
    private final Agreements agreements;
    private final Accounts accounts;
    private final Notes notes;

    NotePages(
            Frame frame,
            Texts texts,
            Channels channels,
            Register register,
            Agreements agreements,
            Accounts accounts,
            Notes notes) {
        this.frame = frame;
        this.texts = texts;
        this.channels = channels;
        this.register = register;
        this.agreements = agreements;
        this.accounts = accounts;
        this.notes = notes;
    }

    record DraftPage(
            Form form,
            List<Form.Option> platforms,
            List<Form.Option> organisations,
            List<Form.Option> categories,
            List<Form.Option> targets) {}

    @GetMapping("/notes/new")
    ModelAndView blank() {
        return show(Form.of(Map.of("noteTarget", "address")), HttpStatus.OK);
    }

    private ModelAndView show(Form form, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "deconfliction/draft",
                        new DraftPage(
                                form,
                                platforms(),
                                accounts.organisations(Caller.current().account()).stream()
                                        .sorted()
                                        .map(one -> new Form.Option(one, one))
                                        .toList(),
                                categories(),
                                Arrays.stream(NoteText.Target.values())
                                        .map(one ->
                                                new Form.Option(
                                                        one.name().toLowerCase(Locale.ROOT),
                                                        texts.name("note-target", one)))
                                        .toList()));
        page.setStatus(status);
        return page;
    }

    private List<Form.Option> platforms() {
        return channels.all().stream()
                .map(Channel::peer)
                .map(peer ->
                        new Form.Option(
                                peer.value(),
                                register.peer(peer).map(one -> one.name()).orElse(peer.value())))
                .toList();
    }

    private List<Form.Option> categories() {
        Map<String, Form.Option> all = new TreeMap<>();
        channels.all().stream()
                .flatMap(channel -> agreements.with(channel.peer()).stream())
                .flatMap(signed -> signed.agreement().categories().stream())
                .forEach(one ->
                        all.put(
                                one.code(),
                                new Form.Option(
                                        one.code(), texts.category(one.code(), one.name()))));
        return List.copyOf(all.values());
    }

    @PostMapping("/notes")
    ModelAndView draft(@RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        try {
            notes.draft(
                    new NoteForm(
                            typed.getOrDefault("platform", ""),
                            typed.getOrDefault("organisation", ""),
                            typed.getOrDefault("category", ""),
                            target(typed.getOrDefault("noteTarget", "")),
                            typed.getOrDefault("noteValue", "").strip(),
                            typed.getOrDefault("noteReason", "").strip(),
                            until(typed.getOrDefault("noteUntil", "").strip())),
                    Caller.current());
            return new ModelAndView("redirect:/notes?done=drafted");
        } catch (InvalidNoticeException e) {
            return show(
                    form.wrong(field(e.field()), texts.error(e)), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (BrokenNoteException e) {
            return show(
                    form.wrong(
                            field(e.broken().field()),
                            texts.error(
                                    new ProblemException(
                                            HttpStatus.UNPROCESSABLE_CONTENT,
                                            e.broken().type(),
                                            e.broken().sentence(),
                                            e.broken().value()))),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            String field = e.type().equals("other-organisation") ? "organisation" : "platform";
            return show(form.wrong(field, texts.error(e)), e.status());
        }
    }

    private static NoteText.Target target(String typed) {
        return Arrays.stream(NoteText.Target.values())
                .filter(one -> one.name().equalsIgnoreCase(typed))
                .findFirst()
                .orElseThrow(() -> new InvalidNoticeException("target", Rule.MISSING));
    }

    /** The end of that day, where the officer is. */
    private static Instant until(String typed) {
        try {
            return LocalDate.parse(typed).plusDays(1).atStartOfDay(Moments.zone()).toInstant();
        } catch (DateTimeException _) {
            throw new InvalidNoticeException("until", Rule.DATE, typed);
        }
    }

    /** How the form calls what the rules are about. */
    private static String field(String field) {
        return switch (field) {
            case "target" -> "noteTarget";
            case "value" -> "noteValue";
            case "reason" -> "noteReason";
            case "until" -> "noteUntil";
            default -> field;
        };
    }

    @PostMapping("/notes/{id}/approval")
    String approve(@PathVariable UUID id) {
        try {
            notes.approve(id, Caller.current());
        } catch (BrokenNoteException e) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    e.broken().type(),
                    String.valueOf(e.getMessage()),
                    e.broken().value());
        }
        return "redirect:/notes?done=approved";
    }

    @PostMapping("/notes/{id}/removal")
    String discard(@PathVariable UUID id) {
        notes.discard(id);
        return "redirect:/notes?done=discarded";
    }

    @PostMapping("/notes/{id}/end")
    String end(@PathVariable UUID id) {
        notes.end(id, Caller.current());
        return "redirect:/notes?done=ended";
    }
}
