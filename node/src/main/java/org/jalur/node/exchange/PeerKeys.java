package org.jalur.node.exchange;

import java.util.List;
import java.util.Optional;
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

    /** What checks the checkpoints of the peer whose journal has this origin; none if unknown. */
    public List<NoteVerifier> ofLog(String origin) {
        return all().stream()
                .filter(statement -> statement.origin().equals(origin))
                .findFirst()
                .map(KeyStatement::checkpointVerifiers)
                .orElse(List.of());
    }
}
