package org.jalur.node.notifications;

import java.util.List;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** What a person was told, and what they have looked at. */
@PageController
class NotificationPages {
    private final Frame frame;
    private final Alerts alerts;
    private final Wording wording;

    NotificationPages(Frame frame, Alerts alerts, Wording wording) {
        this.frame = frame;
        this.alerts = alerts;
        this.wording = wording;
    }

    /**
     * @param outbox whether this person may see the outbox
     */
    record AlertsPage(List<Row> alerts, boolean anyOpen, boolean outbox) {}

    record Row(Alerts.Alert alert, String sentence, String path) {}

    @GetMapping("/notifications")
    ModelAndView all() {
        Caller caller = Caller.current();
        List<Row> rows = alerts.of(caller.account()).stream().map(this::row).toList();
        return frame.show(
                "notifications/all",
                new AlertsPage(
                        rows,
                        rows.stream().anyMatch(row -> row.alert().open()),
                        caller.role() == Role.ADMIN));
    }

    private Row row(Alerts.Alert alert) {
        return new Row(
                alert,
                wording.sentence(alert.told()),
                alert.told().kind().path(alert.told().subject()));
    }

    @PostMapping("/notifications/{id}/seen")
    String seen(@PathVariable UUID id) {
        return "redirect:"
                + alerts.seen(Caller.current().account(), id)
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-alert",
                                        "You were told nothing with the id %s.".formatted(id)));
    }

    @PostMapping("/notifications/seen")
    String allSeen() {
        alerts.allSeen(Caller.current().account());
        return "redirect:/notifications";
    }
}
