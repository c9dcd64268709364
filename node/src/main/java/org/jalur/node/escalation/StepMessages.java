package org.jalur.node.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.SentMessage;
import org.springframework.stereotype.Component;

/** What this side says about its ladders: each a message about itself, with the row of its act. */
@Component
class StepMessages {
    static final String ACT = "ladder-act";

    private final Exchange exchange;
    private final LadderActs acts;

    StepMessages(Exchange exchange, LadderActs acts) {
        this.exchange = exchange;
        this.acts = acts;
    }

    /** How a part is called that follows the first one. */
    static String type(Said.Kind kind) {
        return switch (kind) {
            case STOPPED -> "ladder-reason";
            case CALLED -> "ladder-call";
            case COSIGNED -> "ladder-proof";
            case ANNOUNCED, APPROVED, TAKEN ->
                    throw new IllegalArgumentException("nothing follows " + kind);
        };
    }

    /**
     * @param more what follows the act, for kinds that have a second part
     * @param seenAt of a proof: when the witness saw it
     */
    void send(
            Histories.History history,
            Said.Act act,
            Optional<? extends Said> more,
            Optional<Instant> seenAt) {
        List<Part> parts = new ArrayList<>(List.of(Parts.json(ACT, act)));
        Optional<Part> second = more.map(one -> Parts.json(type(act.act()), one));
        second.ifPresent(parts::add);
        UUID id = UUID.randomUUID();
        SentMessage sent =
                exchange.send(
                        history.subject().channel(),
                        new Exchange.Draft(
                                id,
                                MessageKind.ESCALATION,
                                Optional.of(id),
                                Optional.of(history.subject().agreement()),
                                parts));
        acts.add(
                new LadderActs.New(
                        sent.row(),
                        history.key().channel(),
                        id,
                        act,
                        second.map(Part::leaf),
                        seenAt));
    }
}
