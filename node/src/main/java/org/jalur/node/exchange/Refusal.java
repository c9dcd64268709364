package org.jalur.node.exchange;

/**
 * Why a message is not taken up.
 *
 * @param clause of the agreement or of the protocol
 * @param reason one sentence that names the value, the rule and the way out
 */
public record Refusal(String clause, String reason) {}
