package org.jalur.node.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.Manifest;
import org.jalur.channel.MessageKind;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.DeliveryListener;
import org.jalur.node.exchange.ReceivedMessage;
import org.jalur.node.exchange.ReceptionListener;
import org.springframework.stereotype.Component;

/**
 * What messages change about lifts: on the platform when they come, on the authority when they are
 * signed, and again when the platform has received them.
 */
@Component
class LiftLadders implements BlockWatcher, DeliveryListener, ReceptionListener {
    private final OrderRows rows;
    private final SilentLifts lifts;

    LiftLadders(OrderRows rows, SilentLifts lifts) {
        this.rows = rows;
        this.lifts = lifts;
    }

    @Override
    public void changed(UUID block) {
        lifts.settle(block);
    }

    @Override
    public void delivered(List<Delivered> messages) {
        messages.stream()
                .map(Delivered::message)
                .flatMap(one -> block(one.channel(), one.manifest()).stream())
                .distinct()
                .forEach(lifts::settle);
    }

    @Override
    public void received(ReceivedMessage message) {
        if (!message.again()) {
            block(message.channel(), message.manifest()).ifPresent(lifts::settle);
        }
    }

    private Optional<UUID> block(Channel channel, Manifest manifest) {
        boolean counts =
                manifest.kind().equals(MessageKind.ACCESS_ORDER.wire())
                        || manifest.kind().equals(MessageKind.ACCESS_EVENT.wire());
        return counts
                ? manifest.about().flatMap(order -> rows.block(channel, order))
                : Optional.empty();
    }
}
