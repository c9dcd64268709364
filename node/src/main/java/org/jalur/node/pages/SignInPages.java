package org.jalur.node.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.JalurSettings;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Signing in, and going on where a session ended. */
@PageController
class SignInPages {
    private static final String TRIED = "jalur.tried";

    private final Frame frame;
    private final Texts texts;
    private final JalurSettings settings;

    SignInPages(Frame frame, Texts texts, JalurSettings settings) {
        this.frame = frame;
        this.texts = texts;
        this.settings = settings;
    }

    /**
     * @param notes keys of what is said above the form
     * @param to path to go to afterwards
     * @param demo whether to say where the demo's passwords are
     */
    record SignInPage(Form form, List<String> notes, String to, boolean demo) {}

    /**
     * The sign-in page again, with the name and the page that was wanted; never the password.
     *
     * @param reason failed or stale
     */
    static void again(
            String reason,
            HttpStatus status,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(
                TRIED, Optional.ofNullable(request.getParameter("name")).orElse("").strip());
        Instead.show(
                "/sign-in?" + reason + "&to=" + URLEncoder.encode(wanted(request), UTF_8),
                status,
                request,
                response);
    }

    /** Where to go after signing in. */
    static String wanted(HttpServletRequest request) {
        String to = request.getParameter("to");
        return LanguagePages.local(to == null ? "/" : to);
    }

    @GetMapping("/sign-in")
    ModelAndView signIn(@RequestParam Map<String, String> asked, HttpServletRequest request) {
        Form form =
                request.getAttribute(TRIED) instanceof String name
                        ? Form.of(Map.of("name", name))
                        : Form.EMPTY;
        if (asked.containsKey("failed")) {
            form = form.wrong("name", texts.say("sign-in.failed"));
        }
        return frame.show(
                "sign-in",
                new SignInPage(form, notes(asked, request), wanted(request), settings.demo()));
    }

    private static List<String> notes(Map<String, String> asked, HttpServletRequest request) {
        var notes = new ArrayList<String>();
        for (String reason : List.of("expired", "lost", "stale", "out")) {
            if (asked.containsKey(reason)) {
                notes.add("sign-in." + reason);
            }
        }
        Resume.waiting(request)
                .ifPresent(kept ->
                        notes.add(kept.isWhole() ? "sign-in.kept" : "sign-in.kept-in-part"));
        return notes;
    }

    /**
     * @param path where the form goes
     * @param tooLong texts that have to be given again
     * @param files that have to be chosen again
     * @param most characters that are kept
     */
    record ResumePage(
            String reason,
            String path,
            List<Field> fields,
            List<Field> tooLong,
            List<Field> files,
            int most) {}

    /**
     * @param label empty for what no page shows
     * @param values of a file its names, of a text that was too long its length
     */
    record Field(String name, String label, List<?> values) {}

    @GetMapping("/resume")
    ModelAndView resume(HttpServletRequest request) {
        return Resume.waiting(request)
                .map(kept ->
                        frame.show(
                                "resume",
                                new ResumePage(
                                        kept.reason().name().toLowerCase(Locale.ROOT),
                                        kept.path(),
                                        fields(kept.fields()),
                                        fields(kept.tooLong()),
                                        fields(kept.files()),
                                        Resume.MOST)))
                .orElseGet(() -> new ModelAndView("redirect:/"));
    }

    private List<Field> fields(Map<String, ?> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        new Field(
                                field.getKey(),
                                texts.label(field.getKey()).orElse(""),
                                field.getValue() instanceof List<?> values
                                        ? values
                                        : List.of(field.getValue())))
                .toList();
    }

    /** What was kept is given up. */
    @PostMapping("/resume")
    String discard(HttpServletRequest request) {
        request.getSession().removeAttribute(Resume.ATTRIBUTE);
        return "redirect:/";
    }
}
