package org.jalur.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The public facts of a notice: what may stand in a transparency report.
 *
 * @param kind order, referral or emergency
 * @param urgency decides the deadline, with the agreement
 * @param category one of the agreement's
 * @param legalBasis instrument and article
 * @param issuingBody who orders
 * @param organisation the organisation that files, entitled by the agreement
 * @param letter number and date of the official letter
 * @param reference the authority's own reference
 * @param language ISO 639-1 code of the reasons
 * @param territorialScope ISO 3166-1 alpha-2 codes; empty for everywhere the platform serves
 * @param redress how and where the order can be contested
 * @param nonDisclosure why and until when the affected user is not told; absent: the user is told
 * @param itemCount how many items the notice names
 */
public record NoticeFacts(
        NoticeKind kind,
        Urgency urgency,
        String category,
        LegalBasis legalBasis,
        IssuingBody issuingBody,
        String organisation,
        Optional<Letter> letter,
        String reference,
        String language,
        List<String> territorialScope,
        String redress,
        Optional<NonDisclosure> nonDisclosure,
        int itemCount) {
    /** The most items one notice may name. */
    public static final int MAX_ITEMS = 10_000;

    public NoticeFacts {
        Words.required("category", category, 64);
        Words.required("organisation", organisation, 200);
        Words.required("reference", reference, 100);
        Words.required("redress", redress, 2_000);
        territorialScope = List.copyOf(territorialScope);
        Countries.check("territorialScope", territorialScope);
        if (!language.matches("[a-z]{2}")) {
            throw new InvalidNoticeException("language", Rule.LANGUAGE, language);
        }
        if (itemCount < 1 || itemCount > MAX_ITEMS) {
            throw new InvalidNoticeException("items", Rule.ITEM_COUNT, itemCount, MAX_ITEMS);
        }
    }

    /** For example instrument "Permenkominfo 5/2020", article "14". */
    public record LegalBasis(String instrument, String article) {
        public LegalBasis {
            Words.required("legalBasis.instrument", instrument, 200);
            Words.required("legalBasis.article", article, 100);
        }
    }

    public record IssuingBody(String name, Type type) {
        public IssuingBody {
            Words.required("issuingBody.name", name, 200);
        }

        public enum Type {
            COURT,
            MINISTRY,
            POLICE,
            OTHER
        }
    }

    public record Letter(String number, LocalDate date) {
        public Letter {
            Words.required("letter.number", number, 100);
        }
    }

    /**
     * @param until after this the user is told
     */
    public record NonDisclosure(String ground, Instant until) {
        public NonDisclosure {
            Words.required("nonDisclosure.ground", ground, 500);
        }
    }
}
