package org.jalur.node.witness;

import java.net.URI;
import java.net.http.HttpClient;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.Manifest;
import org.jalur.channel.PartyId;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.InvalidProofException;
import org.jalur.log.LogStorage;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.SplitView;
import org.jalur.log.TiledLog;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.PublishedLog;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares the checkpoints that messages quote: the peer's own with what it said before, and what
 * it has seen of this journal with what this journal is. Two that contradict each other are kept as
 * proof, and the peer is told.
 */
@Component
public class CheckpointWatch {
    private static final Logger log = LoggerFactory.getLogger(CheckpointWatch.class);
    private static final int AT_ONCE = 500;
    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Register register;
    private final PeerKeys peers;
    private final Channels channels;
    private final PublishedLog published;
    private final OwnKeys keys;
    private final Conflicts conflicts;
    private final WitnessClient client;
    private final WantedTiles wanted;
    private final Clock clock;
    private final AtomicBoolean joining = new AtomicBoolean();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();

    CheckpointWatch(
            JdbcClient jdbc,
            Register register,
            PeerKeys peers,
            Channels channels,
            PublishedLog published,
            OwnKeys keys,
            Conflicts conflicts,
            WitnessClient client,
            WantedTiles wanted,
            Clock clock) {
        this.jdbc = jdbc;
        this.register = register;
        this.peers = peers;
        this.channels = channels;
        this.published = published;
        this.conflicts = conflicts;
        this.client = client;
        this.wanted = wanted;
        this.clock = clock;
        this.keys = keys;
    }

    private record Quoting(long seq, String jws) {
        static Quoting from(ResultSet row, int number) throws SQLException {
            return new Quoting(row.getLong("seq"), row.getString("jws"));
        }
    }

    /** Looks at the messages that came since the last time, each channel's in their order. */
    @Scheduled(fixedDelay = 2_000)
    @Transactional
    public void compare() {
        // Another process may lead the journal; what peers have seen of it may be newer.
        published.follow();
        for (Channel channel : channels.all()) {
            jdbc.sql(
                            "insert into compared_messages (channel, seq) values (:channel, 0) on conflict do nothing")
                    .param("channel", channel.id())
                    .update();
            List<Quoting> fresh =
                    jdbc.sql(
                                    """
                                    select seq, jws from messages
                                    where channel = :channel and direction = 'in' and seq > (
                                        select seq from compared_messages where channel = :channel for update)
                                    order by seq limit :most
                                    """)
                            .param("channel", channel.id())
                            .param("most", AT_ONCE)
                            .query(Quoting::from)
                            .list();
            for (Quoting one : fresh) {
                compare(channel.peer(), one);
            }
            if (!fresh.isEmpty()) {
                jdbc.sql("update compared_messages set seq = :seq where channel = :channel")
                        .param("seq", fresh.getLast().seq())
                        .param("channel", channel.id())
                        .update();
            }
        }
    }

    private void compare(PartyId peer, Quoting one) {
        Manifest manifest = Manifest.parse(Jws.parse(one.jws(), Jws.Type.MESSAGE).payload());
        manifest.checkpoint().ifPresent(note -> heard(peer, note));
        manifest.seen().checkpoint().ifPresent(note -> seenOfUs(peer, note));
    }

    /** What a peer has seen of this journal must be a part of it. */
    private void seenOfUs(PartyId peer, String text) {
        NoteVerifier[] own = keys.checkpointVerifiers();
        try {
            SignedNote note = SignedNote.parse(text);
            Checkpoint seen = Checkpoint.open(note, published.origin(), own);
            Optional<Hash> root = published.root(seen.size());
            if (root.isEmpty() || root.get().equals(seen.root())) {
                // One that is larger than ours is the start check's business.
                return;
            }
            SignedNote newest = SignedNote.parse(published.checkpoint().orElseThrow());
            long size = Checkpoint.parse(newest.text()).size();
            keep(
                    published.origin(),
                    new SplitView(
                            note, newest, root.get(), published.between(seen.size(), size).path()),
                    own);
        } catch (MalformedNoteException | UntrustedNoteException e) {
            log.warn("{} quotes a checkpoint that this node did not sign", peer);
        }
    }

    /** What a peer says of its own journal must not change. */
    private void heard(PartyId peer, String text) {
        Optional<String> known = peers.of(peer).map(KeyStatement::origin);
        if (known.isEmpty()) {
            return;
        }
        String origin = known.get();
        NoteVerifier[] verifiers = peers.everOfLog(origin);
        try {
            SignedNote note = SignedNote.parse(text);
            Checkpoint checkpoint = Checkpoint.open(note, origin, verifiers);
            Optional<String> before = remember(checkpoint, text);
            if (before.isPresent()) {
                SignedNote earlier = SignedNote.parse(before.get());
                if (!Checkpoint.parse(earlier.text()).root().equals(checkpoint.root())) {
                    keep(
                            origin,
                            new SplitView(earlier, note, checkpoint.root(), List.of()),
                            verifiers);
                }
            }
        } catch (MalformedNoteException | UntrustedNoteException e) {
            // Also a checkpoint by keys that were revoked as compromised.
            log.info("a checkpoint quoted by {} is not compared", peer);
        }
    }

    /** The checkpoint of that size that was heard before; empty if this is the first. */
    private Optional<String> remember(Checkpoint checkpoint, String note) {
        int added =
                jdbc.sql(
                                """
                                insert into heard_checkpoints (origin, size, note, heard_at)
                                values (:origin, :size, :note, :now) on conflict do nothing
                                """)
                        .param("origin", checkpoint.origin())
                        .param("size", checkpoint.size())
                        .param("note", note)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        return added == 1
                ? Optional.empty()
                : jdbc.sql(
                                "select note from heard_checkpoints where origin = :origin and size = :size")
                        .param("origin", checkpoint.origin())
                        .param("size", checkpoint.size())
                        .query(String.class)
                        .optional();
    }

    /** On a thread of its own, for peers may be slow: the scheduler's other tasks do not wait. */
    @Scheduled(fixedDelay = 30_000)
    public void begin() {
        if (joining.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("checkpoint-watch")
                    .start(() -> {
                        try {
                            join();
                            tell();
                        } catch (RuntimeException e) {
                            log.warn("journals are compared again in a while", e);
                        } finally {
                            joining.set(false);
                        }
                    });
        }
    }

    /** The two newest heard of each peer: the peer's own tiles must join them. */
    private void join() {
        for (KeyStatement keys : peers.all()) {
            List<String> notes =
                    jdbc.sql(
                                    "select note from heard_checkpoints where origin = :origin order by size desc limit 2")
                            .param("origin", keys.origin())
                            .query((row, _) -> row.getString("note"))
                            .list();
            if (notes.size() == 2) {
                tiles(keys.party())
                        .ifPresent(tiles ->
                                join(
                                        keys,
                                        tiles,
                                        SignedNote.parse(notes.getLast()),
                                        SignedNote.parse(notes.getFirst())));
            }
        }
    }

    /** A peer's tiles: over HTTP, or brought by one that only pulls. */
    private Optional<LogStorage> tiles(PartyId party) {
        JalurSettings.Peer peer = register.peer(party).orElseThrow();
        if (peer.delivery() == JalurSettings.Delivery.PULLED) {
            return channels.with(party).map(channel -> new PulledTiles(wanted, channel));
        }
        return Optional.ofNullable(peer.url()).map(url -> new PeerTiles(http, url));
    }

    private void join(KeyStatement keys, LogStorage tiles, SignedNote older, SignedNote newer) {
        Checkpoint small = Checkpoint.parse(older.text());
        Checkpoint large = Checkpoint.parse(newer.text());
        try {
            TiledLog tree = TiledLog.open(tiles, large.size(), large.root());
            Hash then = tree.head(small.size()).root();
            if (!then.equals(small.root())) {
                keep(
                        keys.origin(),
                        new SplitView(
                                older,
                                newer,
                                then,
                                tree.consistencyProof(small.size(), large.size()).path()),
                        peers.everOfLog(keys.origin()));
            }
        } catch (RuntimeException e) {
            // Its tiles are away or wrong: the other peers' are joined.
            log.warn("the journal of {} cannot be compared: {}", keys.party(), e.getMessage());
        }
    }

    /** Evidence that a peer hands in about its own log, or about this one. */
    boolean handedIn(String text) {
        SplitView evidence = SplitView.parse(text);
        String origin = Checkpoint.parse(evidence.newer().text()).origin();
        NoteVerifier[] known =
                origin.equals(published.origin())
                        ? keys.checkpointVerifiers()
                        : peers.everOfLog(origin);
        if (known.length == 0) {
            return false;
        }
        evidence.verify(origin, known);
        conflicts.add(origin, evidence);
        return true;
    }

    private void keep(String origin, SplitView evidence, NoteVerifier[] keys) {
        try {
            evidence.verify(origin, keys);
        } catch (InvalidProofException e) {
            log.warn("two checkpoints of {} do not contradict each other after all", origin);
            return;
        }
        if (conflicts.add(origin, evidence)) {
            log.error("{} has signed two histories; the proof is on the journal page", origin);
        }
    }

    /** The other side sees it too: what was found about a peer's log is shown to the peer. */
    private void tell() {
        for (KeyStatement keys : peers.all()) {
            JalurSettings.Peer peer = register.peer(keys.party()).orElseThrow();
            URI node = peer.url();
            if (node == null || peer.delivery() == JalurSettings.Delivery.PULLED) {
                continue; // It is told when it pulls.
            }
            for (Conflicts.Conflict conflict : conflicts.untold(keys.origin())) {
                try {
                    URI address =
                            URI.create(
                                    node.toString().replaceAll("/+$", "") + "/witness/conflicts");
                    if (client.tell(address, conflict.evidence().format())) {
                        conflicts.told(conflict.id());
                    }
                } catch (java.io.IOException e) {
                    log.warn("{} was not told of its fork yet: {}", keys.party(), e.getMessage());
                }
            }
        }
    }

    /** Heard checkpoints are needed only while a peer may still contradict them. */
    @Scheduled(fixedDelay = 3_600_000)
    void forget() {
        jdbc.sql("delete from heard_checkpoints where heard_at < :limit")
                .param("limit", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }
}
