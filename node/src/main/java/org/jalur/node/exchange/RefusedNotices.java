package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.register.Register;
import org.jalur.notice.NoticeFacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices that were refused as a whole: of them a platform has no case, and an authority no clause
 * that its own database did not learn from the refusal. Both read them in the parts of the two
 * messages, which are never erased, and keep what they read.
 */
@Component
public class RefusedNotices {
    private static final int AT_ONCE = 200;

    /** Files of a notice may stand before its facts, and are large. */
    private static final int PARTS_AT_ONCE = 4;

    private final JdbcClient jdbc;
    private final PartStore parts;
    private final TransactionTemplate transactions;
    private final boolean authority;
    private final String wasRefused;

    RefusedNotices(
            JdbcClient jdbc, PartStore parts, TransactionTemplate transactions, Register register) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.transactions = transactions;
        this.authority = register.isAuthority();
        // Messages about a notice are refused too, and the notice stays.
        this.wasRefused =
                authority
                        ? "exists (select 1 from notices where id = notice.message_id and state = 'refused')"
                        : "not exists (select 1 from cases where cases.channel = notice.channel and notice_id = notice.message_id)";
    }

    private record Row(long message, UUID notice, List<Hash> leaves, List<Hash> refusal) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getLong("message"),
                    row.getObject("notice", UUID.class),
                    StoredMessage.leaves(row.getBytes("leaves")),
                    StoredMessage.leaves(row.getBytes("refusal")));
        }
    }

    /** Reads what was refused on the channel since this was asked last. */
    public void learn(Channel channel) {
        boolean more = true;
        while (more) {
            more = Objects.requireNonNull(transactions.execute(_ -> learnSome(channel)));
        }
    }

    private boolean learnSome(Channel channel) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select distinct on (notice.id) notice.id as message, notice.message_id as notice,
                                    notice.leaves, refusal.leaves as refusal
                                from messages refusal
                                join messages notice on notice.channel = refusal.channel
                                    and notice.direction = :authority and notice.message_id = refusal.about
                                    and notice.kind = 'notice'
                                left join refused_notices known on known.message = notice.id
                                where refusal.channel = :channel and refusal.kind = 'refusal'
                                    and refusal.direction = :platform and known.message is null
                                    and %s
                                order by notice.id, refusal.seq limit :most
                                """
                                        .formatted(wasRefused))
                        .param("channel", channel.id())
                        .param("authority", authority ? "out" : "in")
                        .param("platform", authority ? "in" : "out")
                        .param("most", AT_ONCE)
                        .query(Row::from)
                        .list();
        rows.forEach(row -> keep(channel, row));
        return rows.size() == AT_ONCE;
    }

    private void keep(Channel channel, Row row) {
        Optional<NoticeFacts> facts = first(channel, row.leaves(), "notice", NoticeFacts.class);
        jdbc.sql(
                        """
                        insert into refused_notices (message, channel, notice, clause, kind, urgency, items)
                        values (:message, :channel, :notice, :clause, :kind, :urgency, :items)
                        on conflict do nothing
                        """)
                .param("message", row.message())
                .param("channel", channel.id())
                .param("notice", row.notice())
                .param(
                        "clause",
                        first(channel, row.refusal(), "refusal", Refusal.class)
                                .map(Refusal::clause)
                                .orElse(""))
                .param("kind", facts.map(one -> wire(one.kind())).orElse(null))
                .param("urgency", facts.map(one -> wire(one.urgency())).orElse(null))
                .param("items", facts.map(NoticeFacts::itemCount).orElse(null))
                .update();
    }

    private <T> Optional<T> first(
            Channel channel, List<Hash> leaves, String type, Class<T> content) {
        for (int from = 0; from < leaves.size(); from += PARTS_AT_ONCE) {
            List<Hash> some = leaves.subList(from, Math.min(from + PARTS_AT_ONCE, leaves.size()));
            Optional<Part> found =
                    parts.open(channel, some).values().stream()
                            .filter(part -> part.type().equals(type))
                            .findFirst();
            if (found.isPresent()) {
                return read(found.get(), content);
            }
        }
        return Optional.empty();
    }

    /** What nobody can read was refused for that. */
    private static <T> Optional<T> read(Part part, Class<T> content) {
        try {
            return Optional.of(Parts.read(part, content));
        } catch (MalformedMessageException _) {
            return Optional.empty();
        }
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
