package org.jalur.notice;

/**
 * Why a non-disclosure is renewed; not public.
 *
 * @param pseudonym of the person who asked; never a name
 */
public record RenewalReasons(String reason, String pseudonym) {
    public RenewalReasons {
        Words.required("reason", reason, 2_000);
        Words.required("pseudonym", pseudonym, 64);
    }
}
