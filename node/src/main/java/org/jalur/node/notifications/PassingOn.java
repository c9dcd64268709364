package org.jalur.node.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jalur.node.notifications.carriers.NotificationSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the person on call does not look at in time goes to the deputy, then to the whole role. */
@Component
class PassingOn {
    private final JdbcClient jdbc;
    private final Notifications notifications;
    private final CourierBell bell;
    private final NotificationSettings settings;
    private final Clock clock;

    PassingOn(
            JdbcClient jdbc,
            Notifications notifications,
            CourierBell bell,
            NotificationSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.bell = bell;
        this.settings = settings;
        this.clock = clock;
    }

    private record Due(UUID event, Kind kind, Role role, Optional<UUID> deputy) {
        static Due from(ResultSet row, int number) throws SQLException {
            return new Due(
                    row.getObject("event", UUID.class),
                    Kind.of(row.getString("kind")).orElseThrow(),
                    Role.of(row.getString("role")).orElseThrow(),
                    Optional.ofNullable(row.getObject("deputy", UUID.class)));
        }
    }

    @Scheduled(fixedDelay = 5_000)
    @Transactional
    public void passOn() {
        var due =
                jdbc.sql(
                                """
                                select event, kind, role, deputy from notification_calls
                                join notification_events on notification_events.id = event
                                where next_at <= :now order by next_at limit 100
                                for update of notification_calls skip locked
                                """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .query(Due::from)
                        .list();
        due.forEach(this::passOn);
        if (!due.isEmpty()) {
            bell.ringAfterCommit();
        }
    }

    private void passOn(Due due) {
        if (due.deputy().isPresent()) {
            notifications.toAccount(due.event(), due.kind(), due.deputy().get());
            jdbc.sql(
                            """
                            update notification_calls set deputy = null, next_at = :next
                            where event = :event and role = :role
                            """)
                    .param("next", clock.instant().plus(settings.passOn()).atOffset(ZoneOffset.UTC))
                    .param("event", due.event())
                    .param("role", due.role().wire())
                    .update();
        } else {
            notifications.toRole(due.event(), due.kind(), due.role());
            jdbc.sql("delete from notification_calls where event = :event and role = :role")
                    .param("event", due.event())
                    .param("role", due.role().wire())
                    .update();
        }
    }
}
