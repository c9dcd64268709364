package org.jalur.node.exchange;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jalur.channel.PartyId;
import org.jalur.node.JalurSettings.Peer;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The channels of this node: one for each peer that its operator pinned. */
@Component
public class Channels {
    private final Map<PartyId, Channel> byPeer = new ConcurrentHashMap<>();
    private final Map<Integer, Channel> byId = new ConcurrentHashMap<>();

    Channels(JdbcClient jdbc, Register register) {
        for (Peer peer : register.peers()) {
            jdbc.sql(
                            """
                            insert into channels (local_party, peer_party) values (:local, :peer)
                            on conflict do nothing
                            """)
                    .param("local", register.own().value())
                    .param("peer", peer.id())
                    .update();
            int id =
                    jdbc.sql(
                                    "select id from channels where local_party = :local and peer_party = :peer")
                            .param("local", register.own().value())
                            .param("peer", peer.id())
                            .query(Integer.class)
                            .single();
            jdbc.sql(
                            """
                            insert into streams (channel, direction) values (:channel, 'in'), (:channel, 'out')
                            on conflict do nothing
                            """)
                    .param("channel", id)
                    .update();
            var channel = new Channel(id, register.own(), peer.partyId());
            byPeer.put(peer.partyId(), channel);
            byId.put(id, channel);
        }
    }

    public Optional<Channel> with(PartyId peer) {
        return Optional.ofNullable(byPeer.get(peer));
    }

    public Channel byId(int id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() ->
                        new IllegalStateException("channel %d has no pinned peer".formatted(id)));
    }

    public List<Channel> all() {
        return List.copyOf(byId.values());
    }
}
