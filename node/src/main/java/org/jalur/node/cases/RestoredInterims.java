package org.jalur.node.cases;

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
import org.jalur.node.exchange.InterimRecords;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.ItemKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was withheld before it was decided, from the messages that said so. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class RestoredInterims implements SentMessageHandler {
    private final JdbcClient jdbc;
    private final Subjects subjects;
    private final InterimRecords records;
    private final Enforcement enforcement;
    private final Timeline timeline;

    RestoredInterims(
            JdbcClient jdbc,
            Subjects subjects,
            InterimRecords records,
            Enforcement enforcement,
            Timeline timeline) {
        this.jdbc = jdbc;
        this.subjects = subjects;
        this.records = records;
        this.enforcement = enforcement;
        this.timeline = timeline;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.INTERIM);
    }

    /** The measures come with the next messages, and end the actions. */
    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID id =
                subjects.subject(message.channel(), message.manifest().about().orElseThrow())
                        .orElseThrow();
        InterimRecords.Said said = InterimRecords.read(contents);
        Instant at = said.facts().getFirst().at();
        Optional<Instant> tellFrom = LockedCase.lock(jdbc, id).tellFrom().filter(at::isBefore);
        if (said.isEnd()) {
            List<Integer> numbers = said.facts().stream().map(InterimFacts::no).toList();
            records.end(
                    id,
                    numbers,
                    Interims.ending(said.facts().getFirst().ended().orElseThrow()),
                    at);
            enforcement.showAgain(id, numbers, tellFrom.isEmpty());
        } else {
            records.begin(id, said.reasons().orElseThrow(), said.facts());
            Map<Integer, ItemKind> kinds = kinds(id);
            enforcement.withhold(
                    id,
                    said.facts().stream()
                            .map(one ->
                                    Enforcement.Restriction.interim(
                                            one.no(),
                                            Optional.ofNullable(kinds.get(one.no())).orElseThrow(),
                                            one.countries(),
                                            tellFrom))
                            .toList());
        }
        timeline.add(
                id,
                said.isEnd() ? "shown" : "withheld",
                said.facts().getFirst().role().orElse(null),
                "%d items".formatted(said.facts().size()),
                at);
    }

    private Map<Integer, ItemKind> kinds(UUID id) {
        Map<Integer, ItemKind> kinds = new HashMap<>();
        jdbc.sql("select no, kind from case_items where case_id = :id")
                .param("id", id)
                .query(row -> {
                    kinds.put(
                            row.getInt("no"),
                            ItemKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)));
                });
        return kinds;
    }
}
