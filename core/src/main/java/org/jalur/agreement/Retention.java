package org.jalur.agreement;

import java.time.Period;

/**
 * How long each side keeps what; then it is erased by message.
 *
 * @param content that was taken down, for appeals and courts
 * @param evidence files of notices
 * @param reasons of notices and decisions
 */
public record Retention(Period content, Period evidence, Period reasons) {
    public Retention {
        Require.period("content", content, Require.TEN_YEARS);
        Require.period("evidence", evidence, Require.TEN_YEARS);
        Require.period("reasons", reasons, Require.TEN_YEARS);
    }
}
