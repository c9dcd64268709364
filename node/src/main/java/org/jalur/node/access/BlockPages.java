package org.jalur.node.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jalur.access.InvalidAccessException;
import org.jalur.evidence.Subject;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.escalation.LadderPanels;
import org.jalur.node.evidence.EvidenceDownloads;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Access blocks as people read them, on either side. */
@PageController
class BlockPages {
    static final String HERE = "/access-blocks";
    private static final int ROWS = 50;

    private final Frame frame;
    private final Texts texts;
    private final BlockWords words;
    private final BlockViews views;
    private final AccessBlocks blocks;
    private final EvidenceDownloads evidence;
    private final LadderPanels ladders;
    private final boolean authority;

    BlockPages(
            Frame frame,
            Texts texts,
            BlockWords words,
            BlockViews views,
            AccessBlocks blocks,
            EvidenceDownloads evidence,
            LadderPanels ladders,
            Register register) {
        this.frame = frame;
        this.texts = texts;
        this.words = words;
        this.views = views;
        this.blocks = blocks;
        this.evidence = evidence;
        this.ladders = ladders;
        this.authority = register.isAuthority();
    }

    /**
     * @param next address of the next page; empty on the last
     * @param first address of the first page; empty on it
     */
    record BlocksPage(
            List<BlockViews.Summary> drafts,
            List<BlockViews.Summary> blocks,
            boolean authority,
            boolean mayDraft,
            String next,
            String first,
            String done) {}

    @GetMapping(HERE)
    ModelAndView all(
            @RequestParam Optional<String> cursor, @RequestParam(defaultValue = "") String done) {
        BlockViews.Page page = views.page(cursor, ROWS);
        return frame.show(
                "access/all",
                new BlocksPage(
                        cursor.isEmpty() ? views.drafts() : List.of(),
                        page.blocks(),
                        authority,
                        authority && Caller.current().role() == Role.OFFICER,
                        page.next().map(one -> HERE + "?cursor=" + one).orElse(""),
                        cursor.isEmpty() ? "" : HERE,
                        done.isEmpty() ? "" : texts.name("access-done", done)));
    }

    /**
     * What this person may do.
     *
     * @param agreeing steps of others that this person may want as well
     */
    record May(
            boolean approve,
            boolean discard,
            boolean attempt,
            boolean withdraw,
            boolean lift,
            boolean promise,
            boolean meet,
            boolean renew,
            boolean answer,
            List<BlockViews.StepLine> agreeing) {}

    /**
     * @param own whether this person drafted it
     * @param pending whether more comes by itself: a receipt, the effect
     * @param ladders of its lifts that are due, or were
     */
    record BlockPage(
            BlockViews.Detail detail,
            List<LadderPanels.Panel> ladders,
            Form form,
            May may,
            boolean authority,
            boolean own,
            boolean draft,
            boolean pending,
            String done) {}

    @GetMapping(HERE + "/{id}")
    ModelAndView one(@PathVariable UUID id, @RequestParam(defaultValue = "") String done) {
        return show(id, Form.EMPTY, done, HttpStatus.OK);
    }

    ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        Caller caller = Caller.current();
        BlockViews.Detail detail = views.detail(id);
        String state = detail.block().state();
        boolean draft = detail.block().sentAt().isEmpty();
        boolean own = detail.draftedBy().filter(caller.account()::equals).isPresent();
        ModelAndView page =
                frame.show(
                        "access/one",
                        new BlockPage(
                                detail,
                                draft ? List.of() : ladders.ofBlock(id),
                                filled(form, detail),
                                may(caller, detail, draft, own),
                                authority,
                                own,
                                draft,
                                !draft && Set.of("approved", "announced").contains(state),
                                done.isEmpty() ? "" : texts.name("access-done", done)));
        page.setStatus(status);
        return page;
    }

    private May may(Caller caller, BlockViews.Detail detail, boolean draft, boolean own) {
        boolean officer = authority && caller.role() == Role.OFFICER;
        boolean approver = authority && caller.role() == Role.APPROVER;
        boolean open = Set.of("announced", "in_force").contains(detail.block().state());
        boolean inForce = detail.block().state().equals("in_force");
        boolean approved = detail.block().state().equals("approved");
        boolean already =
                detail.approvals().stream().anyMatch(one -> one.by().equals(caller.pseudonym()));
        return new May(
                draft && approver && !own && !already,
                draft && officer,
                approver && approved && detail.attempt().isPresent(),
                approver && (approved || detail.block().state().equals("announced")),
                (officer || approver) && inForce,
                (officer || approver) && open,
                (officer || approver) && open && !detail.standing().unmet().isEmpty(),
                approver && inForce,
                !authority && caller.role() == Role.SENIOR_REVIEWER && open,
                inForce
                        ? detail.steps().stream()
                                .filter(one -> !one.account().equals(caller.account()))
                                .filter(one ->
                                        one.kind().equals("lift") ? officer || approver : approver)
                                .toList()
                        : List.of());
    }

    /** A renewal begins with the times that there are. */
    private static Form filled(Form form, BlockViews.Detail detail) {
        if (form.isWrong()) {
            return form;
        }
        Map<String, String> values = new HashMap<>(form.values());
        values.putIfAbsent("newReviewAt", local(detail.standing().reviewAt()));
        values.putIfAbsent("newEndsAt", local(detail.standing().endsAt()));
        return Form.of(values);
    }

    /** As the reader's clock has it; the field knows minutes only. */
    static String local(Instant time) {
        return LocalDateTime.ofInstant(time, Moments.zone())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /**
     * What was typed stays when it was refused.
     *
     * @param fields names of the page's fields by those that rules name; the rest is shown at the
     *     fallback
     */
    ModelAndView command(
            UUID id,
            Map<String, String> typed,
            Map<String, String> fields,
            String fallback,
            Supplier<String> command) {
        try {
            return new ModelAndView("redirect:" + HERE + "/" + id + "?done=" + command.get());
        } catch (InvalidAccessException e) {
            return show(
                    id,
                    Form.of(typed).wrong(fields.getOrDefault(e.field(), fallback), words.error(e)),
                    "",
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return show(id, Form.of(typed).wrong(fallback, texts.error(e)), "", e.status());
        }
    }

    @GetMapping(HERE + "/file")
    void file(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("access-blocks.csv").build().toString());
        views.write(response.getOutputStream());
    }

    @GetMapping(HERE + "/{id}/evidence")
    void evidence(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") Set<String> open,
            HttpServletResponse response)
            throws IOException {
        Block block = blocks.one(id);
        evidence.write(
                block.channel(),
                block.order(),
                new Subject(Subject.Kind.ACCESS_BLOCK, block.order()),
                open,
                response);
    }
}
