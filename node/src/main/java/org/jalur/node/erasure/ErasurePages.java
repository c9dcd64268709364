package org.jalur.node.erasure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.evidence.Subject;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ErasureGround;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Erasing the content of a notice or case on both sides. */
@PageController
class ErasurePages {
    private final Frame frame;
    private final Texts texts;
    private final Subjects subjects;
    private final Erasing erasing;

    ErasurePages(Frame frame, Texts texts, Subjects subjects, Erasing erasing) {
        this.frame = frame;
        this.texts = texts;
        this.subjects = subjects;
        this.erasing = erasing;
    }

    /**
     * @param back path of the notice or case
     */
    record ErasurePage(
            String back, Form form, List<Form.Option> whats, List<Form.Option> grounds) {}

    @GetMapping({"/notices/{id}/erasure", "/cases/{id}/erasure"})
    ModelAndView ask(@PathVariable UUID id) {
        subjects.known(id);
        return show(id, Form.of(Map.of("eraseWhat", ErasureForm.ITEMS)), HttpStatus.OK);
    }

    @PostMapping({"/notices/{id}/erasure", "/cases/{id}/erasure"})
    ModelAndView erase(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        ErasureForm form = ErasureForm.of(typed, texts);
        if (form.wanted().isEmpty()) {
            return show(id, form.form(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            erasing.erase(id, form.wanted().get(), Caller.current().role());
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show(id, form.form().wrong("eraseWhat", texts.error(e)), e.status());
        }
        return new ModelAndView("redirect:" + page(id) + "?done=erased");
    }

    /** Where the notice or case is shown. */
    private String page(UUID id) {
        return (subjects.kind() == Subject.Kind.CASE ? "/cases/" : "/notices/") + id;
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "erasure/erase",
                        new ErasurePage(
                                page(id),
                                form,
                                List.of(
                                        whatOption(ErasureForm.ITEMS),
                                        whatOption(ErasureForm.EVERYTHING)),
                                Arrays.stream(ErasureGround.values())
                                        .map(ground ->
                                                new Form.Option(
                                                        ground.name(),
                                                        texts.name("erasure-ground", ground)))
                                        .toList()));
        page.setStatus(status);
        return page;
    }

    private Form.Option whatOption(String what) {
        return new Form.Option(what, texts.name("erase-what", what));
    }
}
