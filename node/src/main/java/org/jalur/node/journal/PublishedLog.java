package org.jalur.node.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.KeyStatement;
import org.jalur.log.Checkpoint;
import org.jalur.log.CheckpointStore;
import org.jalur.log.ConsistencyProof;
import org.jalur.log.Hash;
import org.jalur.log.LogProof;
import org.jalur.log.LogStorage;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.TiledLog;
import org.jalur.log.TreeHead;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.WorkingKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The log as the world may see it: tiles, and the newest checkpoint. It trusts the checkpoint store
 * to swap only what it was shown, and the storage to keep what it acknowledged.
 */
@Component
public class PublishedLog {
    private static final Logger log = LoggerFactory.getLogger(PublishedLog.class);
    private static final String KEY = "checkpoint";

    private final LogStorage storage;
    private final CheckpointStore store;
    private final OwnKeys keys;
    private final String origin;
    private volatile State state;

    /**
     * @param note newest signed checkpoint; empty before the first
     * @param keySerial of the own keys that signed it
     */
    private record State(TiledLog log, TreeHead head, Optional<String> note, long keySerial) {}

    PublishedLog(LogStorage storage, CheckpointStore store, OwnKeys keys) {
        this.storage = storage;
        this.store = store;
        this.keys = keys;
        origin = keys.statement().origin();
        state = load();
    }

    /** Reads the stored checkpoint again, and the right edge of the tiles under it. */
    private State load() {
        Optional<String> note =
                store.load(KEY).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (note.isEmpty()) {
            TreeHead empty = TreeHead.EMPTY;
            return new State(TiledLog.open(storage, 0, empty.root()), empty, note, 0);
        }
        KeyStatement by = signerOf(SignedNote.parse(note.get()));
        TreeHead head =
                Checkpoint.open(
                                SignedNote.parse(note.get()),
                                origin,
                                OwnKeys.checkpointVerifier(by))
                        .head();
        return new State(TiledLog.open(storage, head.size(), head.root()), head, note, by.serial());
    }

    /** The own keys that signed a stored checkpoint; those from before a rotation count as well. */
    private KeyStatement signerOf(SignedNote note) {
        keys.follow();
        return keys.statements().reversed().stream()
                .filter(statement ->
                        note.signatures().stream()
                                .anyMatch(line -> line.isBy(OwnKeys.checkpointVerifier(statement))))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "the stored checkpoint is not signed with any keys of this party"));
    }

    synchronized void reload() {
        state = load();
    }

    /** What the process that leads has published meanwhile. */
    @Scheduled(fixedDelay = 1_000)
    public synchronized void follow() {
        Optional<String> stored =
                store.load(KEY).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (!stored.equals(state.note())) {
            State fresh = load();
            if (fresh.head().size() > state.head().size()) {
                state = fresh;
            }
        }
    }

    public TreeHead head() {
        return state.head();
    }

    /** The newest checkpoint as a signed note, with all its signatures. */
    public Optional<String> checkpoint() {
        return state.note();
    }

    /**
     * The newest checkpoint as messages and receipts quote it: with the Ed25519 signature alone.
     */
    public Optional<String> quoted() {
        return state.note().map(note -> bare(SignedNote.parse(note)).format());
    }

    /**
     * Proves an entry under the newest checkpoint for a receipt: empty while other keys have signed
     * that one than those which sign the receipt.
     */
    public Optional<LogProof> proof(long index, long keySerial) {
        State now = state;
        return now.keySerial() == keySerial
                ? Optional.of(
                        LogProof.of(
                                now.log().inclusionProof(index, now.head().size()),
                                bare(SignedNote.parse(now.note().orElseThrow()))))
                : Optional.empty();
    }

    /** Proves an entry under an earlier checkpoint of this log, or the newest. */
    public LogProof proof(long index, SignedNote checkpoint) {
        long size = Checkpoint.parse(checkpoint.text()).size();
        return LogProof.of(state.log().inclusionProof(index, size), checkpoint);
    }

    /** Proves that this log at one size extends itself at a smaller one. */
    public ConsistencyProof between(long from, long to) {
        return state.log().consistencyProof(from, to);
    }

    /** The root that this log had at a size; empty where it never was that large. */
    public Optional<Hash> root(long size) {
        State now = state;
        return size > now.head().size()
                ? Optional.empty()
                : Optional.of(now.log().head(size).root());
    }

    public String origin() {
        return origin;
    }

    /**
     * A checkpoint with this log's own signature must be a part of it; one that others signed, or
     * nobody, says nothing. Nor does one by keys that were revoked as compromised: whoever stole
     * them could stop this node for ever.
     *
     * @throws IllegalStateException with what to do, if this log cannot extend what it has signed
     */
    void requireToExtend(SignedNote seen) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.open(seen, origin, keys.checkpointVerifiers());
        } catch (MalformedNoteException | UntrustedNoteException e) {
            log.warn(
                    "a witness holds a checkpoint that this node did not sign: {}", e.getMessage());
            return;
        }
        Optional<Hash> root = root(checkpoint.size());
        if (root.isEmpty()) {
            throw new IllegalStateException(
                    """
                    a witness holds a checkpoint of %d entries that this node signed, and the journal here has %d: \
                    its folder was restored from a backup; put back the newest one, nothing is signed until then\
                    """
                            .formatted(checkpoint.size(), head().size()));
        }
        if (!root.get().equals(checkpoint.root())) {
            throw new IllegalStateException(
                    """
                    a witness holds a checkpoint of %d entries that this node signed, and the journal here had another \
                    root at that size: this key has signed two histories; nothing is signed until its operator has \
                    found out which is true and has rotated the keys\
                    """
                            .formatted(checkpoint.size()));
        }
    }

    private static SignedNote bare(SignedNote note) {
        return new SignedNote(note.text(), List.of(note.signatures().getFirst()));
    }

    /** The octets of an entry, as the tiles have them. */
    byte[] entry(long index) {
        return state.log().entry(index);
    }

    /**
     * Writes tiles, signs, swaps the checkpoint and publishes it, in this order: no signature
     * leaves before the swap.
     *
     * @return false if another process has moved the checkpoint meanwhile; nothing was published
     */
    synchronized boolean integrate(List<byte[]> entries) {
        State now = state;
        TreeHead head = now.log().append(entries);
        WorkingKeys signing = keys.current();
        String note =
                Checkpoint.of(origin, head)
                        .sign(signing.checkpointSigners().toArray(NoteSigner[]::new))
                        .format();
        byte[] next = note.getBytes(StandardCharsets.UTF_8);
        byte[] expected =
                now.note().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        if (!store.compareAndSwap(KEY, expected, next)) {
            reload();
            return false;
        }
        state = new State(now.log(), head, Optional.of(note), signing.serial());
        return true;
    }
}
