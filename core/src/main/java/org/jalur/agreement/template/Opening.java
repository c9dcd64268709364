package org.jalur.agreement.template;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jalur.agreement.BlockAtSigning;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.Party;

/**
 * What no template can know.
 *
 * @param organisations that are entitled to file, by name
 * @param from first day in force
 * @param holidays of the authority's country
 */
public record Opening(
        Party authority,
        Party platform,
        List<String> organisations,
        LocalDate from,
        Optional<BlockAtSigning> blockAtSigning,
        List<Calendar.Holiday> holidays) {
    public Opening {
        organisations = List.copyOf(organisations);
        holidays = List.copyOf(holidays);
    }
}
