package org.jalur.notice;

/**
 * Why content is withheld before it is decided; not public.
 *
 * @param policy the rule of the platform, or the law, that it seems to break
 * @param pseudonym of the reviewer; never a name
 */
public record InterimReasons(String policy, String reason, String pseudonym) {
    public InterimReasons {
        Words.required("policy", policy, 200);
        Words.required("reason", reason, 5_000);
    }
}
