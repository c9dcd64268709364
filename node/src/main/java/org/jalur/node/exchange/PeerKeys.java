package org.jalur.node.exchange;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.log.NoteVerifier;
import org.springframework.stereotype.Component;

/** The newest keys that peers have announced, for whoever checks their checkpoints. */
@Component
public class PeerKeys {
    private final Channels channels;
    private final KeySets keySets;

    PeerKeys(Channels channels, KeySets keySets) {
        this.channels = channels;
        this.keySets = keySets;
    }

    public Optional<KeyStatement> of(PartyId peer) {
        return channels.with(peer).flatMap(keySets::newest);
    }

    /** Of every peer that has announced any. */
    public List<KeyStatement> all() {
        return channels.all().stream().flatMap(one -> keySets.newest(one).stream()).toList();
    }

    /**
     * Where a party's keys came into force.
     *
     * @param seq of the message that announced them; they sign from the next one
     */
    public record Since(long seq, KeyStatement statement) {}

    /** Every statement that a peer has announced, rising. */
    public List<Since> history(PartyId peer) {
        return channels.with(peer).stream()
                .flatMap(channel ->
                        keySets.all(channel, "in").stream()
                                .map(one ->
                                        new Since(
                                                one.seq(), keySets.open(channel, one.statement()))))
                .toList();
    }

    /** In which message to each peer the own keys with this serial were announced. */
    public Map<PartyId, Long> ownSince(long serial) {
        Map<PartyId, Long> since = new TreeMap<>(Comparator.comparing(PartyId::value));
        for (Channel channel : channels.all()) {
            keySets.all(channel, "out").stream()
                    .filter(one -> one.serial() == serial)
                    .forEach(one -> since.put(channel.peer(), one.seq()));
        }
        return since;
    }

    /**
     * What checks new checkpoints of the peer whose journal has this origin: by its present keys
     * alone; none if unknown.
     */
    public List<NoteVerifier> ofLog(String origin) {
        return all().stream()
                .filter(statement -> statement.origin().equals(origin))
                .findFirst()
                .map(KeyStatement::checkpointVerifiers)
                .orElse(List.of());
    }

    /**
     * What checks checkpoints that a peer's journal has signed at any time, except with keys that
     * were revoked as compromised: those prove nothing about the peer any more.
     */
    public NoteVerifier[] everOfLog(String origin) {
        return all().stream()
                .filter(statement -> statement.origin().equals(origin))
                .findFirst()
                .map(statement ->
                        KeyStatement.believed(
                                history(statement.party()).stream().map(Since::statement).toList()))
                .orElse(List.of())
                .stream()
                .flatMap(statement -> statement.checkpointVerifiers().stream())
                .distinct()
                .toArray(NoteVerifier[]::new);
    }
}
