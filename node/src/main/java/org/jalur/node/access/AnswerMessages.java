package org.jalur.node.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.Parts;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a platform says to an order. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class AnswerMessages {
    /** So many answers to one order are enough for everybody. */
    private static final int MOST = 100;

    private final AccessBlocks blocks;
    private final OrderRows rows;
    private final Exchange exchange;

    AnswerMessages(AccessBlocks blocks, OrderRows rows, Exchange exchange) {
        this.blocks = blocks;
        this.rows = rows;
        this.exchange = exchange;
    }

    /**
     * @throws InvalidAccessException if there are no words
     */
    @Transactional
    public void answer(UUID id, String text, Caller caller) {
        Block block = blocks.one(id);
        long answers =
                block.said().stream()
                        .filter(one -> one.what() instanceof Block.What.Answer)
                        .count();
        if (answers >= MOST) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "access-answers",
                    "%d answers to order %s were sent; call the authority instead."
                            .formatted(answers, id));
        }
        Part part = Parts.json(OrderMessages.ANSWER, said(text, caller));
        rows.add(
                id,
                exchange.send(
                                block.channel(),
                                new Exchange.Draft(
                                        UUID.randomUUID(),
                                        MessageKind.ACCESS_ANSWER,
                                        Optional.of(block.order()),
                                        Optional.of(block.agreement()),
                                        List.of(part)))
                        .row(),
                OrderRows.Kind.ANSWER,
                part.leaf());
    }

    private static Said.Answer said(String text, Caller caller) {
        if (text.length() > Said.LONGEST) {
            throw new InvalidAccessException(
                    "answer", AccessRule.TOO_LONG, text.length(), Said.LONGEST);
        }
        try {
            return new Said.Answer(text, Optional.of(caller.role().wire()));
        } catch (MalformedMessageException e) {
            throw new InvalidAccessException("answer", AccessRule.EMPTY);
        }
    }
}
