package org.jalur.node.deconfliction;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The list of de-confliction notes, on both sides. */
@PageController
class NoteListPages {
    private static final Set<String> DONE =
            Set.of("drafted", "approved", "discarded", "ended", "erased");

    private final Frame frame;
    private final Texts texts;
    private final NoteViews views;

    NoteListPages(Frame frame, Texts texts, NoteViews views) {
        this.frame = frame;
        this.texts = texts;
        this.views = views;
    }

    /**
     * @param me who looks: nobody approves their own draft
     */
    record ListPage(
            List<NoteViews.Note> notes,
            boolean officer,
            boolean approver,
            boolean eraser,
            UUID me,
            String done) {}

    @GetMapping("/notes")
    ModelAndView all(@RequestParam Map<String, String> asked) {
        Caller caller = Caller.current();
        String done = asked.getOrDefault("done", "");
        return frame.show(
                "deconfliction/notes",
                new ListPage(
                        views.all(),
                        caller.role() == Role.OFFICER,
                        caller.role() == Role.APPROVER,
                        caller.role() == Role.APPROVER || caller.role() == Role.SENIOR_REVIEWER,
                        caller.account(),
                        DONE.contains(done) ? texts.name("note-done", done) : ""));
    }
}
