package org.jalur.node.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;

/**
 * The parts of a message in its order. A message is taken in with all of them; what is erased since
 * is absent.
 *
 * @param leaves of all parts
 * @param opened those that are there, by their leaves
 */
public record Contents(List<Hash> leaves, Map<Hash, Part> opened) {
    public Contents {
        leaves = List.copyOf(leaves);
        opened = Map.copyOf(opened);
    }

    public int size() {
        return leaves.size();
    }

    /** The part in a place of the message, from 0. */
    public Optional<Part> at(int place) {
        return Optional.ofNullable(opened.get(leaves.get(place)));
    }

    /** Those that are there, in order. */
    public List<Part> present() {
        return leaves.stream()
                .flatMap(leaf -> Optional.ofNullable(opened.get(leaf)).stream())
                .toList();
    }

    public Hash leaf(int place) {
        return leaves.get(place);
    }

    /**
     * The part of a message that has one; absent once it is erased.
     *
     * @throws MalformedMessageException if it has another number
     */
    public Optional<Part> only() {
        if (leaves.size() != 1) {
            throw new MalformedMessageException(
                    "%d parts where one is expected".formatted(leaves.size()));
        }
        return at(0);
    }
}
