package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import org.jalur.node.JalurSettings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Signing in, and going on where a session ended. */
@PageController
class SignInPages {
    /** Attribute of a request: the name that was tried in vain. */
    static final String TRIED = "jalur.tried";

    private final Frame frame;
    private final Texts texts;
    private final JalurSettings settings;

    SignInPages(Frame frame, Texts texts, JalurSettings settings) {
        this.frame = frame;
        this.texts = texts;
        this.settings = settings;
    }

    /**
     * @param note key of what is said above the form, or empty
     * @param to path to go to afterwards
     * @param demo whether to say where the demo's passwords are
     */
    record SignInPage(Form form, String note, String to, boolean demo) {}

    @GetMapping("/sign-in")
    ModelAndView signIn(@RequestParam Map<String, String> asked, HttpServletRequest request) {
        Form form = Form.EMPTY;
        if (request.getAttribute(TRIED) instanceof String name) {
            form = Form.of(Map.of("name", name)).wrong("name", texts.say("sign-in.failed"));
        }
        String note = "";
        if (asked.containsKey("expired")) {
            note = "sign-in.expired";
        } else if (asked.containsKey("out")) {
            note = "sign-in.out";
        }
        return frame.show(
                "sign-in",
                new SignInPage(
                        form,
                        note,
                        LanguagePages.local(asked.getOrDefault("to", "/")),
                        settings.demo()));
    }

    /**
     * @param path where the form goes
     */
    record ResumePage(String path, List<Field> fields) {}

    record Field(String name, String value) {}

    @GetMapping("/resume")
    ModelAndView resume(HttpSession session) {
        if (!(session.getAttribute(Resume.ATTRIBUTE) instanceof Resume.Kept kept)) {
            return new ModelAndView("redirect:/");
        }
        return frame.show(
                "resume",
                new ResumePage(
                        kept.path(),
                        kept.fields().entrySet().stream()
                                .flatMap(field ->
                                        field.getValue().stream()
                                                .map(value -> new Field(field.getKey(), value)))
                                .toList()));
    }

    /** What was kept is given up. */
    @PostMapping("/resume")
    String discard(HttpServletRequest request) {
        request.getSession().removeAttribute(Resume.ATTRIBUTE);
        return "redirect:/";
    }
}
