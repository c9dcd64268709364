package org.jalur.node.scorecard;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedMap;
import org.jalur.node.exchange.Channel;
import org.jalur.scorecard.Card;
import org.jalur.scorecard.Figures;
import org.jalur.scorecard.Period;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Scorecards for programs. */
@RestController
@Tag(name = "scorecard")
class ScorecardController {
    private static final String PERIOD =
            """
            A period is a month (2026-11), or from and to (days, the last included, at most 366); without either it is this \
            month. Its days begin in the zone of the agreement. A notice belongs to the day of its receipt. Without with, \
            the only counterpart, or the first by name.\
            """;

    private final Scorecards cards;
    private final Counterparts counterparts;
    private final Clock clock;

    ScorecardController(Scorecards cards, Counterparts counterparts, Clock clock) {
        this.cards = cards;
        this.counterparts = counterparts;
        this.clock = clock;
    }

    /**
     * @param withoutReceipt notices that this node sent in the period and that have no receipt yet;
     *     left out where there are none
     */
    record Answer(
            String authority,
            String platform,
            Period period,
            Figures all,
            SortedMap<String, Figures> byCategory,
            SortedMap<String, Figures> byKind,
            SortedMap<String, Figures> byUrgency,
            Optional<Long> withoutReceipt) {
        static Answer of(Card card, long withoutReceipt) {
            return new Answer(
                    card.authority().value(),
                    card.platform().value(),
                    card.period(),
                    card.all(),
                    card.byCategory(),
                    card.byKind(),
                    card.byUrgency(),
                    Optional.of(withoutReceipt).filter(number -> number > 0));
        }
    }

    @GetMapping(value = "/api/scorecard", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "How an authority and a platform kept what they agreed",
            description =
                    """
                    Worked out of messages and receipts alone: both nodes answer the same, octet for octet, once everything is \
                    delivered. Each share says what is counted and of how many; a time that is not known yet stands under \
                    unknown, never as 0; what was sent and has no receipt yet is in no figure and stands under withoutReceipt. Medians and 95th percentiles are by nearest rank, in milliseconds. \
                    """
                            + PERIOD)
    Answer card(
            @RequestParam Optional<String> with,
            @RequestParam Optional<String> month,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to) {
        Channel channel = counterparts.named(with);
        Period period = period(channel, new AskedPeriod(month, from, to));
        return Answer.of(cards.card(channel, period), cards.withoutReceipt(channel, period));
    }

    @GetMapping(value = "/api/scorecard/file", produces = "text/csv")
    @Operation(summary = "The same as CSV, one figure a line", description = PERIOD)
    ResponseEntity<byte[]> file(
            @RequestParam Optional<String> with,
            @RequestParam Optional<String> month,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to)
            throws IOException {
        Channel channel = counterparts.named(with);
        Card card = cards.card(channel, period(channel, new AskedPeriod(month, from, to)));
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .body(CardFile.of(card));
    }

    private Period period(Channel channel, AskedPeriod asked) {
        ZoneId zone = cards.zone(channel);
        return asked.in(zone, LocalDate.ofInstant(clock.instant(), zone));
    }
}
