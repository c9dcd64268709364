package org.jalur.node.scorecard;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.exchange.Channel;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.jalur.scorecard.Card;
import org.jalur.scorecard.Period;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

/** The scorecard with one counterpart, and the choice of counterpart and period. */
@PageController
class ScorecardPages {
    private final Frame frame;
    private final Texts texts;
    private final Scorecards cards;
    private final CardViews views;
    private final Counterparts counterparts;
    private final Clock clock;
    private final boolean authority;

    ScorecardPages(
            Frame frame,
            Texts texts,
            Scorecards cards,
            CardViews views,
            Counterparts counterparts,
            Clock clock,
            Register register) {
        this.frame = frame;
        this.texts = texts;
        this.cards = cards;
        this.views = views;
        this.counterparts = counterparts;
        this.clock = clock;
        this.authority = register.isAuthority();
    }

    /**
     * @param peers to choose from; none: there is nobody to have a scorecard with
     * @param shown absent while the period is none
     */
    record ScorecardPage(
            boolean authority, Form form, List<Form.Option> peers, Optional<Shown> shown) {}

    /**
     * @param earlier path of the month before
     * @param later path of the month after
     * @param file path of the same as CSV
     * @param withoutReceipt notices of the period that only this node knows of
     */
    record Shown(
            Period period,
            CardViews.View card,
            String earlier,
            String later,
            String file,
            long withoutReceipt) {}

    @GetMapping("/scorecard")
    ModelAndView card(
            @RequestParam Optional<String> counterpart,
            @RequestParam Optional<String> firstDay,
            @RequestParam Optional<String> lastDay) {
        List<Form.Option> peers =
                counterparts.all().stream()
                        .map(one -> new Form.Option(one.peer().value(), one.peer().value()))
                        .toList();
        if (peers.isEmpty()) {
            return page(new ScorecardPage(authority, Form.EMPTY, peers, Optional.empty()));
        }
        Channel channel = counterparts.named(counterpart);
        try {
            Period period = period(channel, firstDay, lastDay);
            Form form = form(channel, period.from().toString(), period.to().toString());
            return page(
                    new ScorecardPage(authority, form, peers, Optional.of(shown(channel, period))));
        } catch (ProblemException e) {
            return again(channel, firstDay.orElse(""), lastDay.orElse(""), peers, e);
        }
    }

    private ModelAndView again(
            Channel channel,
            String firstDay,
            String lastDay,
            List<Form.Option> peers,
            ProblemException e) {
        // A day that is none is wrong itself; two that make no period are mended at the second.
        boolean last =
                e.type().equals("bad-day") ? !e.values().contains(firstDay) : !firstDay.isBlank();
        Form form =
                form(channel, firstDay, lastDay)
                        .wrong(last ? "lastDay" : "firstDay", texts.error(e));
        ModelAndView page = page(new ScorecardPage(authority, form, peers, Optional.empty()));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private ModelAndView page(ScorecardPage page) {
        return frame.show("scorecard", page);
    }

    private static Form form(Channel channel, String firstDay, String lastDay) {
        return Form.of(
                Map.of(
                        "counterpart",
                        channel.peer().value(),
                        "firstDay",
                        firstDay,
                        "lastDay",
                        lastDay));
    }

    private Period period(Channel channel, Optional<String> firstDay, Optional<String> lastDay) {
        ZoneId zone = cards.zone(channel);
        return new AskedPeriod(Optional.empty(), firstDay, lastDay)
                .in(zone, LocalDate.ofInstant(clock.instant(), zone));
    }

    private Shown shown(Channel channel, Period period) {
        Card card = cards.card(channel, period);
        YearMonth month = YearMonth.from(period.from());
        return new Shown(
                period,
                views.of(card),
                path("/scorecard", channel, Period.of(month.minusMonths(1), period.zone())),
                path("/scorecard", channel, Period.of(month.plusMonths(1), period.zone())),
                path("/scorecard/file", channel, period),
                cards.withoutReceipt(channel, period));
    }

    private static String path(String page, Channel channel, Period period) {
        return UriComponentsBuilder.fromPath(page)
                .queryParam("counterpart", channel.peer().value())
                .queryParam("firstDay", period.from())
                .queryParam("lastDay", period.to())
                .build()
                .toUriString();
    }

    @GetMapping("/scorecard/file")
    void file(
            @RequestParam Optional<String> counterpart,
            @RequestParam Optional<String> firstDay,
            @RequestParam Optional<String> lastDay,
            HttpServletResponse response)
            throws IOException {
        Channel channel = counterparts.named(counterpart);
        Period period = period(channel, firstDay, lastDay);
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(
                                "scorecard-%s-%s-%s.csv"
                                        .formatted(channel.peer(), period.from(), period.to()))
                        .build()
                        .toString());
        response.getOutputStream().write(CardFile.of(cards.card(channel, period)));
    }
}
