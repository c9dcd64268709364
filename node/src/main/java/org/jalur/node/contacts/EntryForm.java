package org.jalur.node.contacts;

import java.net.IDN;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.agreement.Calendar;
import org.jalur.agreement.InvalidTermException;
import org.jalur.contacts.Entry;
import org.jalur.contacts.EntryRule;
import org.jalur.contacts.InvalidEntryException;
import org.jalur.contacts.Standing;

/** An entry as it is typed. */
final class EntryForm {
    /** One field for each day of the week, from Monday. */
    static final List<String> DAYS =
            Arrays.stream(DayOfWeek.values()).map(EntryForm::field).toList();

    private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm");
    private static final UUID NOBODY = new UUID(0, 0);

    private final Map<String, String> typed;
    private final Function<UUID, String> countryOf;
    private final Map<String, InvalidEntryException> wrong = new LinkedHashMap<>();

    /**
     * @param countryOf country of an organisation of the register, or nothing: where a number
     *     without country code is meant
     */
    EntryForm(Map<String, String> typed, Function<UUID, String> countryOf) {
        this.typed = Map.copyOf(typed);
        this.countryOf = countryOf;
    }

    private static String field(DayOfWeek day) {
        return "duty" + day.getValue();
    }

    /** By field; empty if all was right. */
    Map<String, InvalidEntryException> wrong() {
        return wrong;
    }

    /** Empty if something is wrong. */
    Optional<Entry> entry(UUID id, Entry.Kind kind, Standing standing) {
        try {
            Entry entry =
                    switch (kind) {
                        case ORGANISATION -> organisation(id, standing);
                        case CONTACT -> contact(id, standing);
                        case REPRESENTATIVE -> representative(id, standing);
                        case SERVER -> server(id, standing);
                        case DOMAIN -> domain(id, standing);
                    };
            return wrong.isEmpty() ? Optional.of(entry) : Optional.empty();
        } catch (InvalidEntryException e) {
            wrong.putIfAbsent(e.field(), e);
            return Optional.empty();
        }
    }

    private Entry organisation(UUID id, Standing standing) {
        String name = required("name");
        String country = country();
        return new Entry.Organisation(
                id, name, country, phones(country), optional("email"), standing);
    }

    private Entry contact(UUID id, Standing standing) {
        String name = required("name");
        UUID organisation = id("belongsTo").orElse(NOBODY);
        String role = required("role");
        List<String> phones = phones(countryOf.apply(organisation));
        required("languages");
        Calendar duty = duty();
        return new Entry.Contact(
                id,
                organisation,
                name,
                role,
                phones,
                optional("email"),
                optional("messenger"),
                words("languages"),
                duty,
                optional("deputy").isEmpty() ? Optional.empty() : id("deputy"),
                standing);
    }

    private Entry representative(UUID id, Standing standing) {
        String name = required("name");
        UUID organisation = id("belongsTo").orElse(NOBODY);
        String capacity = required("capacity");
        String country = country();
        return new Entry.Representative(
                id,
                organisation,
                name,
                capacity,
                country,
                phones(country),
                optional("email"),
                standing);
    }

    private Entry server(UUID id, Standing standing) {
        String host = required("host").toLowerCase(Locale.ROOT);
        return new Entry.Server(id, host, country(), required("purpose"), standing);
    }

    private Entry domain(UUID id, Standing standing) {
        required("domainName");
        String country = country();
        String purpose = required("purpose");
        return new Entry.Domain(id, domainName(), country, purpose, standing);
    }

    private String required(String field) {
        if (text(field).isEmpty()) {
            wrong(field, EntryRule.MISSING, "");
        }
        return text(field);
    }

    private String text(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    private Optional<String> optional(String field) {
        return Optional.of(text(field)).filter(text -> !text.isEmpty());
    }

    private String country() {
        return required("country").toUpperCase(Locale.ROOT);
    }

    private List<String> words(String field) {
        return Stream.of(text(field).toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private List<String> lines(String field) {
        return text(field).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private Optional<UUID> id(String field) {
        try {
            return Optional.of(UUID.fromString(text(field)));
        } catch (IllegalArgumentException _) {
            wrong(
                    field,
                    text(field).isEmpty() ? EntryRule.MISSING : EntryRule.UNKNOWN,
                    text(field));
            return Optional.empty();
        }
    }

    /** The last day on which the entry holds. */
    Optional<LocalDate> validUntil(LocalDate today) {
        Optional<LocalDate> day = date(text("validUntil"));
        if (day.isEmpty()) {
            wrong("validUntil", EntryRule.DATE, text("validUntil"));
        } else if (day.get().isBefore(today)) {
            wrong("validUntil", EntryRule.PAST, day.get());
        }
        return day;
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private List<String> phones(String country) {
        required("phones");
        List<String> numbers = new ArrayList<>();
        for (String line : lines("phones")) {
            Optional<String> number = Phones.read(line, country);
            if (number.isEmpty()) {
                wrong("phones", EntryRule.PHONE, line);
            }
            number.ifPresent(numbers::add);
        }
        return numbers;
    }

    private String domainName() {
        try {
            return IDN.toASCII(text("domainName")).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            throw new InvalidEntryException("domainName", EntryRule.DOMAIN, text("domainName"));
        }
    }

    private Calendar duty() {
        ZoneId zone = zone();
        List<Calendar.DutyHours> hours = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            hours.addAll(hours(day));
        }
        List<Calendar.Holiday> holidays =
                lines("holidays").stream().flatMap(line -> holiday(line).stream()).toList();
        try {
            return new Calendar(zone, hours, holidays);
        } catch (InvalidTermException _) {
            // Each value was right: two of them do not go together.
            wrong(
                    holidays.stream().distinct().count() < holidays.size()
                            ? "holidays"
                            : DAYS.getFirst(),
                    EntryRule.HOURS,
                    DAYS.stream().map(this::text).collect(Collectors.joining(" ")));
            return new Calendar(zone, List.of(), List.of());
        }
    }

    private ZoneId zone() {
        if (ZoneId.getAvailableZoneIds().contains(text("zone"))) {
            return ZoneId.of(text("zone"));
        }
        wrong("zone", EntryRule.ZONE, text("zone"));
        return ZoneId.of("UTC");
    }

    private List<Calendar.DutyHours> hours(DayOfWeek day) {
        List<Calendar.DutyHours> hours = new ArrayList<>();
        for (String span : text(field(day)).split(",")) {
            if (span.isBlank()) {
                continue;
            }
            try {
                String[] ends = span.strip().replace('.', ':').split("\\s*[-–]\\s*", -1);
                if (ends.length != 2) {
                    throw new DateTimeException(span);
                }
                hours.add(
                        new Calendar.DutyHours(
                                day,
                                LocalTime.parse(ends[0], HOURS),
                                ends[1].equals("24:00")
                                        ? LocalTime.MIDNIGHT
                                        : LocalTime.parse(ends[1], HOURS)));
            } catch (DateTimeException | InvalidTermException _) {
                wrong(field(day), EntryRule.HOURS, span.strip());
            }
        }
        return hours;
    }

    private Optional<Calendar.Holiday> holiday(String line) {
        String[] words = line.split("\\s+", 2);
        Optional<LocalDate> day = date(words[0]);
        if (day.isEmpty() || words.length < 2 || words[1].length() > 200) {
            wrong("holidays", EntryRule.HOLIDAY, line);
            return Optional.empty();
        }
        return Optional.of(new Calendar.Holiday(day.get(), words[1]));
    }

    private void wrong(String field, EntryRule rule, Object value) {
        wrong.putIfAbsent(field, new InvalidEntryException(field, rule, value));
    }

    /** What the form shows of an entry that is there. */
    static Map<String, String> typed(Entry entry) {
        Map<String, String> typed = new HashMap<>();
        typed.put("validUntil", entry.standing().validUntil().toString());
        typed.put("owner", entry.standing().owner());
        switch (entry) {
            case Entry.Organisation one -> {
                typed.put("name", one.name());
                typed.put("country", one.country());
                reach(typed, one.phones(), one.email());
            }
            case Entry.Contact one -> {
                typed.put("belongsTo", one.organisation().toString());
                typed.put("name", one.name());
                typed.put("role", one.role());
                reach(typed, one.phones(), one.email());
                typed.put("messenger", one.messenger().orElse(""));
                typed.put("languages", String.join(", ", one.languages()));
                typed.put("deputy", one.deputy().map(UUID::toString).orElse(""));
                duty(typed, one.duty());
            }
            case Entry.Representative one -> {
                typed.put("belongsTo", one.organisation().toString());
                typed.put("name", one.name());
                typed.put("capacity", one.capacity());
                typed.put("country", one.country());
                reach(typed, one.phones(), one.email());
            }
            case Entry.Server one -> {
                typed.put("host", one.host());
                typed.put("country", one.country());
                typed.put("purpose", one.purpose());
            }
            case Entry.Domain one -> {
                typed.put("domainName", IDN.toUnicode(one.domainName()));
                typed.put("country", one.country());
                typed.put("purpose", one.purpose());
            }
        }
        return typed;
    }

    private static void reach(
            Map<String, String> typed, List<String> phones, Optional<String> email) {
        typed.put(
                "phones",
                Phones.of(phones).stream()
                        .map(Phones.Phone::text)
                        .collect(Collectors.joining("\n")));
        typed.put("email", email.orElse(""));
    }

    private static void duty(Map<String, String> typed, Calendar duty) {
        typed.put("zone", duty.zone().getId());
        for (DayOfWeek day : DayOfWeek.values()) {
            typed.put(
                    field(day),
                    duty.dutyHours().stream()
                            .filter(hours -> hours.day() == day)
                            .map(hours -> span(hours.opens(), hours.closes()))
                            .collect(Collectors.joining(", ")));
        }
        typed.put(
                "holidays",
                duty.holidays().stream()
                        .map(one -> one.date() + " " + one.name())
                        .collect(Collectors.joining("\n")));
    }

    /** For example "08:00-16:00"; the end of the day is 24:00. */
    static String span(LocalTime opens, LocalTime closes) {
        return HOURS.format(opens)
                + "-"
                + (closes.equals(LocalTime.MIDNIGHT) ? "24:00" : HOURS.format(closes));
    }
}
