package org.jalur.node.notices;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.dialogue.DialogueViews;
import org.jalur.node.dialogue.RemarkForm;
import org.jalur.node.dialogue.Remarks;
import org.jalur.node.dialogue.Turn;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.Problems;
import org.jalur.notice.Withdrawal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Notices, for officers, approvers, auditors and the authority's own systems. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "notices")
class NoticeController {
    private static final int MOST = 500;

    private final Notices notices;
    private final NoticeViews views;
    private final DialogueViews dialogue;
    private final Remarks remarks;

    NoticeController(Notices notices, NoticeViews views, DialogueViews dialogue, Remarks remarks) {
        this.notices = notices;
        this.views = views;
        this.dialogue = dialogue;
        this.remarks = remarks;
    }

    @PostMapping("/api/notices")
    @Operation(
            summary = "Makes a draft",
            description =
                    """
                    Nothing leaves the node before another person approves. Outside the agreement: 422 with the \
                    clause. Items as a list, or as CSV in itemsCsv: then 422 lists every wrong line.\
                    """)
    ResponseEntity<NoticeViews.Detail> draft(@RequestBody NoticeForm form) {
        UUID id = notices.draft(withCsv(form), Caller.current());
        return ResponseEntity.created(URI.create("/api/notices/" + id))
                .body(views.detail(id, 1, 0));
    }

    @PutMapping("/api/notices/{id}")
    @Operation(summary = "Replaces a draft; approvals given before do not count any more")
    NoticeViews.Detail change(@PathVariable UUID id, @RequestBody NoticeForm form) {
        notices.change(id, withCsv(form), Caller.current());
        return views.detail(id, 1, 0);
    }

    @PostMapping("/api/notices/{id}/approval")
    @Operation(
            summary = "Approves a draft of another person; the last approval needed sends it",
            description =
                    """
                    With root, as GET shows it for a draft, only what you read is approved: 409 if it was changed since. \
                    signOff is what "./jalur approve" signed, where the party's keys name approvers: 422 without.\
                    """)
    NoticeViews.Detail approve(
            @PathVariable UUID id,
            @RequestParam Optional<String> root,
            @RequestParam Optional<String> signOff) {
        notices.approve(id, root.map(NoticeController::digest), signOff, Caller.current());
        return views.detail(id, 1, 0);
    }

    @PostMapping("/api/notices/{id}/withdrawal")
    @Operation(
            summary = "Takes a sent notice back by a message; what was blocked is restored",
            description =
                    """
                    202 where the party's keys name approvers: nothing is sent before one of them has signed the \
                    file of withdrawal/draft-file.\
                    """)
    ResponseEntity<NoticeViews.Detail> withdraw(
            @PathVariable UUID id, @RequestBody Withdrawal withdrawal) {
        boolean sent = notices.withdraw(id, withdrawal, Caller.current());
        return ResponseEntity.status(sent ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(views.detail(id, 1, 0));
    }

    @GetMapping("/api/notices/{id}/withdrawal/draft-file")
    @Operation(summary = "The withdrawal that waits, for \"./jalur approve\"")
    ResponseEntity<byte[]> withdrawalFile(@PathVariable UUID id) {
        return ServedFile.of(
                "withdrawal-%s.draft".formatted(id),
                "application/octet-stream",
                notices.withdrawalFile(id).octets());
    }

    @PostMapping("/api/notices/{id}/withdrawal/sign-off")
    @Operation(
            summary = "Sends the withdrawal that waits, with what \"./jalur approve\" signed",
            description = "422 if no approver signed exactly this.")
    NoticeViews.Detail signWithdrawal(@PathVariable UUID id, @RequestParam String signOff) {
        notices.signWithdrawal(id, signOff, Caller.current());
        return views.detail(id, 1, 0);
    }

    @PostMapping("/api/notices/{id}/clarifications")
    @Operation(
            summary =
                    "Answers a question of the platform; the clock goes on when the last answer is received",
            description =
                    """
                    Where several questions wait, name one: 422 lists them. At most 5 files (PNG, JPEG, GIF, WebP, \
                    PDF), each of 10 MiB at most.\
                    """)
    NoticeViews.Detail clarify(@PathVariable UUID id, @RequestBody AnswerForm form) {
        notices.answer(id, form, Caller.current());
        return views.detail(id, 1, 0);
    }

    @GetMapping("/api/notices/{id}")
    @Operation(
            summary =
                    "A notice: state, receipt, items with decisions, measures and probes, timeline")
    NoticeViews.Detail one(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "1") int fromItem,
            @RequestParam(defaultValue = "100") int limit) {
        return views.detail(id, fromItem, limited(limit));
    }

    @GetMapping("/api/notices")
    @Operation(
            summary = "Notices in the order in which they changed",
            description =
                    """
                    To follow changes, remember the largest changedAt and ask again from one minute before it: \
                    transactions may end out of order, and a notice seen twice does no harm.\
                    """)
    NoticeViews.Page all(
            @RequestParam(defaultValue = "1970-01-01T00:00:00Z") Instant changedSince,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "50") int limit) {
        return views.changedSince(changedSince, cursor, limited(limit));
    }

    @GetMapping("/api/notices/{id}/dialogue")
    @Operation(
            summary = "Questions, answers and remarks in order, with files and receipts",
            description =
                    "A question that is open waits for an answer; the clock stands from its receivedAt, if the agreement says so.")
    List<Turn> dialogue(@PathVariable UUID id) {
        return dialogue.of(id);
    }

    @GetMapping("/api/notices/{id}/dialogue/files/{leaf}")
    @Operation(summary = "A file that came with what was said; 404 once it is erased")
    ResponseEntity<byte[]> file(@PathVariable UUID id, @PathVariable String leaf) {
        DialogueViews.Opened opened = dialogue.file(id, leaf);
        return ServedFile.of(opened.file().name(), opened.file().type(), opened.bytes());
    }

    @PostMapping("/api/notices/{id}/remarks")
    @Operation(
            summary = "Says something that asks and answers nothing",
            description = "At most 5 files (PNG, JPEG, GIF, WebP, PDF), each of 10 MiB at most.")
    List<Turn> remark(@PathVariable UUID id, @RequestBody RemarkForm form) {
        remarks.say(id, form.saying(), Caller.current());
        return dialogue.of(id);
    }

    static Hash digest(String hex) {
        try {
            return Hash.parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-root",
                    "root is \"%s\"; use the 64 hexadecimal digits that the draft shows"
                            .formatted(hex));
        }
    }

    private static int limited(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-limit",
                    "limit is %d; use 1 to %d".formatted(limit, MOST));
        }
        return limit;
    }

    private static NoticeForm withCsv(NoticeForm form) {
        if (form.itemsCsv().isEmpty()) {
            return form;
        }
        if (!form.itemList().isEmpty()) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "invalid-notice",
                    "items and itemsCsv are both given; give one of them");
        }
        ItemsCsv.Result result = ItemsCsv.read(form.itemsCsv().get());
        if (!result.errors().isEmpty()) {
            throw new LinesRefusedException(result.errors());
        }
        return form.withItems(result.items());
    }

    @ExceptionHandler
    ProblemDetail lines(LinesRefusedException e) {
        ProblemDetail problem =
                Problems.problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "invalid-lines",
                        String.valueOf(e.getMessage()));
        problem.setProperty("lines", e.errors());
        return problem;
    }
}
