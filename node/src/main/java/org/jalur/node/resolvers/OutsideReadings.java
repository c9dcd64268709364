package org.jalur.node.resolvers;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes in what others measured: CSV, or JSON lines as OONI's probes write them. Each line is
 * checked and told of by its number; what is right is taken in although others are not. It is shown
 * with its source, and no lift rests on it: nobody signed it.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class OutsideReadings {
    static final int MOST_OCTETS = 8 * 1024 * 1024;
    private static final int MOST_LINES = 20_000;
    private static final int LONGEST_LINE = 256 * 1024;
    private static final int MOST_ERRORS = 200;
    private static final Duration OLDEST = Duration.ofDays(180);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final List<String> COLUMNS = List.of("asked_at", "resolver", "name", "state");

    /** Nobody's file makes this machine read long numbers or deep trees. */
    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .maxNumberLength(64)
                                                    .build())
                                    .build())
                    .build();

    private final ResolverRegister register;
    private final Readings readings;
    private final Clock clock;

    OutsideReadings(ResolverRegister register, Readings readings, Clock clock) {
        this.register = register;
        this.readings = readings;
        this.clock = clock;
    }

    /**
     * @param line in the file, from 1
     * @param error what is wrong with it, in English
     */
    record LineError(long line, String error, @JsonIgnore ProblemException cause) {}

    /**
     * @param taken new readings
     * @param known lines that said what was known already
     * @param wrong lines that were not taken; more than are listed, where there are many
     */
    record Taken(int taken, int known, int wrong, List<LineError> errors) {}

    /** What one line did. */
    private final class Counting {
        private final List<Resolver> resolvers = register.all();
        private final String origin;
        private final List<LineError> errors = new ArrayList<>();
        private int taken;
        private int known;
        private int wrong;

        private Counting(String origin) {
            this.origin = origin;
        }

        private void line(long number, Supplier<OutsideLine> read) {
            if (number > MOST_LINES) {
                throw tooMany();
            }
            try {
                OutsideLine line = read.get();
                if (readings.add(row(line))) {
                    taken++;
                } else {
                    known++;
                }
            } catch (ProblemException e) {
                wrong++;
                if (errors.size() < MOST_ERRORS) {
                    errors.add(new LineError(number, String.valueOf(e.getMessage()), e));
                }
            }
        }

        private Readings.Row row(OutsideLine line) {
            Instant now = clock.instant();
            if (line.askedAt().isAfter(now.plus(AHEAD))
                    || line.askedAt().isBefore(now.minus(OLDEST))) {
                throw OutsideLine.unfit(
                        "outside-age",
                        "the time is %s; only what is past and of the last %s days is taken"
                                .formatted(line.askedAt(), OLDEST.toDays()),
                        line.askedAt(),
                        OLDEST.toDays());
            }
            Resolver resolver =
                    resolvers.stream()
                            .filter(one -> is(one, line.resolver()))
                            .findFirst()
                            .orElseThrow(() ->
                                    OutsideLine.unfit(
                                            "outside-resolver",
                                            "\"%s\" is no address, name or id of a registered resolver"
                                                    .formatted(line.resolver()),
                                            line.resolver()));
            return new Readings.Row(
                    resolver.id(),
                    line.name(),
                    line.askedAt(),
                    line.state(),
                    "outside",
                    "",
                    "unknown",
                    Optional.empty(),
                    0,
                    line.remark().isEmpty() ? List.of() : List.of(line.remark()),
                    Readings.Source.OUTSIDE,
                    origin);
        }

        private Taken result() {
            return new Taken(taken, known, wrong, errors);
        }
    }

    private static boolean is(Resolver one, String named) {
        return one.address().getHostAddress().equals(named)
                || one.place().equals(named)
                || one.id().toString().equals(named)
                || one.name().equals(named);
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE,
                "outside-too-large",
                "At most %d lines of %d octets in all are read; divide the file."
                        .formatted(MOST_LINES, MOST_OCTETS),
                MOST_LINES,
                MOST_OCTETS);
    }

    /**
     * @param origin what the results are called, for example the tool and who ran it
     * @throws ProblemException if the file as a whole cannot be read
     */
    @Transactional
    public Taken take(byte[] file, String origin) {
        if (file.length > MOST_OCTETS) {
            throw tooMany();
        }
        String called = origin.strip();
        if (called.isEmpty() || called.length() > TypedResolver.LONGEST) {
            throw OutsideLine.unfit(
                    "outside-origin", "say where the results come from, in at most 200 characters");
        }
        String text = text(file).strip();
        var counting = new Counting(called);
        if (text.startsWith("{")) {
            lines(text, counting);
        } else {
            columns(text, counting);
        }
        return counting.result();
    }

    private static String text(byte[] file) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw OutsideLine.unfit("outside-encoding", "the file is not UTF-8");
        }
    }

    private static void lines(String text, Counting counting) {
        long number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                counting.line(number, () -> ooni(line));
            }
        }
    }

    private static OutsideLine ooni(String line) {
        if (line.length() > LONGEST_LINE) {
            throw OutsideLine.unfit(
                    "outside-line",
                    "the line has more than %s characters".formatted(LONGEST_LINE),
                    LONGEST_LINE);
        }
        try {
            return OutsideLine.ofOoni(JSON.readTree(line));
        } catch (JacksonException e) {
            throw OutsideLine.unfit("outside-json", "the line is no JSON object");
        }
    }

    private static void columns(String text, Counting counting) {
        try (CSVParser parser =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .setTrim(true)
                        .get()
                        .parse(new StringReader(text))) {
            if (!Set.copyOf(parser.getHeaderNames()).containsAll(COLUMNS)) {
                throw OutsideLine.unfit(
                        "outside-columns",
                        "the first line is \"%s\"; the columns are asked_at, resolver, name, state and, if wanted, remark"
                                .formatted(String.join(",", parser.getHeaderNames())),
                        String.join(",", parser.getHeaderNames()));
            }
            for (CSVRecord record : parser) {
                counting.line(parser.getCurrentLineNumber(), () -> of(record));
            }
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            throw OutsideLine.unfit("outside-csv", "the file is no CSV (RFC 4180)");
        }
    }

    private static OutsideLine of(CSVRecord record) {
        if (!record.isConsistent()) {
            throw OutsideLine.unfit("outside-cells", "the line has not as many cells as the first");
        }
        return OutsideLine.of(
                record.get("asked_at"),
                record.get("resolver"),
                record.get("name"),
                record.get("state"),
                record.isMapped("remark") ? record.get("remark") : "");
    }
}
