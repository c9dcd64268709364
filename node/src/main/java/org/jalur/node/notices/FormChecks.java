package org.jalur.node.notices;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Category;
import org.jalur.agreement.check.Answer;
import org.jalur.agreement.check.Breach;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.agreement.Filings;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.Rule;
import org.springframework.stereotype.Component;

/** What is still missing in a form or wrong with it, told before anything is sent. */
@Component
class FormChecks {
    private static final Set<String> OPTIONAL =
            Set.of(
                    "letterNumber",
                    "letterDate",
                    "scope",
                    "nonDisclosureGround",
                    "nonDisclosureUntil",
                    "files");

    private final Agreements agreements;
    private final Filings filings;
    private final Channels channels;
    private final Texts texts;
    private final Clock clock;

    FormChecks(
            Agreements agreements, Filings filings, Channels channels, Texts texts, Clock clock) {
        this.agreements = agreements;
        this.filings = filings;
        this.channels = channels;
        this.texts = texts;
        this.clock = clock;
    }

    /** The agreement with the chosen platform, or with the only one there is. */
    Optional<Agreement> agreement(Answers answers) {
        return channel(answers)
                .flatMap(channel -> agreements.with(channel.peer()))
                .map(Agreements.Signed::agreement);
    }

    private Optional<Channel> channel(Answers answers) {
        String platform = answers.value("platform");
        return channels.all().stream()
                .filter(one -> platform.isEmpty() || one.peer().value().equals(platform))
                .findFirst();
    }

    /** What is wrong with the fields of one step, in the order in which it asks for them. */
    Map<String, String> of(Step step, Answers answers, int items) {
        Map<String, String> errors = new LinkedHashMap<>();
        for (String field : step.fields()) {
            if (!OPTIONAL.contains(field)
                    && !field.equals("items")
                    && answers.value(field).isEmpty()) {
                errors.put(field, texts.say("rule.missing"));
            }
        }
        switch (step) {
            case GROUND ->
                    breach(answers)
                            .ifPresent(breach ->
                                    errors.putIfAbsent(fieldOf(breach), texts.error(breach)));
            case ISSUER -> both(answers, "letterNumber", "letterDate", errors);
            case REASONS -> {
                if (answers.value("nonDisclosure").equals("yes")) {
                    for (String field : List.of("nonDisclosureGround", "nonDisclosureUntil")) {
                        if (answers.value(field).isEmpty()) {
                            errors.put(field, texts.say("rule.missing"));
                        }
                    }
                }
            }
            case ITEMS -> {
                if (items == 0 || items > NoticeFacts.MAX_ITEMS) {
                    errors.put(
                            "items",
                            texts.error(
                                    new InvalidNoticeException(
                                            "items",
                                            Rule.ITEM_COUNT,
                                            items,
                                            NoticeFacts.MAX_ITEMS)));
                }
            }
            case CHECK -> {}
        }
        return errors;
    }

    private void both(Answers answers, String first, String second, Map<String, String> errors) {
        boolean one = !answers.value(first).isEmpty();
        boolean other = !answers.value(second).isEmpty();
        if (one != other) {
            errors.put(one ? second : first, texts.say("rule.missing"));
        }
    }

    /** Everything that stands between the form and a draft, by field. */
    Map<String, String> all(Answers answers, List<ItemForm> items, List<FileForm> files) {
        Map<String, String> errors = new LinkedHashMap<>();
        for (Step step : Step.values()) {
            errors.putAll(of(step, answers, items.size()));
        }
        if (errors.isEmpty()) {
            try {
                NoticeForm form = answers.form(items, files, Moments.zone());
                breaches(answers, form, Drafts.check(form))
                        .forEach(
                                breach -> errors.putIfAbsent(fieldOf(breach), texts.error(breach)));
            } catch (InvalidNoticeException e) {
                errors.put(Step.Field.of(e.field()).name(), texts.error(e));
            }
        }
        return errors;
    }

    private List<Breach> breaches(Answers answers, NoticeForm form, List<Item> items) {
        Optional<Agreement> agreement = agreement(answers);
        if (agreement.isEmpty()) {
            return List.of();
        }
        return switch (filings.ask(
                channel(answers).orElseThrow(),
                agreement.get(),
                form.facts(),
                Drafts.reasons(form),
                items,
                clock.instant())) {
            case Answer.Covered _ -> List.of();
            case Answer.Refused(var breaches) -> breaches;
        };
    }

    /** Whether what is chosen so far lies within the agreement. */
    private Optional<Breach> breach(Answers answers) {
        String instrument = answers.value("instrument");
        return agreement(answers)
                .flatMap(one -> one.category(answers.value("category")))
                .filter(_ -> !instrument.isEmpty())
                .filter(known ->
                        known.bases().stream()
                                .noneMatch(one -> one.instrument().equals(instrument)))
                .map(known ->
                        new Breach(
                                "categories." + known.code() + ".bases",
                                Breach.Rule.LEGAL_BASIS,
                                instrument,
                                known.bases().stream().map(Category.LegalBasis::key).toList()));
    }

    private static String fieldOf(Breach breach) {
        return switch (breach.rule()) {
            case IN_FORCE -> "platform";
            case KIND -> "kind";
            case CATEGORY -> "category";
            case LEGAL_BASIS -> "instrument";
            case ARTICLE -> "article";
            case ORGANISATION, ORGANISATION_KIND, ORGANISATION_CATEGORY, NOTICES_PER_DAY ->
                    "organisation";
            case LANGUAGE -> "language";
            case NON_DISCLOSURE, NO_NON_DISCLOSURE -> "nonDisclosureUntil";
            case NOTHING_TO_RENEW,
                    NO_RENEWAL,
                    RENEWED,
                    RENEWAL_TOO_LATE,
                    RENEWAL_NOT_LATER,
                    RENEWAL,
                    INTERIM_CATEGORY,
                    INTERIM_URGENCY,
                    INTERIM_ITEM,
                    INTERIM_TWICE,
                    INTERIM_DECIDED,
                    INTERIM_TOO_LONG ->
                    throw new IllegalArgumentException("no rule of a notice: " + breach.rule());
            case OFFICIAL_LETTER -> "letterNumber";
            case PLATFORM_ID, SCREENSHOT, ITEMS_PER_NOTICE, ITEMS_PER_DAY -> "items";
        };
    }
}
