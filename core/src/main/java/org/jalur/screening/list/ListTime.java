package org.jalur.screening.list;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jalur.screening.ListRule;

/// Times as lists write them. A time without a zone counts as UTC.
final class ListTime {
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd['T'][ ]HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendPattern("[XXX][XX]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /// The alerts of the TCAP have American dates.
    private static final DateTimeFormatter AMERICAN =
            DateTimeFormatter.ofPattern("MM/dd/uu HH:mm:ss", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private ListTime() {}

    static String american(Instant time) {
        return AMERICAN.format(time.atOffset(ZoneOffset.UTC));
    }

    static Instant parse(String text) {
        try {
            if (SECONDS.matcher(text).matches()) {
                BigDecimal seconds = new BigDecimal(text);
                return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValueExact());
            }
            if (text.indexOf('/') > 0) {
                return LocalDateTime.parse(text, AMERICAN).toInstant(ZoneOffset.UTC);
            }
            if (text.indexOf(':') < 0) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return switch (ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
                case OffsetDateTime time -> time.toInstant();
                case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
                default -> throw new DateTimeException(text);
            };
        } catch (DateTimeException | ArithmeticException _) {
            throw new InvalidEntryException(text, ListRule.TIME.broken());
        }
    }
}
