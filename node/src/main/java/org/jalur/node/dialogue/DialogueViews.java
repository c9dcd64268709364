package org.jalur.node.dialogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Deliveries;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.Subjects;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Clarification;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.TurnText;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said about a notice, in the order in which this side learnt of it. */
@Component
public class DialogueViews {
    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Deliveries deliveries;
    private final Subjects subjects;

    DialogueViews(JdbcClient jdbc, PartStore parts, Deliveries deliveries, Subjects subjects) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.deliveries = deliveries;
        this.subjects = subjects;
    }

    /**
     * A text of a message; a decision may ask about many items, each in a text of its own.
     *
     * @param item of a decision; 0 for all other texts
     */
    private record Row(
            long message,
            UUID id,
            String kind,
            boolean own,
            boolean whole,
            List<Integer> items,
            Optional<UUID> question,
            boolean open,
            String role,
            int item,
            Hash leaf,
            Instant saidAt,
            Optional<Instant> receivedAt) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getLong("message"),
                    row.getObject("message_id", UUID.class),
                    row.getString("kind"),
                    row.getString("direction").equals("out"),
                    row.getBoolean("whole"),
                    List.of((Integer[]) row.getArray("items").getArray()),
                    Optional.ofNullable(row.getObject("question", UUID.class)),
                    row.getBoolean("open"),
                    row.getString("role"),
                    row.getInt("item"),
                    Hash.of(row.getBytes("leaf")),
                    row.getObject("said_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getObject("received_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }
    }

    /**
     * @param subject the notice or the case
     * @throws ProblemException 404 if there is none, or it was never sent
     */
    public List<Turn> of(UUID subject) {
        return of(subjects.known(subject).channel(), subject);
    }

    private List<Turn> of(Channel channel, UUID subject) {
        List<Row> rows = rows(subject);
        Map<Long, List<Row>> byMessage = new LinkedHashMap<>();
        rows.forEach(
                row -> byMessage.computeIfAbsent(row.message(), _ -> new ArrayList<>()).add(row));
        Map<UUID, Integer> numbers = numbers(subject);
        Map<Hash, Part> opened = parts.open(channel, rows.stream().map(Row::leaf).toList());
        Map<Long, Deliveries.Delivery> known =
                deliveries.of(
                        byMessage.values().stream()
                                .map(List::getFirst)
                                .filter(Row::own)
                                .map(Row::message)
                                .toList());
        return byMessage.values().stream()
                .map(texts -> turn(texts, numbers, opened, known))
                .toList();
    }

    private List<Row> rows(UUID subject) {
        return jdbc.sql(
                        """
                        select said.*, messages.message_id, messages.direction,
                            case direction when 'in' then messages.recorded_at else receipts.received_at end as received_at,
                            coalesce(questions.answer is null and not questions.settled, false) as open
                        from (
                            select message, kind, whole, items, question, role, 0 as item, leaf, said_at from turns
                            where subject = :subject
                            union all
                            select decisions.message, 'question', false, asked.items, null, role, no, leaf, decided_at
                            from decisions join questions asked on asked.message = decisions.message
                                and asked.subject = decisions.subject
                            where decisions.subject = :subject and outcome = 'clarification'
                        ) as said
                        join messages on messages.id = said.message
                        left join receipts on receipts.message = said.message
                        left join questions on questions.message = said.message and questions.subject = :subject
                        order by said.message, said.item
                        """)
                .param("subject", subject)
                .query(Row::from)
                .list();
    }

    /** Questions are counted in the order of the platform's messages: the same on both sides. */
    private Map<UUID, Integer> numbers(UUID subject) {
        Map<UUID, Integer> numbers = new HashMap<>();
        jdbc.sql("select id from questions where subject = :subject order by seq")
                .param("subject", subject)
                .query(row -> {
                    numbers.put(row.getObject("id", UUID.class), numbers.size() + 1);
                });
        return numbers;
    }

    private static Turn turn(
            List<Row> rows,
            Map<UUID, Integer> numbers,
            Map<Hash, Part> opened,
            Map<Long, Deliveries.Delivery> known) {
        Row first = rows.getFirst();
        List<Turn.Text> texts = new ArrayList<>();
        List<EvidenceFile> files = new ArrayList<>();
        for (Row row : rows) {
            Optional<TurnText> said =
                    Optional.ofNullable(opened.get(row.leaf())).flatMap(DialogueViews::read);
            texts.add(
                    new Turn.Text(
                            row.item() == 0 ? Optional.empty() : Optional.of(row.item()),
                            said.map(TurnText::text)));
            said.ifPresent(one -> files.addAll(one.files()));
        }
        return new Turn(
                first.id(),
                first.kind(),
                Optional.ofNullable(numbers.get(first.question().orElse(first.id()))),
                first.own(),
                first.whole(),
                first.items(),
                texts,
                files,
                first.role(),
                first.saidAt(),
                first.receivedAt(),
                Optional.ofNullable(known.get(first.message())),
                first.open());
    }

    /** Empty also for what is not readable: it was receipted, and has had no effect. */
    private static Optional<TurnText> read(Part part) {
        try {
            return switch (part.type()) {
                case TurnParts.TEXT -> Optional.of(Parts.read(part, TurnText.class));
                case TurnParts.SHORT ->
                        Optional.of(plain(Parts.read(part, Clarification.class).answer()));
                case "decision" ->
                        Optional.of(plain(Parts.read(part, DecisionReasons.class).reason()));
                default -> Optional.empty();
            };
        } catch (MalformedMessageException _) {
            return Optional.empty();
        }
    }

    private static TurnText plain(String text) {
        return new TurnText(List.of(), text, List.of());
    }

    /** A file that came with what was said. */
    public record Opened(EvidenceFile file, byte[] bytes) {}

    /**
     * Only a file that somebody said belongs to it.
     *
     * @throws ProblemException 404 if there is no such file, or it was erased
     */
    public Opened file(UUID subject, String leaf) {
        Channel channel = subjects.known(subject).channel();
        EvidenceFile file =
                of(channel, subject).stream()
                        .flatMap(turn -> turn.files().stream())
                        .filter(one -> one.leaf().equals(leaf))
                        .findFirst()
                        .orElseThrow(DialogueViews::unknown);
        return parts.open(channel, Hash.parseHex(leaf))
                .map(part -> new Opened(file, part.bytes()))
                .orElseThrow(DialogueViews::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-file",
                "No such file came with what was said; it may have been erased.");
    }
}
