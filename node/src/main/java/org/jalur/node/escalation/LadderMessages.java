package org.jalur.node.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.agreement.ladder.Standing;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.MessageKind;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.node.escalation.LadderSubjects.SubjectKey;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.Exchange;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.journal.EntryKind;
import org.jalur.node.notifications.Event;
import org.jalur.node.notifications.Notifications;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Acts on ladders as they come in. Each message about one is about itself and names the ladder in
 * its first part, so that its refusal does not pass for a refusal of the notice.
 */
@Component
class LadderMessages implements MessageHandler, DeliveryListener {
    private final JdbcClient jdbc;
    private final PartStore parts;
    private final Exchange exchange;
    private final Histories histories;
    private final Ladders ladders;
    private final LadderActs acts;
    private final WitnessProofs proofs;
    private final Notifications notifications;
    private final boolean authority;

    LadderMessages(
            JdbcClient jdbc,
            PartStore parts,
            Exchange exchange,
            Histories histories,
            Ladders ladders,
            LadderActs acts,
            WitnessProofs proofs,
            Notifications notifications,
            Register register) {
        this.jdbc = jdbc;
        this.parts = parts;
        this.exchange = exchange;
        this.histories = histories;
        this.ladders = ladders;
        this.acts = acts;
        this.proofs = proofs;
        this.notifications = notifications;
        this.authority = register.isAuthority();
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.ESCALATION, MessageKind.REFUSAL);
    }

    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest()
                .about()
                .filter(act -> acts.sent(message.channel().id(), act).isPresent())
                .isPresent();
    }

    @Override
    public void handle(ReceivedMessage message) {
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            refused(message);
        } else {
            taken(message, parts.contents(message.channel(), message.leaves()));
        }
    }

    private void refused(ReceivedMessage message) {
        int channel = message.channel().id();
        UUID act =
                message.manifest()
                        .about()
                        .orElseThrow(() ->
                                new MalformedMessageException("a refusal names what it refuses"));
        acts.sent(channel, act)
                .ifPresent(place -> {
                    acts.refused(message.row(), channel, act, message.leaves().getFirst());
                    ladders.lookNow(channel, place.about(), Set.of(place.subject()));
                });
    }

    private void taken(ReceivedMessage message, Contents contents) {
        if (!message.manifest().about().equals(Optional.of(message.manifest().id()))) {
            throw new MalformedMessageException("a step of a ladder is about itself");
        }
        Said.Act said = act(contents);
        Optional<Histories.History> history =
                histories.of(said.about(), new SubjectKey(message.channel().id(), said.subject()));
        Optional<Refusal> refusal = refusal(said, history, message.receivedAt());
        Optional<Instant> seenAt =
                refusal.isEmpty() && said.act() == Said.Kind.COSIGNED
                        ? seen(message, history.orElseThrow(), said, contents)
                        : Optional.empty();
        if (refusal.isEmpty() && said.act() == Said.Kind.COSIGNED && seenAt.isEmpty()) {
            refusal =
                    broken(
                            said,
                            "provenSilence",
                            "The proof does not hold, or its witness is none that this node calls"
                                    + " independent.");
        }
        if (refusal.isPresent()) {
            if (!message.again()) {
                exchange.refuse(message, refusal.get());
            }
            return;
        }
        tellOfStep(message, history.orElseThrow(), said);
        acts.add(
                new LadderActs.New(
                        message.row(),
                        message.channel().id(),
                        message.manifest().id(),
                        said,
                        contents.size() > 1 ? Optional.of(contents.leaf(1)) : Optional.empty(),
                        seenAt));
    }

    /** Nobody learns only in hindsight what is held against this side. */
    private void tellOfStep(ReceivedMessage message, Histories.History history, Said.Act said) {
        if (message.again()) {
            return;
        }
        switch (said.act()) {
            case ANNOUNCED, TAKEN, CALLED ->
                    history.source()
                            .step()
                            .ifPresent(kind ->
                                    notifications.tell(
                                            Event.of(
                                                    kind,
                                                    history.subject().page(),
                                                    message.receivedAt(),
                                                    history.subject().reference())));
            case APPROVED, STOPPED, COSIGNED -> {}
        }
    }

    static Said.Act act(Contents contents) {
        Said.Act said = Parts.read(part(contents, 0, StepMessages.ACT), Said.Act.class);
        if (contents.size() != said.act().parts()) {
            throw new MalformedMessageException(
                    "%d parts where a step that is %s has %d"
                            .formatted(contents.size(), said.act().wire(), said.act().parts()));
        }
        switch (said.act()) {
            case STOPPED -> second(contents, said, Said.Reason.class);
            case CALLED -> second(contents, said, Said.Call.class);
            case COSIGNED -> second(contents, said, Said.Proof.class);
            case ANNOUNCED, APPROVED, TAKEN -> {}
        }
        return said;
    }

    static <T extends Said> T second(Contents contents, Said.Act said, Class<T> type) {
        return Parts.read(part(contents, 1, StepMessages.type(said.act())), type);
    }

    private static Part part(Contents contents, int place, String type) {
        if (contents.size() <= place) {
            throw new MalformedMessageException("a step of a ladder has a part " + type);
        }
        return contents.at(place)
                .filter(part -> part.type().equals(type))
                .orElseThrow(() ->
                        new MalformedMessageException("part %d is no %s".formatted(place, type)));
    }

    /** Whether the agreement has this step for this silence, and the sender climbs it. */
    private Optional<Refusal> refusal(
            Said.Act said, Optional<Histories.History> history, Instant receivedAt) {
        if (history.isEmpty()) {
            return broken(
                    said,
                    "subject",
                    "This node has taken up no %s %s."
                            .formatted(Ladders.wire(said.about()), said.subject()));
        }
        Side sender = authority ? Side.PLATFORM : Side.AUTHORITY;
        Optional<Ladder> ladder = history.get().ladder().filter(one -> one.climber() == sender);
        if (ladder.isEmpty()) {
            return broken(said, "climber", "The agreement has no such ladder for this side.");
        }
        Optional<Ladder.Step> step =
                ladder.get().steps().stream()
                        .filter(one -> one.name().equals(said.step()))
                        .findFirst();
        if (step.isEmpty()) {
            return broken(said, "steps", "The ladder has no step \"%s\".".formatted(said.step()));
        }
        boolean call = isCall(step.get());
        if ((said.act() == Said.Kind.CALLED && !call) || (said.act() == Said.Kind.TAKEN && call)) {
            return broken(
                    said,
                    "steps." + said.step(),
                    call
                            ? "This step is a call; say who was called, when, and what came of it."
                            : "This step is no call.");
        }
        if (isLate(history.get(), receivedAt)) {
            return broken(said, "answered", "Nobody is silent any more; no step is taken.");
        }
        return Optional.empty();
    }

    /** Steps and answers of notices cross every day: what comes too late there is in vain. */
    private static boolean isLate(Histories.History history, Instant receivedAt) {
        return switch (history.about()) {
            case NOTICE -> false;
            case LIFT, APPEAL ->
                    history.standing(receivedAt).flatMap(Standing::answered).isPresent();
        };
    }

    static boolean isCall(Ladder.Step step) {
        return switch (step.action()) {
            case CALL_DUTY_CONTACT, CALL_DEPUTY, CALL_REPRESENTATIVE -> true;
            case REMIND, WARNING, ACCESS_BLOCK_POSSIBLE -> false;
        };
    }

    private static Optional<Refusal> broken(Said.Act said, String clause, String reason) {
        return Optional.of(
                new Refusal(
                        "escalation.%s.%s".formatted(Ladders.wire(said.about()), clause), reason));
    }

    private Optional<Instant> seen(
            ReceivedMessage message, Histories.History history, Said.Act said, Contents contents) {
        // What nobody answers was sent by whoever climbs, or by whoever is silent.
        var unanswered =
                jdbc.sql("select digest, direction from messages where id = :message")
                        .param("message", history.subject().message())
                        .query((row, _) ->
                                new Unanswered(
                                        Hash.of(row.getBytes("digest")),
                                        row.getString("direction").equals("in")
                                                ? EntryKind.MESSAGE_SENT
                                                : EntryKind.MESSAGE_RECEIVED))
                        .single();
        return proofs.seen(
                message.channel(),
                unanswered.entry(),
                unanswered.digest(),
                second(contents, said, Said.Proof.class));
    }

    /**
     * @param entry that the peer's journal has of it
     */
    private record Unanswered(Hash digest, EntryKind entry) {}

    /** A receipt makes a step count. */
    @Override
    public void delivered(List<Delivered> messages) {
        int channel = messages.getFirst().message().channel().id();
        Map<Silence, List<UUID>> changed = new EnumMap<>(Silence.class);
        messages.stream()
                .map(one -> one.message().manifest())
                .filter(one -> one.kind().equals(MessageKind.ESCALATION.wire()))
                .flatMap(one -> acts.sent(channel, one.id()).stream())
                .forEach(place ->
                        changed.computeIfAbsent(place.about(), _ -> new ArrayList<>())
                                .add(place.subject()));
        changed.forEach((about, subjects) -> ladders.lookNow(channel, about, subjects));
    }
}
