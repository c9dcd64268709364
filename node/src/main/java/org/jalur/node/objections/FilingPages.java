package org.jalur.node.objections;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.PublicSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Where anybody objects, without an account, cookies or scripts, and reads the answer. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class FilingPages {
    private static final String FORM = "/blocks/{id}/objection";
    private static final String ANSWERS = "/objection-answers/";

    private final Frame frame;
    private final Texts texts;
    private final PublicBlocks blocks;
    private final Objections objections;
    private final Forms forms;
    private final PublicSettings settings;
    private final FilingRate rate;
    private final Clock clock;

    FilingPages(
            Frame frame,
            Texts texts,
            PublicBlocks blocks,
            Objections objections,
            Forms forms,
            PublicSettings settings,
            FilingRate rate,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.blocks = blocks;
        this.objections = objections;
        this.forms = forms;
        this.settings = settings;
        this.clock = clock;
        this.rate = rate;
    }

    /**
     * @param token of this form
     * @param answerBy by when it is answered if it is filed now
     */
    record FilingPage(
            PublicBlock block,
            Form form,
            List<Form.Option> kinds,
            String token,
            Instant answerBy) {}

    @GetMapping(FORM)
    ModelAndView form(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            HttpServletResponse response) {
        var typed = new HashMap<String, String>();
        typed.put("objectionKind", Filing.Kind.OBJECTION.wire());
        typed.put("objectionName", name);
        return show(id, Form.of(typed), forms.token(id), HttpStatus.OK, response);
    }

    private ModelAndView show(
            UUID id, Form form, String token, HttpStatusCode status, HttpServletResponse response) {
        PublicBlock block = blocks.one(id);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ModelAndView page =
                frame.show(
                        "objections/form",
                        new FilingPage(
                                block,
                                form,
                                Arrays.stream(Filing.Kind.values())
                                        .map(kind ->
                                                new Form.Option(
                                                        kind.wire(),
                                                        texts.name("objection-kind", kind)))
                                        .toList(),
                                token,
                                blocks.terms(id, clock.instant()).answerBy()));
        page.setStatus(status);
        return page;
    }

    @PostMapping(FORM)
    ModelAndView file(
            @PathVariable UUID id,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        String token = typed.getOrDefault("form", "");
        Form form = Form.of(typed);
        for (Map.Entry<String, String> error : Filing.errors(form, texts).entrySet()) {
            form = form.wrong(error.getKey(), error.getValue());
        }
        Optional<Forms.Refusal> refusal = forms.refusal(id, token);
        if (refusal.isPresent()) {
            form = form.wrong("send", texts.name("objection-refused", refusal.get()));
        }
        if (form.isWrong()) {
            return show(
                    id,
                    form,
                    // Whoever was too quick sends the same form again; an old one is replaced.
                    refusal.filter(one -> one != Forms.Refusal.TOO_SOON).isPresent()
                            ? forms.token(id)
                            : token,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    response);
        }
        return filed(id, form, token, request, response);
    }

    private ModelAndView filed(
            UUID id,
            Form form,
            String token,
            HttpServletRequest request,
            HttpServletResponse response) {
        String address = request.getRemoteAddr();
        if (!rate.admits(address)) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(rate.pause(address).toSeconds()));
            return show(
                    id,
                    form.wrong(
                            "send",
                            texts.say(
                                    "objection.too-many",
                                    Integer.toString(settings.objectionsPerAddress()))),
                    token,
                    HttpStatus.TOO_MANY_REQUESTS,
                    response);
        }
        try {
            String secret = objections.file(id, Filing.of(form), token);
            return new ModelAndView("redirect:" + ANSWERS + secret);
        } catch (ProblemException e) {
            if (e.status() == HttpStatus.NOT_FOUND) {
                throw e;
            }
            return show(
                    id,
                    form.wrong("send", texts.error(e)),
                    e.status() == HttpStatus.CONFLICT ? forms.token(id) : token,
                    e.status(),
                    response);
        }
    }

    /**
     * @param state open, overdue, upheld or rejected
     * @param link of this page, with scheme and host
     */
    record AnswerPage(Objection objection, String state, String reasons, String link) {}

    /**
     * The link is the only key: whoever has it reads the answer, and what was filed stays closed.
     */
    @GetMapping(ANSWERS + "{secret}")
    ModelAndView answer(
            @PathVariable String secret, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        Objection one =
                objections
                        .bySecret(secret)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-answer",
                                        "No objection has this link; copy it again, whole."));
        return frame.show(
                "objections/answer",
                new AnswerPage(
                        one,
                        one.state(clock.instant()),
                        objections.reasons(one.id()).orElse(""),
                        settings.url() == null
                                ? request.getRequestURL().toString()
                                : settings.url() + request.getRequestURI()));
    }
}
