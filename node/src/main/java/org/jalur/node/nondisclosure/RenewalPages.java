package org.jalur.node.nondisclosure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Renewing the non-disclosure of a notice: asking, approving, discarding. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class RenewalPages {
    private final Frame frame;
    private final Texts texts;
    private final NonDisclosures views;
    private final Renewals renewals;
    private final SignOffs signOffs;

    RenewalPages(
            Frame frame, Texts texts, NonDisclosures views, Renewals renewals, SignOffs signOffs) {
        this.frame = frame;
        this.texts = texts;
        this.views = views;
        this.renewals = renewals;
        this.signOffs = signOffs;
    }

    /**
     * @param own whether this person asked for the one that waits
     * @param signOff whether an approver signs it on a machine of their own
     */
    record RenewalPage(
            UUID notice,
            NonDisclosures.View view,
            Form form,
            boolean mayAsk,
            boolean mayApprove,
            boolean mayDiscard,
            boolean own,
            boolean signOff) {}

    @GetMapping("/notices/{id}/renewal")
    ModelAndView one(@PathVariable UUID id) {
        return show(id, Form.EMPTY, HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        Caller caller = Caller.current();
        NonDisclosures.View view =
                views.ofNotice(id)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "no-non-disclosure",
                                        "Notice %s has no non-disclosure to renew.".formatted(id)));
        boolean officer = caller.role() == Role.OFFICER;
        boolean waits = view.waiting().isPresent();
        boolean own =
                view.waiting()
                        .flatMap(NonDisclosures.Renewal::askedBy)
                        .filter(caller.account()::equals)
                        .isPresent();
        ModelAndView page =
                frame.show(
                        "notices/renewal",
                        new RenewalPage(
                                id,
                                view,
                                form,
                                officer && view.renewableUntil().isPresent(),
                                caller.role() == Role.APPROVER && waits && !own,
                                officer && waits,
                                own,
                                signOffs.areNeeded()));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/notices/{id}/renewal")
    ModelAndView ask(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id,
                typed,
                "asked-renewal",
                () ->
                        renewals.ask(
                                id,
                                new RenewalForm(
                                        until(value(typed, "renewUntil")),
                                        value(typed, "renewReason")),
                                Caller.current()));
    }

    @PostMapping("/notices/{id}/renewal/approval")
    ModelAndView approve(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id,
                typed,
                "approved-renewal",
                () ->
                        renewals.approve(
                                id,
                                renewal(typed),
                                Optional.of(RenewalController.digest(value(typed, "root"))),
                                Optional.ofNullable(typed.get("signOff")),
                                Caller.current()));
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @GetMapping("/notices/{id}/renewal/draft-file")
    ResponseEntity<byte[]> file(@PathVariable UUID id) {
        return ServedFile.of(
                "renewal-%s.draft".formatted(id),
                "application/octet-stream",
                renewals.file(id).octets());
    }

    @PostMapping("/notices/{id}/renewal/removal")
    ModelAndView discard(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(id, typed, "discarded-renewal", () -> renewals.discard(id, renewal(typed)));
    }

    private static UUID renewal(Map<String, String> typed) {
        try {
            return UUID.fromString(value(typed, "renewal"));
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "no-renewal-waits",
                    "The form names no renewal; open the page again.");
        }
    }

    private static String value(Map<String, String> typed, String name) {
        return typed.getOrDefault(name, "").strip();
    }

    /** The last moment of that day, where the officer is. */
    private static Instant until(String typed) {
        if (typed.isEmpty()) {
            throw new InvalidNoticeException("until", Rule.MISSING);
        }
        try {
            return LocalDate.parse(typed)
                    .atTime(LocalTime.MAX.withNano(0))
                    .atZone(Moments.zone())
                    .toInstant();
        } catch (DateTimeException _) {
            throw new InvalidNoticeException("until", Rule.DATE, typed);
        }
    }

    /** What was typed stays when it was wrong, or came too late. */
    private ModelAndView command(
            UUID id, Map<String, String> typed, String done, Runnable command) {
        Form form = Form.of(typed);
        try {
            command.run();
            return new ModelAndView("redirect:/notices/" + id + "?done=" + done);
        } catch (InvalidNoticeException e) {
            String field = e.field().equals("until") ? "renewUntil" : "renewReason";
            return show(id, form.wrong(field, texts.error(e)), HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (BrokenRenewalException e) {
            return show(
                    id,
                    form.wrong("renewUntil", texts.error(e.breach())),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            if (e.type().equals("sign-off-needed")) {
                return show(id, form.wrong("signOff", texts.error(e)), e.status());
            }
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show(id, form.wrong("renewUntil", texts.error(e)), e.status());
        }
    }
}
