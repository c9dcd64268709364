package org.jalur.node.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Concern.Weight;
import org.jalur.access.check.Finding;
import org.jalur.access.check.Proportionality;
import org.jalur.access.order.Limits;
import org.jalur.access.order.Scope;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.escalation.BlockGrounds;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The form of an order: names, ground, conditions, times, and a reason for what is found. */
@PageController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class OrderFormPages {
    /** An effect that is typed takes some minutes to be approved. */
    private static final long SPARE_HOURS = 2;

    private final Frame frame;
    private final Texts texts;
    private final BlockWords words;
    private final OrderDrafts drafts;
    private final BlockGrounds grounds;
    private final Channels channels;
    private final Register register;
    private final Accounts accounts;
    private final Clock clock;

    OrderFormPages(
            Frame frame,
            Texts texts,
            BlockWords words,
            OrderDrafts drafts,
            BlockGrounds grounds,
            Channels channels,
            Register register,
            Accounts accounts,
            Clock clock) {
        this.frame = frame;
        this.texts = texts;
        this.words = words;
        this.drafts = drafts;
        this.grounds = grounds;
        this.channels = channels;
        this.register = register;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * What the check says to the names as they are typed.
     *
     * @param field of the reason; empty where none is needed
     */
    record FindingLine(String weight, String sentence, String field) {}

    /**
     * @param platforms to choose from, before one is chosen
     * @param limits what the agreement allows; absent before a platform is chosen
     * @param ticked values of boxes that are ticked
     */
    record FormPage(
            Form form,
            List<Form.Option> platforms,
            String platform,
            Optional<Limits> limits,
            List<Form.Option> organisations,
            List<Form.Option> meant,
            List<BlockGrounds.Past> notices,
            List<FindingLine> findings,
            List<String> ticked) {}

    @GetMapping(BlockPages.HERE + "/new")
    ModelAndView blank(@RequestParam(defaultValue = "") String platform) {
        String chosen =
                platform.isEmpty() && channels.all().size() == 1
                        ? channels.all().getFirst().peer().value()
                        : platform;
        try {
            return show(usual(chosen), chosen, List.of(), List.of(), HttpStatus.OK);
        } catch (ProblemException e) {
            Form form = Form.of(Map.of("platform", chosen)).wrong("platform", texts.error(e));
            return show(form, "", List.of(), List.of(), e.status());
        }
    }

    private Optional<Channel> channel(String platform) {
        return channels.all().stream()
                .filter(one -> one.peer().value().equals(platform))
                .findFirst();
    }

    /** The times that the agreement allows at most. */
    private Form usual(String platform) {
        Map<String, String> values = new HashMap<>();
        values.put("platform", platform);
        values.put("meant", BlockViews.word(Scope.Meant.WEB_ONLY));
        channel(platform)
                .map(one -> drafts.allowed(one).limits())
                .ifPresent(limits -> {
                    Instant effect =
                            clock.instant()
                                    .plus(limits.noticePeriod())
                                    .plus(SPARE_HOURS, ChronoUnit.HOURS)
                                    .truncatedTo(ChronoUnit.MINUTES);
                    values.put("takesEffectAt", BlockPages.local(effect));
                    values.put(
                            "reviewAt",
                            BlockPages.local(
                                    effect.atZone(limits.zone())
                                            .plus(limits.review())
                                            .toInstant()));
                    values.put(
                            "endsAt",
                            BlockPages.local(
                                    effect.atZone(limits.zone())
                                            .plus(limits.longest())
                                            .toInstant()));
                });
        return Form.of(values);
    }

    private ModelAndView show(
            Form form,
            String platform,
            List<Finding> findings,
            List<String> ticked,
            HttpStatusCode status) {
        Optional<Channel> channel = channel(platform);
        Optional<Limits> limits = channel.map(one -> drafts.allowed(one).limits());
        ModelAndView page =
                frame.show(
                        "access/form",
                        new FormPage(
                                form,
                                channels.all().stream()
                                        .map(Channel::peer)
                                        .map(peer ->
                                                new Form.Option(
                                                        peer.value(),
                                                        register.peer(peer)
                                                                .map(one -> one.name())
                                                                .orElse(peer.value())))
                                        .toList(),
                                platform,
                                limits,
                                organisations(limits),
                                List.of(Scope.Meant.values()).stream()
                                        .map(one ->
                                                new Form.Option(
                                                        BlockViews.word(one),
                                                        texts.name("access-meant", one)))
                                        .toList(),
                                channel.map(grounds::unanswered).orElse(List.of()),
                                findings.stream().map(this::line).toList(),
                                ticked));
        page.setStatus(status);
        return page;
    }

    private List<Form.Option> organisations(Optional<Limits> limits) {
        var may = new TreeSet<>(accounts.organisations(Caller.current().account()));
        may.retainAll(limits.map(Limits::organisations).orElse(Set.of()));
        return may.stream().map(one -> new Form.Option(one, one)).toList();
    }

    private FindingLine line(Finding finding) {
        return new FindingLine(
                BlockViews.word(finding.weight()),
                words.finding(finding),
                finding.weight() == Weight.NEEDS_REASON ? field(finding) : "");
    }

    /** Stays the same however the rest of the form changes. */
    private static String field(Finding finding) {
        String one = finding.name() + "\n" + finding.concern();
        return "reason-" + Hash.sha256(one.getBytes(UTF_8)).hex().substring(0, 12);
    }

    /** Keeps a draft, or shows what is wrong with it and what needs a reason. */
    @PostMapping(BlockPages.HERE)
    ModelAndView draft(@RequestParam MultiValueMap<String, String> all) {
        Map<String, String> typed = all.toSingleValueMap();
        String platform = OrderPages.value(typed, "platform");
        List<String> ticked = new ArrayList<>();
        all.values().forEach(ticked::addAll);
        Form form = Form.of(typed);
        Optional<Channel> channel = channel(platform);
        if (channel.isEmpty()) {
            return show(
                    form.wrong("platform", texts.say("sent-lists.platform.wrong")),
                    "",
                    List.of(),
                    ticked,
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        Proportionality found = new Proportionality(List.of(), List.of());
        try {
            OrderForm order = order(all, new Proportionality(List.of(), List.of()));
            found = drafts.look(order);
            form = checked(form, found, typed);
            if (form.isWrong()) {
                return again(form, platform, found, ticked);
            }
            UUID id = drafts.draft(channel.get(), order(all, found), Caller.current());
            return new ModelAndView("redirect:" + BlockPages.HERE + "/" + id + "?done=drafted");
        } catch (InvalidAccessException e) {
            return again(form.wrong(field(e.field()), words.error(e)), platform, found, ticked);
        } catch (ProblemException e) {
            return again(form.wrong("organisation", texts.error(e)), platform, found, ticked);
        }
    }

    private ModelAndView again(
            Form form, String platform, Proportionality found, List<String> ticked) {
        return show(form, platform, found.findings(), ticked, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private Form checked(Form form, Proportionality found, Map<String, String> typed) {
        Form checked = form;
        for (Finding finding : found.of(Weight.FORBIDS)) {
            checked = checked.wrong("names", words.finding(finding));
        }
        for (Finding finding : found.of(Weight.NEEDS_REASON)) {
            String field = field(finding);
            if (OrderPages.value(typed, field).length() < Proportionality.SHORTEST_REASON) {
                checked =
                        checked.wrong(
                                field,
                                texts.say(
                                        "access.form.reason",
                                        Proportionality.SHORTEST_REASON,
                                        words.finding(finding)));
            }
        }
        return checked;
    }

    /** Where a rule's field is on this page. */
    private static String field(String field) {
        return switch (field) {
            case "name", "names", "reasons" -> "names";
            case "ground", "ground.reason", "ground.notices", "ground.step" -> "otherGround";
            case "legalBasis.instrument" -> "instrument";
            case "legalBasis.article" -> "article";
            case "scope.meant" -> "meant";
            case "scope.alsoHits" -> "alsoHits";
            case "conditions.country" -> "representativeCountry";
            case "conditions", "conditions.words" -> "otherConditions";
            default -> field;
        };
    }

    private static OrderForm order(MultiValueMap<String, String> all, Proportionality found) {
        Map<String, String> typed = all.toSingleValueMap();
        List<UUID> notices = ids(all.getOrDefault("notices", List.of()));
        return new OrderForm(
                OrderPages.value(typed, "platform"),
                OrderPages.value(typed, "reference"),
                OrderPages.value(typed, "organisation"),
                names(OrderPages.value(typed, "names")),
                notices,
                Optional.of(OrderPages.value(typed, "otherGround")).filter(one -> !one.isEmpty()),
                new OrderForm.Basis(
                        OrderPages.value(typed, "instrument"), OrderPages.value(typed, "article")),
                new OrderForm.Reach(
                        OrderPages.value(typed, "meant"), OrderPages.value(typed, "alsoHits")),
                wishes(all, typed, notices),
                OrderPages.time(typed, "takesEffectAt"),
                OrderPages.time(typed, "reviewAt"),
                OrderPages.time(typed, "endsAt"),
                found.of(Weight.NEEDS_REASON).stream()
                        .map(one ->
                                new OrderForm.Reason(
                                        one.name(),
                                        BlockViews.word(one.concern()),
                                        OrderPages.value(typed, field(one))))
                        .toList());
    }

    private static List<UUID> ids(List<String> typed) {
        List<UUID> ids = new ArrayList<>();
        for (String one : typed) {
            try {
                ids.add(UUID.fromString(one));
            } catch (IllegalArgumentException _) {
                throw new InvalidAccessException("ground", AccessRule.NOT_UNANSWERED, one);
            }
        }
        return ids;
    }

    /** A line each; a star and a dot before a name take what is below it as well. */
    private static List<OrderForm.Name> names(String typed) {
        return typed.lines()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(one ->
                        one.startsWith("*.")
                                ? new OrderForm.Name(one.substring(2), true)
                                : new OrderForm.Name(one, false))
                .toList();
    }

    private static List<OrderForm.Wish> wishes(
            MultiValueMap<String, String> all, Map<String, String> typed, List<UUID> notices) {
        List<OrderForm.Wish> wishes = new ArrayList<>();
        for (String type : all.getOrDefault("conditions", List.of())) {
            if (type.equals("content_gone")) {
                notices.forEach(notice ->
                        wishes.add(
                                new OrderForm.Wish(
                                        type,
                                        Optional.empty(),
                                        Optional.of(notice),
                                        Optional.empty())));
            } else {
                wishes.add(
                        new OrderForm.Wish(
                                type,
                                Optional.of(OrderPages.value(typed, "representativeCountry")),
                                Optional.empty(),
                                Optional.empty()));
            }
        }
        OrderPages.value(typed, "otherConditions")
                .lines()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .forEach(one ->
                        wishes.add(
                                new OrderForm.Wish(
                                        "other",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(one))));
        return wishes;
    }
}
