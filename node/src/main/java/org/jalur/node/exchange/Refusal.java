package org.jalur.node.exchange;

/**
 * Why a message is not taken up.
 *
 * @param clause of the agreement or of the protocol
 * @param reason one sentence that names the value, the rule and the way out
 */
public record Refusal(String clause, String reason) {
    /** Of a question or a remark: the notice that it is about stays as it is. */
    public static final String DIALOGUE = "dialogue";
}
