package org.jalur.node.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.channel.SignOff;
import org.jalur.log.Hash;
import org.jalur.notice.Item;
import org.jalur.notice.ItemFacts;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeReasons;

/**
 * The parts of a notice message, put in order and checked. What is erased keeps its place: an item
 * follows its own public facts, which are never erased, and the reasons follow the notice's.
 *
 * @param factsLeaf leaf of the public facts
 * @param reasons absent once they are erased
 * @param reasonsLeaf leaf of the reasons
 * @param items in the order of their numbers
 */
public record NoticeParts(
        NoticeFacts facts,
        Hash factsLeaf,
        Optional<NoticeReasons> reasons,
        Hash reasonsLeaf,
        List<ItemPart> items) {
    public NoticeParts {
        items = List.copyOf(items);
    }

    /**
     * @param facts what is public of the item
     * @param item absent once it is erased
     * @param leaf of the item's private part
     */
    public record ItemPart(ItemFacts facts, Optional<Item> item, Hash leaf) {}

    /**
     * @throws MalformedMessageException if it is no whole notice
     */
    public static NoticeParts read(Contents contents) {
        var reading = new Reading();
        for (int i = 0; i < contents.size(); i++) {
            Optional<Part> part = contents.at(i);
            if (part.isPresent()) {
                reading.take(part.get(), contents.leaf(i));
            } else {
                reading.takeErased(contents.leaf(i));
            }
        }
        return reading.whole();
    }

    private static final class Reading {
        private final List<NoticeFacts> facts = new ArrayList<>();
        private final List<Hash> factLeaves = new ArrayList<>();
        private final List<NoticeReasons> reasons = new ArrayList<>();
        private final List<Hash> reasonLeaves = new ArrayList<>();
        private final List<ItemFacts> itemFacts = new ArrayList<>();
        private final List<ItemPart> items = new ArrayList<>();
        private String before = "";

        void take(Part part, Hash leaf) {
            switch (part.type()) {
                case "notice" -> {
                    facts.add(Parts.read(part, NoticeFacts.class));
                    factLeaves.add(leaf);
                }
                case "notice-reasons" -> {
                    reasons.add(Parts.read(part, NoticeReasons.class));
                    reasonLeaves.add(leaf);
                }
                case "item-facts" -> itemFacts.add(Parts.read(part, ItemFacts.class));
                case "item" -> item(Parts.read(part, Item.class), leaf);
                case SignOff.PART -> {
                    // Looked at by whoever knows the keys.
                }
                case "file" -> {
                    // Named by the notice or by items; read when somebody looks at it.
                }
                default ->
                        throw new MalformedMessageException(
                                "a notice has no part of type " + part.type());
            }
            before = part.type();
        }

        /** Anything else that can be erased is a file. */
        void takeErased(Hash leaf) {
            if (before.equals("item-facts")) {
                items.add(new ItemPart(itemFacts.getLast(), Optional.empty(), leaf));
            } else if (before.equals("notice")) {
                reasonLeaves.add(leaf);
            }
            before = "";
        }

        private void item(Item item, Hash leaf) {
            if (itemFacts.isEmpty()
                    || itemFacts.getLast().no() != item.no()
                    || itemFacts.getLast().kind() != item.kind()
                    || itemFacts.size() != item.no()) {
                throw new MalformedMessageException(
                        "item %d does not follow its own public facts".formatted(item.no()));
            }
            items.add(new ItemPart(itemFacts.getLast(), Optional.of(item), leaf));
        }

        NoticeParts whole() {
            if (facts.size() != 1 || reasonLeaves.size() != 1) {
                throw new MalformedMessageException(
                        "a notice has its facts once and its reasons once");
            }
            if (items.size() != facts.getFirst().itemCount() || itemFacts.size() != items.size()) {
                throw new MalformedMessageException(
                        "the notice says %d items and has %d"
                                .formatted(facts.getFirst().itemCount(), items.size()));
            }
            return new NoticeParts(
                    facts.getFirst(),
                    factLeaves.getFirst(),
                    reasons.stream().findFirst(),
                    reasonLeaves.getFirst(),
                    items);
        }
    }
}
