package org.jalur.notice;

/** The authority's answer to a question about items. */
public record Clarification(String answer) {
    public Clarification {
        Words.required("answer", answer, 20_000);
    }
}
