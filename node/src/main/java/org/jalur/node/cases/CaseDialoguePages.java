package org.jalur.node.cases;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.DialoguePage;
import org.jalur.node.dialogue.DialoguePanels;
import org.jalur.node.dialogue.DialogueViews;
import org.jalur.node.dialogue.Remarks;
import org.jalur.node.dialogue.Template;
import org.jalur.node.dialogue.TypedTurn;
import org.jalur.node.exchange.ItemStates;
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

/** What was asked, answered and remarked about a case, and the forms to go on with it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseDialoguePages {
    private final Frame frame;
    private final Texts texts;
    private final CaseViews views;
    private final Claims claims;
    private final Questions questions;
    private final Remarks remarks;
    private final ItemStates states;
    private final DialoguePanels panels;
    private final DialogueViews dialogue;

    CaseDialoguePages(
            Frame frame,
            Texts texts,
            CaseViews views,
            Claims claims,
            Questions questions,
            Remarks remarks,
            ItemStates states,
            DialoguePanels panels,
            DialogueViews dialogue) {
        this.frame = frame;
        this.texts = texts;
        this.views = views;
        this.claims = claims;
        this.questions = questions;
        this.remarks = remarks;
        this.states = states;
        this.panels = panels;
        this.dialogue = dialogue;
    }

    @GetMapping("/cases/{id}/dialogue")
    ModelAndView show(@PathVariable UUID id, @RequestParam Map<String, String> asked) {
        return show(id, panels.begun(asked), panels.done(asked), HttpStatus.OK);
    }

    private ModelAndView show(UUID id, Form form, String done, HttpStatusCode status) {
        Caller caller = Caller.current();
        CaseViews.Summary one = views.detail(id, 1, 0).summary();
        boolean askable =
                CasePages.isReviewer(caller)
                        && !states.askable(ItemStates.Of.CASE, id, List.of()).isEmpty();
        boolean mine = claims.claimant(id).equals(Optional.of(caller.account()));
        ModelAndView page =
                frame.show(
                        "dialogue/page",
                        new DialoguePage(
                                one.reference(),
                                panels.of(id),
                                form,
                                panels.templates(Template.Use.QUESTION),
                                panels.languages(),
                                askable && mine,
                                askable && !mine,
                                false,
                                CasePages.isReviewer(caller),
                                done));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/cases/{id}/questions")
    ModelAndView ask(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request)
            throws IOException {
        return TypedTurn.said(
                typed,
                "questionText",
                "aboutItems",
                texts,
                () ->
                        questions.ask(
                                id,
                                new Dialogue.Saying(
                                        TypedTurn.text(typed, "questionText"),
                                        TypedTurn.items(typed.getOrDefault("aboutItems", "")),
                                        Optional.empty(),
                                        TypedTurn.uploads(request)),
                                Caller.current()),
                "/cases/" + id + "/dialogue?done=asked",
                (form, status) -> show(id, form, "", status));
    }

    @PostMapping("/cases/{id}/remarks")
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
                "/cases/" + id + "/dialogue?done=remarked",
                (form, status) -> show(id, form, "", status));
    }

    /** Only a file that came with what was said about this case. */
    @GetMapping("/cases/{id}/dialogue/files/{leaf}")
    ResponseEntity<byte[]> file(@PathVariable UUID id, @PathVariable String leaf) {
        DialogueViews.Opened opened = dialogue.file(id, leaf);
        return ServedFile.of(opened.file().name(), opened.file().type(), opened.bytes());
    }
}
