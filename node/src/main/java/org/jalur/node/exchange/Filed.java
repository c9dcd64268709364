package org.jalur.node.exchange;

import java.util.Optional;
import org.jalur.channel.Message;

/**
 * A message as it is kept.
 *
 * @param row of the message, for its journal entries
 * @param message the signed octets and the leaves of its parts
 * @param receipt what the receiver signed, as a compact JWS; absent while it is not delivered
 */
public record Filed(long row, Message message, Optional<String> receipt) {}
