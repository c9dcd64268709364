package org.jalur.node.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.node.web.Cursor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The lists of notices that need somebody, and how long each is. */
@Component
class NoticeLists {
    /** Above this a list says "more than": nobody counts a million rows for a first page. */
    static final int COUNTED = 1_000;

    private static final Duration SOON = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final NoticeViews views;
    private final Clock clock;

    NoticeLists(JdbcClient jdbc, NoticeViews views, Clock clock) {
        this.jdbc = jdbc;
        this.views = views;
        this.clock = clock;
    }

    /** Which notices a list holds, in the order of the page of what needs somebody now. */
    enum Kind {
        APPROVAL("state = 'draft'", "changed_at", false),
        UNDELIVERED(
                """
                id in (select messages.about from outbox join channels on channels.id = outbox.channel
                    join messages on messages.id = outbox.message
                    where channels.failing_since < :now::timestamptz - interval '1 minute')
                """,
                "changed_at",
                false),
        UNACKNOWLEDGED(
                "state = 'sent' and received_at is not null and acknowledged_at is null",
                "changed_at",
                false),
        DUE_SOON(
                "state = 'sent' and stopped_at is null and due_at between :now and :soon",
                "due_at",
                false),
        OVERDUE("state = 'sent' and stopped_at is null and due_at < :now", "due_at", false),
        CLARIFICATION("state = 'sent' and stopped_at is not null", "due_at", false),
        SENT("state = 'sent'", "changed_at", true),
        REFUSED("state = 'refused'", "changed_at", true),
        CLOSED("state = 'closed'", "changed_at", true),
        WITHDRAWN("state = 'withdrawn'", "changed_at", true),
        ALL("true", "changed_at", true);

        private final String condition;
        private final String order;
        private final boolean newestFirst;

        Kind(String condition, String order, boolean newestFirst) {
            this.condition = condition;
            this.order = order;
            this.newestFirst = newestFirst;
        }

        String path() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String path) {
            return Arrays.stream(values()).filter(kind -> kind.path().equals(path)).findFirst();
        }

        boolean needsSomebody() {
            return switch (this) {
                case APPROVAL, UNDELIVERED, UNACKNOWLEDGED, DUE_SOON, OVERDUE, CLARIFICATION ->
                        true;
                case SENT, REFUSED, CLOSED, WITHDRAWN, ALL -> false;
            };
        }
    }

    /** How many, at most {@link #COUNTED}. */
    int count(Kind kind) {
        return with(jdbc.sql(
                        """
                        select count(*) from (select 1 from notices where %s limit :most) as counted
                        """
                                .formatted(kind.condition)))
                .param("most", COUNTED)
                .query(Integer.class)
                .single();
    }

    NoticeViews.Page page(Kind kind, Optional<String> cursor, int limit) {
        String place =
                cursor.isEmpty()
                        ? ""
                        : "and (%s, id) %s (:at, :id)"
                                .formatted(kind.order, kind.newestFirst ? "<" : ">");
        String direction = kind.newestFirst ? "desc" : "asc";
        var query =
                with(
                        jdbc.sql(
                                NoticeViews.SUMMARY
                                        + "where %s %s order by %s %s, id %s limit :limit"
                                                .formatted(
                                                        kind.condition,
                                                        place,
                                                        kind.order,
                                                        direction,
                                                        direction)));
        if (cursor.isPresent()) {
            Cursor from = Cursor.parse(cursor.get());
            query.param("at", from.at().atOffset(ZoneOffset.UTC)).param("id", from.id());
        }
        List<NoticeViews.Summary> found = views.summaries(query.param("limit", limit));
        return new NoticeViews.Page(
                found,
                found.size() < limit
                        ? Optional.empty()
                        : Optional.of(
                                new Cursor(place(kind, found.getLast()), found.getLast().id())
                                        .text()));
    }

    /** Sent notices by nearest deadline; those whose clock stands still come last. */
    List<NoticeViews.Summary> nearest(int limit) {
        return views.summaries(
                jdbc.sql(
                                NoticeViews.SUMMARY
                                        + """
                                        where state = 'sent' and due_at is not null and stopped_at is null
                                        order by due_at, id limit :limit
                                        """)
                        .param("limit", limit));
    }

    private static Instant place(Kind kind, NoticeViews.Summary last) {
        return kind.order.equals("due_at") ? last.dueAt().orElseThrow() : last.changedAt();
    }

    private JdbcClient.StatementSpec with(JdbcClient.StatementSpec query) {
        Instant now = clock.instant();
        return query.param("now", now.atOffset(ZoneOffset.UTC))
                .param("soon", now.plus(SOON).atOffset(ZoneOffset.UTC));
    }
}
