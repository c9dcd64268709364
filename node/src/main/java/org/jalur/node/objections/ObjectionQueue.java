package org.jalur.node.objections;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Objections as officers have them before them: the most urgent first, or the newest answers. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ObjectionQueue {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    ObjectionQueue(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    enum Which {
        OPEN("answers.at is null"),
        ANSWERED("answers.at is not null");

        private final String condition;

        Which(String condition) {
            this.condition = condition;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws ProblemException 400 for another word
         */
        static Which of(String wire) {
            return Stream.of(values())
                    .filter(one -> one.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() ->
                            new ProblemException(
                                    HttpStatus.BAD_REQUEST,
                                    "invalid-objections",
                                    "which is \"%s\"; use open or answered".formatted(wire),
                                    wire));
        }
    }

    /**
     * @param next cursor of the next page; absent on the last
     */
    record Page(List<Objection> objections, Optional<String> next) {}

    Page page(Which which, Optional<UUID> block, Optional<String> cursor, int most) {
        Cursor after =
                cursor.map(Cursor::parse)
                        .orElseGet(() -> new Cursor(Instant.EPOCH, new UUID(0, 0)));
        List<Objection> found =
                jdbc.sql(
                                Objection.ROWS
                                        + """
                                        where %s and (answer_by, objections.id) > (:after::timestamptz, :id)
                                            and (:anyBlock or objections.block = :block)
                                        order by answer_by, objections.id limit :most
                                        """
                                                .formatted(which.condition))
                        .param("now", Objections.at(clock.instant()))
                        .param("after", after.at().toString())
                        .param("id", after.id())
                        .param("anyBlock", block.isEmpty())
                        .param("block", block.orElse(new UUID(0, 0)))
                        .param("most", most + 1)
                        .query(Objection::from)
                        .list();
        List<Objection> shown = found.subList(0, Math.min(most, found.size()));
        return new Page(
                shown,
                found.size() > most
                        ? Optional.of(
                                new Cursor(shown.getLast().answerBy(), shown.getLast().id()).text())
                        : Optional.empty());
    }

    /** All of them as CSV (RFC 4180) without a word of theirs; times in UTC. */
    void write(OutputStream out) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader(
                                "id",
                                "reference",
                                "block",
                                "block_reference",
                                "kind",
                                "state",
                                "filed_at",
                                "answer_by",
                                "answered_at")
                        .get();
        try (var printer =
                new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format)) {
            for (Which which : Which.values()) {
                Optional<String> cursor = Optional.empty();
                do {
                    Page page = page(which, Optional.empty(), cursor, AT_ONCE);
                    for (Objection one : page.objections()) {
                        print(printer, one);
                    }
                    cursor = page.next();
                } while (cursor.isPresent());
            }
        }
    }

    private void print(CSVPrinter printer, Objection one) throws IOException {
        printer.printRecord(
                one.id(),
                one.reference(),
                one.block(),
                one.blockReference(),
                one.kind(),
                one.state(clock.instant()),
                one.filedAt(),
                one.answerBy(),
                one.answer().map(it -> it.at().toString()).orElse(""));
    }
}
