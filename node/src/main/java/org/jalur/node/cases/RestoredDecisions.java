package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.DecisionRecords.Decided;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.screening.SignatureModes;
import org.jalur.notice.Acknowledgement;
import org.jalur.notice.ItemKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What this platform answered to notices and its database lost, from what it signed then. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class RestoredDecisions implements SentMessageHandler {
    /** Which signatures a reviewer chose is in no message: what they find, a person looks at. */
    private static final SignatureModes UNKNOWN =
            new SignatureModes(
                    Optional.of("review"),
                    Optional.of("review"),
                    Optional.of("review"),
                    Optional.of("review"));

    private final JdbcClient jdbc;
    private final Subjects subjects;
    private final Cases cases;
    private final Interims interims;
    private final DecisionRecords decisions;
    private final Enforcement enforcement;
    private final Timeline timeline;

    RestoredDecisions(
            JdbcClient jdbc,
            Subjects subjects,
            Cases cases,
            Interims interims,
            DecisionRecords decisions,
            Enforcement enforcement,
            Timeline timeline) {
        this.jdbc = jdbc;
        this.subjects = subjects;
        this.cases = cases;
        this.interims = interims;
        this.decisions = decisions;
        this.enforcement = enforcement;
        this.timeline = timeline;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.ACKNOWLEDGEMENT, MessageKind.DECISION);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID id =
                subjects.subject(message.channel(), message.manifest().about().orElseThrow())
                        .orElseThrow();
        if (message.manifest().kind().equals(MessageKind.DECISION.wire())) {
            decided(id, message, DecisionRecords.read(contents));
        } else {
            acknowledged(id, Parts.read(contents.only().orElseThrow(), Acknowledgement.class));
        }
    }

    private void acknowledged(UUID id, Acknowledgement acknowledgement) {
        Instant at = acknowledgement.openedAt();
        jdbc.sql(
                        """
                        update cases set acknowledged_at = coalesce(acknowledged_at, :at), changed_at = :at
                        where id = :id
                        """)
                .param("at", CaseMessages.at(at))
                .param("id", id)
                .update();
        // The backup may still have it as one to be sent.
        jdbc.sql("delete from acknowledgements where case_id = :id").param("id", id).update();
        timeline.add(id, "acknowledged", acknowledgement.role(), null, at);
    }

    private record KindOfItem(int no, ItemKind kind) {
        static KindOfItem from(ResultSet row, int number) throws SQLException {
            return new KindOfItem(
                    row.getInt("no"),
                    ItemKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)));
        }
    }

    /** What was measured since then comes with the next messages, and ends the actions. */
    private void decided(UUID id, SentMessage message, List<Decided> decided) {
        Instant at = decided.getFirst().facts().decidedAt();
        LockedCase one = LockedCase.lock(jdbc, id);
        Map<Integer, ItemKind> kinds = new HashMap<>();
        jdbc.sql("select no, kind from case_items where case_id = :id")
                .param("id", id)
                .query(KindOfItem::from)
                .list()
                .forEach(item -> kinds.put(item.no(), item.kind()));
        decisions.setStates(ItemStates.Of.CASE, id, decided);
        enforcement.restrict(
                id,
                decided.stream()
                        .map(Decided::facts)
                        .filter(facts -> facts.outcome().isRestriction())
                        .map(facts ->
                                new Enforcement.Restriction(
                                        facts.no(),
                                        Optional.ofNullable(kinds.get(facts.no())).orElseThrow(),
                                        facts.countries(),
                                        UNKNOWN,
                                        one.tellFrom().filter(at::isBefore)))
                        .toList());
        interims.decided(id, decided, one.tellFrom().filter(at::isBefore).isEmpty(), at);
        cases.settle(id, at);
        timeline.add(
                id,
                "decided",
                decided.getFirst().facts().role(),
                "%d items".formatted(decided.size()),
                at);
        decisions.add(message.row(), id, decided);
    }
}
