package org.jalur.node.contacts;

import java.util.List;
import java.util.Set;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.MessageKind;
import org.jalur.contacts.CallBack;
import org.jalur.node.contacts.Emergencies.Emergency;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Contents;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.MessageHandler;
import org.jalur.node.exchange.PartStore;
import org.jalur.node.exchange.Parts;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.exchange.RefusedMessages;
import org.jalur.node.exchange.SentMessage;
import org.jalur.node.exchange.SentMessageHandler;
import org.jalur.node.exchange.Timeline;
import org.springframework.stereotype.Component;

/** Call-backs and their answers as they travel. */
@Component
class CallBackMessages implements MessageHandler, SentMessageHandler, DeliveryListener {
    private final CallBacks callBacks;
    private final Emergencies emergencies;
    private final PartStore parts;
    private final RefusedMessages refused;
    private final Timeline timeline;

    CallBackMessages(
            CallBacks callBacks,
            Emergencies emergencies,
            PartStore parts,
            RefusedMessages refused,
            Timeline timeline) {
        this.callBacks = callBacks;
        this.emergencies = emergencies;
        this.parts = parts;
        this.refused = refused;
        this.timeline = timeline;
    }

    @Override
    public Set<MessageKind> kinds() {
        return Set.of(MessageKind.CALL_BACK, MessageKind.CALL_BACK_ANSWER, MessageKind.REFUSAL);
    }

    /** A refusal of a call: only a platform calls, and its case has an id of its own. */
    @Override
    public boolean isAboutOwn(ReceivedMessage message) {
        return message.manifest()
                .about()
                .flatMap(notice -> emergencies.about(message.channel(), notice))
                .filter(one -> !one.subject().equals(one.notice()))
                .filter(_ ->
                        refused.own(message)
                                .map(own -> own.kind() == MessageKind.CALL_BACK)
                                .orElse(true))
                .isPresent();
    }

    @Override
    public void handle(ReceivedMessage message) {
        Contents contents = parts.contents(message.channel(), message.leaves());
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            refused(message, contents);
            return;
        }
        take(message.channel(), message.manifest(), message.row(), contents);
        if (isAnswer(message.manifest())) {
            callBacks.settle(message.row(), message.receivedAt());
        } else if (!message.again()) {
            callBacks.tell(
                    about(message.channel(), message.manifest()).subject(), message.receivedAt());
        }
    }

    @Override
    public void restore(SentMessage message, Contents contents) {
        if (message.manifest().kind().equals(MessageKind.REFUSAL.wire())) {
            return;
        }
        take(message.channel(), message.manifest(), message.row(), contents);
    }

    private void refused(ReceivedMessage message, Contents contents) {
        Refusal refusal =
                contents.only()
                        .map(part -> Parts.read(part, Refusal.class))
                        .orElseThrow(
                                () -> new MalformedMessageException("the part cannot be opened"));
        callBacks.refused(about(message.channel(), message.manifest()), refusal.reason());
    }

    private Emergency about(Channel channel, Manifest manifest) {
        return manifest.about()
                .flatMap(notice -> emergencies.about(channel, notice))
                .orElseThrow(() ->
                        new MalformedMessageException(
                                "the message is about no notice that claims an emergency"));
    }

    private void take(Channel channel, Manifest manifest, long row, Contents contents) {
        Emergency emergency = about(channel, manifest);
        if (isAnswer(manifest)) {
            answered(emergency, row, contents);
        } else {
            called(emergency, manifest, row, contents);
        }
    }

    private static boolean isAnswer(Manifest manifest) {
        return manifest.kind().equals(MessageKind.CALL_BACK_ANSWER.wire());
    }

    private void called(Emergency emergency, Manifest manifest, long row, Contents contents) {
        if (contents.size() != 2) {
            throw new MalformedMessageException(
                    "a call-back of %d parts; it has its facts and what was said"
                            .formatted(contents.size()));
        }
        CallBack.Facts facts =
                contents.at(0)
                        .filter(part -> part.type().equals("call-back-facts"))
                        .map(part -> Parts.read(part, CallBack.Facts.class))
                        .orElseThrow(() ->
                                new MalformedMessageException("a call-back without its facts"));
        contents.at(1)
                .ifPresent(part -> {
                    if (!part.type().equals("call-back")) {
                        throw new MalformedMessageException(
                                "a call-back with a part of type " + part.type());
                    }
                    Parts.read(part, CallBack.class);
                });
        callBacks.keep(emergency, manifest.id(), row, facts, contents.leaf(1));
        callBacks.hear(emergency, facts.outcome());
        timeline.add(emergency.subject(), "called", facts.role(), null, manifest.time());
    }

    private void answered(Emergency emergency, long row, Contents contents) {
        CallBack.Answer answer =
                contents.only()
                        .filter(part -> part.type().equals("call-back-answer"))
                        .map(part -> Parts.read(part, CallBack.Answer.class))
                        .orElseThrow(
                                () -> new MalformedMessageException("an answer without its part"));
        long callBack =
                callBacks.of(emergency).stream()
                        .filter(one -> one.id().equals(answer.callBack()))
                        .findFirst()
                        .map(CallBacks.View::no)
                        .orElseThrow(() ->
                                new MalformedMessageException(
                                        "there is no call-back " + answer.callBack()));
        callBacks.keep(callBack, answer, row);
        timeline.add(
                emergency.subject(),
                answer.confirmed() ? "agreed" : "disputed",
                answer.role(),
                null,
                answer.answeredAt());
    }

    /** Both sides count from when the platform received the answer. */
    @Override
    public void delivered(List<Delivered> messages) {
        messages.stream()
                .filter(one -> isAnswer(one.message().manifest()))
                .forEach(one -> callBacks.settle(one.message().row(), one.receivedAt()));
    }
}
