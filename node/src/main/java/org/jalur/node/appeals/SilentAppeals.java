package org.jalur.node.appeals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.clock.ClockRule;
import org.jalur.agreement.clock.Event;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.escalation.LadderSubjects;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.RelatedMessages;
import org.jalur.node.notifications.Kind;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Appeals that wait for a decision: the authority climbs, for the platform decides. The ladder runs
 * from its receipt of the appeal to that of the outcome, or to the withdrawal of the notice.
 */
@Component
class SilentAppeals implements LadderSubjects, RelatedMessages {
    private final JdbcClient jdbc;
    private final Agreements agreements;
    private final Channels channels;
    private final boolean authority;
    private final Clock clock;

    SilentAppeals(
            JdbcClient jdbc,
            Agreements agreements,
            Channels channels,
            Register register,
            Clock clock) {
        this.jdbc = jdbc;
        this.agreements = agreements;
        this.channels = channels;
        this.authority = register.isAuthority();
        this.clock = clock;
    }

    @Override
    public Silence about() {
        return Silence.APPEAL;
    }

    @Override
    public Kind call() {
        return Kind.APPEAL_CALL;
    }

    /** Reviewers are told of the time itself, before and after it. */
    @Override
    public Optional<Kind> step() {
        return Optional.empty();
    }

    private record Row(
            UUID id,
            UUID appeal,
            int channel,
            Hash agreement,
            String reference,
            long message,
            List<Event> events) {
        static Row from(ResultSet row, int number) throws SQLException {
            List<Event> events = new ArrayList<>();
            time(row, "received_at").map(Event.Received::new).ifPresent(events::add);
            if ("withdrawn".equals(row.getString("outcome"))) {
                time(row, "decided_at").map(Event.Withdrawn::new).ifPresent(events::add);
            } else {
                time(row, "answered_at").map(Event.Decided::new).ifPresent(events::add);
            }
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getObject("appeal", UUID.class),
                    row.getInt("channel"),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("reference"),
                    row.getLong("message"),
                    events);
        }

        private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
            return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
        }
    }

    private record Version(int channel, Hash agreement) {}

    @Override
    public List<Subject> of(Collection<SubjectKey> keys) {
        Map<Version, Agreement> versions = new HashMap<>();
        return jdbc
                .sql(
                        """
                        select id, appeal, channel, agreement, reference, message, received_at, answered_at, outcome, decided_at
                        from appeals where channel = any(:channels) and appeal = any(:appeals)
                        """)
                .param(
                        "channels",
                        keys.stream().map(SubjectKey::channel).distinct().toArray(Integer[]::new))
                .param("appeals", keys.stream().map(SubjectKey::subject).toArray(UUID[]::new))
                .query(Row::from)
                .list()
                .stream()
                .filter(row -> keys.contains(new SubjectKey(row.channel(), row.appeal())))
                .map(row -> {
                    Channel channel = channels.byId(row.channel());
                    Agreement terms =
                            versions.computeIfAbsent(
                                    new Version(row.channel(), row.agreement()),
                                    one -> agreements.of(channel, one.agreement()).agreement());
                    return new Subject(
                            row.appeal(),
                            row.id(),
                            channel,
                            row.reference(),
                            row.agreement(),
                            terms,
                            row.message(),
                            ClockRule.forAppeal(terms),
                            row.events());
                })
                .toList();
    }

    @Override
    public List<SubjectKey> on(UUID page) {
        return jdbc.sql("select channel, appeal from appeals where id = :id")
                .param("id", page)
                .query((row, _) ->
                        new SubjectKey(row.getInt("channel"), row.getObject("appeal", UUID.class)))
                .list();
    }

    /** Steps are messages about themselves; evidence of a notice has those about its appeals. */
    @Override
    public List<Long> related(Channel channel, UUID notice) {
        return jdbc.sql(
                        """
                        select message from ladder_acts where channel = :channel and about = 'appeal'
                            and subject in (select appeal from appeals where channel = :channel and notice = :notice)
                        """)
                .param("channel", channel.id())
                .param("notice", notice)
                .query((row, _) -> row.getLong("message"))
                .list();
    }

    @Override
    public int takeUp() {
        if (!authority) {
            return 0;
        }
        return jdbc.sql(
                        """
                        insert into open_ladders (channel, about, subject, look_at)
                        select channel, 'appeal', appeal, :now from appeals
                        where outcome is null and not exists (select 1 from open_ladders
                            where open_ladders.channel = appeals.channel and subject = appeal and about = 'appeal')
                        on conflict do nothing
                        """)
                .param("now", AppealRows.at(clock.instant()))
                .update();
    }
}
