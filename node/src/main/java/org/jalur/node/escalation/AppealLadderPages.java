package org.jalur.node.escalation;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.node.escalation.LadderForms.Place;
import org.jalur.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The ladder of an appeal by itself, where the authority acts on it. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class AppealLadderPages {
    private static final String HERE = "/appeals/{id}/ladder";

    private final LadderForms forms;

    AppealLadderPages(LadderForms forms) {
        this.forms = forms;
    }

    private static Place place(UUID id) {
        return new Place(
                new Steps.Which(Silence.APPEAL, id, Optional.empty()),
                LadderPanels.ofAppealAt(id),
                "/appeals/" + id);
    }

    @GetMapping(HERE)
    ModelAndView one(@PathVariable UUID id) {
        return forms.show(place(id));
    }

    @PostMapping(HERE + "/approval")
    ModelAndView approve(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return forms.approve(place(id), typed);
    }

    @PostMapping(HERE + "/stop")
    ModelAndView stop(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return forms.stop(place(id), typed);
    }

    @PostMapping(HERE + "/call")
    ModelAndView call(@PathVariable UUID id, @RequestParam Map<String, String> typed) {
        return forms.call(place(id), typed);
    }
}
