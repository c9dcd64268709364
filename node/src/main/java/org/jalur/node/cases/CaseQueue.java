package org.jalur.node.cases;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.Cursor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The queue: lists of cases by nearest deadline, and how long each is. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class CaseQueue {
    /** Above this a list says "more than". */
    static final int COUNTED = 1_000;

    private static final Duration SOON = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final CaseViews views;
    private final Clock clock;

    CaseQueue(JdbcClient jdbc, CaseViews views, Clock clock) {
        this.jdbc = jdbc;
        this.views = views;
        this.clock = clock;
    }

    /** Which cases a list holds. */
    enum Kind {
        UNCLAIMED("state = 'open' and claimed_by is null and unconfirmed < undecided"),
        MINE("state in ('open', 'waiting') and claimed_by = :me and claimed_until >= :now"),
        DUE_SOON("state = 'open' and due_at between :now and :soon"),
        OVERDUE("state = 'open' and due_at < :now"),
        UNCONFIRMED("state in ('open', 'waiting') and unconfirmed > 0"),
        WAITING("state = 'waiting'"),
        UNDELIVERED(
                """
                (channel, notice_id) in (select messages.channel, messages.about
                    from outbox join channels on channels.id = outbox.channel
                    join messages on messages.id = outbox.message
                    where channels.failing_since < :now::timestamptz - interval '1 minute')
                """),
        OPEN("state = 'open'"),
        CLOSED("state = 'closed'"),
        WITHDRAWN("state = 'withdrawn'");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        String path() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String path) {
            return Arrays.stream(values()).filter(kind -> kind.path().equals(path)).findFirst();
        }

        boolean needsSomebody() {
            return switch (this) {
                case UNCLAIMED, MINE, UNCONFIRMED, DUE_SOON, OVERDUE, WAITING, UNDELIVERED -> true;
                case OPEN, CLOSED, WITHDRAWN -> false;
            };
        }
    }

    /**
     * What a list is narrowed to.
     *
     * @param urgency normal or urgent
     * @param category as the notice has it
     * @param kind order, referral or emergency
     */
    record Filter(Optional<String> urgency, Optional<String> category, Optional<String> kind) {
        static final Filter NONE = new Filter(Optional.empty(), Optional.empty(), Optional.empty());

        String condition() {
            return (urgency.isPresent() ? " and urgency = :urgency" : "")
                    + (category.isPresent() ? " and category = :category" : "")
                    + (kind.isPresent() ? " and kind = :kind" : "");
        }

        Map<String, String> values() {
            Map<String, String> values = new TreeMap<>();
            urgency.ifPresent(value -> values.put("urgency", value));
            category.ifPresent(value -> values.put("category", value));
            kind.ifPresent(value -> values.put("kind", value));
            return values;
        }
    }

    int count(Kind kind, Caller caller) {
        return with(
                        jdbc.sql(
                                "select count(*) from (select 1 from cases where %s limit :most) as counted"
                                        .formatted(kind.condition)),
                        caller)
                .param("most", COUNTED)
                .query(Integer.class)
                .single();
    }

    CaseViews.Page page(
            Kind kind, Filter filter, Caller caller, Optional<String> cursor, int limit) {
        Cursor from = cursor.map(Cursor::parse).orElse(Cursor.before(Instant.EPOCH));
        var query =
                with(
                        jdbc.sql(
                                CaseViews.COLUMNS
                                        + """
                                        where %s %s and (due_at, cases.id) > (:due, :id)
                                        order by due_at, cases.id limit :limit
                                        """
                                                .formatted(kind.condition, filter.condition())),
                        caller);
        filter.values().forEach(query::param);
        List<CaseViews.Summary> found =
                views.summaries(
                        query.param("due", from.at().atOffset(ZoneOffset.UTC))
                                .param("id", from.id())
                                .param("limit", limit));
        return new CaseViews.Page(
                found,
                found.size() < limit
                        ? Optional.empty()
                        : Optional.of(
                                new Cursor(found.getLast().dueAt(), found.getLast().id()).text()));
    }

    /** What came from the place of an item before: how many items of other cases, by state. */
    Map<Integer, Map<String, Integer>> history(UUID id, int from, int to) {
        Map<Integer, Map<String, Integer>> history = new TreeMap<>();
        jdbc.sql(
                        """
                        select item.no, earlier.state, count(*) as count
                        from case_items item cross join lateral (
                            select state from case_items other
                            where other.place = item.place and other.case_id <> item.case_id limit 100) as earlier
                        where item.case_id = :id and item.no between :from and :to
                        group by item.no, earlier.state
                        """)
                .param("id", id)
                .param("from", from)
                .param("to", to)
                .query(row -> {
                    history.computeIfAbsent(row.getInt("no"), _ -> new TreeMap<>())
                            .put(row.getString("state"), row.getInt("count"));
                });
        return history;
    }

    /** The newest cases with an item from the same place as this one. */
    List<CaseViews.Summary> fromTheSamePlace(UUID id, int no, int limit) {
        return views.summaries(
                jdbc.sql(
                                CaseViews.COLUMNS
                                        + """
                                        where cases.id in (
                                            select other.case_id from case_items item
                                            join case_items other on other.place = item.place
                                            where item.case_id = :id and item.no = :no and other.case_id <> :id)
                                        order by received_at desc, cases.id limit :limit
                                        """)
                        .param("id", id)
                        .param("no", no)
                        .param("limit", limit));
    }

    private JdbcClient.StatementSpec with(JdbcClient.StatementSpec query, Caller caller) {
        Instant now = clock.instant();
        return query.param("now", now.atOffset(ZoneOffset.UTC))
                .param("soon", now.plus(SOON).atOffset(ZoneOffset.UTC))
                .param("me", caller.account());
    }
}
