package org.jalur.node.notifications;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The outbox of notifications, for admins. */
@PageController
class OutboxPages {
    private static final int LONGEST = 200;

    private final Frame frame;
    private final Texts texts;
    private final NotificationOutbox outbox;
    private final Wording wording;
    private final CourierBell bell;

    OutboxPages(
            Frame frame,
            Texts texts,
            NotificationOutbox outbox,
            Wording wording,
            CourierBell bell) {
        this.frame = frame;
        this.texts = texts;
        this.outbox = outbox;
        this.wording = wording;
        this.bell = bell;
    }

    /**
     * @param state the one that is shown
     * @param open whether its deliveries can be tried again and given up
     */
    record OutboxPage(List<Count> counts, String state, boolean open, List<Row> rows, Form form) {}

    record Count(String state, long number) {}

    /**
     * @param reason in words; empty for none
     */
    record Row(NotificationOutbox.Row delivery, String sentence, String reason) {}

    @GetMapping("/notifications/outbox")
    ModelAndView outbox(@RequestParam(defaultValue = "waiting") String state) {
        return show(state(state), Form.EMPTY, HttpStatus.OK);
    }

    private static NotificationOutbox.State state(String wire) {
        return Arrays.stream(NotificationOutbox.State.values())
                .filter(one -> one.wire().equals(wire))
                .findFirst()
                .orElse(NotificationOutbox.State.WAITING);
    }

    private ModelAndView show(NotificationOutbox.State state, Form form, HttpStatus status) {
        ModelAndView page =
                frame.show(
                        "notifications/outbox",
                        new OutboxPage(
                                Arrays.stream(NotificationOutbox.State.values())
                                        .map(one -> new Count(one.wire(), outbox.count(one)))
                                        .toList(),
                                state.wire(),
                                state == NotificationOutbox.State.WAITING
                                        || state == NotificationOutbox.State.FAILED,
                                outbox.rows(state).stream().map(this::row).toList(),
                                form));
        page.setStatus(status);
        return page;
    }

    private Row row(NotificationOutbox.Row delivery) {
        String reason =
                delivery.reason().isEmpty() || delivery.state().equals("given-up")
                        ? delivery.reason()
                        : Trouble.said(texts, delivery.reason());
        return new Row(delivery, wording.sentence(delivery.told()), reason);
    }

    @PostMapping("/notifications/outbox/{id}/retry")
    String retry(@PathVariable UUID id) {
        if (!outbox.retry(id)) {
            throw notOpen(id);
        }
        bell.ring();
        return "redirect:/notifications/outbox";
    }

    @PostMapping("/notifications/outbox/{id}/abandonment")
    ModelAndView giveUp(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "waiting") String state) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > LONGEST) {
            return show(
                    state(state),
                    Form.EMPTY.wrong(
                            "reason-" + id,
                            texts.say("outbox.reason.wrong", String.valueOf(LONGEST))),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        if (!outbox.giveUp(id, why)) {
            throw notOpen(id);
        }
        return new ModelAndView("redirect:/notifications/outbox?state=given-up");
    }

    private static ProblemException notOpen(UUID id) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "delivery-not-open",
                "Delivery %s neither waits nor has failed.".formatted(id));
    }
}
