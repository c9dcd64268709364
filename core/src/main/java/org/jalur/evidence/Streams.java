package org.jalur.evidence;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.Manifest;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Flaw.Kind;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;

/**
 * What messages say about each other: that one follows the other, and that a journal is one. Asked
 * in the order of the file.
 */
final class Streams {
    /** Trees are compared with this many others, of any journal, that came last. */
    private static final int REMEMBERED = 4096;

    private final Map<PartyId, KeyHistory> keys;
    private final Map<PartyId, Place> last = new HashMap<>();
    private final Map<Tree, Hash> roots =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Tree, Hash> eldest) {
                    return size() > REMEMBERED;
                }
            };

    Streams(Map<PartyId, KeyHistory> keys) {
        this.keys = keys;
    }

    private record Place(long seq, Hash digest) {}

    private record Tree(String origin, long size) {}

    /** Compares with the messages beside it, where the file has them. */
    Optional<Flaw> follows(Manifest manifest, Hash digest) {
        long seq = manifest.seq();
        KeyHistory announced = Optional.ofNullable(keys.get(manifest.from())).orElseThrow();
        Optional<Hash> before =
                announced
                        .at(seq - 1)
                        .map(KeyHistory.Announced::digest)
                        .or(() ->
                                Optional.ofNullable(last.get(manifest.from()))
                                        .filter(place -> place.seq() == seq - 1)
                                        .map(Place::digest));
        last.put(manifest.from(), new Place(seq, digest));
        if (announced.at(seq).isPresent()) {
            return chain("a keys message has the same place %d", seq);
        }
        if (before.isPresent() && !before.equals(manifest.previous())) {
            return chain("it names another message %d", seq - 1);
        }
        if (announced
                .at(seq + 1)
                .filter(next -> !next.manifest().previous().equals(Optional.of(digest)))
                .isPresent()) {
            return chain("the keys message %d names another one before it", seq + 1);
        }
        return Optional.empty();
    }

    private static Optional<Flaw> chain(String sentence, long seq) {
        return Optional.of(new Flaw(Kind.CHAIN, sentence.formatted(seq)));
    }

    /** Finds two different trees of one size in one journal. */
    Optional<Flaw> forks(Checkpoint checkpoint) {
        Hash other =
                roots.putIfAbsent(
                        new Tree(checkpoint.origin(), checkpoint.size()), checkpoint.root());
        return other == null || other.equals(checkpoint.root())
                ? Optional.empty()
                : Optional.of(
                        new Flaw(
                                Kind.FORKED_JOURNAL,
                                "%s at size %d: %s and %s"
                                        .formatted(
                                                checkpoint.origin(),
                                                checkpoint.size(),
                                                other,
                                                checkpoint.root())));
    }
}
