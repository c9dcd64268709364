package org.jalur.node.agreement;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.template.Mark;
import org.jalur.agreement.template.Source;
import org.jalur.agreement.template.Template;
import org.jalur.agreement.text.Change;
import org.jalur.agreement.text.Clause;
import org.jalur.agreement.text.Comparison;
import org.jalur.agreement.text.Outline;
import org.jalur.agreement.text.Value;
import org.jalur.node.exchange.Refusal;
import org.jalur.node.pages.Moments;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.stereotype.Component;

/** Agreements, and what changed in them, in the reader's words. */
@Component
class AgreementWords {
    private static final List<String> KEYED =
            List.of("notice_kind", "cause", "silence", "day_of_week");

    private final Texts texts;
    private final Moments moments;

    AgreementWords(Texts texts, Moments moments) {
        this.texts = texts;
        this.moments = moments;
    }

    /**
     * One of the agreement's clauses of the first level.
     *
     * @param name as programs know it, for links
     */
    record Section(String name, String title, List<Group> groups) {
        Section {
            groups = List.copyOf(groups);
        }
    }

    /**
     * What belongs to one element of a list, or to none.
     *
     * @param heading empty if it belongs to none
     */
    record Group(String heading, List<Line> lines) {
        Group {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param origin of a template's value: "seen" to "given"; empty in an agreement
     * @param source where a template has it from; may be empty
     */
    record Line(String label, String value, String origin, String source) {}

    List<Section> document(Agreement agreement) {
        return document(agreement, _ -> Optional.empty());
    }

    List<Section> document(Template template) {
        return document(template.agreement(), clause -> Optional.of(template.mark(clause)));
    }

    private List<Section> document(Agreement agreement, Function<Clause, Optional<Mark>> marks) {
        Map<String, Map<String, List<Line>>> sections = new LinkedHashMap<>();
        for (Outline.Line line : Outline.of(agreement)) {
            Clause clause = line.clause();
            Optional<Mark> mark = marks.apply(clause);
            sections.computeIfAbsent(section(clause), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(heading(clause), _ -> new ArrayList<>())
                    .add(
                            new Line(
                                    texts.say(clause.textKey()),
                                    say(line.value()),
                                    mark.map(one -> Acts.wire(one.origin())).orElse(""),
                                    mark.filter(one -> one.source() != Source.GIVEN)
                                            .map(one -> texts.say(one.source().textKey()))
                                            .orElse("")));
        }
        return sections.entrySet().stream()
                .map(section ->
                        new Section(
                                section.getKey(),
                                texts.say("agreement.clause." + section.getKey()),
                                section.getValue().entrySet().stream()
                                        .map(group -> new Group(group.getKey(), group.getValue()))
                                        .toList()))
                .toList();
    }

    private static String section(Clause clause) {
        return clause.textKey().split("\\.")[2];
    }

    private String heading(Clause clause) {
        return clause.keys().stream().map(this::key).collect(Collectors.joining(" › "));
    }

    /** The key of an element: mostly a name, sometimes one of a fixed set. */
    private String key(String key) {
        String[] deadline = key.split("/");
        if (deadline.length == 3) {
            return texts.say(
                    "agreements.deadline",
                    deadline[0].equals("*") ? texts.say("agreements.all") : deadline[0],
                    deadline[1].equals("*")
                            ? texts.say("agreements.all")
                            : texts.name("agreement.value.notice_kind", deadline[1]),
                    texts.name("agreement.value.urgency", deadline[2]));
        }
        for (String family : KEYED) {
            String word = texts.name("agreement.value." + family, key);
            if (!word.equals(key)) {
                return word;
            }
        }
        return key;
    }

    /** Every change as one sentence. */
    List<String> changes(Agreement before, Agreement after) {
        return Comparison.of(before, after).stream().map(this::sentence).toList();
    }

    private String sentence(Change change) {
        List<String> said = new ArrayList<>();
        Clause clause = change.clause();
        String heading = heading(clause);
        String section = texts.say("agreement.clause." + section(clause));
        String label = texts.say(clause.textKey());
        said.add(
                section
                        + (heading.isEmpty() ? "" : " › " + heading)
                        + (label.equals(section) ? "" : " › " + label));
        change.values().forEach(value -> said.add(say(value)));
        return texts.say(change.textKey(), said.toArray());
    }

    String say(Value value) {
        return switch (value) {
            case Value.Words(var text) -> text;
            case Value.Count(var number) -> String.valueOf(number);
            case Value.Time(var time) -> say(time);
            case Value.Days(var period) -> say(period);
            case Value.Day(var date) -> moments.date(date);
            case Value.TimeOfDay(var time) -> time.toString();
            case Value.Choice(var textKey) -> texts.say(textKey);
            case Value.Several(var values) ->
                    values.isEmpty()
                            ? texts.say("agreement.none")
                            : values.stream().map(this::say).collect(Collectors.joining("; "));
            case Value.Whole(var textKey, var members) -> {
                List<String> parts = new ArrayList<>();
                textKey.ifPresent(key -> parts.add(texts.say(key)));
                members.forEach(member ->
                        parts.add(texts.say(member.textKey()) + " " + say(member.value())));
                yield String.join(", ", parts);
            }
        };
    }

    private String say(Duration time) {
        Duration length = time.abs();
        List<String> parts = new ArrayList<>();
        add(parts, "agreements.days", length.toDays());
        add(parts, "agreements.hours", length.toHoursPart());
        add(parts, "agreements.minutes", length.toMinutesPart());
        add(parts, "agreements.seconds", length.toSecondsPart());
        String words =
                parts.isEmpty() ? texts.say("agreements.seconds", "0") : String.join(" ", parts);
        return time.isNegative() ? texts.say("agreements.before", words) : words;
    }

    private String say(Period period) {
        List<String> parts = new ArrayList<>();
        add(parts, "agreements.years", period.getYears());
        add(parts, "agreements.months", period.getMonths());
        add(parts, "agreements.days", period.getDays());
        return String.join(" ", parts);
    }

    private void add(List<String> parts, String key, long number) {
        if (number != 0) {
            parts.add(texts.say(key, String.valueOf(number)));
        }
    }

    /** Why something was refused; by its rule's name where it has one, else as it was said. */
    String refusal(Refusal said) {
        return said.broken()
                .flatMap(broken -> refusal(said.clause(), broken))
                .orElse(said.reason());
    }

    /** Empty for a rule that a later version may know. */
    private Optional<String> refusal(String clause, Refusal.Broken broken) {
        boolean term = broken.rule().startsWith(RefusalRule.TERM);
        String key =
                term
                        ? "term-rule." + broken.rule().substring(RefusalRule.TERM.length())
                        : "agreement-refusal." + broken.rule();
        var values = new ArrayList<Object>(List.of(clause));
        values.addAll(broken.values());
        return texts.find(key, values.toArray());
    }

    /** Of this side's own act: with what its rule says where it breaks one. */
    String error(ProblemException e) {
        return e.values().stream()
                .flatMap(value -> value instanceof Refusal said ? Stream.of(said) : Stream.empty())
                .map(this::refusal)
                .findFirst()
                .orElseGet(() -> texts.error(e));
    }

    /** What no agreement can have: the clause, the value, the rule and the way out. */
    String error(InvalidTermException e) {
        Object[] said = new Object[1 + e.values().size()];
        said[0] = e.clause();
        for (int i = 1; i < said.length; i++) {
            said[i] = String.valueOf(e.values().get(i - 1));
        }
        return texts.say("term-rule." + Acts.wire(e.rule()), said);
    }
}
