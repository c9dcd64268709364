package org.jalur.node.cases;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jalur.node.agreement.Agreements;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Texts;
import org.jalur.node.screening.SignatureModes;
import org.jalur.notice.DecisionFacts;
import org.jalur.notice.DecisionReasons;
import org.jalur.notice.InterimFacts;
import org.jalur.notice.InterimReasons;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Outcome;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Urgency;
import org.springframework.stereotype.Component;

/**
 * A decision as it was typed on the case page.
 *
 * @param values by field
 * @param numbers of the ticked items; decided when the scope is "chosen"
 */
record TypedDecision(Map<String, String> values, List<String> numbers) {
    private static final Set<String> FIELDS =
            Set.of(
                    "which",
                    "outcome",
                    "ground",
                    "countries",
                    "policy",
                    "reason",
                    "fileMode",
                    "pictureMode",
                    "textMode",
                    "urlMode");

    TypedDecision {
        var kept = new HashMap<>(values);
        kept.keySet().retainAll(FIELDS);
        values = Map.copyOf(kept);
        numbers = numbers.stream().filter(number -> number.matches("[0-9]{1,5}")).toList();
    }

    String value(String name) {
        return values.getOrDefault(name, "").strip();
    }

    private boolean all() {
        return value("which").equals("all");
    }

    /** The ticked items; empty for every item that is still open. */
    Optional<List<Integer>> items() {
        return all()
                ? Optional.empty()
                : Optional.of(numbers.stream().map(Integer::valueOf).toList());
    }

    Outcome outcome() {
        return Outcome.valueOf(value("outcome").toUpperCase(Locale.ROOT));
    }

    private boolean isBlock() {
        return outcome() == Outcome.BLOCKED || outcome() == Outcome.WITHHELD;
    }

    private List<String> countries() {
        return outcome() == Outcome.WITHHELD ? split(value("countries")) : List.of();
    }

    private static List<String> split(String codes) {
        return Arrays.stream(codes.toUpperCase(Locale.ROOT).split("[\\s,;]+"))
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private Optional<RefusalGround> ground() {
        return outcome() == Outcome.REFUSED
                ? Arrays.stream(RefusalGround.values())
                        .filter(one -> one.name().equalsIgnoreCase(value("ground")))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * The form with what is wrong in it.
     *
     * @param usual the reason of a block that the form began with: nobody means it for anything
     *     else
     */
    Form check(Texts texts, String usual) {
        Form form = checkWhich(texts);
        if (Arrays.stream(Outcome.values())
                .noneMatch(one -> one.name().equalsIgnoreCase(value("outcome")))) {
            return form.wrong("outcome", texts.say("rule.missing"));
        }
        if (outcome() == Outcome.REFUSED && ground().isEmpty()) {
            form = form.wrong("ground", texts.say("rule.ground"));
        }
        if (outcome() == Outcome.WITHHELD && countries().isEmpty()) {
            form = form.wrong("countries", texts.say("rule.withholding"));
        }
        if (!isBlock() && value("reason").equals(usual)) {
            form = form.wrong("reason", texts.say("rule.reason-of-block"));
        }
        try {
            new DecisionReasons(1, value("policy"), value("reason"), "", Optional.empty());
            if (!form.isWrong()) {
                new DecisionFacts(1, outcome(), ground(), countries(), "", Instant.EPOCH);
            }
        } catch (InvalidNoticeException e) {
            form = form.wrong(e.field(), texts.error(e));
        }
        return form;
    }

    private Form checkWhich(Texts texts) {
        Form form = Form.of(values);
        if (!value("which").matches("all|chosen")) {
            form = form.wrong("which", texts.say("rule.missing"));
        } else if (all() != numbers.isEmpty()) {
            form = form.wrong("which", texts.say(all() ? "rule.scope-all" : "rule.scope-none"));
        }
        return form;
    }

    /** The same for what is withheld before it is decided; the outcome is still open. */
    Form checkInterim(Texts texts) {
        Form form = checkWhich(texts);
        try {
            new InterimReasons(value("policy"), value("reason"), "");
            new InterimFacts(
                    1,
                    interimCountries(),
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty(),
                    Instant.EPOCH);
        } catch (InvalidNoticeException e) {
            form = form.wrong(e.field(), texts.error(e));
        }
        return form;
    }

    private List<String> interimCountries() {
        return split(value("countries"));
    }

    InterimForm interim() {
        return new InterimForm(
                items(),
                interimCountries().isEmpty() ? Optional.empty() : Optional.of(interimCountries()),
                value("policy"),
                value("reason"));
    }

    DecisionForm form() {
        return new DecisionForm(
                List.of(
                        new DecisionForm.Group(
                                items(),
                                outcome(),
                                ground(),
                                countries().isEmpty() ? Optional.empty() : Optional.of(countries()),
                                value("policy"),
                                value("reason"),
                                Optional.of(
                                        new SignatureModes(
                                                mode("fileMode"),
                                                mode("pictureMode"),
                                                mode("textMode"),
                                                mode("urlMode"))))));
    }

    private Optional<String> mode(String name) {
        return Optional.of(value(name)).filter(mode -> !mode.isEmpty());
    }

    /** What the fields of a decision and of the queue's filter offer. */
    @Component
    static class Choices {
        private final Texts texts;
        private final Agreements agreements;
        private final Channels channels;

        Choices(Texts texts, Agreements agreements, Channels channels) {
            this.texts = texts;
            this.agreements = agreements;
            this.channels = channels;
        }

        Map<String, List<Form.Option>> options() {
            List<Form.Option> modes =
                    List.of("none", "shadow", "review", "hold", "block").stream()
                            .map(mode -> new Form.Option(mode, texts.name("mode", mode)))
                            .toList();
            return Map.of(
                    "which",
                            List.of("all", "chosen").stream()
                                    .map(one -> new Form.Option(one, texts.name("which", one)))
                                    .toList(),
                    "outcome", named("outcome", Arrays.asList(Outcome.values())),
                    "ground", named("ground", Arrays.asList(RefusalGround.values())),
                    "modes", modes);
        }

        Map<String, List<Form.Option>> filters() {
            Map<String, Form.Option> categories = new TreeMap<>();
            channels.all().stream()
                    .flatMap(channel -> agreements.with(channel.peer()).stream())
                    .forEach(signed ->
                            signed.agreement()
                                    .categories()
                                    .forEach(one ->
                                            categories.put(
                                                    one.code(),
                                                    new Form.Option(
                                                            one.code(),
                                                            texts.category(
                                                                    one.code(), one.name())))));
            return Map.of(
                    "category", List.copyOf(categories.values()),
                    "urgency", named("urgency", Arrays.asList(Urgency.values())),
                    "kind", named("kind", Arrays.asList(NoticeKind.values())));
        }

        private List<Form.Option> named(String family, Collection<? extends Enum<?>> values) {
            return values.stream()
                    .map(one ->
                            new Form.Option(
                                    one.name().toLowerCase(Locale.ROOT), texts.name(family, one)))
                    .toList();
        }

        /** Why most items are blocked. */
        String reason(CaseViews.Detail detail) {
            return texts.say("decide.usual", texts.name("category", detail.summary().category()));
        }

        /** What most decisions say, so that a plain case needs few keys. */
        Form usual(CaseViews.Detail detail) {
            return Form.of(
                    Map.of(
                            "which",
                            "all",
                            "policy",
                            detail.facts()
                                    .map(facts ->
                                            facts.legalBasis().instrument()
                                                    + ", "
                                                    + facts.legalBasis().article())
                                    .orElse(""),
                            "reason",
                            reason(detail),
                            "fileMode",
                            "block",
                            "pictureMode",
                            "review",
                            "textMode",
                            "review",
                            "urlMode",
                            "review"));
        }
    }
}
