package org.jalur.node.notices;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.PartyId;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channels;
import org.jalur.node.notices.NoticeForm.FileForm;
import org.jalur.node.notices.NoticeForm.ItemForm;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.jalur.notice.Agreement;
import org.jalur.notice.InvalidNoticeException;
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
    private final Channels channels;
    private final Texts texts;

    FormChecks(Agreements agreements, Channels channels, Texts texts) {
        this.agreements = agreements;
        this.channels = channels;
        this.texts = texts;
    }

    /** The agreement with the chosen platform, or with the only one there is. */
    Optional<Agreement> agreement(Answers answers) {
        String platform = answers.value("platform");
        Optional<PartyId> peer =
                platform.isEmpty()
                        ? channels.all().stream().findFirst().map(channel -> channel.peer())
                        : channels.all().stream()
                                .map(channel -> channel.peer())
                                .filter(one -> one.value().equals(platform))
                                .findFirst();
        return peer.flatMap(agreements::with).map(Agreements.Signed::agreement);
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
                Drafts.check(form);
                agreement(answers)
                        .flatMap(agreement -> agreement.breach(form.facts()))
                        .ifPresent(breach -> errors.put(fieldOf(breach), texts.error(breach)));
            } catch (InvalidNoticeException e) {
                errors.put(Step.Field.of(e.field()).name(), texts.error(e));
            }
        }
        return errors;
    }

    /** Whether what is chosen so far lies within the agreement. */
    private Optional<Agreement.Breach> breach(Answers answers) {
        Optional<Agreement> agreement = agreement(answers);
        String category = answers.value("category");
        String instrument = answers.value("instrument");
        return agreement
                .map(one -> one.categories().get(category))
                .filter(known -> !instrument.isEmpty() && !known.bases().contains(instrument))
                .map(known ->
                        new Agreement.Breach(
                                "categories." + category + ".bases",
                                "",
                                instrument,
                                known.bases().stream().sorted().toList()));
    }

    private static String fieldOf(Agreement.Breach breach) {
        return switch (breach.clause()) {
            case "kinds" -> "kind";
            case "categories" -> "category";
            case "organisations" -> "organisation";
            case "languages" -> "language";
            default -> "instrument";
        };
    }
}
