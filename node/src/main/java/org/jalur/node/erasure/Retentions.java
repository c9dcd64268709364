package org.jalur.node.erasure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.evidence.Subject;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.web.Cursor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Until when this side keeps what closed notices hold, by the version of the agreement that each
 * cites. Both sides work it out for their own copies.
 */
@Component
class Retentions {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Agreements agreements;
    private final Clock clock;
    private final boolean cases;

    Retentions(
            JdbcClient jdbc,
            Channels channels,
            Agreements agreements,
            Subjects subjects,
            Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.agreements = agreements;
        this.clock = clock;
        this.cases = subjects.kind() == Subject.Kind.CASE;
    }

    private record Closed(UUID id, int channel, Hash agreement, String reference, Instant at) {
        static Closed from(ResultSet row, int number) throws SQLException {
            return new Closed(
                    row.getObject("id", UUID.class),
                    row.getInt("channel"),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("reference"),
                    row.getObject("closed_at", OffsetDateTime.class).toInstant());
        }
    }

    /**
     * Writes down when what was closed since the last time will be erased.
     *
     * @return whether there was anything
     */
    @Transactional
    public boolean plan() {
        List<Closed> closed =
                jdbc.sql(unplanned()).param("most", AT_ONCE).query(Closed::from).list();
        for (Closed one : closed) {
            plan(one);
        }
        return !closed.isEmpty();
    }

    /** A notice that is over since a message said so, or since it was withdrawn. */
    private String unplanned() {
        return cases
                ? """
                update cases set retention_planned = true where id in (
                    select id from cases where state in ('closed', 'withdrawn') and not retention_planned
                    limit :most for no key update skip locked)
                returning id, channel, agreement, reference, coalesce(closed_at, changed_at) as closed_at
                """
                : """
                update notices set retention_planned = true where id in (
                    select id from notices
                    where state in ('closed', 'refused', 'withdrawn') and message is not null and not retention_planned
                    limit :most for no key update skip locked)
                returning id, channel, agreement, reference, coalesce((
                    select min(at) from timeline where subject = notices.id and (event in ('refused', 'withdrawn')
                        or event = 'decided' and not exists (select 1 from timeline later
                            where later.subject = timeline.subject and later.event = 'decided' and later.id > timeline.id))),
                    changed_at) as closed_at
                """;
    }

    private void plan(Closed one) {
        Agreement agreement =
                agreements.of(channels.byId(one.channel()), one.agreement()).agreement();
        ZoneId zone = agreement.calendar().zone();
        for (Kept kept : Kept.values()) {
            Instant until =
                    one.at().atZone(zone).plus(kept.time(agreement.retention())).toInstant();
            jdbc.sql(
                            """
                            insert into retentions (id, subject, kind, reference, closed_at, erase_at)
                            values (:id, :subject, :kind, :reference, :closed, :erase) on conflict do nothing
                            """)
                    .param("id", UUID.randomUUID())
                    .param("subject", one.id())
                    .param("kind", kept.wire())
                    .param("reference", one.reference())
                    .param("closed", one.at().atOffset(ZoneOffset.UTC))
                    .param("erase", until.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** Of a row of {@code retentions}, at {@code :now}. */
    private static final String HELD =
            "(select max(until_at) from retention_holds where retention_holds.subject = retentions.subject and ended_at is null and until_at > :now)";

    /** Nobody decides an appeal about content that is gone. */
    private static final String APPEALED =
            "exists (select 1 from appeals where appeals.subject = retentions.subject and outcome is null)";

    /** Those whose time is over, which nobody holds, and about which no appeal is open. */
    List<UUID> due() {
        return jdbc.sql(
                        """
                        select subject from retentions
                        where erased_at is null and erase_at <= :now and %s is null and not %s
                        group by subject order by min(erase_at) limit :most
                        """
                                .formatted(HELD, APPEALED))
                .param("now", now())
                .param("most", AT_ONCE)
                .query((row, _) -> row.getObject("subject", UUID.class))
                .list();
    }

    /** What of it is over now; the rows are locked, and none if another process has them. */
    Set<Kept> over(UUID subject) {
        Set<Kept> over = EnumSet.noneOf(Kept.class);
        jdbc.sql(
                        """
                        select kind from retentions
                        where subject = :subject and erased_at is null and erase_at <= :now and %s is null and not %s
                        for update skip locked
                        """
                                .formatted(HELD, APPEALED))
                .param("subject", subject)
                .param("now", now())
                .query((row, _) -> over.add(Kept.of(row.getString("kind"))))
                .list();
        return over;
    }

    void erased(UUID subject, Set<Kept> kinds) {
        jdbc.sql(
                        """
                        update retentions set erased_at = :now
                        where subject = :subject and kind = any(:kinds)
                        """)
                .param("now", now())
                .param("subject", subject)
                .param("kinds", kinds.stream().map(Kept::wire).toArray(String[]::new))
                .update();
    }

    /**
     * @param subject notice or case
     * @param heldUntil absent where nobody holds it
     */
    record Row(
            UUID id,
            UUID subject,
            String kind,
            String reference,
            Instant closedAt,
            Instant eraseAt,
            Optional<Instant> erasedAt,
            Optional<Instant> heldUntil) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getObject("id", UUID.class),
                    row.getObject("subject", UUID.class),
                    row.getString("kind"),
                    row.getString("reference"),
                    row.getObject("closed_at", OffsetDateTime.class).toInstant(),
                    row.getObject("erase_at", OffsetDateTime.class).toInstant(),
                    time(row, "erased_at"),
                    time(row, "held_until"));
        }

        private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
            return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
        }
    }

    private static final String ROWS =
            "select id, subject, kind, reference, closed_at, erase_at, erased_at, %s as held_until from retentions "
                    .formatted(HELD);

    /** What is still kept, what goes next first. */
    List<Row> kept(Cursor from, int limit) {
        return jdbc.sql(
                        ROWS
                                + """
                                where erased_at is null and (erase_at, id) > (:at, :id) order by erase_at, id limit :limit
                                """)
                .param("now", now())
                .param("at", from.at().atOffset(ZoneOffset.UTC))
                .param("id", from.id())
                .param("limit", limit)
                .query(Row::from)
                .list();
    }

    List<Row> of(UUID subject) {
        return jdbc.sql(ROWS + "where subject = :subject order by erase_at, kind")
                .param("now", now())
                .param("subject", subject)
                .query(Row::from)
                .list();
    }

    /** All that is still kept, as CSV. */
    void write(OutputStream to) throws IOException {
        Writer out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        out.write("id,reference,what,closed_at,erase_at,held_until\n");
        Cursor from = Cursor.before(Instant.EPOCH);
        List<Row> rows = kept(from, AT_ONCE);
        while (!rows.isEmpty()) {
            for (Row row : rows) {
                out.write(
                        "%s,\"%s\",%s,%s,%s,%s\n"
                                .formatted(
                                        row.subject(),
                                        quoted(row.reference()),
                                        row.kind(),
                                        row.closedAt(),
                                        row.eraseAt(),
                                        row.heldUntil().map(Instant::toString).orElse("")));
            }
            rows = kept(new Cursor(rows.getLast().eraseAt(), rows.getLast().id()), AT_ONCE);
        }
        out.flush();
    }

    /** What a spreadsheet would take for a formula is text. */
    private static String quoted(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return safe.replace("\"", "\"\"");
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
