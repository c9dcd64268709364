package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Clocks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notices that claim an emergency. One counts only after a call-back to a registered number that
 * both sides recorded; until then its deadline is the urgent one.
 */
@Component
public class Emergencies {
    private final JdbcClient jdbc;
    private final Channels channels;
    private final ObjectProvider<EmergencyListener> listeners;

    Emergencies(JdbcClient jdbc, Channels channels, ObjectProvider<EmergencyListener> listeners) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.listeners = listeners;
    }

    /**
     * An emergency as it stands.
     *
     * @param subject the case or the notice
     * @param organisation that filed it, and is called back
     * @param state claimed, denied or confirmed
     * @param confirmedAt when the platform received the confirmation
     */
    public record Emergency(
            UUID subject,
            Channel channel,
            UUID notice,
            String organisation,
            Instant claimedAt,
            String state,
            Optional<Instant> confirmedAt) {}

    /**
     * @param subject the case or the notice
     * @param at when it was received; on the authority's side sent
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void claim(UUID subject, Channel channel, UUID notice, String organisation, Instant at) {
        jdbc.sql(
                        """
                        insert into emergencies (subject, channel, notice, organisation, claimed_at, state)
                        values (:subject, :channel, :notice, :organisation, :at, 'claimed')
                        on conflict (subject) do nothing
                        """)
                .param("subject", subject)
                .param("channel", channel.id())
                .param("notice", notice)
                .param("organisation", organisation)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Empty for a notice that claims none. */
    public Optional<Emergency> of(UUID subject) {
        return jdbc.sql("select * from emergencies where subject = :subject")
                .param("subject", subject)
                .query(this::emergency)
                .optional();
    }

    Optional<Emergency> about(Channel channel, UUID notice) {
        return jdbc.sql("select * from emergencies where channel = :channel and notice = :notice")
                .param("channel", channel.id())
                .param("notice", notice)
                .query(this::emergency)
                .optional();
    }

    private Emergency emergency(ResultSet row, int number) throws SQLException {
        return new Emergency(
                row.getObject("subject", UUID.class),
                channels.byId(row.getInt("channel")),
                row.getObject("notice", UUID.class),
                row.getString("organisation"),
                row.getObject("claimed_at", OffsetDateTime.class).toInstant(),
                row.getString("state"),
                Optional.ofNullable(row.getObject("confirmed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    /** From when on an emergency has its own deadline; empty for one that nobody confirmed. */
    public Optional<Clocks.Confirmed> confirmed(
            UUID subject, Agreement agreement, String category) {
        return of(subject)
                .flatMap(Emergency::confirmedAt)
                .map(at -> new Clocks.Confirmed(ClockRule.forEmergency(agreement, category), at));
    }

    /** The first confirmation counts. */
    void confirm(UUID subject, Instant at) {
        int confirmed =
                jdbc.sql(
                                """
                                update emergencies set state = 'confirmed', confirmed_at = :at
                                where subject = :subject and state <> 'confirmed'
                                """)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("subject", subject)
                        .update();
        if (confirmed == 1) {
            listeners.forEach(one -> one.confirmed(subject));
        }
    }

    /** One of the two says that it is none; a later call-back can still confirm it. */
    void deny(UUID subject) {
        jdbc.sql(
                        "update emergencies set state = 'denied' where subject = :subject and state = 'claimed'")
                .param("subject", subject)
                .update();
    }
}
