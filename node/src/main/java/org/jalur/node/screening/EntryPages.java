package org.jalur.node.screening;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One entry: where it comes from, what it found, how good it is, and what it would catch. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class EntryPages {
    private static final int HITS = 50;
    private static final int LONGEST_REASON = 1000;

    private final Frame frame;
    private final Texts texts;
    private final Entries entries;
    private final SignatureLists lists;
    private final Hits hits;
    private final ScreeningEvents events;
    private final Trials trials;
    private final Clock clock;

    EntryPages(
            Frame frame,
            Texts texts,
            Entries entries,
            SignatureLists lists,
            Hits hits,
            ScreeningEvents events,
            Trials trials,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.entries = entries;
        this.lists = lists;
        this.hits = hits;
        this.events = events;
        this.trials = trials;
        this.clock = clock;
    }

    /**
     * @param counts whether it is screened for now
     * @param list its list; empty once that was removed
     * @param trial what it would catch; empty until asked for
     */
    record EntryPage(
            EntryRow entry,
            boolean counts,
            Optional<SignatureLists.Listed> list,
            Hits.Precision precision,
            VolumeChart volume,
            List<Hits.Hit> hits,
            List<ScreeningEvents.Event> events,
            Optional<Trials.Trial> trial,
            Form form,
            boolean mayChange,
            String done) {}

    @GetMapping("/entries/{id}")
    ModelAndView one(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String trial,
            @RequestParam(defaultValue = "") String done) {
        return show(id, !trial.isEmpty(), Form.EMPTY, done, HttpStatus.OK);
    }

    private ModelAndView show(
            UUID id, boolean trial, Form form, String done, HttpStatusCode status) {
        EntryRow entry = entries.require(id);
        Optional<SignatureLists.Listed> list = lists.find(entry.list());
        ModelAndView page =
                frame.show(
                        "screening/entry",
                        new EntryPage(
                                entry,
                                list.isPresent() && entry.counts(clock.instant()),
                                list,
                                hits.precisionOf(id),
                                VolumeChart.of(hits.volume(id, ListPages.DAYS)),
                                hits.ofEntry(id, HITS),
                                events.ofEntry(id),
                                trial && !entry.emptied()
                                        ? Optional.of(trials.of(entry))
                                        : Optional.empty(),
                                form,
                                ListPages.mayChange(),
                                done.isEmpty() ? "" : texts.name("list-done", done)));
        page.setStatus(status);
        return page;
    }

    @PostMapping("/entries/{id}/removal")
    ModelAndView remove(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        String reason = typed.getOrDefault("removalReason", "").strip();
        boolean overturned = !typed.getOrDefault("reopen", "").isEmpty();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return show(
                    id,
                    false,
                    Form.of(typed).wrong("removalReason", texts.say("lists.reason.wrong")),
                    "",
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        String by = Caller.current().pseudonym();
        try {
            if (overturned) {
                entries.overturn(id, reason, by);
            } else {
                entries.remove(id, reason, by);
            }
        } catch (ProblemException e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            return show(
                    id,
                    false,
                    Form.of(typed).wrong("removalReason", texts.error(e)),
                    "",
                    e.status());
        }
        return new ModelAndView(
                "redirect:/entries/" + id + "?done=" + (overturned ? "overturned" : "removed"));
    }

    @PostMapping("/entries/{id}/release")
    String release(@PathVariable UUID id) {
        entries.release(id, Caller.current().pseudonym());
        return "redirect:/entries/" + id + "?done=released";
    }
}
