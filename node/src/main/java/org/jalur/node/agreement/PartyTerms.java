package org.jalur.node.agreement;

import java.util.List;
import java.util.Optional;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Party;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channel;
import org.jalur.node.register.Register;
import org.springframework.stereotype.Component;

/** Who is who in the agreements of this node: only pinned parties and pinned keys. */
@Component
class PartyTerms {
    private final Register register;

    PartyTerms(Register register) {
        this.register = register;
    }

    Side own() {
        return register.isAuthority() ? Side.AUTHORITY : Side.PLATFORM;
    }

    Side peer() {
        return register.isAuthority() ? Side.PLATFORM : Side.AUTHORITY;
    }

    static Party party(Agreement agreement, Side side) {
        return switch (side) {
            case AUTHORITY -> agreement.authority();
            case PLATFORM -> agreement.platform();
        };
    }

    Hash identity(Channel channel, Side side) {
        return side == own()
                ? Hash.parseHex(register.ownParty().identity())
                : register.pinnedIdentity(channel.peer());
    }

    PartyId id(Channel channel, Side side) {
        return side == own() ? channel.local() : channel.peer();
    }

    String name(Channel channel, Side side) {
        return side == own()
                ? register.ownParty().name()
                : register.peer(channel.peer()).map(one -> one.name()).orElseThrow();
    }

    /** The clause that names another party or key than the channel has; empty if none does. */
    Optional<String> wrong(Channel channel, Agreement agreement) {
        for (Side side : List.of(Side.values())) {
            Party party = party(agreement, side);
            if (!party.id().equals(id(channel, side))) {
                return Optional.of(Acts.wire(side) + ".id");
            }
            if (!party.identity().equals(identity(channel, side))) {
                return Optional.of(Acts.wire(side) + ".identity");
            }
        }
        return Optional.empty();
    }
}
