package org.jalur.node.dialogue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.exchange.Deliveries;
import org.jalur.notice.EvidenceFile;

/**
 * One thing that was said about a notice.
 *
 * @param id of its message
 * @param kind question, answer or remark
 * @param number of a question, counted from 1; of an answer: of the question that it answers
 * @param own whether this side said it
 * @param whole whether it is about the notice and not about single items
 * @param items that it is about
 * @param texts one, or one for each item that a decision asked about
 * @param role of whoever said it, at their side
 * @param receivedAt when the other side had it, by the receipt; absent while there is none
 * @param delivery how far it has come; absent for what the other side said
 * @param open of a question: whether its answer is still waited for
 */
public record Turn(
        UUID id,
        String kind,
        Optional<Integer> number,
        boolean own,
        boolean whole,
        List<Integer> items,
        List<Text> texts,
        List<EvidenceFile> files,
        String role,
        Instant saidAt,
        Optional<Instant> receivedAt,
        Optional<Deliveries.Delivery> delivery,
        boolean open) {

    /**
     * @param item that it is about, where there are several texts
     * @param text absent once it was erased
     */
    public record Text(Optional<Integer> item, Optional<String> text) {}
}
