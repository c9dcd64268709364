package org.jalur.appeal;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jalur.agreement.Appeals;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Rule;

/**
 * The public facts of an appeal.
 *
 * @param appeal its id, the same on both sides
 * @param no of the item
 * @param reference what people quote, for example {@code BD-0A1B2-3C4D5}; no secret
 * @param words whether the appellant lets the authority read why
 */
public record AppealFacts(
        UUID appeal,
        int no,
        Appeals.Appellant appellant,
        String reference,
        boolean words,
        Instant filedAt) {
    private static final Pattern REFERENCE = Pattern.compile("BD-[0-9A-Z]{5}-[0-9A-Z]{5}");

    public AppealFacts {
        Checks.present("appeal", appeal);
        Checks.number(no);
        Checks.present("appellant", appellant);
        Checks.present("reference", reference);
        Checks.present("filedAt", filedAt);
        if (!REFERENCE.matcher(reference).matches()) {
            throw new InvalidNoticeException(
                    "reference", Rule.CHOICE, reference, "a reference such as BD-0A1B2-3C4D5");
        }
    }
}
