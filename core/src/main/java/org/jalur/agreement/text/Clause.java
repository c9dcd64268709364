package org.jalur.agreement.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A place in an agreement, from the outside in.
 *
 * @param steps members, and elements of lists by their key
 */
public record Clause(List<Step> steps) {
    static final Clause ROOT = new Clause(List.of());

    public Clause {
        steps = List.copyOf(steps);
    }

    public sealed interface Step {
        record Member(String name) implements Step {}

        record Element(String key) implements Step {}
    }

    Clause member(String name) {
        return with(new Step.Member(name));
    }

    Clause element(String key) {
        return with(new Step.Element(key));
    }

    private Clause with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Clause(longer);
    }

    /** Of the text that names it, for example {@code agreement.clause.categories.definition}. */
    public String textKey() {
        return steps.stream()
                .flatMap(step ->
                        switch (step) {
                            case Step.Member(var name) -> List.of("." + name).stream();
                            case Step.Element _ -> List.<String>of().stream();
                        })
                .collect(Collectors.joining("", "agreement.clause", ""));
    }

    /** The elements on the way, for example {@code terrorism}: values of the text. */
    public List<String> keys() {
        return steps.stream()
                .filter(Step.Element.class::isInstance)
                .map(step -> ((Step.Element) step).key())
                .toList();
    }

    /** For programs, for example {@code categories.terrorism.definition}. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step ->
                        switch (step) {
                            case Step.Member(var name) -> name;
                            case Step.Element(var key) -> key;
                        })
                .collect(Collectors.joining("."));
    }
}
