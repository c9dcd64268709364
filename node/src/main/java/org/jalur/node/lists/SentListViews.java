package org.jalur.node.lists;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Jws;
import org.jalur.channel.Receipt;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.register.Register;
import org.jalur.notice.ListFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Lists of this authority as people see them. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class SentListViews {
    private static final int SHOWN = 200;

    private final JdbcClient jdbc;
    private final ListDrafts drafts;
    private final Channels channels;
    private final Register register;
    private final Deliveries deliveries;
    private final PartStore parts;
    private final Timeline timeline;

    SentListViews(
            JdbcClient jdbc,
            ListDrafts drafts,
            Channels channels,
            Register register,
            Deliveries deliveries,
            PartStore parts,
            Timeline timeline) {
        this.jdbc = jdbc;
        this.drafts = drafts;
        this.channels = channels;
        this.register = register;
        this.deliveries = deliveries;
        this.parts = parts;
        this.timeline = timeline;
    }

    /**
     * @param state draft, sent or refused
     * @param delivery of what was sent
     */
    record Summary(
            UUID id,
            String platform,
            String state,
            String list,
            String name,
            String category,
            int entries,
            Optional<Deliveries.Delivery> delivery,
            Optional<Refused> refused,
            Instant createdAt) {
        Summary with(Optional<Deliveries.Delivery> known) {
            return new Summary(
                    id, platform, state, list, name, category, entries, known, refused, createdAt);
        }

        boolean isDraft() {
            return state.equals("draft");
        }
    }

    record Refused(String clause, String reason) {}

    /**
     * @param facts absent once they were erased
     * @param draft of what is not sent yet
     * @param receivedAt by the platform's receipt
     * @param draftedBy account; empty where it is not known any more
     */
    record Detail(
            Summary list,
            Optional<ListFacts> facts,
            Optional<Draft> draft,
            Optional<Instant> receivedAt,
            Optional<UUID> draftedBy,
            List<Timeline.Event> timeline) {}

    /**
     * @param root over the parts that will be signed
     * @param octets of the entries
     */
    record Draft(ListDrafts.Draft said, ListPreview preview, String root, int parts, long octets) {}

    private record Row(
            Summary summary,
            int channel,
            @Nullable Long message,
            byte @Nullable [] draft,
            byte @Nullable [] seed,
            @Nullable Hash facts,
            @Nullable UUID draftedBy) {
        Row with(Map<Long, Deliveries.Delivery> known) {
            return new Row(
                    summary.with(Optional.ofNullable(message).map(known::get)),
                    channel,
                    message,
                    draft,
                    seed,
                    facts,
                    draftedBy);
        }
    }

    private Row row(ResultSet row, int number) throws SQLException {
        int channel = row.getInt("channel");
        long message = row.getLong("message");
        boolean sent = !row.wasNull();
        byte[] facts = row.getBytes("facts_leaf");
        Channel to = channels.byId(channel);
        return new Row(
                new Summary(
                        row.getObject("id", UUID.class),
                        register.peer(to.peer()).map(one -> one.name()).orElse(to.peer().value()),
                        row.getString("state"),
                        row.getString("list"),
                        row.getString("name"),
                        row.getString("category"),
                        row.getInt("entries"),
                        Optional.empty(),
                        Optional.ofNullable(row.getString("refusal_clause"))
                                .map(clause -> new Refused(clause, reason(row))),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()),
                channel,
                sent ? message : null,
                row.getBytes("draft"),
                row.getBytes("draft_seed"),
                facts == null ? null : Hash.of(facts),
                row.getObject("drafted_by", UUID.class));
    }

    private static String reason(ResultSet row) {
        try {
            return Optional.ofNullable(row.getString("refusal_reason")).orElse("");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drafts first, then the newest. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Summary> all() {
        return withDeliveries(
                        jdbc.sql(
                                        """
                                        select * from sent_lists
                                        order by state = 'draft' desc, created_at desc, id limit :most
                                        """)
                                .param("most", SHOWN)
                                .query(this::row)
                                .list())
                .stream()
                .map(Row::summary)
                .toList();
    }

    /** All of one moment: a receipt and a delivery that is still under way do not go together. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Detail detail(UUID id) {
        Row row =
                withDeliveries(
                                jdbc.sql("select * from sent_lists where id = :id")
                                        .param("id", id)
                                        .query(this::row)
                                        .list())
                        .stream()
                        .findFirst()
                        .orElseThrow(() -> SentLists.unknown(id));
        Optional<Draft> draft = draft(id, row);
        return new Detail(
                row.summary(),
                draft.map(one -> one.said().facts()).or(() -> facts(row)),
                draft,
                Optional.ofNullable(row.message())
                        .flatMap(deliveries::receipt)
                        .map(jws -> Receipt.parse(Jws.parse(jws, Jws.Type.RECEIPT)).receivedAt()),
                Optional.ofNullable(row.draftedBy()),
                timeline.of(id));
    }

    private Optional<Draft> draft(UUID id, Row row) {
        if (row.draft() == null || row.seed() == null) {
            return Optional.empty();
        }
        ListDrafts.Draft said = drafts.open(id, row.draft());
        List<byte[]> chunks = drafts.chunks(id);
        ListDrafts.Content content = drafts.content(id, said.facts(), chunks, row.seed());
        return Optional.of(
                new Draft(
                        said,
                        ListPreview.of(chunks),
                        content.root().hex(),
                        content.parts().size(),
                        chunks.stream().mapToLong(chunk -> chunk.length).sum()));
    }

    private Optional<ListFacts> facts(Row row) {
        return Optional.ofNullable(row.facts())
                .flatMap(leaf -> parts.open(channels.byId(row.channel()), leaf))
                .map(part -> Parts.read(part, ListFacts.class));
    }

    private List<Row> withDeliveries(List<Row> rows) {
        Map<Long, Deliveries.Delivery> known =
                deliveries.of(rows.stream().map(Row::message).filter(Objects::nonNull).toList());
        return rows.stream().map(row -> row.with(known)).toList();
    }
}
