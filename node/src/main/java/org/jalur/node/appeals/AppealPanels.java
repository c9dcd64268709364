package org.jalur.node.appeals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.pages.Moments;
import org.springframework.stereotype.Component;

/** What other pages show of appeals. */
@Component
public class AppealPanels {
    private final AppealViews views;
    private final Moments moments;

    AppealPanels(AppealViews views, Moments moments) {
        this.views = views;
        this.moments = moments;
    }

    /**
     * @param state open, overdue, granted, rejected or withdrawn
     * @param left how much time there is; empty once it is decided
     */
    public record Line(
            UUID id,
            String reference,
            int item,
            String state,
            Instant filedAt,
            Optional<Moments.Deadline> left,
            Optional<String> restoration) {}

    /** Of a notice or a case, the earliest first. */
    public List<Line> of(UUID subject) {
        return views.of(subject).stream()
                .map(one ->
                        new Line(
                                one.id(),
                                one.reference(),
                                one.item(),
                                one.state(),
                                one.filedAt(),
                                one.decidedAt().isPresent()
                                        ? Optional.empty()
                                        : Optional.of(
                                                moments.deadline(one.dueAt(), Optional.empty())),
                                one.restoration()))
                .toList();
    }

    /** Those that wait for a decision, up to 100. */
    public int open() {
        return views.open();
    }
}
