package org.jalur.node.escalation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Ladder.Silence;
import org.jalur.channel.MessageKind;
import org.jalur.node.escalation.LadderSubjects.SubjectKey;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.ReceptionListener;
import org.jalur.node.register.Register;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What messages change about the ladders of an authority's notices. */
@Component
class NoticeLadders implements DeliveryListener, ReceptionListener {
    private final JdbcClient jdbc;
    private final Histories histories;
    private final Ladders ladders;
    private final boolean authority;

    NoticeLadders(JdbcClient jdbc, Histories histories, Ladders ladders, Register register) {
        this.jdbc = jdbc;
        this.histories = histories;
        this.ladders = ladders;
        this.authority = register.isAuthority();
    }

    /** A receipt starts a notice's ladder, or lets its clock go on. */
    @Override
    public void delivered(List<Delivered> messages) {
        if (!authority) {
            return;
        }
        int channel = messages.getFirst().message().channel().id();
        Map<UUID, Instant> received = new HashMap<>();
        List<UUID> changed = new ArrayList<>();
        for (Delivered one : messages) {
            UUID id = one.message().manifest().id();
            switch (MessageKind.of(one.message().manifest().kind()).orElseThrow()) {
                case NOTICE -> received.put(id, one.receivedAt());
                case CLARIFICATION, WITHDRAWAL ->
                        changed.add(one.message().manifest().about().orElseThrow());
                case KEYS,
                        ESCALATION,
                        ACKNOWLEDGEMENT,
                        ACCESS_ORDER,
                        ACCESS_EVENT,
                        ACCESS_ANSWER,
                        DECISION,
                        MEASURES,
                        REFUSAL,
                        ERASURE,
                        LIST,
                        REGISTER,
                        DRILL,
                        DRILL_ANSWER,
                        CALL_BACK,
                        CALL_BACK_ANSWER,
                        PROPOSAL,
                        COMMENT,
                        SIGNATURE,
                        TERMINATION,
                        INTERIM,
                        QUESTION,
                        REMARK,
                        DECONFLICTION,
                        NON_DISCLOSURE,
                        APPEAL,
                        APPEAL_OUTCOME -> {
                    // No ladder waits for these.
                }
            }
        }
        if (!received.isEmpty()) {
            open(channel, received);
        }
        if (!changed.isEmpty()) {
            ladders.lookNow(channel, Silence.NOTICE, changed);
        }
    }

    /** Nothing has happened to these yet but their receipt: when to look first is known already. */
    private void open(int channel, Map<UUID, Instant> received) {
        Map<UUID, Instant> looks = new HashMap<>();
        List<SubjectKey> keys =
                received.keySet().stream().map(id -> new SubjectKey(channel, id)).toList();
        for (Histories.History one : histories.of(Silence.NOTICE, keys)) {
            UUID notice = one.key().subject();
            one.firstLook(Objects.requireNonNull(received.get(notice)))
                    .ifPresent(look -> looks.put(notice, look));
        }
        if (!looks.isEmpty()) {
            ladders.open(channel, Silence.NOTICE, looks);
        }
    }

    /** What the platform said may end the silence, or let the clock go on. */
    @Override
    public void received(ReceivedMessage message) {
        if (!authority || message.again() || message.manifest().about().isEmpty()) {
            return;
        }
        switch (MessageKind.of(message.manifest().kind()).orElseThrow()) {
            case ACKNOWLEDGEMENT, DECISION, QUESTION, REFUSAL -> {
                UUID notice = message.manifest().about().get();
                int over =
                        jdbc.sql(
                                        """
                                        delete from open_ladders using notices
                                        where open_ladders.channel = :channel and subject = :notice and about = 'notice'
                                            and notices.id = subject and state <> 'sent'
                                        """)
                                .param("channel", message.channel().id())
                                .param("notice", notice)
                                .update();
                if (over == 0) {
                    ladders.lookNow(message.channel().id(), Silence.NOTICE, Set.of(notice));
                }
            }
            case KEYS,
                    NOTICE,
                    WITHDRAWAL,
                    CLARIFICATION,
                    MEASURES,
                    ERASURE,
                    LIST,
                    REGISTER,
                    DRILL,
                    DRILL_ANSWER,
                    CALL_BACK,
                    CALL_BACK_ANSWER,
                    PROPOSAL,
                    COMMENT,
                    SIGNATURE,
                    TERMINATION,
                    ESCALATION,
                    INTERIM,
                    ACCESS_ORDER,
                    ACCESS_EVENT,
                    ACCESS_ANSWER,
                    REMARK,
                    DECONFLICTION,
                    NON_DISCLOSURE,
                    APPEAL,
                    APPEAL_OUTCOME -> {
                // These say nothing about a notice's silence.
            }
        }
    }
}
