package org.jalur.node.screening;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.check.Check;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.notice.ListFacts;
import org.jalur.screening.engine.Source;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lists that authorities send. Each message adds to a list of its sender, which stays in review
 * until the platform says otherwise; what a message brought can be undone like any import.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class ReceivedLists implements MessageHandler {
    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Agreements agreements;
    private final Channels channels;
    private final Exchange exchange;
    private final SignatureLists lists;
    private final ListImports imports;
    private final ScreeningEvents events;

    ReceivedLists(
            JdbcClient jdbc,
            PartStore parts,
            Agreements agreements,
            Channels channels,
            Exchange exchange,
            SignatureLists lists,
            ListImports imports,
            ScreeningEvents events) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.agreements = agreements;
        this.channels = channels;
        this.exchange = exchange;
        this.lists = lists;
        this.imports = imports;
        this.events = events;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.LIST);
    }

    @Override
    public void handle(ReceivedMessage message) {
        List<Hash> leaves = message.leaves();
        if (leaves.size() < 2 || leaves.size() > 1 + ListFacts.MOST_PARTS) {
            throw new MalformedMessageException(
                    "a list of %d parts; it has one with its facts and 1 to %d with entries"
                            .formatted(leaves.size(), ListFacts.MOST_PARTS));
        }
        Channel channel = message.channel();
        ListFacts facts = Parts.read(part(channel, leaves.getFirst(), "list"), ListFacts.class);
        Optional<Refusal> refusal = refusal(message, facts);
        // What comes back was taken up then, under the agreement that was in force then.
        if (refusal.isPresent() && !message.again()) {
            exchange.refuse(message, refusal.get());
            return;
        }
        var from = new Source.Authority(channel.peer().value());
        String id = from.name() + "." + facts.id();
        switch (lists.receive(id, facts.name(), from)) {
            case SignatureLists.Received.Open(var listed) -> take(message, facts, listed);
            case SignatureLists.Received.Removed() ->
                    refuse(
                            message,
                            "The platform has removed the list \"%s\"; ask its contact before you send it under another id."
                                    .formatted(facts.id()));
            case SignatureLists.Received.Taken() ->
                    refuse(
                            message,
                            "The platform has another list that is called \"%s\"; choose another id."
                                    .formatted(id));
        }
    }

    /** What the agreement does not cover is receipted, and answered with the clause it breaks. */
    private Optional<Refusal> refusal(ReceivedMessage message, ListFacts facts) {
        return switch (agreements.cited(message)) {
            case Agreements.Citation.Broken(var refusal) -> Optional.of(refusal);
            case Agreements.Citation.Binding(var signed) ->
                    Check.category(signed.agreement(), facts.category())
                            .map(breach -> new Refusal(breach.clause(), breach.sentence()));
        };
    }

    private void refuse(ReceivedMessage message, String reason) {
        if (message.again()) {
            throw new MalformedMessageException(reason);
        }
        exchange.refuse(message, new Refusal("list", reason));
    }

    private void take(ReceivedMessage message, ListFacts facts, SignatureLists.Listed listed) {
        if (isTaken(message)) {
            return;
        }
        String authority = message.channel().peer().value();
        Hash agreement =
                message.manifest()
                        .agreement()
                        .orElseThrow(
                                () -> new MalformedMessageException("a list cites its agreement"));
        ListImports.ListImport taken =
                imports.receive(
                        listed,
                        "%s · %d".formatted(authority, message.manifest().seq()),
                        entries(message),
                        facts.entries(),
                        new Entries.Provenance(authority, agreement));
        jdbc.sql(
                        """
                        insert into received_lists (message, channel, facts, agreement, import)
                        values (:message, :channel, :facts, :agreement, :import)
                        """)
                .param("message", message.row())
                .param("channel", message.channel().id())
                .param("facts", message.leaves().getFirst().bytes())
                .param("agreement", agreement.bytes())
                .param("import", taken.id())
                .update();
        events.add(
                listed.list().id(),
                "list_received",
                Optional.empty(),
                Optional.of(
                        "%s: +%d −%d".formatted(taken.file(), taken.added(), taken.takenBack())));
    }

    private boolean isTaken(ReceivedMessage message) {
        return jdbc.sql("select count(*) from received_lists where message = :message")
                        .param("message", message.row())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Opened one after the other: together they may be larger than the memory. */
    private Iterable<byte[]> entries(ReceivedMessage message) {
        return () ->
                message.leaves().stream()
                        .skip(1)
                        .map(leaf -> part(message.channel(), leaf, "list-entries").bytes())
                        .iterator();
    }

    private Part part(Channel channel, Hash leaf, String type) {
        return parts.open(channel, leaf)
                .filter(part -> part.type().equals(type))
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "a list with no \"%s\" part where it belongs".formatted(type)));
    }

    /**
     * What the message said that an import came with.
     *
     * @param authority its party id
     * @param agreement digest of the agreement that it cites
     */
    record Said(ListFacts facts, String authority, String agreement) {}

    private record Row(int channel, Hash facts, Hash agreement) {
        static Row from(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getInt("channel"),
                    Hash.of(row.getBytes("facts")),
                    Hash.of(row.getBytes("agreement")));
        }
    }

    /** Empty for an import of a file. */
    Optional<Said> of(ListImports.ListImport one) {
        return jdbc.sql(
                        "select channel, facts, agreement from received_lists where import = :import")
                .param("import", one.id())
                .query(Row::from)
                .optional()
                .flatMap(this::said);
    }

    private Optional<Said> said(Row row) {
        Channel channel = channels.byId(row.channel());
        return parts.open(channel, row.facts())
                .map(part ->
                        new Said(
                                Parts.read(part, ListFacts.class),
                                channel.peer().value(),
                                row.agreement().hex()));
    }
}
