package org.jalur.node.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Times as the reader knows them: in their language and zone, which is always named. */
@Component
public class Moments {
    /** Zones that people can choose; Indonesia's three first. */
    public static final java.util.List<String> ZONES =
            java.util.List.of(
                    "Asia/Jakarta",
                    "Asia/Makassar",
                    "Asia/Jayapura",
                    "Asia/Singapore",
                    "Asia/Dubai",
                    "Europe/London",
                    "Europe/Brussels",
                    "America/New_York",
                    "America/Los_Angeles",
                    "UTC");

    private static final Duration SOON = Duration.ofHours(1);

    private final Texts texts;
    private final Clock clock;

    Moments(Texts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A deadline as it stands now.
     *
     * @param text how much time is left
     * @param urgency "late", "soon", "stopped" or "calm"
     * @param due for programs, ISO 8601
     * @param full the deadline itself
     */
    public record Deadline(String text, String urgency, String due, String full) {}

    public String full(Instant time) {
        return text(time);
    }

    /** The reader's zone, as forms name it beside times that are typed. */
    public String zoneName() {
        return zone().getId();
    }

    /** A day, for example of a letter. */
    public String date(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", LocaleContextHolder.getLocale())
                .format(day);
    }

    static String text(Instant time) {
        Locale locale = LocaleContextHolder.getLocale();
        String pattern =
                locale.getLanguage().equals("id") ? "d MMM uuuu, HH.mm" : "d MMM uuuu, HH:mm";
        var zoned = time.atZone(zone());
        return DateTimeFormatter.ofPattern(pattern, locale).format(zoned) + " " + zoneName(time);
    }

    private static String zoneName(Instant time) {
        ZoneId zone = zone();
        return switch (zone.getId()) {
            case "Asia/Jakarta", "Asia/Pontianak" -> "WIB";
            case "Asia/Makassar" -> "WITA";
            case "Asia/Jayapura" -> "WIT";
            default -> DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time.atZone(zone));
        };
    }

    /** The reader’s zone. */
    public static ZoneId zone() {
        return LocaleContextHolder.getTimeZone().toZoneId();
    }

    public Deadline deadline(Instant due, Optional<Instant> stoppedAt) {
        Duration left = Duration.between(stoppedAt.orElseGet(clock::instant), due);
        if (stoppedAt.isPresent()) {
            return deadline("stopped", left, due);
        }
        if (left.isNegative()) {
            return deadline("late", left.negated(), due);
        }
        return deadline(left.compareTo(SOON) < 0 ? "soon" : "calm", left, due);
    }

    private Deadline deadline(String urgency, Duration span, Instant due) {
        return new Deadline(
                texts.say("clock." + urgency, span(span)), urgency, due.toString(), full(due));
    }

    /** For example "3 h 12 min". */
    private String span(Duration span) {
        if (span.toHours() >= 48) {
            return texts.say("clock.days", span.toDays(), span.toHoursPart());
        }
        return span.toHours() > 0
                ? texts.say("clock.hours", span.toHours(), span.toMinutesPart())
                : texts.say("clock.minutes", span.toMinutes());
    }
}
