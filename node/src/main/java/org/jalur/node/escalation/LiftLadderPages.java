package org.jalur.node.escalation;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.node.escalation.LadderForms.Place;
import org.jalur.node.pages.PageController;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The ladder of a lift by itself; the platform acts on it, both sides see it. */
@PageController
class LiftLadderPages {
    private static final String HERE = "/access-blocks/{id}/ladders/{lift}";

    private final LadderForms forms;

    LiftLadderPages(LadderForms forms) {
        this.forms = forms;
    }

    private static Place place(UUID id, UUID lift) {
        return new Place(
                new Steps.Which(Silence.LIFT, id, Optional.of(lift)),
                LadderPanels.ofLift(id, lift),
                "/access-blocks/" + id);
    }

    @GetMapping(HERE)
    ModelAndView one(@PathVariable UUID id, @PathVariable UUID lift) {
        return forms.show(place(id, lift));
    }

    @PostMapping(HERE + "/approval")
    ModelAndView approve(
            @PathVariable UUID id,
            @PathVariable UUID lift,
            @RequestParam Map<String, String> typed) {
        return forms.approve(place(id, lift), typed);
    }

    @PostMapping(HERE + "/stop")
    ModelAndView stop(
            @PathVariable UUID id,
            @PathVariable UUID lift,
            @RequestParam Map<String, String> typed) {
        return forms.stop(place(id, lift), typed);
    }

    @PostMapping(HERE + "/call")
    ModelAndView call(
            @PathVariable UUID id,
            @PathVariable UUID lift,
            @RequestParam Map<String, String> typed) {
        return forms.call(place(id, lift), typed);
    }
}
