package org.jalur.node.demo.story;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jalur.access.story.Happening;
import org.jalur.access.story.When;

/** Says what happens: the day of then, as precisely as it is known, and the time of now. */
final class Teller {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintStream out;
    private final Clock clock;

    Teller(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** What was then, before what is replayed of it. */
    void then(Happening happening, String text) {
        out.printf("%n%s: %s%n", when(happening.when()), text);
        out.flush();
    }

    void now(String text) {
        out.printf("  %s WIB  %s%n", SECONDS.format(clock.instant().atZone(When.ZONE)), text);
        out.flush();
    }

    void aside(String text) {
        out.printf("  %s%n", text);
        out.flush();
    }

    static String span(Duration span) {
        return "%d min %d s".formatted(span.toMinutes(), span.toSecondsPart());
    }

    private static String when(When when) {
        String day = DAY.format(when.day());
        return switch (when) {
            case When.Minute(var time) -> day + ", " + TIME.format(time) + " WIB";
            case When.Day _ -> day;
            case When.Evening _ -> day + ", evening";
        };
    }
}
