package org.jalur.node.resolvers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jalur.access.measure.LiftReading;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.notifications.OutsideLetters;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reminds operators whose resolvers lag behind a lift: one step after the other, each a row that is
 * sent until it has been. People of this authority are told with the first.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class LiftReminders {
    private static final int MOST_ATTEMPTS = 12;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration SENDING = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final MeasureSettings settings;
    private final ResolverRegister register;
    private final OutsideLetters letters;
    private final Notifications notifications;
    private final Clock clock;

    LiftReminders(
            JdbcClient jdbc,
            MeasureSettings settings,
            ResolverRegister register,
            OutsideLetters letters,
            Notifications notifications,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.register = register;
        this.letters = letters;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * A reminder as people see it.
     *
     * @param step from 1
     */
    record Reminder(
            UUID operator, String name, int step, int lagging, String state, Instant changedAt) {
        static Reminder from(ResultSet row, int number) throws SQLException {
            return new Reminder(
                    row.getObject("operator", UUID.class),
                    row.getString("name"),
                    row.getInt("step") + 1,
                    row.getInt("lagging"),
                    row.getString("state"),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant());
        }
    }

    /** Of an order, the newest first. */
    List<Reminder> of(UUID block) {
        return jdbc.sql(
                        """
                        select lift_reminders.*, name from lift_reminders
                        join resolver_operators operators on operators.id = operator
                        where block = :block order by told_at desc, name limit 200
                        """)
                .param("block", block)
                .query(Reminder::from)
                .list();
    }

    /** The last step whose time has come. */
    private OptionalInt step(Instant published) {
        return IntStream.range(0, settings.reminders().size())
                .filter(i -> !clock.instant().isBefore(published.plus(settings.reminders().get(i))))
                .max();
    }

    private Map<UUID, Integer> operators(List<LiftReading.Lag> lagging) {
        Map<String, UUID> operators =
                register.counting().stream()
                        .collect(Collectors.toMap(one -> one.id().toString(), Resolver::operator));
        Map<UUID, Integer> many = new HashMap<>();
        lagging.forEach(lag ->
                Optional.ofNullable(operators.get(lag.cell().resolver()))
                        .ifPresent(operator -> many.merge(operator, 1, Integer::sum)));
        return many;
    }

    boolean isDue(LiftMeasuring.Lift lift, List<LiftReading.Lag> lagging) {
        OptionalInt step = step(lift.published());
        if (step.isEmpty()) {
            return false;
        }
        int planned =
                jdbc.sql(
                                """
                                select count(*) from lift_reminders
                                where block = :block and since = :since and step = :step
                                    and operator = any(:operators)
                                """)
                        .param("block", lift.block())
                        .param("since", lift.published().atOffset(ZoneOffset.UTC))
                        .param("step", step.getAsInt())
                        .param("operators", operators(lagging).keySet().toArray(UUID[]::new))
                        .query(Integer.class)
                        .single();
        return planned < operators(lagging).size();
    }

    /** Once for each step and operator; steps that were missed are not made up for. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void plan(LiftMeasuring.Lift lift, List<LiftReading.Lag> lagging) {
        OptionalInt step = step(lift.published());
        if (step.isEmpty()) {
            return;
        }
        OffsetDateTime now = now();
        operators(lagging)
                .forEach((operator, many) ->
                        jdbc.sql(
                                        """
                                        insert into lift_reminders (id, block, since, operator, step, lagging, state,
                                            next_attempt_at, told_at, changed_at)
                                        values (:id, :block, :since, :operator, :step, :lagging, :state, :now, :now, :now)
                                        on conflict do nothing
                                        """)
                                .param("id", UUID.randomUUID())
                                .param("block", lift.block())
                                .param("since", lift.published().atOffset(ZoneOffset.UTC))
                                .param("operator", operator)
                                .param("step", step.getAsInt())
                                .param("lagging", many)
                                .param("state", mail(operator).isEmpty() ? "no-address" : "waiting")
                                .param("now", now)
                                .update());
        notifications.tell(
                Event.of(Kind.LIFT_LAGS, lift.block(), lift.published(), lift.reference())
                        .counting(lagging.size()));
    }

    private Optional<String> mail(UUID operator) {
        return register.contact(operator)
                .map(ResolverRegister.Contact::mail)
                .filter(mail -> !mail.isEmpty());
    }

    /** What is not sent yet stays here. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void needless(UUID block) {
        jdbc.sql(
                        """
                        update lift_reminders set state = 'needless', changed_at = :now
                        where block = :block and state = 'waiting'
                        """)
                .param("block", block)
                .param("now", now())
                .update();
    }

    private record Waiting(
            UUID id,
            UUID block,
            String reference,
            UUID operator,
            int lagging,
            int attempts,
            Instant toldAt) {
        static Waiting from(ResultSet row, int number) throws SQLException {
            return new Waiting(
                    row.getObject("id", UUID.class),
                    row.getObject("block", UUID.class),
                    row.getString("reference"),
                    row.getObject("operator", UUID.class),
                    row.getInt("lagging"),
                    row.getInt("attempts"),
                    row.getObject("told_at", OffsetDateTime.class).toInstant());
        }
    }

    /** Takes each by putting its next try off, so that of several processes one sends it. */
    @Scheduled(fixedDelay = 5_000)
    public void send() {
        List<Waiting> due =
                jdbc.sql(
                                """
                                with taken as (update lift_reminders
                                    set next_attempt_at = :later, attempts = attempts + 1
                                    where id in (select id from lift_reminders
                                        where state = 'waiting' and next_attempt_at <= :now
                                        order by next_attempt_at limit 20 for update skip locked)
                                    returning *)
                                select taken.*, reference from taken
                                join access_orders orders on orders.id = taken.block
                                """)
                        .param("now", now())
                        .param("later", clock.instant().plus(SENDING).atOffset(ZoneOffset.UTC))
                        .query(Waiting::from)
                        .list();
        due.forEach(this::send);
    }

    private void send(Waiting one) {
        Optional<String> address = mail(one.operator());
        if (address.isEmpty()) {
            done(one.id(), "no-address");
            return;
        }
        switch (letters.liftLags(
                one.id(), address.get(), one.reference(), one.lagging(), one.toldAt())) {
            case SENT -> done(one.id(), "sent");
            case REFUSED -> done(one.id(), "refused");
            case NO_MAIL -> done(one.id(), "no-mail");
            case LATER -> {
                if (one.attempts() >= MOST_ATTEMPTS) {
                    done(one.id(), "refused");
                } else {
                    putOff(one);
                }
            }
        }
    }

    private void putOff(Waiting one) {
        Duration pause =
                Duration.ofSeconds(
                        Math.min(30L << Math.min(one.attempts(), 8), LONGEST_PAUSE.toSeconds()));
        jdbc.sql("update lift_reminders set next_attempt_at = :next where id = :id")
                .param("next", clock.instant().plus(pause).atOffset(ZoneOffset.UTC))
                .param("id", one.id())
                .update();
    }

    private void done(UUID id, String state) {
        jdbc.sql("update lift_reminders set state = :state, changed_at = :now where id = :id")
                .param("state", state)
                .param("now", now())
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
