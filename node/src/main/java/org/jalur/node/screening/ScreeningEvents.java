package org.jalur.node.screening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The history of lists and entries. */
@Component
class ScreeningEvents {
    private static final int SHOWN = 200;

    private final JdbcClient jdbc;
    private final Clock clock;

    ScreeningEvents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param event its name in the text family {@code event.}
     * @param by pseudonym of who did it; empty for the node itself
     */
    record Event(String event, Optional<String> by, Optional<String> detail, Instant at) {
        static Event from(ResultSet row, int number) throws SQLException {
            return new Event(
                    row.getString("event"),
                    Optional.ofNullable(row.getString("by_whom")),
                    Optional.ofNullable(row.getString("detail")),
                    row.getObject("at", OffsetDateTime.class).toInstant());
        }
    }

    /** Of the list as a whole. */
    void add(String list, String event, Optional<String> by, Optional<String> detail) {
        insert(list, null, event, by, detail);
    }

    void add(String list, UUID entry, String event, Optional<String> by, Optional<String> detail) {
        insert(list, entry, event, by, detail);
    }

    private void insert(
            String list,
            @Nullable UUID entry,
            String event,
            Optional<String> by,
            Optional<String> detail) {
        jdbc.sql(
                        """
                        insert into screening_events (list, entry, event, by_whom, detail, at)
                        values (:list, :entry::uuid, :event, :by, :detail, :now)
                        """)
                .param("list", list)
                .param("entry", entry)
                .param("event", event)
                .param("by", by.orElse(null))
                .param("detail", detail.orElse(null))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest first. */
    List<Event> ofList(String list) {
        return jdbc.sql(
                        """
                        select * from screening_events where list = :list and entry is null
                        order by id desc limit :most
                        """)
                .param("list", list)
                .param("most", SHOWN)
                .query(Event::from)
                .list();
    }

    /** The newest first. */
    List<Event> ofEntry(UUID entry) {
        return jdbc.sql(
                        "select * from screening_events where entry = :entry order by id desc limit :most")
                .param("entry", entry)
                .param("most", SHOWN)
                .query(Event::from)
                .list();
    }
}
