package org.jalur.node.contacts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.contacts.Drill;
import org.jalur.contacts.Entry;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Drills as people read them: the same results on both sides. */
@Component
class DrillViews {
    private static final int SHOWN = 200;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Register parties;
    private final RegisterVersions versions;
    private final OwnRegister own;
    private final Clock clock;

    DrillViews(
            JdbcClient jdbc,
            Channels channels,
            Register parties,
            RegisterVersions versions,
            OwnRegister own,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.parties = parties;
        this.versions = versions;
        this.own = own;
        this.clock = clock;
    }

    /**
     * @param party name of the other side
     * @param sent whether this side drills
     * @param refusal what the other side said instead; empty if it took it up
     */
    record Summary(
            long no,
            String party,
            boolean sent,
            Instant sentAt,
            Instant answerBy,
            int contacts,
            int inTime,
            int late,
            boolean over,
            String refusal) {
        public int missing() {
            return contacts - inTime - late;
        }
    }

    /**
     * What a contact did.
     *
     * @param name empty where it is erased, or the register never had it
     * @param result as {@link Drill.Result}
     * @param underway whether there is an answer without a receipt
     * @param by contact or colleague; empty without answer
     * @param mine whether it is the reader's own
     * @param answerable whether the reader could answer for it
     */
    record Line(
            UUID contact,
            String name,
            String result,
            boolean underway,
            Optional<Instant> answeredAt,
            String by,
            String role,
            boolean mine,
            boolean answerable) {}

    private static final String SUMMARY =
            """
            select no, channel, direction, sent_at, answer_by, coalesce(refusal_reason, '') as refusal,
                count(drill_contacts.contact) as contacts,
                count(*) filter (where received_at <= answer_by) as in_time,
                count(*) filter (where received_at > answer_by) as late
            from drills join drill_contacts on drill = no
            left join drill_answers on drill_answers.drill = no and drill_answers.contact = drill_contacts.contact
            """;

    /** Newest first. */
    List<Summary> all() {
        return jdbc.sql(SUMMARY + " group by no order by sent_at desc, no desc limit :most")
                .param("most", SHOWN)
                .query(this::read)
                .list();
    }

    private Summary read(ResultSet row, int number) throws SQLException {
        Channel channel = channels.byId(row.getInt("channel"));
        Instant answerBy = row.getObject("answer_by", OffsetDateTime.class).toInstant();
        return new Summary(
                row.getLong("no"),
                parties.peer(channel.peer()).map(one -> one.name()).orElse(channel.peer().value()),
                row.getString("direction").equals(Direction.OUT.wire()),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                answerBy,
                row.getInt("contacts"),
                row.getInt("in_time"),
                row.getInt("late"),
                clock.instant().isAfter(answerBy),
                row.getString("refusal"));
    }

    Summary one(long no) {
        return jdbc.sql(SUMMARY + " where no = :no group by no")
                .param("no", no)
                .query(this::read)
                .optional()
                .orElseThrow(() -> unknown(no));
    }

    private static ProblemException unknown(long no) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-drill", "There is no drill %d.".formatted(no));
    }

    private record Row(
            UUID contact,
            Optional<Instant> answeredAt,
            Optional<Instant> receivedAt,
            String by,
            String role) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("contact", UUID.class),
                    Drills.time(row, "answered_at"),
                    Drills.time(row, "received_at"),
                    row.getString("by"),
                    row.getString("role"));
        }
    }

    List<Line> lines(Summary drill, Caller reader) {
        int channel =
                jdbc.sql("select channel from drills where no = :no")
                        .param("no", drill.no())
                        .query(Integer.class)
                        .single();
        List<Row> rows =
                jdbc.sql(
                                """
                                select contact, answered_at, received_at, coalesce(by, '') as by, coalesce(role, '') as role
                                from drill_contacts left join drill_answers using (drill, contact)
                                where drill = :no
                                """)
                        .param("no", drill.no())
                        .query(Row::from)
                        .list();
        Map<UUID, String> names = names(channels.byId(channel), drill);
        return rows.stream()
                .map(row -> line(drill, row, names.getOrDefault(row.contact(), ""), reader))
                .sorted(Comparator.comparing(Line::name))
                .toList();
    }

    private Line line(Summary drill, Row row, String name, Caller reader) {
        boolean answerable =
                !drill.sent() && row.answeredAt().isEmpty() && reader.role() != Role.AUDITOR;
        return new Line(
                row.contact(),
                name,
                Drill.Result.of(drill.answerBy(), row.receivedAt(), clock.instant()).wire(),
                row.answeredAt().isPresent() && row.receivedAt().isEmpty(),
                row.answeredAt(),
                row.by(),
                row.role(),
                answerable && own.account(row.contact()).equals(Optional.of(reader.account())),
                answerable);
    }

    /** As the register of the side that is drilled said when it was. */
    private Map<UUID, String> names(Channel channel, Summary drill) {
        Direction register = drill.sent() ? Direction.IN : Direction.OUT;
        Map<UUID, String> names = new HashMap<>();
        versions.at(channel, register, drill.sentAt())
                .or(() -> versions.newest(channel, register))
                .map(message -> versions.entries(channel, message))
                .orElse(List.of())
                .forEach((Entry one) -> names.put(one.id(), one.title()));
        return names;
    }
}
