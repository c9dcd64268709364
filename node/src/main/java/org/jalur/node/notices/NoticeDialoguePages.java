package org.jalur.node.notices;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.DialoguePage;
import org.jalur.node.dialogue.DialoguePanels;
import org.jalur.node.dialogue.DialogueViews;
import org.jalur.node.dialogue.Remarks;
import org.jalur.node.dialogue.Template;
import org.jalur.node.dialogue.TypedTurn;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.ServedFile;
import org.jalur.node.pages.Texts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What was asked, answered and remarked about a notice, and the forms to go on with it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class NoticeDialoguePages {
    private final Frame frame;
    private final Texts texts;
    private final NoticeViews views;
    private final Notices notices;
    private final Remarks remarks;
    private final DialoguePanels panels;
    private final DialogueViews dialogue;

    NoticeDialoguePages(
            Frame frame,
            Texts texts,
            NoticeViews views,
            Notices notices,
            Remarks remarks,
            DialoguePanels panels,
            DialogueViews dialogue) {
        this.frame = frame;
        this.texts = texts;
        this.views = views;
        this.notices = notices;
        this.remarks = remarks;
        this.panels = panels;
        this.dialogue = dialogue;
    }

    @GetMapping("/notices/{id}/dialogue")
    ModelAndView show(@PathVariable UUID id, @RequestParam Map<String, String> asked) {
        return show(id, panels.begun(asked), panels.done(asked), HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        Caller caller = Caller.current();
        NoticeViews.Summary one = views.detail(id, 1, 0).notice();
        DialoguePanels.Panel panel = panels.of(id);
        boolean officer = caller.role() == Role.OFFICER;
        ModelAndView page =
                frame.show(
                        "dialogue/page",
                        new DialoguePage(
                                one.reference(),
                                panel,
                                form,
                                panels.templates(Template.Use.ANSWER),
                                panels.languages(),
                                false,
                                false,
                                officer && one.state().equals("sent") && !panel.open().isEmpty(),
                                officer || caller.role() == Role.APPROVER,
                                done));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/notices/{id}/clarifications")
    ModelAndView answer(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request)
            throws IOException {
        return TypedTurn.said(
                typed,
                "answer",
                "answer",
                texts,
                () ->
                        notices.answer(
                                id,
                                new AnswerForm(
                                        TypedTurn.text(typed, "answer"),
                                        TypedTurn.question(typed),
                                        Optional.of(TypedTurn.uploads(request))),
                                Caller.current()),
                "/notices/" + id + "/dialogue?done=answered",
                (form, status) -> show(id, form, "", status));
    }

    @PostMapping("/notices/{id}/remarks")
    ModelAndView remark(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request)
            throws IOException {
        return TypedTurn.said(
                typed,
                "remarkText",
                "remarkText",
                texts,
                () ->
                        remarks.say(
                                id,
                                Dialogue.Saying.of(
                                        TypedTurn.text(typed, "remarkText"),
                                        TypedTurn.uploads(request)),
                                Caller.current()),
                "/notices/" + id + "/dialogue?done=remarked",
                (form, status) -> show(id, form, "", status));
    }

    /** Only a file that came with what was said about this notice. */
    @GetMapping("/notices/{id}/dialogue/files/{leaf}")
    ResponseEntity<byte[]> file(@PathVariable UUID id, @PathVariable String leaf) {
        DialogueViews.Opened opened = dialogue.file(id, leaf);
        return ServedFile.of(opened.file().name(), opened.file().type(), opened.bytes());
    }
}
