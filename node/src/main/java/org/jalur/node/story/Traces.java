package org.jalur.node.story;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jalur.node.access.OrderHistory;
import org.jalur.node.register.Register;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what this node has of a replay, on either side. */
@Component
@ConditionalOnProperty(name = "jalur.demo", havingValue = "true")
class Traces {
    /** Of notices, wherever they stand: as notices that were sent, or as cases. */
    private static final String NOTICES =
            """
            with filed as (select id, %1$s as notice, reference, message, '/%2$s/' || id as path
                from %2$s where message is not null and (reference like :mails || '%%' or reference = :list)),
            mails as (select * from filed where reference <> :list)
            select 'notice_sent' as what, messages.recorded_at as at, reference as label, path
            from mails join messages on messages.id = message where direction = 'out'
            union all
            select 'notice_tendered', entry.recorded_at, reference, path
            from mails join messages on messages.id = message
            join journal_entries entry on entry.digest = messages.digest and entry.kind = 'tendered'
            union all
            select 'notice_seen', seen_at, reference, path
            from mails join ladder_acts on subject = notice and about = 'notice' and kind = 'cosigned'
            union all
            select 'notice_received', coalesce(receipts.received_at, messages.recorded_at), reference, path
            from mails join messages on messages.id = mails.message
            left join receipts on receipts.message = messages.id
            where direction = 'in' or receipts.message is not null
            union all
            select 'step_' || ladder_acts.kind, messages.recorded_at, reference, path
            from mails join ladder_acts on subject = notice and about = 'notice'
                and ladder_acts.kind in ('announced', 'approved', 'taken')
            join messages on messages.id = ladder_acts.message
            union all
            select 'list_gone', max(measured.recorded_at), reference, path
            from filed join messages measured on measured.about = notice and measured.kind = 'measures'
            where reference = :list group by reference, path
            """;

    /** Agreements and drills of before the order was sent belong to something else. */
    private static final String OTHERS =
            """
            union all
            select 'order_sent', sent_at, reference, '/access-blocks/' || id
            from access_orders where reference = :order
            union all
            select 'agreement_signed', at, '', '/agreements/' || peer_party || '/' || proposal
            from agreement_acts join channels on channels.id = channel
            where kind = 'signed' and message is not null and at >
                (select max(sent_at) from access_orders where reference = :order)
            union all
            select 'drill_answered', answered_at, '', '/drills/' || no
            from drill_answers join drills on drills.no = drill where answered_at >
                (select max(sent_at) from access_orders where reference = :order)
            union all
            select 'reminded', told_at, operators.name, '/access-blocks/' || block || '/measured'
            from lift_reminders join resolver_operators operators on operators.id = operator
            join access_orders on access_orders.id = block where reference = :order
            """;

    private final JdbcClient jdbc;
    private final OrderHistory orders;
    private final String sql;

    Traces(JdbcClient jdbc, OrderHistory orders, Register register) {
        this.jdbc = jdbc;
        this.orders = orders;
        sql =
                (register.isAuthority()
                                ? NOTICES.formatted("id", "notices")
                                : NOTICES.formatted("notice_id", "cases"))
                        + OTHERS;
    }

    /**
     * @param label of what the path leads to; empty where it has no name of its own
     */
    record Found(Trace trace, Instant at, String label, String path) {
        static Found from(ResultSet row, int number) throws SQLException {
            String what = row.getString("what");
            return new Found(
                    Trace.of(what)
                            .orElseThrow(() -> new IllegalStateException("not asked for: " + what)),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("label"),
                    row.getString("path"));
        }
    }

    /** In the order of their times. */
    @Transactional(readOnly = true)
    public List<Found> all() {
        List<Found> all =
                new ArrayList<>(
                        jdbc.sql("select * from (" + sql + ") as found order by at, path")
                                .param("mails", References.NOTICE)
                                .param("list", References.LIST)
                                .param("order", References.ORDER)
                                .query(Found::from)
                                .list());
        for (OrderHistory.Happened one : orders.of(References.ORDER)) {
            Trace.of(one.type())
                    .ifPresent(trace ->
                            all.add(
                                    new Found(
                                            trace,
                                            one.at(),
                                            References.ORDER,
                                            "/access-blocks/" + one.block())));
        }
        return List.copyOf(all);
    }
}
