package org.jalur.node.exchange;

import org.jalur.channel.PartyId;

/**
 * The two ordered streams of messages between a party of this node and a peer.
 *
 * @param id row of the channel; every id that a peer gives is keyed by it
 * @param local the party of this node
 * @param peer the other party
 */
public record Channel(int id, PartyId local, PartyId peer) {}
