package org.jalur.node.deconfliction;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

/** Erasing the content of a note on both sides. */
@PageController
class NoteErasurePages {
    private final Frame frame;
    private final Texts texts;
    private final NoteRows rows;
    private final NoteErasing erasing;

    NoteErasurePages(Frame frame, Texts texts, NoteRows rows, NoteErasing erasing) {
        this.frame = frame;
        this.texts = texts;
        this.rows = rows;
        this.erasing = erasing;
    }

    record ErasurePage(UUID note, Form form, List<Form.Option> grounds) {}

    @GetMapping("/notes/{id}/erasure")
    ModelAndView ask(@PathVariable UUID id) {
        if (!rows.isKnown(id)) {
            throw NoteErasing.unknown(id);
        }
        return show(id, Form.EMPTY, HttpStatus.OK);
    }

    @PostMapping("/notes/{id}/erasure")
    ModelAndView erase(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        Optional<ErasureGround> ground =
                Arrays.stream(ErasureGround.values())
                        .filter(one -> one.name().equals(typed.getOrDefault("eraseGround", "")))
                        .findFirst();
        if (ground.isEmpty()) {
            form = form.wrong("eraseGround", texts.say("rule.missing"));
        }
        if (!typed.getOrDefault("eraseSure", "").equals("yes")) {
            form = form.wrong("eraseSure", texts.say("rule.erase-sure"));
        }
        if (form.isWrong()) {
            return show(id, form, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            erasing.erase(id, ground.orElseThrow());
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show(id, form.wrong("eraseGround", texts.error(e)), e.status());
        }
        return new ModelAndView("redirect:/notes?done=erased");
    }

    private ModelAndView show(UUID id, Form form, HttpStatusCode status) {
        ModelAndView page =
                frame.show(
                        "deconfliction/erase",
                        new ErasurePage(
                                id,
                                form,
                                Arrays.stream(ErasureGround.values())
                                        .map(ground ->
                                                new Form.Option(
                                                        ground.name(),
                                                        texts.name("erasure-ground", ground)))
                                        .toList()));
        page.setStatus(status);
        return page;
    }
}
