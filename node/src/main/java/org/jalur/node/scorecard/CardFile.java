package org.jalur.node.scorecard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jalur.scorecard.Card;
import org.jalur.scorecard.Figures;
import org.jalur.scorecard.Share;
import org.jalur.scorecard.Spread;

/** A card as CSV (RFC 4180): one figure a line, with what is counted and of how many. */
final class CardFile {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader(
                            "authority",
                            "platform",
                            "from",
                            "to",
                            "zone",
                            "split",
                            "value",
                            "figure",
                            "counted",
                            "of",
                            "unknown",
                            "median_ms",
                            "p95_ms")
                    .get();

    private final Card card;
    private final CSVPrinter printer;

    private CardFile(Card card, CSVPrinter printer) {
        this.card = card;
        this.printer = printer;
    }

    static byte[] of(Card card) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var printer =
                new CSVPrinter(new OutputStreamWriter(octets, StandardCharsets.UTF_8), FORMAT)) {
            var file = new CardFile(card, printer);
            file.print("all", "", card.all());
            file.print("category", card.byCategory());
            file.print("kind", card.byKind());
            file.print("urgency", card.byUrgency());
        }
        return octets.toByteArray();
    }

    private void print(String split, SortedMap<String, Figures> apart) throws IOException {
        for (Map.Entry<String, Figures> one : apart.entrySet()) {
            print(split, one.getKey(), one.getValue());
        }
    }

    private void print(String split, String value, Figures figures) throws IOException {
        for (Map.Entry<String, Long> one : FigureNames.counts(figures).entrySet()) {
            row(split, value, one.getKey(), one.getValue(), Optional.empty());
        }
        for (Map.Entry<String, Share> one : FigureNames.shares(figures).entrySet()) {
            Share share = one.getValue();
            row(split, value, one.getKey(), share.counted(), Optional.of(share.of()));
        }
        for (Map.Entry<String, Spread> one : FigureNames.times(figures).entrySet()) {
            Spread spread = one.getValue();
            start(split, value, one.getKey());
            printer.print(spread.known());
            printer.print("");
            printer.print(spread.unknown());
            printer.print(spread.medianMillis().map(String::valueOf).orElse(""));
            printer.print(spread.p95Millis().map(String::valueOf).orElse(""));
            printer.println();
        }
    }

    private void row(String split, String value, String figure, long counted, Optional<Long> of)
            throws IOException {
        start(split, value, figure);
        printer.print(counted);
        printer.print(of.map(String::valueOf).orElse(""));
        for (int empty = 0; empty < 3; empty++) {
            printer.print("");
        }
        printer.println();
    }

    private void start(String split, String value, String figure) throws IOException {
        printer.print(card.authority());
        printer.print(card.platform());
        printer.print(card.period().from());
        printer.print(card.period().to());
        printer.print(card.period().zone());
        printer.print(split);
        printer.print(value);
        printer.print(figure);
    }
}
