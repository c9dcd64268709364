package org.jalur.node.pages;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jalur.access.InvalidAccessException;
import org.jalur.agreement.check.Breach;
import org.jalur.contacts.InvalidEntryException;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.screening.BrokenRule;
import org.springframework.context.MessageSource;
import org.springframework.context.NoSuchMessageException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the pages say, in the reader's language. */
@Component
public class Texts {
    private static final Pattern COUNTED = Pattern.compile("(\\d+) (items|restored)");
    private static final Pattern RELAYED =
            Pattern.compile("(answered|refused|timeout|broken)(?: (\\d{3}))?");
    private static final Pattern STATE_COUNT = Pattern.compile("([a-z]+)=(\\d+)");

    private final MessageSource messages;

    Texts(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * @throws NoSuchMessageException if a language lacks the key; a test sees that none does
     */
    public String say(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }

    /** The same in a language that may not be the reader's. */
    public String sayIn(Locale language, String key) {
        return messages.getMessage(key, null, language);
    }

    /** The name of one of a family of things, for example {@code outcome.blocked}. */
    public String name(String family, String one) {
        return find(family + "." + one.toLowerCase(Locale.ROOT)).orElse(one);
    }

    public String name(String family, Enum<?> one) {
        return name(family, one.name());
    }

    /**
     * A category of an agreement.
     *
     * @param named as the agreement itself says it, for a category of its own
     */
    public String category(String code, String named) {
        return find("category." + code).orElse(named);
    }

    /** How the forms call a field; empty for one that they do not show. */
    Optional<String> label(String field) {
        return find("field." + field);
    }

    /** A timeline's detail: counts and states, as the log of events holds them. */
    public String detail(String detail) {
        Matcher counted = COUNTED.matcher(detail);
        if (counted.matches()) {
            return say("detail." + counted.group(2), Integer.valueOf(counted.group(1)));
        }
        if (RELAYED.matcher(detail).matches()) {
            return relayed(detail);
        }
        Matcher states = STATE_COUNT.matcher(detail);
        var parts = new ArrayList<String>();
        while (states.find()) {
            parts.add(states.group(2) + " " + name("item", states.group(1)));
        }
        return parts.isEmpty() ? detail : String.join(", ", parts);
    }

    /** What came of a witness's try: one word, and the status of an answer. */
    public String relayed(String outcome) {
        String[] words = outcome.split(" ", 2);
        return say("relay-outcome." + words[0], words.length > 1 ? words[1] : "");
    }

    /** Empty for a key that there is no text for. */
    public Optional<String> find(String key, Object... values) {
        return Optional.ofNullable(
                messages.getMessage(key, values, null, LocaleContextHolder.getLocale()));
    }

    /** What is wrong with a field's value, and the way out. */
    public String error(InvalidNoticeException e) {
        return say("rule." + word(e.rule()), strings(e.values().toArray()));
    }

    public String error(InvalidEntryException e) {
        return say("entry-rule." + word(e.rule()), strings(e.values().toArray()));
    }

    /** What is wrong with a name, an order or a list, and the way out. */
    public String error(InvalidAccessException e) {
        return say("access-rule." + word(e.rule()), strings(e.values().toArray()));
    }

    /** Which clause a notice breaks, and what is agreed. */
    public String error(Breach breach) {
        return say(
                "breach." + word(breach.rule()),
                value(breach.rule(), breach.value()),
                breach.agreed().stream()
                        .map(one -> value(breach.rule(), one))
                        .collect(Collectors.joining(", ")));
    }

    private String value(Breach.Rule rule, String value) {
        return switch (rule) {
            case KIND -> name("kind", value);
            case CATEGORY, ORGANISATION_CATEGORY, INTERIM_CATEGORY -> name("category", value);
            case INTERIM_URGENCY -> name("urgency", value);
            case LANGUAGE -> name("language", value);
            case NON_DISCLOSURE,
                    NO_NON_DISCLOSURE,
                    NO_RENEWAL,
                    RENEWED,
                    RENEWAL_TOO_LATE,
                    RENEWAL_NOT_LATER,
                    RENEWAL,
                    INTERIM_TOO_LONG ->
                    time(value);
            case IN_FORCE,
                    LEGAL_BASIS,
                    ARTICLE,
                    ORGANISATION,
                    ORGANISATION_KIND,
                    NOTHING_TO_RENEW,
                    INTERIM_ITEM,
                    INTERIM_TWICE,
                    INTERIM_DECIDED,
                    OFFICIAL_LETTER,
                    PLATFORM_ID,
                    SCREENSHOT,
                    ITEMS_PER_NOTICE,
                    NOTICES_PER_DAY,
                    ITEMS_PER_DAY ->
                    value;
        };
    }

    /** The other side may have written anything in its place. */
    private static String time(String value) {
        try {
            return Moments.text(Instant.parse(value));
        } catch (DateTimeParseException _) {
            return value;
        }
    }

    /**
     * Why the other side refused a message, in the reader's language.
     *
     * @param rule that it names; absent where it names none
     * @param values of the rule
     * @param reason as it says itself, for a rule that is not known here
     */
    public String refusal(Optional<String> rule, List<String> values, String reason) {
        return rule.flatMap(Texts::rule)
                .filter(_ -> !values.isEmpty())
                .map(known ->
                        error(
                                new Breach(
                                        "",
                                        known,
                                        values.getFirst(),
                                        values.subList(1, values.size()))))
                .orElse(reason);
    }

    private static Optional<Breach.Rule> rule(String word) {
        return Arrays.stream(Breach.Rule.values())
                .filter(rule -> word(rule).equals(word))
                .findFirst();
    }

    public String error(ProblemException e) {
        return find("problem." + e.type(), strings(e.values().toArray()))
                .orElseGet(() -> String.valueOf(e.getMessage()));
    }

    /** What is wrong with a list, a line or an entry, and the way out. */
    public String error(BrokenRule broken) {
        return rule(broken) + "; " + wayOut(broken);
    }

    public String rule(BrokenRule broken) {
        return say("list-rule." + word(broken.rule()), values(broken));
    }

    public String wayOut(BrokenRule broken) {
        return say("list-way-out." + word(broken.rule()), values(broken));
    }

    private Object[] values(BrokenRule broken) {
        return broken.values().stream()
                .map(value ->
                        BrokenRule.isNumber(value) ? Long.valueOf(value) : name("list-word", value))
                .toArray();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /** Numbers stay as they are: a limit of 10000 octets is no sum of money. */
    private Object[] strings(Object... values) {
        Object[] texts = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] =
                    switch (values[i]) {
                        case Instant time -> Moments.text(time);
                        case BrokenRule broken -> error(broken);
                        default -> String.valueOf(values[i]);
                    };
        }
        return texts;
    }
}
