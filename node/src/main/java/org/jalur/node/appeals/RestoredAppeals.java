package org.jalur.node.appeals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.appeal.AppealOutcome;
import org.jalur.channel.MessageKind;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.enforcement.Enforcement;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DecisionRecords;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.exchange.Timeline;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Appeals that this platform's database lost, from what it told the authority: with clock and
 * outcome. Words that the authority may not read, contacts, and the secrets of links never left
 * this node, and are lost with the database.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class RestoredAppeals implements SentMessageHandler {
    private final AppealRows rows;
    private final Subjects subjects;
    private final Agreements agreements;
    private final DecisionRecords decisions;
    private final Enforcement enforcement;
    private final Timeline timeline;

    RestoredAppeals(
            AppealRows rows,
            Subjects subjects,
            Agreements agreements,
            DecisionRecords decisions,
            Enforcement enforcement,
            Timeline timeline) {
        this.rows = rows;
        this.subjects = subjects;
        this.agreements = agreements;
        this.decisions = decisions;
        this.enforcement = enforcement;
        this.timeline = timeline;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.APPEAL, MessageKind.APPEAL_OUTCOME);
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        UUID notice = message.manifest().about().orElseThrow();
        UUID theCase = subjects.subject(message.channel(), notice).orElseThrow();
        Agreement agreement =
                agreements
                        .of(message.channel(), message.manifest().agreement().orElseThrow())
                        .agreement();
        if (message.manifest().kind().equals(MessageKind.APPEAL.wire())) {
            AppealParts.Filed said = AppealParts.readAppeal(contents);
            rows.add(
                    new AppealRows.New(
                            said.facts().appeal(),
                            message.channel(),
                            notice,
                            theCase,
                            said.facts(),
                            message.manifest().agreement().orElseThrow(),
                            message.row(),
                            said.leaf(),
                            Optional.empty()),
                    agreement,
                    Optional.empty());
            timeline.add(
                    theCase, "appealed", null, said.facts().reference(), said.facts().filedAt());
        } else {
            decided(message, theCase, AppealParts.readOutcome(contents), agreement);
        }
    }

    /** What was measured since then comes with the next messages, and ends the actions. */
    private void decided(
            SentMessage message, UUID theCase, AppealParts.Decided said, Agreement agreement) {
        AppealOutcome facts = said.facts();
        Appeal one = rows.find(message.channel(), facts.appeal()).orElseThrow();
        said.decision()
                .ifPresent(decision -> {
                    decisions.setStates(ItemStates.Of.CASE, theCase, List.of(decision));
                    decisions.add(message.row(), theCase, List.of(decision));
                });
        switch (facts.result()) {
            case GRANTED -> enforcement.restore(theCase, facts.no(), one.id());
            case REJECTED -> enforcement.tell(theCase, facts.no(), one.id());
        }
        rows.decided(one.id(), facts, said.reasons(), message.row(), agreement, Optional.empty());
        timeline.add(
                theCase,
                "appeal-" + AppealRows.wire(facts.result()),
                facts.role(),
                one.reference(),
                facts.decidedAt());
    }
}
