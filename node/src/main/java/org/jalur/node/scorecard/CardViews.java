package org.jalur.node.scorecard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.jalur.node.pages.Texts;
import org.jalur.scorecard.Card;
import org.jalur.scorecard.Figures;
import org.jalur.scorecard.Share;
import org.jalur.scorecard.Spread;
import org.jalur.scorecard.Tally;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** A card as people read it, in their language. */
@Component
class CardViews {
    private final Texts texts;

    CardViews(Texts texts) {
        this.texts = texts;
    }

    /**
     * @param notices how many were received
     * @param shares each with what it counts
     * @param tables plain numbers, a table for each family
     * @param apart the main figures by category, kind and urgency
     */
    record View(
            long notices,
            ItemsChart chart,
            List<ShareRow> shares,
            List<TimeRow> times,
            List<Numbers> tables,
            List<Apart> apart) {}

    /**
     * @param name key of its name; what it counts has the same key with {@code .of}
     * @param percent empty where nothing is to be counted
     */
    record ShareRow(String name, Optional<String> percent, long counted, long of) {}

    /** Median and 95th percentile as they are read; empty where none is known. */
    record TimeRow(
            String name, Optional<String> median, Optional<String> p95, long known, long unknown) {}

    /**
     * @param family key of its title
     */
    record Numbers(String family, List<NumberRow> rows) {}

    record NumberRow(String name, long number) {}

    /**
     * @param split key of what the rows differ in
     */
    record Apart(String split, List<ApartRow> rows) {}

    /**
     * @param cells shares, then the times to receipt, decision and block
     */
    record ApartRow(String name, long notices, List<String> cells) {}

    View of(Card card) {
        Figures all = card.all();
        var tables = new ArrayList<Numbers>();
        tables.add(numbers("card-notices", FigureNames.notices(all.notices())));
        tables.add(numbers("card-items", FigureNames.items(all.items())));
        tables.add(numbers("card-deadlines", FigureNames.deadlines(all.deadlines())));
        tables.add(numbers("card-duplicates", FigureNames.duplicates(all.duplicates())));
        tables.add(
                new Numbers(
                        "card-grounds",
                        all.refusedByGround().entrySet().stream()
                                .map(one ->
                                        new NumberRow(
                                                texts.name("ground", one.getKey()), one.getValue()))
                                .toList()));
        tables.add(
                new Numbers(
                        "card-clauses",
                        all.refusedByClause().entrySet().stream()
                                .map(one -> new NumberRow(clause(one.getKey()), one.getValue()))
                                .toList()));
        return new View(
                all.notices().received(),
                ItemsChart.of(FigureNames.items(all.items())),
                shares(all),
                times(all),
                tables.stream().filter(one -> !one.rows().isEmpty()).toList(),
                List.of(
                        apart("category", card.byCategory()),
                        apart("kind", card.byKind()),
                        apart("urgency", card.byUrgency())));
    }

    private String clause(String clause) {
        return clause.equals(Tally.NONE) ? texts.say("scorecard.other-clauses") : clause;
    }

    private Numbers numbers(String family, SequencedMap<String, Long> numbers) {
        return new Numbers(
                family,
                numbers.entrySet().stream()
                        .map(one -> new NumberRow(texts.name(family, one.getKey()), one.getValue()))
                        .toList());
    }

    private List<ShareRow> shares(Figures figures) {
        return FigureNames.shares(figures).entrySet().stream()
                .map(one ->
                        new ShareRow(
                                one.getKey(),
                                percent(one.getValue()),
                                one.getValue().counted(),
                                one.getValue().of()))
                .toList();
    }

    private List<TimeRow> times(Figures figures) {
        return FigureNames.times(figures).entrySet().stream()
                .map(one -> time(one.getKey(), one.getValue()))
                .toList();
    }

    private TimeRow time(String name, Spread spread) {
        return new TimeRow(
                name,
                spread.medianMillis().map(this::duration),
                spread.p95Millis().map(this::duration),
                spread.known(),
                spread.unknown());
    }

    private Apart apart(String split, SortedMap<String, Figures> apart) {
        return new Apart(
                split, apart.entrySet().stream().map(one -> apartRow(split, one)).toList());
    }

    private ApartRow apartRow(String split, Map.Entry<String, Figures> one) {
        Figures figures = one.getValue();
        var cells = new ArrayList<String>();
        FigureNames.shares(figures)
                .values()
                .forEach(share -> cells.add(percent(share).orElse(unknown())));
        FigureNames.times(figures)
                .forEach((name, spread) -> {
                    if (!name.equals("to-opening")) {
                        cells.add(spread.medianMillis().map(this::duration).orElse(unknown()));
                        cells.add(spread.p95Millis().map(this::duration).orElse(unknown()));
                    }
                });
        return new ApartRow(name(split, one.getKey()), figures.notices().received(), cells);
    }

    private String name(String split, String value) {
        if (value.equals(Tally.NONE)) {
            return texts.say("scorecard.no-category");
        }
        return texts.name(split, value);
    }

    private String unknown() {
        return texts.say("scorecard.unknown");
    }

    private Optional<String> percent(Share share) {
        Locale locale = LocaleContextHolder.getLocale();
        return share.percent().stream()
                .mapToObj(percent -> String.format(locale, "%.1f\u00a0%%", percent))
                .findFirst();
    }

    /** For example "3 h 12 min"; below two seconds in milliseconds. */
    private String duration(long millis) {
        Duration span = Duration.ofMillis(millis);
        if (span.toHours() >= 48) {
            return texts.say("clock.days", span.toDays(), span.toHoursPart());
        }
        if (span.toHours() > 0) {
            return texts.say("clock.hours", span.toHours(), span.toMinutesPart());
        }
        if (span.toSeconds() >= 120) {
            return texts.say("scorecard.minutes", span.toMinutes(), span.toSecondsPart());
        }
        return millis >= 2_000
                ? texts.say("scorecard.seconds", span.toSeconds())
                : texts.say("scorecard.millis", millis);
    }
}
