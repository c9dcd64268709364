package org.jalur.notice;

import java.util.Optional;

/**
 * The part of a notice that is not public.
 *
 * @param reasons why the items break the law named
 * @param contact whom to ask
 * @param letter the official letter as a file
 */
public record NoticeReasons(String reasons, String contact, Optional<EvidenceFile> letter) {
    public NoticeReasons {
        Words.required("reasons", reasons, 20_000);
        Words.required("contact", contact, 500);
    }
}
