package org.jalur.node.zones;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.zone.ListChange;
import org.jalur.access.zone.ListOrder;
import org.jalur.access.zone.Serial;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.jalur.node.zones.ZoneImport.State;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of imports into the list's zone. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ZoneImports {
    private static final int SHOWN = 20;
    private static final int MOST_ERRORS = 1_000;

    /** Of a process that has not been heard of for so long nothing comes any more. */
    private static final Duration SILENT = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final Clock clock;

    ZoneImports(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A line from which no name could be read. */
    record WrongLine(long line, String value, AccessRule rule, List<String> said) {
        static WrongLine from(ResultSet row, int number) throws SQLException {
            return new WrongLine(
                    row.getLong("line"),
                    row.getString("value"),
                    AccessRule.valueOf(row.getString("rule")),
                    Arrays.asList((String[]) row.getArray("said").getArray()));
        }

        /** What the line breaks, as whoever broke it is told. */
        InvalidAccessException broken() {
            return new InvalidAccessException("name", rule, said.toArray());
        }
    }

    /** The newest first. */
    List<ZoneImport> newest() {
        endSilent();
        return jdbc.sql("select * from zone_imports order by id desc limit :most")
                .param("most", SHOWN)
                .query(ZoneImport::from)
                .list();
    }

    /** Under which the list is published now. */
    Optional<ZoneImport> inForce() {
        return jdbc.sql(
                        """
                        select * from zone_imports where state = 'published' order by ended_at desc, id desc limit 1
                        """)
                .query(ZoneImport::from)
                .optional();
    }

    Optional<ZoneImport> find(long id) {
        endSilent();
        return jdbc.sql("select * from zone_imports where id = :id")
                .param("id", id)
                .query(ZoneImport::from)
                .optional();
    }

    /**
     * @throws ProblemException 404 if there is none of this number
     */
    ZoneImport require(long id) {
        return find(id).orElseThrow(() ->
                new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-zone-import",
                        "There is no import %d into the list's zone.".formatted(id),
                        id));
    }

    List<WrongLine> errors(long id) {
        return jdbc.sql("select * from zone_import_errors where import = :id order by line")
                .param("id", id)
                .query(WrongLine::from)
                .list();
    }

    private void endSilent() {
        jdbc.sql(
                        """
                        update zone_imports set state = 'failed', ended_at = :now
                        where state in ('reading', 'publishing') and seen_at < :silent
                        """)
                .param("now", now())
                .param("silent", now().minus(SILENT))
                .update();
    }

    long begin(ListOrder order, String file, long octets, byte[] digest, Caller by) {
        return jdbc.sql(
                        """
                        insert into zone_imports (file, octets, digest, issuer, ground, objection, issued_at, review_at,
                            state, begun_by, begun_name, begun_at, seen_at)
                        values (:file, :octets, :digest, :issuer, :ground, :objection, :issuedAt, :reviewAt,
                            'reading', :by, :name, :now, :now)
                        returning id
                        """)
                .param("file", file)
                .param("octets", octets)
                .param("digest", digest)
                .param("issuer", order.issuer())
                .param("ground", order.ground())
                .param("objection", order.objection())
                .param("issuedAt", order.issuedAt().atOffset(ZoneOffset.UTC))
                .param("reviewAt", order.reviewAt().atOffset(ZoneOffset.UTC))
                .param("by", by.account())
                .param("name", by.pseudonym())
                .param("now", now())
                .query(Long.class)
                .single();
    }

    void progress(long id, long octetsRead, long lines, long wrong) {
        jdbc.sql(
                        """
                        update zone_imports set octets_read = :octets, lines = :lines, wrong = :wrong, seen_at = :now
                        where id = :id
                        """)
                .param("octets", octetsRead)
                .param("lines", lines)
                .param("wrong", wrong)
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Only the first are kept. */
    void wrong(long id, Collection<WrongLine> lines) {
        for (WrongLine one : lines.stream().limit(MOST_ERRORS).toList()) {
            jdbc.sql(
                            "insert into zone_import_errors values (:id, :line, :value, :rule, :said) on conflict do nothing")
                    .param("id", id)
                    .param("line", one.line())
                    .param("value", one.value())
                    .param("rule", one.rule().name())
                    .param("said", one.said().toArray(String[]::new))
                    .update();
        }
    }

    void compared(long id, long names, Serial with, ListChange change, State next) {
        jdbc.sql(
                        """
                        update zone_imports set names = :names, compared = :with, added = :added, removed = :removed,
                            protected = :protected, examples = :examples, state = :state, octets_read = octets,
                            seen_at = :now
                        where id = :id and state = 'reading'
                        """)
                .param("names", names)
                .param("with", with.value())
                .param("added", change.added())
                .param("removed", change.removed())
                .param(
                        "protected",
                        change.protectedNames().stream()
                                .map(Object::toString)
                                .toArray(String[]::new))
                .param("examples", Spelling.of(change.examples()))
                .param("state", next.wire())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Which version it was compared with; its row is held to the end of the transaction. */
    Serial hold(long id) {
        return jdbc.sql("select compared from zone_imports where id = :id for update")
                .param("id", id)
                .query((row, _) -> new Serial(row.getLong(1)))
                .single();
    }

    /** Whether it was in the first state and is in the second now. */
    boolean move(long id, State from, State to, Optional<Caller> by) {
        boolean ended = to != State.PUBLISHING;
        return jdbc.sql(
                                """
                                update zone_imports set state = :to, seen_at = :now,
                                    decided_by = coalesce(:by, decided_by), decided_name = coalesce(:name, decided_name),
                                    ended_at = case when :ended then :now else ended_at end
                                where id = :id and state = :from
                                """)
                        .param("to", to.wire())
                        .param("from", from.wire())
                        .param("by", by.map(Caller::account).orElse(null), java.sql.Types.OTHER)
                        .param(
                                "name",
                                by.map(Caller::pseudonym).orElse(null),
                                java.sql.Types.VARCHAR)
                        .param("ended", ended)
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    void published(long id, Serial serial) {
        jdbc.sql(
                        """
                        update zone_imports set state = 'published', serial = :serial, ended_at = :now, seen_at = :now
                        where id = :id
                        """)
                .param("serial", serial.value())
                .param("now", now())
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
