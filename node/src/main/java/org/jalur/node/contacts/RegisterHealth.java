package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jalur.agreement.ContactTerms;
import org.jalur.contacts.Standing;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What of both registers needs somebody. */
@Component
public class RegisterHealth {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final AgreedRules rules;
    private final RegisterViews views;
    private final RegisterVersions versions;
    private final Clock clock;

    RegisterHealth(
            JdbcClient jdbc,
            Channels channels,
            AgreedRules rules,
            RegisterViews views,
            RegisterVersions versions,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.rules = rules;
        this.views = views;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * @param stale entries of the own register and of the peers' that nobody confirmed for too long
     * @param drills contacts of this side that a drill still waits for
     */
    public record Needs(int stale, int drills) {}

    public Needs needs() {
        return new Needs(countStale(), countDrills());
    }

    private int countStale() {
        List<Standing> own =
                jdbc.sql("select valid_until, confirmed_at from register_entries")
                        .query(RegisterHealth::standing)
                        .list();
        long stale = own.isEmpty() ? 0 : stale(own, views.terms());
        for (Channel channel : channels.all()) {
            stale += stale(theirs(channel), rules.terms(channel.peer()));
        }
        return Math.toIntExact(stale);
    }

    private List<Standing> theirs(Channel channel) {
        return versions.newest(channel, Direction.IN)
                .map(message ->
                        jdbc.sql(
                                        """
                                        select valid_until, confirmed_at from register_parts
                                        where message = :message and not exists (select 1 from erased_parts
                                            where erased_parts.channel = :channel and erased_parts.leaf = register_parts.leaf)
                                        """)
                                .param("message", message)
                                .param("channel", channel.id())
                                .query(RegisterHealth::standing)
                                .list())
                .orElse(List.of());
    }

    private long stale(List<Standing> entries, ContactTerms terms) {
        Instant now = clock.instant();
        return entries.stream()
                .filter(one -> one.freshness(terms, now) != Standing.Freshness.FRESH)
                .count();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        return new Standing(
                "?",
                row.getObject("valid_until", LocalDate.class),
                row.getObject("confirmed_at", OffsetDateTime.class).toInstant());
    }

    private int countDrills() {
        return jdbc.sql(
                        """
                        select count(*) from drill_contacts join drills on drills.no = drill
                        where direction = 'in' and answer_by > :now and not exists (select 1 from drill_answers
                            where drill_answers.drill = drill_contacts.drill and drill_answers.contact = drill_contacts.contact)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }
}
