package org.jalur.node.erasure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What will be erased when, and what is held past that. */
@PageController
class RetentionPages {
    private static final int ROWS = 50;

    private final Frame frame;
    private final Texts texts;
    private final Subjects subjects;
    private final Retentions retentions;
    private final Holds holds;

    RetentionPages(
            Frame frame, Texts texts, Subjects subjects, Retentions retentions, Holds holds) {
        this.frame = frame;
        this.texts = texts;
        this.subjects = subjects;
        this.retentions = retentions;
        this.holds = holds;
    }

    /**
     * @param place where notices or cases are shown
     */
    record RetentionPage(String place, List<Retentions.Row> rows, String next, String first) {}

    @GetMapping("/retention")
    ModelAndView all(@RequestParam Optional<String> cursor) {
        List<Retentions.Row> rows =
                retentions.kept(
                        cursor.map(Cursor::parse).orElse(Cursor.before(Instant.EPOCH)), ROWS);
        return frame.show(
                "erasure/retention",
                new RetentionPage(
                        place(),
                        rows,
                        rows.size() < ROWS
                                ? ""
                                : "/retention?cursor="
                                        + new Cursor(rows.getLast().eraseAt(), rows.getLast().id())
                                                .text(),
                        cursor.isPresent() ? "/retention" : ""));
    }

    @GetMapping("/retention/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("retention.csv").build().toString());
        retentions.write(response.getOutputStream());
    }

    private String place() {
        return subjects.kind() == Subject.Kind.CASE ? "/cases/" : "/notices/";
    }

    /**
     * @param back path of the notice or case
     * @param rows what of it is kept until when; empty while it is not closed
     * @param held whether it is held now
     * @param mayHold whether this person places and ends holds
     */
    record HoldPage(
            String back,
            Form form,
            List<Retentions.Row> rows,
            List<Holds.Hold> holds,
            boolean held,
            boolean mayHold) {}

    @GetMapping({"/notices/{id}/hold", "/cases/{id}/hold"})
    ModelAndView one(@PathVariable UUID id) {
        subjects.known(id);
        return show(id, Form.EMPTY, HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        Role role = Caller.current().role();
        ModelAndView page =
                frame.show(
                        "erasure/hold",
                        new HoldPage(
                                place() + id,
                                form,
                                retentions.of(id),
                                holds.of(id),
                                holds.isHeld(id),
                                role == Role.APPROVER || role == Role.SENIOR_REVIEWER));
        page.setStatus(status);
        return page;
    }

    @PostMapping({"/notices/{id}/hold", "/cases/{id}/hold"})
    ModelAndView place(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        try {
            holds.place(
                    id,
                    typed.getOrDefault("holdReason", ""),
                    endOf(typed.getOrDefault("holdUntil", "")),
                    Caller.current());
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            String field = e.type().equals("hold-end") ? "holdUntil" : "holdReason";
            return show(id, Form.of(typed).wrong(field, texts.error(e)), e.status());
        }
        return new ModelAndView("redirect:" + place() + id + "/hold");
    }

    /** The day ends where the reader is. */
    private static Optional<Instant> endOf(String day) {
        try {
            return Optional.of(
                    LocalDate.parse(day).plusDays(1).atStartOfDay(Moments.zone()).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @PostMapping({"/notices/{id}/hold/end", "/cases/{id}/hold/end"})
    ModelAndView end(@PathVariable UUID id) {
        try {
            holds.end(id, Caller.current());
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return show(id, Form.EMPTY.wrong("holdReason", texts.error(e)), e.status());
        }
        return new ModelAndView("redirect:" + place() + id + "/hold");
    }
}
