package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.web.Soon;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Parts that are erased: recorded with the message that says so, then their keys are destroyed. A
 * crash in between leaves a record, and the keys go at the next start.
 */
@Component
public class Erasures {
    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Channels channels;
    private final ObjectProvider<ErasureListener> listeners;
    private final Clock clock;
    private final Soon destroying =
            new Soon("destroying keys of erased parts", this::destroyTheRest);

    Erasures(
            JdbcClient jdbc,
            PartStore parts,
            Channels channels,
            ObjectProvider<ErasureListener> listeners,
            Clock clock) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.channels = channels;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * @param message that says so, sent or received
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Channel channel, UUID notice, Set<Hash> leaves, long message) {
        jdbc.sql(
                        """
                        insert into erased_parts (channel, leaf, message, recorded_at)
                        select :channel, leaf, :message, :now from unnest(:leaves::bytea[]) as new(leaf)
                        on conflict do nothing
                        """)
                .param("channel", channel.id())
                .param("message", message)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("leaves", PartStore.octets(leaves))
                .update();
        listeners.forEach(listener -> listener.erased(channel, notice, leaves));
        destroying.afterCommit();
    }

    private void destroy(Channel channel, Collection<Hash> leaves) {
        parts.erase(channel, leaves);
        jdbc.sql(
                        """
                        update erased_parts set destroyed_at = :now
                        where channel = :channel and leaf = any(:leaves::bytea[]) and destroyed_at is null
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("channel", channel.id())
                .param("leaves", PartStore.octets(leaves))
                .update();
    }

    /**
     * Only what stands in the table once the message is committed; also what a crash or a fault of
     * the key store left.
     */
    @Scheduled(fixedDelay = 10_000)
    void destroyTheRest() {
        Map<Channel, List<Hash>> left = new HashMap<>();
        jdbc.sql(
                        "select channel, leaf from erased_parts where destroyed_at is null order by recorded_at limit :most")
                .param("most", AT_ONCE)
                .query((ResultSet row) -> {
                    left.computeIfAbsent(
                                    channels.byId(row.getInt("channel")), _ -> new ArrayList<>())
                            .add(Hash.of(row.getBytes("leaf")));
                });
        left.forEach(this::destroy);
    }
}
