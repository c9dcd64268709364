package org.jalur.evidence;

import java.time.Instant;
import org.jalur.channel.RelayOutcome;

/**
 * That a witness of neither side handed the message to the receiver's node, and what came of it.
 *
 * @param by whose signature says so, and when it was made
 * @param at the address that the witness's operator had named for the receiver
 * @param began when the witness began
 * @param ended when it knew what came of it
 */
public record RelayTry(
        Cosigned by, String at, Instant began, Instant ended, RelayOutcome outcome) {}
