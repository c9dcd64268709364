package org.jalur.node.notices;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Category;
import org.jalur.agreement.KindTerms;
import org.jalur.agreement.Organisation;
import org.jalur.node.accounts.Accounts;
import org.jalur.node.accounts.Caller;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.Register;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts.IssuingBody;
import org.jalur.notice.Urgency;
import org.springframework.stereotype.Component;

/** What the fields of the notice form offer: what is agreed, and nothing else. */
@Component
class FormChoices {
    private final Channels channels;
    private final Register register;
    private final FormChecks checks;
    private final Accounts accounts;
    private final Texts texts;

    FormChoices(
            Channels channels,
            Register register,
            FormChecks checks,
            Accounts accounts,
            Texts texts) {
        this.channels = channels;
        this.register = register;
        this.checks = checks;
        this.accounts = accounts;
        this.texts = texts;
    }

    /** What most notices have. */
    Answers usual() {
        Map<String, String> usual = new HashMap<>();
        usual.put("urgency", "normal");
        usual.put("nonDisclosure", "no");
        usual.put("language", "id");
        if (channels.all().size() == 1) {
            usual.put("platform", channels.all().getFirst().peer().value());
        }
        return new Answers(usual);
    }

    /** By field. */
    Map<String, List<Form.Option>> of(Step step, Answers answers) {
        Optional<Agreement> agreement = checks.agreement(answers);
        Map<String, List<Form.Option>> options = new HashMap<>();
        switch (step) {
            case GROUND -> {
                options.put("platform", platforms());
                options.put(
                        "kind",
                        agreement
                                .map(one ->
                                        named(
                                                "kind",
                                                one.kinds().stream().map(KindTerms::kind).toList()))
                                .orElse(List.of()));
                options.put("urgency", named("urgency", Arrays.asList(Urgency.values())));
                options.put("category", agreement.map(this::categories).orElse(List.of()));
                options.put("instrument", agreement.map(FormChoices::bases).orElse(List.of()));
                options.put("organisation", agreement.map(this::organisations).orElse(List.of()));
            }
            case ISSUER ->
                    options.put(
                            "issuerType",
                            named("issuer", Arrays.asList(IssuingBody.Type.values())));
            case REASONS -> {
                options.put(
                        "language",
                        agreement
                                .map(one -> languages(one.languages().notices()))
                                .orElse(List.of()));
                options.put(
                        "nonDisclosure",
                        List.of(
                                new Form.Option("no", texts.say("non-disclosure.no")),
                                new Form.Option("yes", texts.say("non-disclosure.yes"))));
            }
            case ITEMS, CHECK -> {}
        }
        return options;
    }

    List<Form.Option> itemKinds() {
        return named("item-kind", Arrays.asList(ItemKind.values()));
    }

    private List<Form.Option> platforms() {
        return channels.all().stream()
                .map(channel -> channel.peer())
                .map(peer ->
                        new Form.Option(
                                peer.value(),
                                register.peer(peer).map(one -> one.name()).orElse(peer.value())))
                .toList();
    }

    private List<Form.Option> named(String family, java.util.Collection<? extends Enum<?>> values) {
        return values.stream()
                .sorted()
                .map(one ->
                        new Form.Option(
                                one.name().toLowerCase(Locale.ROOT), texts.name(family, one)))
                .toList();
    }

    private List<Form.Option> categories(Agreement agreement) {
        return agreement.categories().stream()
                .map(one -> new Form.Option(one.code(), texts.category(one.code(), one.name())))
                .toList();
    }

    private static List<Form.Option> bases(Agreement agreement) {
        return plain(
                agreement.categories().stream()
                        .flatMap(category -> category.bases().stream())
                        .map(Category.LegalBasis::instrument)
                        .collect(Collectors.toSet()));
    }

    /** Those of the agreement to which the officer belongs. */
    private List<Form.Option> organisations(Agreement agreement) {
        Set<String> own = accounts.organisations(Caller.current().account());
        return plain(
                agreement.organisations().stream()
                        .map(Organisation::name)
                        .filter(own::contains)
                        .collect(Collectors.toSet()));
    }

    private static List<Form.Option> plain(Set<String> values) {
        return values.stream().sorted().map(one -> new Form.Option(one, one)).toList();
    }

    private List<Form.Option> languages(Set<String> codes) {
        return codes.stream()
                .sorted()
                .map(code -> new Form.Option(code, texts.name("language", code)))
                .toList();
    }
}
