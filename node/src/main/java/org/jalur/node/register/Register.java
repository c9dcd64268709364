package org.jalur.node.register;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.JalurSettings;
import org.jalur.node.JalurSettings.Peer;
import org.springframework.stereotype.Component;

/** The parties this node knows: its own, and the peers that its operator pinned. */
@Component
public class Register {
    private final JalurSettings.Party own;
    private final Map<PartyId, Peer> peers = new LinkedHashMap<>();

    Register(JalurSettings settings) {
        own = settings.party();
        for (Peer peer : settings.peers()) {
            Hash.parseHex(peer.identity());
            if (peer.partyId().equals(own.partyId()) || peers.put(peer.partyId(), peer) != null) {
                throw new IllegalArgumentException(
                        "jalur.peers names %s twice, or is the node's own party"
                                .formatted(peer.id()));
            }
        }
    }

    public PartyId own() {
        return own.partyId();
    }

    public JalurSettings.Party ownParty() {
        return own;
    }

    public boolean isAuthority() {
        return own.kind() == JalurSettings.Kind.AUTHORITY;
    }

    public Collection<Peer> peers() {
        return peers.values();
    }

    public Optional<Peer> peer(PartyId id) {
        return Optional.ofNullable(peers.get(id));
    }

    public Hash pinnedIdentity(PartyId id) {
        return peer(id).map(peer -> Hash.parseHex(peer.identity()))
                .orElseThrow(() -> new IllegalArgumentException("no peer " + id));
    }
}
