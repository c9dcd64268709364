package org.jalur.node.witness;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jalur.node.exchange.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tiles of peers that cannot be called: asked for at their next pull, kept for a day. */
@Component
class WantedTiles {
    /** Octets of a full tile; a peer that brings more brings something else. */
    static final int LARGEST = 8 * 1024;

    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    WantedTiles(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What the peer said of a tile.
     *
     * @param octets absent if its journal has none
     */
    record Answer(Optional<byte[]> octets) {}

    /** The peer's answer; empty while it has not answered. Asks for the tile if nobody did. */
    Optional<Answer> find(Channel channel, String path) {
        Optional<Answer> answer =
                jdbc.sql(
                                """
                                select octets from wanted_tiles
                                where channel = :channel and path = :path and (missing or octets is not null)
                                """)
                        .param("channel", channel.id())
                        .param("path", path)
                        .query((row, _) -> new Answer(Optional.ofNullable(row.getBytes("octets"))))
                        .optional();
        if (answer.isEmpty()) {
            jdbc.sql(
                            """
                            insert into wanted_tiles (channel, path, asked_at) values (:channel, :path, :now)
                            on conflict do nothing
                            """)
                    .param("channel", channel.id())
                    .param("path", path)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
        return answer;
    }

    /** Paths that the peer has not answered yet, the first asked first. */
    List<String> open(Channel channel, int most) {
        return jdbc.sql(
                        """
                        select path from wanted_tiles where channel = :channel and octets is null and not missing
                        order by asked_at, path limit :most
                        """)
                .param("channel", channel.id())
                .param("most", most)
                .query((row, _) -> row.getString("path"))
                .list();
    }

    /** Keeps what was asked for; what was not, or was answered before, changes nothing. */
    void answer(Channel channel, String path, Optional<byte[]> octets) {
        jdbc.sql(
                        """
                        update wanted_tiles set octets = :octets, missing = :missing
                        where channel = :channel and path = :path and octets is null
                        """)
                .param("octets", octets.orElse(null))
                .param("missing", octets.isEmpty())
                .param("channel", channel.id())
                .param("path", path)
                .update();
    }

    /** A tile that is missing now may be there at the next look. */
    void forgetMissing(Channel channel) {
        jdbc.sql("delete from wanted_tiles where channel = :channel and missing")
                .param("channel", channel.id())
                .update();
    }

    @Scheduled(fixedDelay = 3_600_000)
    void forget() {
        jdbc.sql("delete from wanted_tiles where asked_at < :limit")
                .param("limit", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }
}
