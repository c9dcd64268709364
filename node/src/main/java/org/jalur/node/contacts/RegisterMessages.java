package org.jalur.node.contacts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.channel.PartyId;
import org.jalur.contacts.Entry;
import org.jalur.contacts.RegisterFacts;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.Erasures;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.Erasure;
import org.jalur.notice.ErasureGround;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the own register as a whole once it has been quiet, and takes the peers' registers in. All
 * messages of a register are about one id, so that a part of any of them can be erased.
 */
@Component
class RegisterMessages implements MessageHandler, SentMessageHandler {
    private final JdbcClient jdbc;
    private final OwnRegister own;
    private final RegisterVersions versions;
    private final Channels channels;
    private final PartStore parts;
    private final Exchange exchange;
    private final Erasures erasures;
    private final RegisterSettings settings;
    private final TransactionTemplate transactions;
    private final Clock clock;

    RegisterMessages(
            JdbcClient jdbc,
            OwnRegister own,
            RegisterVersions versions,
            Channels channels,
            PartStore parts,
            Exchange exchange,
            Erasures erasures,
            RegisterSettings settings,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.own = own;
        this.versions = versions;
        this.channels = channels;
        this.parts = parts;
        this.exchange = exchange;
        this.erasures = erasures;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What all messages about a party's register are about. */
    static UUID register(PartyId party) {
        return UUID.nameUUIDFromBytes(("jalur register " + party.value()).getBytes(UTF_8));
    }

    /** Which peers have not been told of the newest change, and when they will be. */
    Optional<Instant> dueAt() {
        OwnRegister.Revision newest = own.revision();
        boolean told = channels.all().stream().allMatch(channel -> toldOf(channel) == newest.no());
        return told ? Optional.empty() : Optional.of(newest.at().plus(settings.quiet()));
    }

    private long toldOf(Channel channel) {
        return jdbc.sql("select revision from register_sending where channel = :channel")
                .param("channel", channel.id())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Scheduled(fixedDelay = 5_000)
    void sendDue() {
        if (dueAt().filter(at -> !at.isAfter(clock.instant())).isPresent()) {
            send();
        }
    }

    /** Tells every peer what it does not know yet; each in a transaction of its own. */
    void send() {
        channels.all().forEach(channel -> transactions.executeWithoutResult(_ -> send(channel)));
    }

    private void send(Channel channel) {
        jdbc.sql(
                        "insert into register_sending (channel, revision) values (:channel, 0) on conflict do nothing")
                .param("channel", channel.id())
                .update();
        // Of several processes one sends. Nobody changes or erases anything meanwhile: what was
        // erased must not leave once more.
        Optional<Long> told =
                jdbc.sql(
                                """
                                select revision from register_sending where channel = :channel
                                for no key update skip locked
                                """)
                        .param("channel", channel.id())
                        .query(Long.class)
                        .optional();
        long newest = own.holdRevision();
        if (told.isEmpty() || told.get() == newest) {
            return;
        }
        told(channel, newest);
        List<Entry> entries = own.all();
        var facts = new RegisterFacts(now(), entries.size());
        var content = new ArrayList<Part>();
        content.add(Parts.json("register", facts));
        Map<Hash, Entry> byLeaf = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Part part = Parts.json(entry.kind().part(), entry);
            content.add(part);
            byLeaf.put(part.leaf(), entry);
        }
        SentMessage sent =
                exchange.send(
                        channel,
                        new Exchange.Draft(
                                UUID.randomUUID(),
                                MessageKind.REGISTER,
                                Optional.of(register(channel.local())),
                                Optional.empty(),
                                content));
        versions.record(
                channel,
                Direction.OUT,
                sent.row(),
                new RegisterVersions.Said(facts, byLeaf),
                sent.manifest().time());
    }

    private void told(Channel channel, long revision) {
        jdbc.sql(
                        """
                        insert into register_sending (channel, revision) values (:channel, :revision)
                        on conflict (channel) do update set revision = excluded.revision
                        """)
                .param("channel", channel.id())
                .param("revision", revision)
                .update();
    }

    /**
     * Takes a person out of the register and out of all that was sent, on both sides. What else
     * changed is sent with the next version.
     */
    @Transactional
    public void erase(UUID entry, ErasureGround ground, Caller admin) {
        own.forget(entry, admin);
        for (Channel channel : channels.all()) {
            List<Hash> leaves = versions.leaves(channel, Direction.OUT, entry);
            if (versions.isUnderway(channel, entry)) {
                throw new ProblemException(
                        HttpStatus.CONFLICT,
                        "not-delivered-yet",
                        "A register with this person is on its way to %s; what was never delivered cannot be erased on both sides. Wait for its receipt."
                                .formatted(channel.peer()));
            }
            for (int from = 0; from < leaves.size(); from += Erasure.MOST) {
                List<Hash> some =
                        leaves.subList(from, Math.min(leaves.size(), from + Erasure.MOST));
                UUID about = register(channel.local());
                SentMessage sent =
                        exchange.send(
                                channel,
                                new Exchange.Draft(
                                        UUID.randomUUID(),
                                        MessageKind.ERASURE,
                                        Optional.of(about),
                                        Optional.empty(),
                                        List.of(
                                                Parts.json(
                                                        "erasure",
                                                        new Erasure(
                                                                some.stream()
                                                                        .map(Hash::hex)
                                                                        .toList(),
                                                                ground)))));
                erasures.record(channel, about, Set.copyOf(some), sent.row());
            }
        }
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.REGISTER, MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest().about().equals(Optional.of(register(message.channel().local())));
    }

    @Override
    public void handle(ReceivedMessage message) {
        Contents contents = parts.contents(message.channel(), message.leaves());
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            Refusal refusal =
                    contents.only()
                            .map(part -> Parts.read(part, Refusal.class))
                            .orElseThrow(() ->
                                    new MalformedMessageException("the part cannot be opened"));
            versions.refused(message.channel(), refusal.clause(), refusal.reason());
            return;
        }
        if (!message.manifest().about().equals(Optional.of(register(message.channel().peer())))) {
            throw new MalformedMessageException(
                    "a register of %s is about %s"
                            .formatted(
                                    message.channel().peer(), register(message.channel().peer())));
        }
        versions.record(
                message.channel(),
                Direction.IN,
                message.row(),
                RegisterVersions.read(contents),
                message.receivedAt());
    }

    /** The newest that was sent, to whichever peer, is the register again. */
    @Override
    public void restore(SentMessage message, Contents contents) {
        if (!message.manifest().kind().equals(MessageKind.REGISTER.wire())) {
            return;
        }
        RegisterVersions.Said said = RegisterVersions.read(contents);
        versions.record(
                message.channel(), Direction.OUT, message.row(), said, message.manifest().time());
        own.restore(List.copyOf(said.entries().values()));
        told(message.channel(), own.revision().no());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
