package org.jalur.node.notifications;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.node.accounts.Role;
import org.jalur.node.notifications.carriers.NotificationSettings;
import org.jalur.node.oncall.OnCall;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells people that something needs them: an alert on their pages, and a row for each of their
 * addresses, written with what it is about. What is delivered, and when, {@link Couriers} sees to.
 */
@Component
public class Notifications {
    private final JdbcClient jdbc;
    private final OnCall onCall;
    private final CourierBell bell;
    private final NotificationSettings settings;
    private final Clock clock;

    Notifications(
            JdbcClient jdbc,
            OnCall onCall,
            CourierBell bell,
            NotificationSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.onCall = onCall;
        this.bell = bell;
        this.settings = settings;
        this.clock = clock;
    }

    /** In the transaction of what it tells about; the same event again changes nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Event event) {
        Optional<UUID> id = record(event);
        if (id.isEmpty()) {
            return;
        }
        if (!event.only().isEmpty()) {
            event.only().forEach(account -> toAccount(id.get(), event.kind(), account));
        } else {
            for (Role role : event.kind().roles()) {
                Optional<OnCall.OnDuty> duty =
                        event.kind().isForOnCall() ? onCall.now(role) : Optional.empty();
                if (duty.isPresent()) {
                    toAccount(id.get(), event.kind(), duty.get().person());
                    call(id.get(), role, duty.get());
                } else {
                    toRole(id.get(), event.kind(), role);
                }
            }
        }
        bell.ringAfterCommit();
    }

    private Optional<UUID> record(Event event) {
        return jdbc.sql(
                        """
                        insert into notification_events (id, kind, subject, occasion, reference, due_at, number,
                            emergency, told_at)
                        values (:id, :kind, :subject, :occasion, :reference, :due, :number, :emergency, :now)
                        on conflict do nothing returning id
                        """)
                .param("id", UUID.randomUUID())
                .param("kind", event.kind().wire())
                .param("subject", event.subject())
                .param("occasion", event.occasion().atOffset(ZoneOffset.UTC))
                .param("reference", event.reference())
                .param("due", event.dueAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param("number", event.number())
                .param("emergency", event.emergency())
                .param("now", now())
                .query(UUID.class)
                .optional();
    }

    void toRole(UUID event, Kind kind, Role role) {
        to(event, kind, "role = :whom", role.wire());
    }

    void toAccount(UUID event, Kind kind, UUID account) {
        to(event, kind, "accounts.id = :whom", account);
    }

    /**
     * An alert for each person who has none of it yet, and a delivery to each of their addresses.
     */
    private void to(UUID event, Kind kind, String condition, Object whom) {
        jdbc.sql(
                        """
                        with told as (
                            insert into notification_alerts (event, account, told_at)
                            select :event, accounts.id, :now from accounts
                            where disabled_at is null and %s
                            on conflict do nothing returning account)
                        insert into notification_deliveries (id, event, address, channel, state, next_attempt_at,
                            told_at, changed_at)
                        select gen_random_uuid(), :event, addresses.id, channel, 'waiting', :now, :now, :now
                        from told join notification_addresses addresses on addresses.account = told.account
                        where confirmed_at is not null and removed_at is null and not :kind = any(muted)
                        """
                                .formatted(condition))
                .param("event", event)
                .param("kind", kind.wire())
                .param("whom", whom)
                .param("now", now())
                .update();
    }

    private void call(UUID event, Role role, OnCall.OnDuty duty) {
        jdbc.sql(
                        """
                        insert into notification_calls (event, role, deputy, next_at)
                        values (:event, :role, :deputy, :next) on conflict do nothing
                        """)
                .param("event", event)
                .param("role", role.wire())
                .param("deputy", duty.deputy().orElse(null))
                .param("next", clock.instant().plus(settings.passOn()).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** It needs nobody any more: no alert counts it, and what was not sent yet stays here. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settled(UUID subject, Kind... kinds) {
        settled(Set.of(subject), kinds);
    }

    /** Of many subjects at once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settled(Collection<UUID> subjects, Kind... kinds) {
        settle(subjects.stream().map(UUID::toString).toArray(String[]::new), kinds);
    }

    /** Of something whose page is addressed by a number. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settled(long subject, Kind... kinds) {
        settle(new String[] {Long.toString(subject)}, kinds);
    }

    /** Of something whose page is addressed otherwise. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settled(String subject, Kind... kinds) {
        settle(new String[] {subject}, kinds);
    }

    private void settle(String[] subjects, Kind... kinds) {
        List<UUID> settled =
                jdbc.sql(
                                """
                                update notification_events set settled_at = :now
                                where subject = any(:subjects) and kind = any(:kinds) and settled_at is null
                                returning id
                                """)
                        .param("now", now())
                        .param("subjects", subjects)
                        .param("kinds", Arrays.stream(kinds).map(Kind::wire).toArray(String[]::new))
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list();
        if (settled.isEmpty()) {
            return;
        }
        jdbc.sql("delete from notification_calls where event = any(:events)")
                .param("events", settled.toArray(UUID[]::new))
                .update();
        jdbc.sql(
                        """
                        update notification_deliveries set state = 'needless', changed_at = :now
                        where event = any(:events) and state = 'waiting'
                            and (lease_until is null or lease_until < :now)
                        """)
                .param("now", now())
                .param("events", settled.toArray(UUID[]::new))
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
