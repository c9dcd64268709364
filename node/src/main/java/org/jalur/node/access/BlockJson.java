package org.jalur.node.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jalur.access.check.CheckedOrder;
import org.jalur.access.text.EventText;
import org.jalur.access.text.OrderText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A block for programs: orders and events in the words of the protocol.
 *
 * @param order as it is sent, with what the check found
 * @param digest of it, as it was sent: approvals name this
 * @param unmet places of the conditions that nothing shows to be met, from 0
 * @param offers messages that show conditions to be met, as this node sees
 */
record BlockJson(
        BlockViews.Summary block,
        JsonNode order,
        String digest,
        List<BlockViews.NameLine> names,
        List<BlockViews.NoticeLine> notices,
        List<Integer> unmet,
        List<Offer> offers,
        String drafter,
        List<BlockViews.ApprovalLine> approvals,
        Optional<Instant> receivedAt,
        Optional<Instant> attempt,
        boolean liftByTwo,
        List<Happened> events,
        List<Step> steps) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param condition its place in the order, from 0
     */
    record Offer(int condition, String message) {}

    /**
     * @param event in the words of the protocol; absent for an answer or a refusal
     * @param text of an answer, of a refusal, or of what was heard outside of the channel
     */
    record Happened(
            String type,
            boolean own,
            Optional<Instant> at,
            Instant recordedAt,
            boolean counts,
            Optional<JsonNode> event,
            Optional<String> text) {}

    /** Without the account: programs know pseudonyms only. */
    record Step(String kind, String by, String said, Instant at) {}

    static BlockJson of(BlockViews.Detail detail) {
        List<BlockViews.ConditionLine> conditions = detail.conditions();
        return new BlockJson(
                detail.block(),
                JSON.readTree(
                        OrderText.write(new CheckedOrder(detail.order(), detail.findings()))
                                .octets()),
                detail.digest(),
                detail.names(),
                detail.notices(),
                places(conditions).filter(i -> !conditions.get(i).met()).toList(),
                places(conditions)
                        .flatMap(i ->
                                conditions.get(i).offer().map(one -> new Offer(i, one)).stream())
                        .toList(),
                detail.drafter(),
                detail.approvals(),
                detail.receivedAt(),
                detail.attempt(),
                detail.liftByTwo(),
                detail.events().stream().map(BlockJson::happened).toList(),
                detail.steps().stream()
                        .map(one -> new Step(one.kind(), one.by(), one.said(), one.at()))
                        .toList());
    }

    private static Stream<Integer> places(List<?> all) {
        return IntStream.range(0, all.size()).boxed();
    }

    private static Happened happened(BlockViews.EventLine line) {
        Optional<JsonNode> event = Optional.empty();
        Optional<String> text = Optional.empty();
        switch (line.what()) {
            case Block.What.Event(var one, var heard) -> {
                event = Optional.of(JSON.readTree(EventText.write(one)));
                text = heard;
            }
            case Block.What.Answer(var answer) -> text = Optional.of(answer.text());
            case Block.What.Refused(var refusal) ->
                    text = Optional.of(refusal.clause() + ": " + refusal.reason());
            case Block.What.Gone _ -> {}
        }
        return new Happened(
                line.type(), line.own(), line.at(), line.recordedAt(), line.counts(), event, text);
    }
}
