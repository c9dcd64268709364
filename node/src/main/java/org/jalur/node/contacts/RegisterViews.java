package org.jalur.node.contacts;

import java.net.IDN;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.ContactTerms;
import org.jalur.contacts.Entry;
import org.jalur.contacts.Standing;
import org.jalur.contacts.Standing.Freshness;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Texts;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Registers as people read them. */
@Component
class RegisterViews {
    private final Channels channels;
    private final Accounts accounts;
    private final AgreedRules rules;
    private final RegisterSettings settings;
    private final Texts texts;
    private final Clock clock;

    RegisterViews(
            Channels channels,
            Accounts accounts,
            AgreedRules rules,
            RegisterSettings settings,
            Texts texts,
            Clock clock) {
        this.channels = channels;
        this.accounts = accounts;
        this.rules = rules;
        this.settings = settings;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * One entry as a line.
     *
     * @param about what else it says, in a few words
     * @param owner name of its owner here; pseudonym of one elsewhere
     * @param freshness fresh, amber or red
     * @param expired whether it is past its last day
     * @param mine whether the reader is its owner
     * @param difference new, changed or same, compared with the version before
     */
    record Line(
            UUID id,
            String kind,
            String title,
            List<String> about,
            List<Phones.Phone> phones,
            Optional<String> email,
            String owner,
            LocalDate validUntil,
            Instant confirmedAt,
            String freshness,
            boolean expired,
            boolean mine,
            String difference) {}

    /** The own register, under the strictest terms with any peer. */
    List<Line> own(List<Entry> register, String reader) {
        Map<String, String> names =
                accounts.all().stream()
                        .collect(
                                Collectors.toMap(
                                        Accounts.Account::pseudonym, Accounts.Account::name));
        return lines(register, register, terms(), names, reader);
    }

    /** A register that a peer sent, or was sent, beside the one before it. */
    List<Line> sent(List<Entry> register, List<Entry> before, Channel channel) {
        return lines(register, before, rules.terms(channel.peer()), Map.of(), "");
    }

    ContactTerms terms() {
        return channels.all().stream()
                .map(channel -> rules.terms(channel.peer()))
                .min(Comparator.comparing(terms -> LocalDate.EPOCH.plus(terms.red())))
                .orElseGet(settings::terms);
    }

    /**
     * How fresh the registers with one peer are kept, and who says so.
     *
     * @param agreed whether it is the agreement in force; otherwise the settings of this node
     */
    record Kept(String peer, boolean agreed, int amberDays, int redDays) {}

    List<Kept> kept() {
        return channels.all().stream()
                .map(channel -> {
                    AgreedRules.Freshness freshness = rules.with(channel.peer());
                    return new Kept(
                            channel.peer().value(),
                            freshness.agreed(),
                            days(freshness.terms().amber()),
                            days(freshness.terms().red()));
                })
                .toList();
    }

    /** From today on; a month has as many days as it has now. */
    private int days(Period period) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Math.toIntExact(ChronoUnit.DAYS.between(today, today.plus(period)));
    }

    private List<Line> lines(
            List<Entry> register,
            List<Entry> before,
            ContactTerms terms,
            Map<String, String> names,
            String reader) {
        Instant now = clock.instant();
        Map<UUID, Entry> earlier = new HashMap<>();
        before.forEach(one -> earlier.put(one.id(), one));
        Map<UUID, String> titles = new HashMap<>();
        register.forEach(one -> titles.put(one.id(), one.title()));
        return register.stream()
                .map(one -> {
                    Standing standing = one.standing();
                    Freshness freshness = standing.freshness(terms, now);
                    return new Line(
                            one.id(),
                            one.kind().wire(),
                            one instanceof Entry.Domain domain
                                    ? IDN.toUnicode(domain.domainName())
                                    : one.title(),
                            about(one, titles),
                            Phones.of(phones(one)),
                            email(one),
                            names.getOrDefault(standing.owner(), standing.owner()),
                            standing.validUntil(),
                            standing.confirmedAt(),
                            freshness.name().toLowerCase(Locale.ROOT),
                            !standing.holds(now),
                            standing.owner().equals(reader),
                            difference(one, Optional.ofNullable(earlier.get(one.id()))));
                })
                .toList();
    }

    /** How far one entry of a register that a peer sent can be believed. */
    String freshness(Entry entry, Channel channel) {
        return entry.standing()
                .freshness(rules.terms(channel.peer()), clock.instant())
                .name()
                .toLowerCase(Locale.ROOT);
    }

    private static String difference(Entry one, Optional<Entry> earlier) {
        return earlier.map(other -> other.with(one.standing()).equals(one) ? "same" : "changed")
                .orElse("new");
    }

    private List<String> about(Entry entry, Map<UUID, String> titles) {
        List<String> about = new ArrayList<>();
        switch (entry) {
            case Entry.Organisation one -> about.add(country(one.country()));
            case Entry.Contact one -> {
                about.add(one.role());
                about.add(title(titles, one.organisation()));
                one.messenger().ifPresent(about::add);
                about.add(String.join(", ", one.languages()));
                about.add(duty(one.duty()));
                one.deputy()
                        .ifPresent(deputy ->
                                about.add(texts.say("register.deputy", title(titles, deputy))));
            }
            case Entry.Representative one -> {
                about.add(one.capacity());
                about.add(title(titles, one.organisation()));
                about.add(country(one.country()));
            }
            case Entry.Server one -> {
                about.add(one.purpose());
                about.add(country(one.country()));
            }
            case Entry.Domain one -> {
                about.add(one.purpose());
                about.add(country(one.country()));
            }
        }
        return about;
    }

    /** Days in a row with the same hours are told together, for example "Mon–Fri 08:00-16:00". */
    private String duty(Calendar duty) {
        if (duty.dutyHours().isEmpty()) {
            return texts.say("register.no-duty");
        }
        List<String> told = new ArrayList<>();
        DayOfWeek first = DayOfWeek.MONDAY;
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day == DayOfWeek.SUNDAY || !hours(duty, day.plus(1)).equals(hours(duty, day))) {
                if (!hours(duty, day).isEmpty()) {
                    told.add(
                            name(first)
                                    + (first == day ? "" : "–" + name(day))
                                    + " "
                                    + hours(duty, day));
                }
                first = day.plus(1);
            }
        }
        told.add(duty.zone().getId());
        return String.join(" ", told)
                + duty.holidays().stream()
                        .map(one -> one.date() + " " + one.name())
                        .reduce((one, other) -> one + ", " + other)
                        .map(days -> " (" + texts.say("register.not-on", days) + ")")
                        .orElse("");
    }

    private static String hours(Calendar duty, DayOfWeek day) {
        return duty.dutyHours().stream()
                .filter(hours -> hours.day() == day)
                .map(hours -> EntryForm.span(hours.opens(), hours.closes()))
                .collect(Collectors.joining(", "));
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, LocaleContextHolder.getLocale());
    }

    private static String title(Map<UUID, String> titles, UUID id) {
        return titles.getOrDefault(id, "?");
    }

    static String country(String code) {
        return Locale.of("", code).getDisplayCountry(LocaleContextHolder.getLocale());
    }

    static List<String> phones(Entry entry) {
        return switch (entry) {
            case Entry.Organisation one -> one.phones();
            case Entry.Contact one -> one.phones();
            case Entry.Representative one -> one.phones();
            case Entry.Server _, Entry.Domain _ -> List.of();
        };
    }

    private static Optional<String> email(Entry entry) {
        return switch (entry) {
            case Entry.Organisation one -> one.email();
            case Entry.Contact one -> one.email();
            case Entry.Representative one -> one.email();
            case Entry.Server _, Entry.Domain _ -> Optional.empty();
        };
    }
}
