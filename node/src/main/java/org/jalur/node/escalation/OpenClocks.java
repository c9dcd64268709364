package org.jalur.node.escalation;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * All clocks that have not come to their end, from the rows in which lists, pages and APIs find
 * them too.
 */
@Component
class OpenClocks {
    /** Above this a number says "more than": nobody counts a million rows for a page. */
    static final int COUNTED = 1_000;

    /** Which causes hold a clock that stands: their last event stopped it. */
    private static final String CAUSES =
            """
            array(select distinct on (cause) case when event in ('asked', 'hindered') then cause end from (
                select event, at, message,
                    case when event in ('asked', 'answered') then 'question' else 'impossible' end as cause
                from clock_stops where subject = clocks.id and clocks.stopped_at is not null) as events
                order by cause, at desc, message desc, event) as causes
            """;

    private final JdbcClient jdbc;
    private final boolean authority;
    private final Clock clock;

    OpenClocks(JdbcClient jdbc, Register register, Clock clock) {
        this.jdbc = jdbc;
        this.authority = register.isAuthority();
        this.clock = clock;
    }

    /** How much time is left, in the order of the page. */
    enum Left {
        OVERDUE,
        HOUR,
        FOUR_HOURS,
        DAY,
        LATER,
        STANDING;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private String condition() {
            return switch (this) {
                case OVERDUE -> "stopped_at is null and due_at < :now";
                case HOUR -> within("0 hours", "1 hour");
                case FOUR_HOURS -> within("1 hour", "4 hours");
                case DAY -> within("4 hours", "24 hours");
                case LATER ->
                        "stopped_at is null and due_at >= :now::timestamptz + interval '24 hours'";
                case STANDING -> "stopped_at is not null";
            };
        }

        private static String within(String from, String to) {
            return """
            stopped_at is null and due_at >= :now::timestamptz + interval '%s'
                and due_at < :now::timestamptz + interval '%s'
            """
                    .formatted(from, to);
        }
    }

    /** How many clocks of a peer's there are for each time left, at most {@link #COUNTED}. */
    record Counts(String peer, Map<Left, Integer> numbers) {}

    /**
     * @param id of the notice or case, or of what else is waited for
     * @param about what is waited for: notice, lift or appeal
     * @param path of its page
     * @param standing why it stands: question or impossible; empty while it runs
     */
    record OpenClock(
            UUID id,
            String about,
            String path,
            String peer,
            String reference,
            Instant dueAt,
            Optional<Instant> stoppedAt,
            Optional<Instant> goesOnAt,
            List<String> standing) {}

    /** What lists read of notices or cases, of appeals, and of all else that has a clock. */
    private List<String> open() {
        return List.of(
                """
                (select id, channel, 'notice' as about, '%s' || id as path, reference, kind, urgency, category,
                    organisation, received_at, due_at, stopped_at, goes_on_at
                    from %s) as open where true
                """
                        .formatted(
                                authority ? "/notices/" : "/cases/",
                                authority
                                        ? "notices where state = 'sent' and received_at is not null"
                                        : "cases where state in ('open', 'waiting')"),
                """
                (select page as id, channel, about, path, reference, about as kind, '' as urgency, '' as category,
                    organisation, received_at, due_at, null::timestamptz as stopped_at, null::timestamptz as goes_on_at
                    from other_clocks where received_at <= :now) as open where true
                """,
                """
                (select id, channel, 'appeal' as about, '/appeals/' || id as path, reference, 'appeal' as kind,
                    '' as urgency, '' as category, '' as organisation, received_at, due_at,
                    null::timestamptz as stopped_at, null::timestamptz as goes_on_at
                    from appeals where outcome is null and received_at is not null) as open where true
                """);
    }

    private String each(String select) {
        return open().stream().map(select::formatted).collect(Collectors.joining(" union all "));
    }

    List<Counts> counts() {
        Map<String, Map<Left, Integer>> counts = new LinkedHashMap<>();
        for (Left left : Left.values()) {
            jdbc.sql(
                            """
                            select peer_party, (select count(*) from (%s limit :most) as counted) as number
                            from channels order by peer_party
                            """
                                    .formatted(
                                            each(
                                                    "select 1 from %s and channel = channels.id and "
                                                            + left.condition())))
                    .param("now", Ladders.at(clock.instant()))
                    .param("most", COUNTED + 1)
                    .query(row -> {
                        counts.computeIfAbsent(
                                        row.getString("peer_party"), _ -> new LinkedHashMap<>())
                                .put(left, row.getInt("number"));
                    });
        }
        return counts.entrySet().stream()
                .map(one -> new Counts(one.getKey(), one.getValue()))
                .toList();
    }

    /** The nearest due first; of what stands, what stands the longest. */
    List<OpenClock> first(Left left, int most) {
        String order = left == Left.STANDING ? "stopped_at" : "due_at";
        return jdbc.sql(
                        """
                        select clocks.*, peer_party, %s from (%s) clocks
                        join channels on channels.id = clocks.channel order by %s, clocks.id limit :most
                        """
                                .formatted(
                                        CAUSES,
                                        each(
                                                "(select * from %%s and %s order by %s, id limit :most)"
                                                        .formatted(left.condition(), order)),
                                        order))
                .param("now", Ladders.at(clock.instant()))
                .param("most", most)
                .query(OpenClocks::row)
                .list();
    }

    private static OpenClock row(ResultSet row, int number) throws SQLException {
        var causes = new ArrayList<String>();
        for (Object cause : (Object[]) row.getArray("causes").getArray()) {
            if (cause != null) {
                causes.add(cause.toString());
            }
        }
        return new OpenClock(
                row.getObject("id", UUID.class),
                row.getString("about"),
                row.getString("path"),
                row.getString("peer_party"),
                row.getString("reference"),
                Ladders.time(row, "due_at").orElseThrow(),
                Ladders.time(row, "stopped_at"),
                Ladders.time(row, "goes_on_at"),
                causes);
    }

    /** All of them as CSV (RFC 4180), the nearest due first; times in UTC, time left in seconds. */
    @Transactional(readOnly = true)
    public void write(OutputStream out) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(
                                "id",
                                "peer",
                                "reference",
                                "kind",
                                "urgency",
                                "category",
                                "organisation",
                                "received_at",
                                "due_at",
                                "seconds_left",
                                "stands_since",
                                "stands_for",
                                "goes_on_at")
                        .get();
        Instant now = clock.instant();
        try (var printer =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format)) {
            jdbc.sql(
                            """
                            select clocks.*, peer_party, %s from (%s) clocks
                            join channels on channels.id = clocks.channel order by due_at, clocks.id
                            """
                                    .formatted(CAUSES, each("select * from %s")))
                    .param("now", Ladders.at(now))
                    .withFetchSize(5_000)
                    .query((ResultSet row) -> print(printer, row, now));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static void print(CSVPrinter printer, ResultSet row, Instant now) throws SQLException {
        OpenClock one = row(row, 0);
        try {
            printer.printRecord(
                    one.id(),
                    one.peer(),
                    one.reference(),
                    row.getString("kind"),
                    row.getString("urgency"),
                    row.getString("category"),
                    row.getString("organisation"),
                    Ladders.time(row, "received_at").orElseThrow(),
                    one.dueAt(),
                    Duration.between(one.stoppedAt().orElse(now), one.dueAt()).toSeconds(),
                    one.stoppedAt().map(Instant::toString).orElse(""),
                    String.join(" ", one.standing()),
                    one.goesOnAt().map(Instant::toString).orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
