package org.jalur.node.cases;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jalur.node.exchange.RecoveryListener;
import org.jalur.node.exchange.Timeline;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What stands in no message is not brought back: who had a case, and decisions that waited for a
 * second reviewer. The cases are open, nobody has them, and they say so.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class RecoveredCases implements RecoveryListener {
    private final JdbcClient jdbc;
    private final Unconfirmed unconfirmed;
    private final SecondReviews secondReviews;
    private final Timeline timeline;
    private final Clock clock;

    RecoveredCases(
            JdbcClient jdbc,
            Unconfirmed unconfirmed,
            SecondReviews secondReviews,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.unconfirmed = unconfirmed;
        this.secondReviews = secondReviews;
        this.timeline = timeline;
        this.clock = clock;
    }

    @Override
    public List<String> recovered() {
        unconfirmed.forgetOver(clock.instant());
        List<UUID> open =
                jdbc.sql(
                                """
                                update cases set claimed_by = null, claimed_at = null, claimed_until = null
                                where state in ('open', 'waiting') returning id
                                """)
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list();
        List<UUID> doubtful = open.stream().filter(secondReviews::couldWait).sorted().toList();
        for (UUID id : doubtful) {
            mark(id);
        }
        return doubtful.isEmpty()
                ? List.of()
                : List.of(
                        "%d cases are open in which a decision may have waited for a second reviewer: such decisions are in no message and did not come back; the cases say so"
                                .formatted(doubtful.size()));
    }

    private void mark(UUID id) {
        int marked =
                jdbc.sql(
                                "update cases set recovered_at = :now, changed_at = :now where id = :id and recovered_at is null")
                        .param("now", CaseMessages.at(clock.instant()))
                        .param("id", id)
                        .update();
        if (marked == 1) {
            timeline.add(id, "recovered", null, null);
        }
    }
}
