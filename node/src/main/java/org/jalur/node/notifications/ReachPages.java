package org.jalur.node.notifications;

import java.net.URI;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.node.accounts.Caller;
import org.jalur.node.notifications.Addresses.Address;
import org.jalur.node.notifications.Readers.Reader;
import org.jalur.node.notifications.carriers.Carrier;
import org.jalur.node.notifications.carriers.Carrier.Outcome;
import org.jalur.node.notifications.carriers.Channel;
import org.jalur.node.notifications.carriers.Letter;
import org.jalur.node.notifications.carriers.TelegramCarrier;
import org.jalur.node.notifications.carriers.WebhookCarrier;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.PageController;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** How a person can be reached outside the pages: addresses, what goes where, and quiet hours. */
@PageController
class ReachPages {
    private static final String HERE = "/notifications/settings";

    private final Frame frame;
    private final Texts texts;
    private final Addresses addresses;
    private final Readers readers;
    private final Couriers couriers;
    private final Wording wording;
    private final Optional<TelegramCarrier> telegram;
    private final Optional<WebhookCarrier> webhooks;

    ReachPages(
            Frame frame,
            Texts texts,
            Addresses addresses,
            Readers readers,
            Couriers couriers,
            Wording wording,
            ObjectProvider<TelegramCarrier> telegram,
            ObjectProvider<WebhookCarrier> webhooks) {
        this.frame = frame;
        this.texts = texts;
        this.addresses = addresses;
        this.readers = readers;
        this.couriers = couriers;
        this.wording = wording;
        this.telegram = Optional.ofNullable(telegram.getIfAvailable());
        this.webhooks = Optional.ofNullable(webhooks.getIfAvailable());
    }

    /**
     * @param kinds of events that concern this person
     * @param said what was just done, and how it went
     */
    record ReachPage(
            Form form,
            List<Form.Option> channels,
            List<AddressRow> addresses,
            List<Form.Option> kinds,
            List<Form.Option> languages,
            List<Form.Option> zones,
            Optional<Said> said) {}

    record AddressRow(
            UUID id, String channel, String address, boolean confirmed, Set<String> muted) {
        static AddressRow of(Address one) {
            return new AddressRow(
                    one.id(), one.channel().wire(), one.address(), one.confirmed(), one.muted());
        }
    }

    /**
     * @param good whether it went well
     * @param secret of a webhook, shown this once
     * @param start where the bot is started, with the code of {@code address}
     */
    record Said(String text, boolean good, Optional<String> secret, Optional<Start> start) {
        static Said good(String text) {
            return new Said(text, true, Optional.empty(), Optional.empty());
        }

        static Said bad(String text) {
            return new Said(text, false, Optional.empty(), Optional.empty());
        }
    }

    record Start(UUID address, URI link, String code) {}

    @GetMapping(HERE)
    ModelAndView settings() {
        return show(Form.EMPTY, Optional.empty());
    }

    private ModelAndView show(Form typed, Optional<Said> said) {
        Caller caller = Caller.current();
        Reader reader = reader(caller);
        Form form = typed;
        if (form.values().isEmpty()) {
            form =
                    new Form(
                            Map.of(
                                    "reachLanguage",
                                    reader.language(),
                                    "zone",
                                    reader.zone().getId(),
                                    "quietFrom",
                                    reader.quiet().from().toString(),
                                    "quietUntil",
                                    reader.quiet().until().toString()),
                            typed.errors());
        }
        ModelAndView page =
                frame.show(
                        "notifications/reach",
                        new ReachPage(
                                form,
                                couriers.channels().stream()
                                        .map(one -> option("channel", one.wire()))
                                        .toList(),
                                addresses.of(caller.account()).stream()
                                        .map(AddressRow::of)
                                        .toList(),
                                kinds(caller).stream()
                                        .map(kind -> option("news", kind.wire()))
                                        .toList(),
                                List.of(option("language", "id"), option("language", "en")),
                                Moments.ZONES.stream()
                                        .map(zone -> new Form.Option(zone, zone.replace('_', ' ')))
                                        .toList(),
                                said));
        page.setStatus(form.isWrong() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }

    private Form.Option option(String family, String one) {
        return new Form.Option(one, texts.name(family, one));
    }

    private static List<Kind> kinds(Caller caller) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.roles().contains(caller.role()))
                .toList();
    }

    /** As the pages are shown now, until the person has chosen. */
    private Reader reader(Caller caller) {
        return readers.find(caller.account())
                .orElseGet(() ->
                        new Reader(
                                LocaleContextHolder.getLocale().getLanguage(),
                                new QuietHours(
                                        LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, Moments.zone())));
    }

    @PostMapping(HERE)
    ModelAndView keep(@RequestParam Map<String, String> typed) {
        Form form = Form.of(typed);
        String language = typed.getOrDefault("reachLanguage", "");
        String zone = typed.getOrDefault("zone", "");
        Optional<LocalTime> from = time(typed.getOrDefault("quietFrom", ""));
        Optional<LocalTime> until = time(typed.getOrDefault("quietUntil", ""));
        if (!Set.of("id", "en").contains(language)) {
            form = form.wrong("reachLanguage", texts.say("rule.missing"));
        }
        if (!Moments.ZONES.contains(zone)) {
            form = form.wrong("zone", texts.say("rule.missing"));
        }
        if (from.isEmpty()) {
            form = form.wrong("quietFrom", texts.say("reach.time.wrong"));
        }
        if (until.isEmpty()) {
            form = form.wrong("quietUntil", texts.say("reach.time.wrong"));
        }
        if (form.isWrong()) {
            return show(form, Optional.empty());
        }
        readers.keep(
                Caller.current().account(),
                new Reader(
                        language,
                        new QuietHours(from.orElseThrow(), until.orElseThrow(), ZoneId.of(zone))));
        return show(Form.EMPTY, Optional.of(Said.good(texts.say("reach.kept"))));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text.strip()).withSecond(0).withNano(0));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** A new address gets a code; nothing else goes there before the code came back. */
    @PostMapping("/notifications/addresses")
    ModelAndView add(@RequestParam Map<String, String> typed) {
        Caller caller = Caller.current();
        Optional<Carrier> carrier =
                Channel.of(typed.getOrDefault("channel", "")).flatMap(couriers::carrier);
        String address = typed.getOrDefault("address", "").strip();
        Map<String, String> values =
                Map.of("channel", typed.getOrDefault("channel", ""), "address", address);
        Form form = new Form(Map.of(), Map.of());
        if (carrier.isEmpty()) {
            form = form.wrong("channel", texts.say("rule.missing"));
        } else if (carrier.get().channel() != Channel.TELEGRAM && !carrier.get().accepts(address)) {
            form =
                    form.wrong(
                            "address", texts.say("reach.wrong." + carrier.get().channel().wire()));
        } else if (addresses.of(caller.account()).size() >= Addresses.MOST) {
            form = form.wrong("address", texts.say("reach.most", Addresses.MOST));
        } else if (!addresses.mayTry(caller.account())) {
            form = form.wrong("address", texts.say("reach.trials", Addresses.MOST_TRIALS));
        }
        if (form.isWrong()) {
            return show(new Form(with(values), form.errors()), Optional.empty());
        }
        Channel channel = carrier.orElseThrow().channel();
        UUID id =
                addresses.add(
                        caller.account(), channel, channel == Channel.TELEGRAM ? "" : address);
        return show(Form.EMPTY, Optional.of(sendCode(caller, id)));
    }

    /** What was typed, and what the rest of the page has. */
    private Map<String, String> with(Map<String, String> values) {
        Reader reader = reader(Caller.current());
        var all = new HashMap<>(values);
        all.put("reachLanguage", reader.language());
        all.put("zone", reader.zone().getId());
        all.put("quietFrom", reader.quiet().from().toString());
        all.put("quietUntil", reader.quiet().until().toString());
        return all;
    }

    @PostMapping("/notifications/addresses/{id}/code")
    ModelAndView again(@PathVariable UUID id) {
        Caller caller = Caller.current();
        Address address = own(caller, id);
        if (address.confirmed()) {
            return show(Form.EMPTY, Optional.empty());
        }
        return addresses.mayTry(caller.account())
                ? show(Form.EMPTY, Optional.of(sendCode(caller, id)))
                : show(Form.EMPTY, Optional.of(tooMany()));
    }

    private Said tooMany() {
        return Said.bad(texts.say("reach.trials", Addresses.MOST_TRIALS));
    }

    private Said sendCode(Caller caller, UUID id) {
        Address address = own(caller, id);
        if (address.channel() == Channel.TELEGRAM) {
            String code = addresses.newLinkCode(id);
            return telegram.flatMap(bot -> bot.start(code))
                    .map(link ->
                            new Said(
                                    texts.say("reach.start"),
                                    true,
                                    Optional.empty(),
                                    Optional.of(new Start(id, link, code))))
                    .orElseGet(() -> Said.bad(texts.say("trouble.telegram-unreachable")));
        }
        String code = addresses.newCode(id);
        Said said = tried(address, wording.code(reader(caller), code), "reach.code-sent");
        return address.channel() == Channel.WEBHOOK
                ? new Said(
                        said.text(),
                        said.good(),
                        webhooks.map(all -> all.secret(id)),
                        Optional.empty())
                : said;
    }

    private Said tried(Address address, Letter letter, String good) {
        Carrier carrier = couriers.carrier(address.channel()).orElseThrow(() -> gone(address));
        return switch (carrier.send(address.forCarrier(), letter)) {
            case Outcome.Sent _ -> Said.good(texts.say(good));
            case Outcome.Refused(String reason) -> notSent(reason);
            case Outcome.Later(_, String reason) -> notSent(reason);
        };
    }

    private Said notSent(String reason) {
        return Said.bad(texts.say("reach.not-sent", Trouble.said(texts, reason)));
    }

    private static ProblemException gone(Address address) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "channel-off",
                "This node no longer sends by %s.".formatted(address.channel().wire()));
    }

    @PostMapping("/notifications/addresses/{id}/confirmation")
    ModelAndView confirm(@PathVariable UUID id, @RequestParam(defaultValue = "") String code) {
        Address address = own(Caller.current(), id);
        String typed = code.strip();
        boolean right =
                address.channel() == Channel.TELEGRAM
                        ? telegram.flatMap(bot -> bot.startedWith(typed))
                                .filter(chat -> addresses.confirmChat(id, typed, chat))
                                .isPresent()
                        : addresses.confirm(id, typed);
        return right
                ? show(Form.EMPTY, Optional.of(Said.good(texts.say("reach.confirmed"))))
                : show(
                        Form.EMPTY.wrong(
                                "code-" + id,
                                texts.say(
                                        address.channel() == Channel.TELEGRAM
                                                ? "reach.not-started"
                                                : "reach.code.wrong")),
                        Optional.empty());
    }

    @PostMapping("/notifications/addresses/{id}/kinds")
    ModelAndView choose(@PathVariable UUID id, @RequestParam(required = false) List<String> kinds) {
        Caller caller = Caller.current();
        Address address = own(caller, id);
        List<String> wanted = kinds == null ? List.of() : kinds;
        addresses.mute(
                address.id(),
                kinds(caller).stream()
                        .map(Kind::wire)
                        .filter(kind -> !wanted.contains(kind))
                        .collect(Collectors.toSet()));
        return show(Form.EMPTY, Optional.of(Said.good(texts.say("reach.kept"))));
    }

    /**
     * Sends at once and says how it went, past quiet hours: whoever presses the button is awake.
     */
    @PostMapping("/notifications/addresses/{id}/test")
    ModelAndView test(@PathVariable UUID id) {
        Caller caller = Caller.current();
        Address address = own(caller, id);
        if (!address.confirmed()) {
            return show(Form.EMPTY, Optional.of(Said.bad(texts.say("reach.unconfirmed"))));
        }
        return show(
                Form.EMPTY,
                Optional.of(
                        addresses.mayTry(caller.account())
                                ? tried(address, wording.test(reader(caller)), "reach.tested")
                                : tooMany()));
    }

    @PostMapping("/notifications/addresses/{id}/removal")
    ModelAndView remove(@PathVariable UUID id) {
        addresses.remove(own(Caller.current(), id).id());
        return show(Form.EMPTY, Optional.of(Said.good(texts.say("reach.removed"))));
    }

    private Address own(Caller caller, UUID id) {
        return addresses
                .find(caller.account(), id)
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-address",
                                "You have no address with the id %s.".formatted(id)));
    }
}
