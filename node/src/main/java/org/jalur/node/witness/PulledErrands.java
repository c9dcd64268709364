package org.jalur.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jalur.channel.KeyStatement;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.Checkpoint;
import org.jalur.log.InvalidProofException;
import org.jalur.log.LogStorage;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.UntrustedNoteException;
import org.jalur.log.WitnessAnswer;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.Brought;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Errand;
import org.jalur.node.exchange.Errands;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Witnessing with a peer that cannot be called: requests, cosignatures, tiles and proofs of a fork
 * travel in its own calls, and are checked like those that come over HTTP.
 */
@Component
class PulledErrands implements Errands {
    private static final Logger log = LoggerFactory.getLogger(PulledErrands.class);

    /** Only hash tiles: what entries say is published, but nobody needs it to compare trees. */
    private static final Pattern TILE =
            Pattern.compile("tile/[0-7]/(x[0-9]{3}/){0,5}[0-9]{3}(\\.p/[0-9]{1,3})?");

    private final Register register;
    private final PeerKeys peers;
    private final PublishedLog published;
    private final LogStorage storage;
    private final OwnKeys keys;
    private final OwnWitness witness;
    private final CheckpointWatch watch;
    private final Conflicts conflicts;
    private final CosignedCheckpoints cosigned;
    private final WantedTiles tiles;
    private final Map<Integer, Long> cosignedSizes = new ConcurrentHashMap<>();

    PulledErrands(
            Register register,
            PeerKeys peers,
            PublishedLog published,
            LogStorage storage,
            OwnKeys keys,
            OwnWitness witness,
            CheckpointWatch watch,
            Conflicts conflicts,
            CosignedCheckpoints cosigned,
            WantedTiles tiles) {
        this.register = register;
        this.peers = peers;
        this.published = published;
        this.storage = storage;
        this.keys = keys;
        this.witness = witness;
        this.watch = watch;
        this.conflicts = conflicts;
        this.cosigned = cosigned;
        this.tiles = tiles;
    }

    @Override
    public Errand of(Channel channel) {
        Optional<KeyStatement> statement = peers.of(channel.peer());
        if (!isPulled(channel) || statement.isEmpty()) {
            return Errand.NONE;
        }
        try {
            return new Errand(
                    addCheckpoint(channel).map(AddCheckpoint::format),
                    tiles.open(channel, Errand.MOST_TILES),
                    conflicts.untold(statement.get().origin()).stream()
                            .findFirst()
                            .map(conflict -> conflict.evidence().format()));
        } catch (RuntimeException e) {
            // Messages go through whatever is wrong here.
            log.error("{} is asked for nothing but messages now", channel.peer(), e);
            return Errand.NONE;
        }
    }

    private boolean isPulled(Channel channel) {
        return register.peer(channel.peer())
                .filter(peer -> peer.delivery() == JalurSettings.Delivery.PULLED)
                .isPresent();
    }

    private Optional<AddCheckpoint> addCheckpoint(Channel channel) {
        published.follow();
        Optional<SignedNote> note = published.checkpoint().map(SignedNote::parse);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        long size = Checkpoint.parse(note.get().text()).size();
        long before =
                cosignedSizes.computeIfAbsent(
                        channel.id(), _ -> cosigned.newestBy(name(channel)).size());
        return before >= size
                ? Optional.empty()
                : Optional.of(AddCheckpoint.of(published.between(before, size), note.get()));
    }

    private String name(Channel channel) {
        return register.peer(channel.peer()).orElseThrow().name();
    }

    @Override
    public void brought(Channel channel, Brought brought) {
        if (!isPulled(channel)) {
            return;
        }
        try {
            brought.cosigned().ifPresent(one -> cosigned(channel, one));
        } catch (MalformedNoteException | UntrustedNoteException e) {
            log.warn("what {} cosigned does not count: {}", channel.peer(), e.getMessage());
        }
        for (Brought.Tile tile : brought.tiles()) {
            Optional<byte[]> octets = tile.octets().map(PulledErrands::decode);
            if (octets.filter(all -> all.length > WantedTiles.LARGEST).isEmpty()) {
                tiles.answer(channel, tile.path(), octets);
            }
        }
        if (brought.conflict().orElse(false)) {
            peers.of(channel.peer()).stream()
                    .flatMap(statement -> conflicts.untold(statement.origin()).stream())
                    .limit(1)
                    .forEach(conflict -> conflicts.told(conflict.id()));
        }
    }

    private void cosigned(Channel channel, Brought.Cosigned brought) {
        switch (WitnessAnswer.parse(brought.status(), brought.body())) {
            case WitnessAnswer.Cosigned answer -> {
                SignedNote note = SignedNote.parse(brought.checkpoint());
                // The peer says which checkpoint it answers for; only one of ours counts.
                Checkpoint checkpoint =
                        Checkpoint.open(
                                note,
                                published.origin(),
                                keys.statement()
                                        .checkpointVerifiers()
                                        .toArray(NoteVerifier[]::new));
                KeyStatement statement = peers.of(channel.peer()).orElseThrow();
                SignedNote both =
                        new AddCheckpoint(0, List.of(), note)
                                .cosigned(
                                        answer,
                                        statement.witnessVerifiers().toArray(NoteVerifier[]::new));
                cosigned.add(both, name(channel), false);
                cosignedSizes.merge(channel.id(), checkpoint.size(), Math::max);
            }
            case WitnessAnswer.Conflict(long size) -> cosignedSizes.put(channel.id(), size);
            case WitnessAnswer.Malformed(String reason) -> trouble(channel, reason);
            case WitnessAnswer.Untrusted(String reason) -> trouble(channel, reason);
            case WitnessAnswer.UnknownLog(String reason) -> trouble(channel, reason);
            case WitnessAnswer.Inconsistent(String reason) -> trouble(channel, reason);
        }
    }

    private static void trouble(Channel channel, String reason) {
        log.warn("{} does not cosign: {}", channel.peer(), reason);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Longer than any tile, so that it is not kept.
            return new byte[WantedTiles.LARGEST + 1];
        }
    }

    @Override
    public Brought run(Channel channel, Errand errand) {
        var found = new ArrayList<Brought.Tile>();
        for (String path : errand.tiles().stream().limit(Errand.MOST_TILES).toList()) {
            if (TILE.matcher(path).matches()) {
                found.add(
                        new Brought.Tile(
                                path, storage.read(path).map(Base64.getEncoder()::encodeToString)));
            }
        }
        return new Brought(
                errand.addCheckpoint().map(this::cosign),
                found,
                errand.conflict().map(this::takeIn));
    }

    private Brought.Cosigned cosign(String request) {
        byte[] octets = request.getBytes(UTF_8);
        WitnessAnswer answer = witness.addCheckpoint(octets);
        String checkpoint =
                answer instanceof WitnessAnswer.Cosigned
                        ? AddCheckpoint.parse(octets).checkpoint().format()
                        : "";
        return new Brought.Cosigned(answer.status(), answer.body(), checkpoint);
    }

    private boolean takeIn(String conflict) {
        try {
            return watch.handedIn(conflict);
        } catch (MalformedNoteException | UntrustedNoteException | InvalidProofException e) {
            log.warn("a peer hands over two checkpoints that prove nothing: {}", e.getMessage());
            return false;
        }
    }
}
