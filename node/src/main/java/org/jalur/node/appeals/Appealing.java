package org.jalur.node.appeals;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.appeal.AppealFacts;
import org.jalur.appeal.AppealRule;
import org.jalur.appeal.AppealRule.Broken;
import org.jalur.appeal.AppealWords;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.enforcement.AppealLinks;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.DraftKeys;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.Timeline;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.journal.Journal;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Kind;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Takes appeals: sealed, with a clock, journaled, and told to the authority at once. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class Appealing {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Without letters that are taken for digits (Crockford's base 32). */
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final JdbcClient jdbc;
    private final AppealRows rows;
    private final AppealLinks links;
    private final Agreements agreements;
    private final Channels channels;
    private final Exchange exchange;
    private final DraftKeys keys;
    private final Journal journal;
    private final Timeline timeline;
    private final Notifications notifications;
    private final JsonMapper json;
    private final Clock clock;

    Appealing(
            JdbcClient jdbc,
            AppealRows rows,
            AppealLinks links,
            Agreements agreements,
            Channels channels,
            Exchange exchange,
            DraftKeys keys,
            Journal journal,
            Timeline timeline,
            Notifications notifications,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.links = links;
        this.agreements = agreements;
        this.channels = channels;
        this.exchange = exchange;
        this.keys = keys;
        this.journal = journal;
        this.timeline = timeline;
        this.notifications = notifications;
        this.json = json;
        this.clock = clock;
    }

    /** The item that is appealed about, and its case. */
    private record Item(
            int channel,
            UUID notice,
            Hash agreement,
            String caseState,
            String state,
            Optional<Instant> tellFrom) {
        static Item from(ResultSet row, int number) throws SQLException {
            return new Item(
                    row.getInt("channel"),
                    row.getObject("notice_id", UUID.class),
                    Hash.of(row.getBytes("agreement")),
                    row.getString("case_state"),
                    row.getString("state"),
                    Optional.ofNullable(row.getObject("tell_from", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }

        boolean isRestricted() {
            return !caseState.equals("withdrawn")
                    && (state.equals("blocked") || state.equals("withheld"));
        }
    }

    /**
     * How somebody may appeal now.
     *
     * @param appellants who may still; none while something is in the way
     * @param broken what is in the way
     * @param openUntil until when; whoever was told last of the same item has the longest
     */
    record May(Set<Appellant> appellants, Optional<Broken> broken, Instant openUntil) {
        May {
            appellants = Set.copyOf(appellants);
        }
    }

    /** What the page offers; whether it holds is asked again when somebody files. */
    @Transactional(readOnly = true)
    public May may(AppealLinks.Link link) {
        Item item = item(link, "");
        var agreement = agreements.of(channels.byId(item.channel()), item.agreement()).agreement();
        Set<Appellant> possible = AppealRule.appellants(agreement);
        possible.removeIf(one -> broken(item, link, one).isPresent());
        return new May(
                possible,
                possible.isEmpty() ? broken(item, link, Appellant.AUTHOR) : Optional.empty(),
                openUntil(link));
    }

    private Instant openUntil(AppealLinks.Link link) {
        return links.openUntil(link.caseId(), link.no())
                .filter(link.openUntil()::isBefore)
                .orElse(link.openUntil());
    }

    private Optional<Broken> broken(Item item, AppealLinks.Link link, Appellant appellant) {
        return AppealRule.broken(
                agreements.of(channels.byId(item.channel()), item.agreement()).agreement(),
                new AppealRule.Known(
                        item.isRestricted(),
                        item.tellFrom(),
                        Optional.of(openUntil(link)),
                        rows.before(link.caseId(), link.no())),
                appellant,
                clock.instant());
    }

    /**
     * Files an appeal.
     *
     * @return its id
     * @throws ProblemException 409 with the rule that it breaks
     */
    @Transactional
    public UUID file(AppealLinks.Link link, Filing filing) {
        // Whoever files about the same case at this moment waits for this one.
        Item item = item(link, "for no key update of cases");
        Optional<Broken> broken = broken(item, link, filing.appellant());
        if (broken.isPresent()) {
            throw refused(broken.get(), openUntil(link));
        }
        Channel channel = channels.byId(item.channel());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = UUID.randomUUID();
        var facts =
                new AppealFacts(
                        id, link.no(), filing.appellant(), reference(), filing.share(), now);
        byte[] sealed = keys.box(id).seal(json.writeValueAsBytes(filing));
        journal.append(EntryKind.RECORD, Hash.sha256(sealed));
        timeline.add(link.caseId(), "appealed", null, facts.reference());
        var agreement = agreements.of(channel, item.agreement()).agreement();
        List<Part> parts =
                AppealParts.write(
                        facts,
                        filing.share()
                                ? Optional.of(new AppealWords(link.no(), filing.words()))
                                : Optional.empty());
        // Last, for whoever sends next on the channel waits until this transaction ends.
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.APPEAL,
                                Optional.of(item.notice()),
                                Optional.of(item.agreement()),
                                parts));
        rows.add(
                new AppealRows.New(
                        id,
                        channel,
                        item.notice(),
                        link.caseId(),
                        facts,
                        item.agreement(),
                        sent.row(),
                        filing.share() ? Optional.of(parts.get(1).leaf()) : Optional.empty(),
                        Optional.of(sealed)),
                agreement,
                Optional.empty());
        notifications.tell(
                Event.of(Kind.APPEAL, id, now, facts.reference())
                        .due(rows.find(id).orElseThrow().dueAt()));
        return id;
    }

    private Item item(AppealLinks.Link link, String lock) {
        return jdbc.sql(
                        """
                        select cases.channel, cases.notice_id, cases.agreement, cases.state as case_state,
                            cases.tell_from, case_items.state
                        from cases join case_items on case_items.case_id = cases.id
                        where cases.id = :case and case_items.no = :no %s
                        """
                                .formatted(lock))
                .param("case", link.caseId())
                .param("no", link.no())
                .query(Item::from)
                .single();
    }

    private static ProblemException refused(Broken broken, Instant openUntil) {
        return switch (broken) {
            case UNDISCLOSED ->
                    problem(
                            "appeal-undisclosed",
                            "Nobody may be told of this restriction yet; appeal once you were told.");
            case NOT_RESTRICTED ->
                    problem(
                            "appeal-not-restricted",
                            "No decision restricts this content any more; there is nothing to appeal against.");
            case NOT_APPELLANT ->
                    problem(
                            "appeal-not-appellant",
                            "The agreement does not let you appeal; it names who may.");
            case TOO_LATE ->
                    problem(
                            "appeal-too-late",
                            "Appeals about this content were taken until %s.".formatted(openUntil),
                            openUntil);
            case TWICE ->
                    problem(
                            "appeal-twice",
                            "There is an appeal about this content already; read there what becomes of it.");
        };
    }

    private static ProblemException problem(String type, String detail, Object... values) {
        return new ProblemException(HttpStatus.CONFLICT, type, detail, values);
    }

    /** Random, so that nobody tells how many there are, or guesses one. */
    private static String reference() {
        var text = new StringBuilder("BD-");
        for (int i = 0; i < 10; i++) {
            if (i == 5) {
                text.append('-');
            }
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
