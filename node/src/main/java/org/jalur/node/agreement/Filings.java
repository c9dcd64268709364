package org.jalur.node.agreement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.check.Answer;
import org.jalur.agreement.check.Check;
import org.jalur.agreement.check.Filing;
import org.jalur.node.exchange.Channel;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeReasons;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is filed, held against the agreement: its scope, its evidence, and how much a day. */
@Component
public class Filings {
    private final JdbcClient jdbc;

    Filings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Counts are exact for whoever holds the stream in which the notice travels. */
    public Answer ask(
            Channel channel,
            Agreement agreement,
            NoticeFacts facts,
            NoticeReasons reasons,
            List<Item> items,
            Instant at) {
        return Check.of(
                agreement,
                new Filing(
                        facts,
                        reasons,
                        items,
                        at,
                        before(channel, Agreements.day(agreement, at), facts.organisation())));
    }

    private Filing.Before before(Channel channel, LocalDate day, String organisation) {
        return jdbc.sql(
                        """
                        select coalesce(sum(notices) filter (where organisation = :organisation), 0) as own_notices,
                            coalesce(sum(items) filter (where organisation = :organisation), 0) as own_items,
                            coalesce(sum(notices), 0) as notices, coalesce(sum(items), 0) as items
                        from filed_notices where channel = :channel and day = :day
                        """)
                .param("channel", channel.id())
                .param("day", day)
                .param("organisation", organisation)
                .query((row, _) ->
                        new Filing.Before(
                                new Filing.Count(
                                        row.getInt("own_notices"), row.getInt("own_items")),
                                new Filing.Count(row.getInt("notices"), row.getInt("items"))))
                .single();
    }

    /** A notice that was sent, or taken up. */
    public void count(Channel channel, Agreement agreement, NoticeFacts facts, Instant at) {
        jdbc.sql(
                        """
                        insert into filed_notices (channel, day, organisation, notices, items)
                        values (:channel, :day, :organisation, 1, :items)
                        on conflict (channel, day, organisation) do update
                            set notices = filed_notices.notices + 1, items = filed_notices.items + excluded.items
                        """)
                .param("channel", channel.id())
                .param("day", Agreements.day(agreement, at))
                .param("organisation", facts.organisation())
                .param("items", facts.itemCount())
                .update();
    }
}
