package org.jalur.node.oncall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.oncall.Rotation.StandIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rotations of this node's roles, and who is on call by them. */
@Component
public class OnCall {
    private final JdbcClient jdbc;
    private final Clock clock;

    OnCall(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Whom to tell now.
     *
     * @param deputy who is told when the person does not react; absent where there is nobody else
     */
    public record OnDuty(UUID person, Optional<UUID> deputy) {}

    /** Empty where the role has no rotation: then all of it is told. */
    public Optional<OnDuty> now(Role role) {
        return duty(role, clock.instant()).map(duty -> new OnDuty(duty.person(), duty.deputy()));
    }

    Optional<Rotation.Duty> duty(Role role, Instant at) {
        return rotation(role)
                .flatMap(rotation -> rotation.at(at, standIns(role, at), present(role)));
    }

    Optional<Rotation> rotation(Role role) {
        return jdbc.sql(
                        """
                        select zone, day, time, starts, members from on_call_rotations
                        where role = :role order by id desc limit 1
                        """)
                .param("role", role.wire())
                .query(OnCall::rotation)
                .optional();
    }

    private static Rotation rotation(ResultSet row, int number) throws SQLException {
        return new Rotation(
                ZoneId.of(row.getString("zone")),
                DayOfWeek.of(row.getInt("day")),
                row.getObject("time", LocalTime.class),
                row.getObject("starts", LocalDate.class),
                Arrays.asList((UUID[]) row.getArray("members").getArray()));
    }

    private List<StandIn> standIns(Role role, Instant at) {
        return upcoming(role, at).stream().map(Listed::standIn).toList();
    }

    /** A stand-in that has not ended. */
    record Listed(long id, StandIn standIn) {
        static Listed from(ResultSet row, int number) throws SQLException {
            return new Listed(
                    row.getLong("id"),
                    new StandIn(
                            row.getObject("account", UUID.class),
                            row.getObject("from_at", OffsetDateTime.class).toInstant(),
                            row.getObject("until_at", OffsetDateTime.class).toInstant()));
        }
    }

    /** The newest first. */
    List<Listed> upcoming(Role role, Instant at) {
        return jdbc.sql(
                        """
                        select id, account, from_at, until_at from on_call_stand_ins
                        where role = :role and until_at > :at and ended_at is null order by id desc
                        """)
                .param("role", role.wire())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Listed::from)
                .list();
    }

    private Set<UUID> present(Role role) {
        return new HashSet<>(
                jdbc.sql("select id from accounts where role = :role and disabled_at is null")
                        .param("role", role.wire())
                        .query(UUID.class)
                        .list());
    }

    @Transactional
    void set(Role role, Rotation rotation, Caller by) {
        jdbc.sql(
                        """
                        insert into on_call_rotations (role, zone, day, time, starts, members, by_whom, changed_at)
                        values (:role, :zone, :day, :time, :starts, :members::uuid[], :by, :now)
                        """)
                .param("role", role.wire())
                .param("zone", rotation.zone().getId())
                .param("day", rotation.day().getValue())
                .param("time", rotation.time())
                .param("starts", rotation.starts())
                .param("members", rotation.members().toArray(UUID[]::new))
                .param("by", by.account())
                .param("now", now())
                .update();
    }

    @Transactional
    void standIn(Role role, StandIn standIn, Caller by) {
        jdbc.sql(
                        """
                        insert into on_call_stand_ins (role, account, from_at, until_at, by_whom, recorded_at)
                        values (:role, :account, :from, :until, :by, :now)
                        """)
                .param("role", role.wire())
                .param("account", standIn.account())
                .param("from", standIn.from().atOffset(ZoneOffset.UTC))
                .param("until", standIn.until().atOffset(ZoneOffset.UTC))
                .param("by", by.account())
                .param("now", now())
                .update();
    }

    @Transactional
    void end(Role role, long standIn) {
        jdbc.sql(
                        """
                        update on_call_stand_ins set ended_at = :now
                        where id = :id and role = :role and ended_at is null
                        """)
                .param("now", now())
                .param("id", standIn)
                .param("role", role.wire())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
