package org.jalur.node.enforcement;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.Measures;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.notice.MeasureFacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done and reported before the database lost it: it is not done a second time. */
@Component
class RestoredMeasures implements SentMessageHandler {
    private final JdbcClient jdbc;
    private final Subjects subjects;
    private final Measures measures;
    private final ItemStates states;
    private final Enforcement enforcement;

    RestoredMeasures(
            JdbcClient jdbc,
            Subjects subjects,
            Measures measures,
            ItemStates states,
            Enforcement enforcement) {
        this.jdbc = jdbc;
        this.subjects = subjects;
        this.measures = measures;
        this.states = states;
        this.enforcement = enforcement;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.MEASURES);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID id =
                subjects.subject(message.channel(), message.manifest().about().orElseThrow())
                        .orElseThrow();
        Map<Integer, String> outcomes = new HashMap<>();
        for (Part part : contents.present()) {
            MeasureFacts facts = Parts.read(part, MeasureFacts.class);
            UUID action = reported(id, facts).orElseGet(UUID::randomUUID);
            if (!isMeasured(action)) {
                measures.add(action, id, facts);
            }
            outcomes.put(facts.no(), Enforcement.wire(facts.outcome()));
            if (!Set.of("restore", "tell").contains(facts.action())) {
                enforcement.doneBefore(id, facts.no(), false);
                enforcement.doneBefore(id, facts.no(), true);
            }
        }
        states.measured(ItemStates.Of.CASE, id, outcomes);
    }

    /** The oldest action of this kind that is not reported yet. */
    private Optional<UUID> reported(UUID caseId, MeasureFacts facts) {
        return jdbc.sql(
                        """
                        update actions set done_at = coalesce(done_at, :at), reported_at = :at, lease_until = null
                        where id = (
                            select id from actions
                            where case_id = :case and no = :no and action = :action and reported_at is null
                            order by recorded_at, id limit 1)
                        returning id
                        """)
                .param("at", Enforcement.at(facts.measuredAt()))
                .param("case", caseId)
                .param("no", facts.no())
                .param("action", facts.action())
                .query(UUID.class)
                .optional();
    }

    /** A backup may know what was done, and only not that it was reported. */
    private boolean isMeasured(UUID action) {
        return jdbc.sql("select exists (select 1 from measures where action = :action)")
                .param("action", action)
                .query(Boolean.class)
                .single();
    }
}
