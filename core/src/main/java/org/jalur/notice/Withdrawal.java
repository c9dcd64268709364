package org.jalur.notice;

/** The authority takes a notice back. */
public record Withdrawal(String reason) {
    public Withdrawal {
        Words.required("reason", reason, 5_000);
    }
}
