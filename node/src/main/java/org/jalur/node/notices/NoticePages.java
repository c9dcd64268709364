package org.jalur.node.notices;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Jws;
import org.jalur.channel.Receipt;
import org.jalur.log.LogProof;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.appeals.AppealPanels;
import org.jalur.node.dialogue.DialoguePanels;
import org.jalur.node.escalation.LadderPanels;
import org.jalur.node.exchange.SignOffs;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Withdrawal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Lists of notices, and each notice with what can be done about it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NoticePages {
    private static final int ROWS = 25;
    private static final java.util.Set<String> DONE =
            java.util.Set.of(
                    "drafted",
                    "approved",
                    "withdrawn",
                    "withdrawal-waits",
                    "erased",
                    "approved-step",
                    "stopped-step",
                    "called-step",
                    "asked-renewal",
                    "approved-renewal",
                    "discarded-renewal");

    private final Frame frame;
    private final Texts texts;
    private final Notices notices;
    private final NoticeLists lists;
    private final NoticeViews views;
    private final NoticeForms forms;
    private final Drafts drafts;
    private final SignOffs signOffs;
    private final WithdrawalDrafts withdrawals;
    private final LadderPanels ladders;
    private final DialoguePanels dialogue;
    private final AppealPanels appeals;

    NoticePages(
            Frame frame,
            Texts texts,
            Notices notices,
            NoticeLists lists,
            NoticeViews views,
            NoticeForms forms,
            Drafts drafts,
            SignOffs signOffs,
            WithdrawalDrafts withdrawals,
            LadderPanels ladders,
            DialoguePanels dialogue,
            AppealPanels appeals) {
        this.frame = frame;
        this.texts = texts;
        this.notices = notices;
        this.lists = lists;
        this.views = views;
        this.forms = forms;
        this.drafts = drafts;
        this.signOffs = signOffs;
        this.withdrawals = withdrawals;
        this.ladders = ladders;
        this.dialogue = dialogue;
        this.appeals = appeals;
    }

    /**
     * @param next path of the next page, or empty
     * @param first path of the first page, or empty on it
     */
    record ListPage(
            String list,
            List<String> lists,
            List<NoticeViews.Summary> notices,
            String next,
            String first) {}

    @GetMapping("/notices")
    ModelAndView list(
            @RequestParam(defaultValue = "all") String list,
            @RequestParam Optional<String> cursor) {
        NoticeLists.Kind kind = NoticeLists.Kind.of(list).orElse(NoticeLists.Kind.ALL);
        NoticeViews.Page page = lists.page(kind, cursor, ROWS);
        String here = "/notices?list=" + kind.path();
        return frame.show(
                "notices/list",
                new ListPage(
                        kind.path(),
                        Arrays.stream(NoticeLists.Kind.values())
                                .map(NoticeLists.Kind::path)
                                .toList(),
                        page.notices(),
                        page.next().map(next -> here + "&cursor=" + next).orElse(""),
                        cursor.isPresent() ? here : ""));
    }

    /**
     * @param preview of a draft
     * @param pending whether more is to come by itself: a receipt, or measures
     * @param mayApprove whether this person may approve this draft
     * @param signOff whether an approver signs it on a machine of their own
     * @param own whether this person drafted it
     * @param withdrawal reason of one that waits for an approver's signature
     * @param mayClarify whether this person may answer the one question that waits
     */
    record NoticePage(
            NoticeViews.Detail detail,
            Optional<Preview> preview,
            List<Attached> files,
            Optional<Proof> proof,
            Optional<LadderPanels.Panel> ladder,
            Form form,
            boolean mayApprove,
            boolean signOff,
            boolean own,
            boolean mayChange,
            boolean mayWithdraw,
            Optional<String> withdrawal,
            boolean mayErase,
            boolean mayClarify,
            Optional<DialoguePanels.Panel> dialogue,
            List<AppealPanels.Line> appeals,
            boolean pending,
            String done,
            String next,
            String first) {}

    /**
     * A file of a draft.
     *
     * @param type as its content was recognised
     */
    record Attached(String name, String type) {}

    /** What the receipt proves. */
    record Proof(
            String message,
            long seq,
            java.time.Instant receivedAt,
            long logIndex,
            String origin,
            String checkpoint) {
        static Proof of(String jws) {
            Receipt receipt = Receipt.parse(Jws.parse(jws, Jws.Type.RECEIPT));
            LogProof proof = LogProof.parse(receipt.proof());
            String note = proof.checkpoint().text();
            return new Proof(
                    receipt.message().hex(),
                    receipt.seq(),
                    receipt.receivedAt(),
                    proof.index(),
                    note.lines().findFirst().orElse(""),
                    receipt.proof());
        }
    }

    @GetMapping("/notices/{id}")
    ModelAndView one(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int fromItem,
            @RequestParam(defaultValue = "") String done) {
        return show(id, fromItem, done, ladders.blank(ladders.ofNotice(id)));
    }

    private ModelAndView show(UUID id, int fromItem, String done, Form form) {
        Caller caller = Caller.current();
        NoticeViews.Detail detail = views.detail(id, fromItem, ROWS);
        NoticeViews.Summary notice = detail.notice();
        boolean draft = notice.state().equals("draft");
        boolean own = draft && notices.isDraftedBy(id, caller.account());
        boolean sent = notice.state().equals("sent");
        boolean officer = caller.role() == Role.OFFICER;
        boolean approver = caller.role() == Role.APPROVER;
        Optional<DialoguePanels.Panel> said =
                draft ? Optional.empty() : Optional.of(dialogue.of(id));
        String here = "/notices/" + id;
        return frame.show(
                draft ? "notices/draft" : "notices/notice",
                new NoticePage(
                        detail,
                        detail.draft().map(one -> Preview.of(drafts.content(id, one))),
                        draft ? attached(id) : List.of(),
                        detail.receipt().map(Proof::of),
                        draft ? Optional.empty() : ladders.ofNotice(id),
                        form,
                        draft && approver && !own,
                        draft && signOffs.areNeeded(),
                        own,
                        draft && officer,
                        approver && (sent || notice.state().equals("closed")),
                        sent || notice.state().equals("closed")
                                ? withdrawals.of(id).map(waiting -> waiting.withdrawal().reason())
                                : Optional.empty(),
                        approver && !draft,
                        officer
                                && sent
                                && said.filter(panel -> panel.open().size() == 1).isPresent(),
                        said,
                        appeals.of(id),
                        isPending(detail),
                        DONE.contains(done) ? texts.say("notice.done." + done) : "",
                        detail.nextItem().map(no -> here + "?fromItem=" + no).orElse(""),
                        fromItem > 1 ? here : ""));
    }

    private List<Attached> attached(UUID id) {
        return drafts.files(id).stream()
                .map(file -> new Attached(file.name(), Evidence.typeOf(file)))
                .toList();
    }

    private static boolean isPending(NoticeViews.Detail detail) {
        return detail.notice().delivery().filter(one -> one.state().equals("underway")).isPresent()
                || detail.items().stream()
                        .anyMatch(item ->
                                item.enforcement().equals("none")
                                        && (item.state().equals("blocked")
                                                || item.state().equals("withheld")));
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @GetMapping("/notices/{id}/draft-file")
    ResponseEntity<byte[]> draftFile(@PathVariable UUID id) {
        return ServedFile.of(
                "notice-%s.draft".formatted(id),
                "application/octet-stream",
                notices.file(id, draft(id)).octets());
    }

    private NoticeForm draft(UUID id) {
        return views.detail(id, 1, 0)
                .draft()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.CONFLICT,
                                "not-a-draft",
                                "Notice %s is no draft any more.".formatted(id)));
    }

    /** Approves what the page showed, and nothing else. */
    @PostMapping("/notices/{id}/approval")
    ModelAndView approve(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id,
                typed,
                "approved",
                "octets",
                () ->
                        notices.approve(
                                id,
                                Optional.of(
                                        NoticeController.digest(typed.getOrDefault("root", ""))),
                                Optional.ofNullable(typed.get("signOff")),
                                Caller.current()));
    }

    @PostMapping("/notices/{id}/withdrawal")
    ModelAndView withdraw(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id,
                typed,
                signOffs.areNeeded() ? "withdrawal-waits" : "withdrawn",
                "reason",
                () ->
                        notices.withdraw(
                                id,
                                new Withdrawal(typed.getOrDefault("reason", "")),
                                Caller.current()));
    }

    /** For an approver who reads and signs it on a machine of their own. */
    @GetMapping("/notices/{id}/withdrawal/draft-file")
    ResponseEntity<byte[]> withdrawalFile(@PathVariable UUID id) {
        return ServedFile.of(
                "withdrawal-%s.draft".formatted(id),
                "application/octet-stream",
                notices.withdrawalFile(id).octets());
    }

    @PostMapping("/notices/{id}/withdrawal/sign-off")
    ModelAndView signWithdrawal(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return command(
                id,
                typed,
                "withdrawn",
                "signOff",
                () ->
                        notices.signWithdrawal(
                                id, typed.getOrDefault("signOff", ""), Caller.current()));
    }

    /**
     * What was typed stays when it was wrong, or came too late.
     *
     * @param field that the error is shown at when it is about none
     */
    private ModelAndView command(
            UUID id, Map<String, String> typed, String done, String field, Runnable command) {
        try {
            command.run();
            return new ModelAndView("redirect:/notices/" + id + "?done=" + done);
        } catch (InvalidNoticeException e) {
            return wrong(
                    id,
                    Form.of(typed).wrong(e.field(), texts.error(e)),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (ProblemException e) {
            if (e.type().equals("sign-off-needed")) {
                return wrong(id, Form.of(typed).wrong("signOff", texts.error(e)), e.status());
            }
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return wrong(id, Form.of(typed).wrong(field, texts.error(e)), e.status());
        }
    }

    private ModelAndView wrong(UUID id, Form form, HttpStatusCode status) {
        ModelAndView page = show(id, 1, "", form);
        page.setStatus(status);
        return page;
    }

    /** Opens the form with all that the draft says. */
    @PostMapping("/notices/{id}/form")
    String change(@PathVariable UUID id) {
        NoticeForm form = draft(id);
        UUID begun = forms.beginFrom(Caller.current().account(), id, form, drafts.files(id));
        return "redirect:/notice-forms/" + begun + "/" + Step.GROUND.path();
    }
}
