package org.jalur.node.notices;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.node.notices.NoticeForm.LetterForm;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeFacts.IssuingBody;
import org.jalur.notice.NoticeFacts.LegalBasis;
import org.jalur.notice.NoticeFacts.NonDisclosure;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Rule;
import org.jalur.notice.Urgency;

/**
 * What an officer typed so far, field by field.
 *
 * @param values as typed; absent is empty
 */
record Answers(Map<String, String> values) {
    Answers {
        values = Map.copyOf(values);
    }

    public String value(String name) {
        return values.getOrDefault(name, "").strip();
    }

    private Optional<String> optional(String name) {
        return Optional.of(value(name)).filter(text -> !text.isEmpty());
    }

    private String required(String name) {
        return optional(name).orElseThrow(() -> new InvalidNoticeException(name, Rule.MISSING));
    }

    private <E extends Enum<E>> E choice(String name, Class<E> kind) {
        String text = required(name);
        return Arrays.stream(kind.getEnumConstants())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidNoticeException(
                                name,
                                Rule.CHOICE,
                                text,
                                Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    private LocalDate date(String name) {
        String text = required(name);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw new InvalidNoticeException(name, Rule.DATE, text);
        }
    }

    /** The last moment of a day, where the officer is. */
    private Instant endOf(String name, ZoneId zone) {
        return date(name).atTime(LocalTime.MAX.withNano(0)).atZone(zone).toInstant();
    }

    /**
     * The form as the API takes it.
     *
     * @param zone of the dates
     * @throws InvalidNoticeException for the first field that is missing or wrong
     */
    NoticeForm form(List<ItemForm> items, List<FileForm> files, ZoneId zone) {
        boolean letter =
                List.of("letterNumber", "letterDate", "letterFile").stream()
                        .anyMatch(name -> optional(name).isPresent());
        boolean silent = value("nonDisclosure").equals("yes");
        return new NoticeForm(
                optional("platform"),
                choice("kind", NoticeKind.class),
                Optional.of(choice("urgency", Urgency.class)),
                required("category"),
                new LegalBasis(required("instrument"), required("article")),
                new IssuingBody(required("issuer"), choice("issuerType", IssuingBody.Type.class)),
                required("organisation"),
                letter
                        ? Optional.of(
                                new LetterForm(
                                        required("letterNumber"),
                                        date("letterDate"),
                                        optional("letterFile")))
                        : Optional.empty(),
                required("reference"),
                required("reasons"),
                required("language"),
                Optional.of(countries()),
                required("redress"),
                required("contact"),
                silent
                        ? Optional.of(
                                new NonDisclosure(
                                        required("nonDisclosureGround"),
                                        endOf("nonDisclosureUntil", zone)))
                        : Optional.empty(),
                Optional.of(items),
                Optional.empty(),
                Optional.of(files));
    }

    private List<String> countries() {
        return Arrays.stream(value("scope").toUpperCase(Locale.ROOT).split("[\\s,;]+"))
                .filter(code -> !code.isEmpty())
                .toList();
    }

    /**
     * The answers that would make this form.
     *
     * @param zone of the dates: the same as in {@link #form}, or every edit moves them
     */
    static Answers of(NoticeForm form, ZoneId zone) {
        NoticeFacts facts = form.facts(1);
        Map<String, String> values = new HashMap<>();
        form.platform().ifPresent(platform -> values.put("platform", platform));
        values.put("kind", word(facts.kind()));
        values.put("urgency", word(facts.urgency()));
        values.put("category", facts.category());
        values.put("instrument", facts.legalBasis().instrument());
        values.put("article", facts.legalBasis().article());
        values.put("issuer", facts.issuingBody().name());
        values.put("issuerType", word(facts.issuingBody().type()));
        values.put("organisation", facts.organisation());
        form.letter()
                .ifPresent(letter -> {
                    values.put("letterNumber", letter.number());
                    values.put("letterDate", letter.date().toString());
                    letter.file().ifPresent(file -> values.put("letterFile", file));
                });
        values.put("reference", facts.reference());
        values.put("reasons", form.reasons());
        values.put("language", facts.language());
        values.put("scope", String.join(", ", facts.territorialScope()));
        values.put("redress", facts.redress());
        values.put("contact", form.contact());
        values.put("nonDisclosure", facts.nonDisclosure().isPresent() ? "yes" : "no");
        facts.nonDisclosure()
                .ifPresent(silence -> {
                    values.put("nonDisclosureGround", silence.ground());
                    values.put(
                            "nonDisclosureUntil",
                            silence.until().atZone(zone).toLocalDate().toString());
                });
        return new Answers(values);
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
