package org.jalur.node.cases;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.node.accounts.Caller;
import org.jalur.node.dialogue.Dialogue;
import org.jalur.node.dialogue.TurnParts;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What reviewers ask the authority before they decide. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Questions implements SentMessageHandler {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final Subjects subjects;
    private final DecidedCases decided;
    private final Dialogue dialogue;
    private final ItemStates states;
    private final Timeline timeline;
    private final Clock clock;

    Questions(
            JdbcClient jdbc,
            Channels channels,
            Subjects subjects,
            DecidedCases decided,
            Dialogue dialogue,
            ItemStates states,
            Timeline timeline,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.subjects = subjects;
        this.decided = decided;
        this.dialogue = dialogue;
        this.states = states;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** The items wait for the answer; the clock stands once the authority has the question. */
    @Transactional
    public void ask(UUID id, Dialogue.Saying saying, Caller reviewer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LockedCase one = LockedCase.lock(jdbc, id);
        one.mustBeDecidable(id, reviewer, now);
        Dialogue.Prepared question = dialogue.prepare(MessageKind.QUESTION, saying, reviewer);
        List<Integer> askable = states.askable(ItemStates.Of.CASE, id, saying.items());
        if (askable.isEmpty()
                || (!saying.items().isEmpty() && askable.size() != saying.items().size())) {
            throw LockedCase.conflict(
                    "already-decided",
                    "Of items %s of case %s, only %s can be asked about: the others are not there, or decided."
                            .formatted(saying.items(), id, askable));
        }
        List<Integer> waiting = dialogue.asked(ItemStates.Of.CASE, id, saying.items());
        decided.settle(id, now);
        timeline.add(id, "asked", reviewer.role().wire(), "%d items".formatted(waiting.size()));
        // Last, for whoever sends next on the channel waits until this transaction ends.
        dialogue.send(
                new Dialogue.About(
                        id,
                        channels.byId(one.channel()),
                        one.notice(),
                        Optional.of(one.agreement())),
                question,
                waiting);
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.QUESTION);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID id =
                subjects.subject(message.channel(), message.manifest().about().orElseThrow())
                        .orElseThrow();
        TurnParts said = TurnParts.read(contents);
        LockedCase.lock(jdbc, id);
        List<Integer> waiting = dialogue.asked(ItemStates.Of.CASE, id, said.facts().items());
        decided.settle(id, said.facts().saidAt());
        timeline.add(
                id,
                "asked",
                said.facts().role(),
                "%d items".formatted(waiting.size()),
                said.facts().saidAt());
        dialogue.keep(message.row(), id, MessageKind.QUESTION, said, waiting);
    }
}
