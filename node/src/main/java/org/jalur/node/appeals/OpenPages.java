package org.jalur.node.appeals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.agreement.Appeals.Appellant;
import org.jalur.appeal.AppealRule;
import org.jalur.node.enforcement.AppealLinks;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.AddressRate;
import org.jalur.node.web.ProblemException;
import org.jalur.node.web.PublicSettings;
import org.jalur.notice.InvalidNoticeException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where an affected user learns what was restricted, appeals, and reads what became of it: without
 * an account, cookies or scripts. The secret in the address is the only key; it also keeps pages of
 * others from sending the form, for they cannot know it.
 */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "platform")
class OpenPages {
    private static final String PAGE = AppealLinks.PATH + "{secret}";
    private static final String APPELLANT = "appellant";

    private final Frame frame;
    private final Texts texts;
    private final AppealLinks links;
    private final Appealing appealing;
    private final Restrictions restrictions;
    private final AppealRows rows;
    private final Words words;
    private final PublicSettings settings;
    private final Clock clock;
    private final AddressRate visits;
    private final AddressRate filings;

    OpenPages(
            Frame frame,
            Texts texts,
            AppealLinks links,
            Appealing appealing,
            Restrictions restrictions,
            AppealRows rows,
            Words words,
            PublicSettings settings,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.links = links;
        this.appealing = appealing;
        this.restrictions = restrictions;
        this.rows = rows;
        this.words = words;
        this.settings = settings;
        this.clock = clock;
        this.visits = new AddressRate(settings.perMinute(), Duration.ofMinutes(1), clock);
        this.filings = new AddressRate(settings.appealsPerAddress(), Duration.ofHours(1), clock);
    }

    /**
     * @param state open, overdue, granted, rejected or withdrawn
     * @param reasons of the outcome; empty while there is none, and once they were erased
     */
    record Shown(Appeal appeal, String state, String reasons, Optional<String> restoration) {}

    /**
     * @param path of this page
     * @param appellants who may appeal now; nobody while something is in the way
     * @param inTheWay as its text is named
     * @param done whether an appeal was filed just now
     */
    record OpenPage(
            String path,
            Restrictions.Restriction restriction,
            Instant openUntil,
            List<Form.Option> appellants,
            Optional<String> inTheWay,
            Form form,
            List<Shown> appeals,
            boolean done) {}

    @GetMapping(PAGE)
    ModelAndView page(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request,
            HttpServletResponse response) {
        AppealLinks.Link link = link(secret, request, response);
        return show(secret, link, Form.EMPTY, !done.isEmpty(), HttpStatus.OK);
    }

    @PostMapping(PAGE)
    ModelAndView file(
            @PathVariable String secret,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        AppealLinks.Link link = link(secret, request, response);
        // Fetch Metadata: what a page of somebody else filled in is nobody's appeal.
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "appeal-from-elsewhere",
                    "This form was sent by a page of somebody else; open the address yourself.");
        }
        Form form = Form.of(typed);
        Optional<Appellant> appellant = Filing.appellant(form.value(APPELLANT));
        if (appellant.isEmpty()) {
            form = form.wrong(APPELLANT, texts.say("rule.missing"));
        }
        Optional<Filing> filing = Optional.empty();
        try {
            filing =
                    Optional.of(
                            new Filing(
                                    appellant.orElse(Appellant.AUTHOR),
                                    form.value("appealWords"),
                                    form.value("appealContact"),
                                    form.value("appealShare").equals("yes")));
        } catch (InvalidNoticeException e) {
            form =
                    form.wrong(
                            e.field().equals("contact") ? "appealContact" : "appealWords",
                            texts.error(e));
        }
        if (form.isWrong()) {
            return show(secret, link, form, false, HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return filed(secret, link, form, filing.orElseThrow(), request, response);
    }

    private ModelAndView filed(
            String secret,
            AppealLinks.Link link,
            Form form,
            Filing filing,
            HttpServletRequest request,
            HttpServletResponse response) {
        String address = request.getRemoteAddr();
        if (!filings.admits(address)) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(filings.pause(address).toSeconds()));
            return show(
                    secret,
                    link,
                    form.wrong(
                            "send",
                            texts.say(
                                    "appeal.too-many",
                                    Integer.toString(settings.appealsPerAddress()))),
                    false,
                    HttpStatus.TOO_MANY_REQUESTS);
        }
        try {
            appealing.file(link, filing);
            return new ModelAndView("redirect:" + AppealLinks.PATH + secret + "?done=filed");
        } catch (ProblemException e) {
            return show(secret, link, form.wrong("send", texts.error(e)), false, e.status());
        }
    }

    private AppealLinks.Link link(
            String secret, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        String address = request.getRemoteAddr();
        if (!visits.admits(address)) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(visits.pause(address).toSeconds()));
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-visits",
                    "This address asked too often; ask again after the seconds that Retry-After names.");
        }
        return links.bySecret(secret)
                .filter(one -> !restrictions.isUndisclosed(one))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-appeal-link",
                                "Nothing has this address; copy it again, whole."));
    }

    private ModelAndView show(
            String secret, AppealLinks.Link link, Form form, boolean done, HttpStatusCode status) {
        Appealing.May may = appealing.may(link);
        List<Shown> appeals =
                rows.of(link.caseId()).stream()
                        .filter(one -> one.no() == link.no())
                        .map(one ->
                                new Shown(
                                        one,
                                        one.state(clock.instant()),
                                        words.reasons(one).orElse(""),
                                        one.restoration(clock.instant())))
                        .toList();
        ModelAndView page =
                frame.show(
                        "appeals/open",
                        new OpenPage(
                                AppealLinks.PATH + secret,
                                restrictions.of(link),
                                may.openUntil(),
                                may.appellants().stream()
                                        .sorted(Comparator.naturalOrder())
                                        .map(one ->
                                                new Form.Option(
                                                        AppealRows.wire(one),
                                                        texts.name("appellant", one)))
                                        .toList(),
                                may.broken()
                                        .filter(one -> one != AppealRule.Broken.TWICE)
                                        .map(AppealRows::wire),
                                form,
                                appeals,
                                done));
        page.setStatus(status);
        return page;
    }
}
