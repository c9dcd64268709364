package org.jalur.node.cases;

import java.util.ArrayList;
import java.util.List;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Parts;
import org.jalur.notice.Item;
import org.jalur.notice.ItemFacts;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeReasons;

/** The parts of a notice message, put in order and checked; what is private stays in its part. */
record ReceivedNotice(
        NoticeFacts facts, Hash factsLeaf, Hash reasonsLeaf, List<ReceivedItem> items) {

    record ReceivedItem(ItemFacts facts, Hash leaf, Hash place) {}

    static ReceivedNotice read(List<Part> parts, List<Hash> leaves) {
        if (parts.size() != leaves.size()) {
            throw new MalformedMessageException("a part of the notice cannot be opened");
        }
        var facts = new ArrayList<NoticeFacts>();
        var factLeaves = new ArrayList<Hash>();
        var reasonLeaves = new ArrayList<Hash>();
        var itemFacts = new ArrayList<ItemFacts>();
        var items = new ArrayList<ReceivedItem>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            switch (part.type()) {
                case "notice" -> {
                    facts.add(Parts.read(part, NoticeFacts.class));
                    factLeaves.add(leaves.get(i));
                }
                case "notice-reasons" -> {
                    Parts.read(part, NoticeReasons.class);
                    reasonLeaves.add(leaves.get(i));
                }
                case "item-facts" -> itemFacts.add(Parts.read(part, ItemFacts.class));
                case "item" ->
                        items.add(item(Parts.read(part, Item.class), itemFacts, leaves.get(i)));
                case "file" -> {
                    // Named by the notice or by items; read when somebody looks at it.
                }
                default ->
                        throw new MalformedMessageException(
                                "a notice has no part of type " + part.type());
            }
        }
        if (facts.size() != 1 || reasonLeaves.size() != 1) {
            throw new MalformedMessageException("a notice has its facts once and its reasons once");
        }
        if (items.size() != facts.getFirst().itemCount() || itemFacts.size() != items.size()) {
            throw new MalformedMessageException(
                    "the notice says %d items and has %d"
                            .formatted(facts.getFirst().itemCount(), items.size()));
        }
        return new ReceivedNotice(
                facts.getFirst(), factLeaves.getFirst(), reasonLeaves.getFirst(), items);
    }

    private static ReceivedItem item(Item item, List<ItemFacts> facts, Hash leaf) {
        if (facts.isEmpty()
                || facts.getLast().no() != item.no()
                || facts.getLast().kind() != item.kind()
                || facts.size() != item.no()) {
            throw new MalformedMessageException(
                    "item %d does not follow its own public facts".formatted(item.no()));
        }
        return new ReceivedItem(facts.getLast(), leaf, Place.of(item));
    }

    Integer[] numbers() {
        return items.stream().map(item -> item.facts().no()).toArray(Integer[]::new);
    }

    String[] kinds() {
        return items.stream()
                .map(item -> CaseMessages.wire(item.facts().kind()))
                .toArray(String[]::new);
    }

    byte[][] places() {
        return items.stream().map(item -> item.place().bytes()).toArray(byte[][]::new);
    }

    byte[][] itemLeaves() {
        return items.stream().map(item -> item.leaf().bytes()).toArray(byte[][]::new);
    }
}
