package org.jalur.node.dialogue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.ItemStates;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.TurnFacts;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Questions, answers and remarks as both sides keep them, and which items wait for an answer. Each
 * is written in the transaction of its message.
 */
@Component
public class Dialogue {
    /** Most that one side says about a notice within a day. */
    static final int MOST_A_DAY = 100;

    /** The other side's day may begin at another moment than ours. */
    private static final int MOST_TAKEN = 2 * MOST_A_DAY;

    private final JdbcClient jdbc;
    private final Exchange exchange;
    private final ItemStates states;
    private final Clock clock;

    Dialogue(JdbcClient jdbc, Exchange exchange, ItemStates states, Clock clock) {
        this.jdbc = jdbc;
        this.exchange = exchange;
        this.states = states;
        this.clock = clock;
    }

    /**
     * What somebody wants to say.
     *
     * @param items that it is about; empty for the whole notice
     * @param question that it answers
     */
    public record Saying(
            String text, List<Integer> items, Optional<UUID> question, List<Upload> files) {
        public Saying {
            items = items.stream().distinct().sorted().toList();
            files = List.copyOf(files);
            Upload.check(files);
        }

        public static Saying of(String text, List<Upload> files) {
            return new Saying(text, List.of(), Optional.empty(), files);
        }
    }

    /** About what: the notice or the case, and how messages name it. */
    public record About(UUID subject, Channel channel, UUID notice, Optional<Hash> agreement) {}

    /**
     * Parts to be sent, made and checked before anything is locked or written.
     *
     * @param kind of the message
     */
    public record Prepared(MessageKind kind, TurnFacts facts, List<Part> parts) {
        public Prepared {
            parts = List.copyOf(parts);
        }

        Hash leaf() {
            return parts.get(1).leaf();
        }
    }

    /**
     * @throws org.jalur.notice.InvalidNoticeException if the text or a file breaks a rule
     */
    public Prepared prepare(MessageKind kind, Saying saying, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var facts = new TurnFacts(saying.items(), saying.question(), caller.role().wire(), now);
        return new Prepared(kind, facts, TurnParts.write(facts, saying.text(), saying.files()));
    }

    /**
     * Sends it; nothing is locked after this.
     *
     * @param waiting items of a question
     * @throws ProblemException 429 if enough was said for a day
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public SentMessage send(About about, Prepared prepared, List<Integer> waiting) {
        if (saidToday(about.subject(), "out", clock.instant()) >= MOST_A_DAY) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-much-said",
                    "%d messages about this were sent within a day, the most that are; wait, or call."
                            .formatted(MOST_A_DAY),
                    MOST_A_DAY);
        }
        SentMessage sent =
                exchange.send(
                        about.channel(),
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                prepared.kind(),
                                Optional.of(about.notice()),
                                about.agreement(),
                                prepared.parts()));
        insert(
                sent.row(),
                about.subject(),
                prepared.kind(),
                prepared.facts(),
                prepared.leaf(),
                waiting);
        return sent;
    }

    /** What came, or comes back. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(
            long message, UUID subject, MessageKind kind, TurnParts said, List<Integer> waiting) {
        insert(message, subject, kind, said.facts(), said.leaf(), waiting);
    }

    /** Whether the other side says more than anybody reads. */
    public boolean isTooMuch(UUID subject, Instant receivedAt) {
        return saidToday(subject, "in", receivedAt) >= MOST_TAKEN;
    }

    private int saidToday(UUID subject, String direction, Instant now) {
        return jdbc.sql(
                        """
                        select count(*) from turns join messages on messages.id = turns.message
                        where subject = :subject and direction = :direction and recorded_at > :from
                        """)
                .param("subject", subject)
                .param("direction", direction)
                .param("from", now.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    private void insert(
            long message,
            UUID subject,
            MessageKind kind,
            TurnFacts facts,
            Hash leaf,
            List<Integer> waiting) {
        boolean question = kind == MessageKind.QUESTION;
        jdbc.sql(
                        """
                        insert into turns (message, subject, kind, items, whole, question, role, leaf, said_at)
                        values (:message, :subject, :kind, :items, :whole, :question, :role, :leaf, :at)
                        """)
                .param("message", message)
                .param("subject", subject)
                .param(
                        "kind",
                        question
                                ? "question"
                                : kind == MessageKind.CLARIFICATION ? "answer" : "remark")
                .param("items", (question ? waiting : facts.items()).toArray(Integer[]::new))
                .param("whole", facts.items().isEmpty())
                .param("question", facts.question().orElse(null))
                .param("role", facts.role())
                .param("leaf", leaf.bytes())
                .param("at", OffsetDateTime.ofInstant(facts.saidAt(), ZoneOffset.UTC))
                .update();
    }

    /**
     * Which items a question makes wait: those named, or all that are not decided yet. Both sides
     * have the same states before it, for they come with the platform's messages.
     *
     * @throws MalformedMessageException if an item is not there, or decided
     */
    public List<Integer> asked(ItemStates.Of of, UUID subject, List<Integer> named) {
        List<Integer> open = states.askable(of, subject, named);
        if (!named.isEmpty() && open.size() != named.size()) {
            throw new MalformedMessageException(
                    "a question about an item that is not there, or is decided");
        }
        Map<Integer, String> waiting = new HashMap<>();
        open.forEach(no -> waiting.put(no, "clarification"));
        states.decided(of, subject, waiting);
        return open;
    }

    /**
     * After an answer: items that no other question holds are open again.
     *
     * @return how many
     */
    public int reopen(ItemStates.Of of, UUID subject) {
        List<Integer> waiting =
                jdbc.sql(
                                """
                                select distinct item.no from questions, unnest(items) as item(no)
                                where subject = :subject and answer is null and not settled
                                """)
                        .param("subject", subject)
                        .query((row, _) -> row.getInt("no"))
                        .list();
        return states.reopen(of, subject, waiting);
    }

    /** Ids of the questions that wait for an answer, in the order in which they were asked. */
    public List<UUID> open(UUID subject) {
        return jdbc.sql(
                        """
                        select id from questions
                        where subject = :subject and answer is null and not settled order by seq
                        """)
                .param("subject", subject)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** The items that a question names; empty if it is about the whole notice. */
    public List<Integer> items(UUID subject, UUID question) {
        return jdbc.sql(
                        """
                        select item.no from questions, unnest(items) as item(no)
                        where subject = :subject and id = :question and not whole order by item.no
                        """)
                .param("subject", subject)
                .param("question", question)
                .query((row, _) -> row.getInt("no"))
                .list();
    }

    /** Whether the message asked something about it. */
    public boolean isQuestion(UUID subject, UUID message) {
        return jdbc.sql(
                        "select exists (select 1 from questions where subject = :subject and id = :id)")
                .param("subject", subject)
                .param("id", message)
                .query(Boolean.class)
                .single();
    }
}
