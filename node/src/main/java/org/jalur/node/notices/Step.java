package org.jalur.node.notices;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The steps of the notice form, each with the fields it asks for. */
enum Step {
    /** What is asked, and on which ground. */
    GROUND("platform", "kind", "urgency", "category", "instrument", "article", "organisation"),
    /** Who orders it. */
    ISSUER("issuer", "issuerType", "letterNumber", "letterDate", "reference", "contact", "redress"),
    /** Why, where, and whether the user is told. */
    REASONS(
            "language",
            "reasons",
            "scope",
            "nonDisclosure",
            "nonDisclosureGround",
            "nonDisclosureUntil"),
    /** What it is about. */
    ITEMS("items", "files"),
    /** Exactly what will be signed. */
    CHECK;

    private final String fields;

    Step(String... fields) {
        this.fields = String.join(" ", fields);
    }

    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> fields() {
        return fields.isEmpty() ? List.of() : List.of(fields.split(" "));
    }

    Step next() {
        return switch (this) {
            case GROUND -> ISSUER;
            case ISSUER -> REASONS;
            case REASONS -> ITEMS;
            case ITEMS, CHECK -> CHECK;
        };
    }

    static Optional<Step> of(String path) {
        return Arrays.stream(values()).filter(step -> step.path().equals(path)).findFirst();
    }

    /** Where a field is mended. */
    static Step of(Field field) {
        return Arrays.stream(values())
                .filter(step -> step.fields().contains(field.name()))
                .findFirst()
                .orElse(ITEMS);
    }

    /**
     * A field of the form.
     *
     * @param name as the page knows it
     */
    record Field(String name) {
        /** Of the API's name, for example {@code legalBasis.article}. */
        static Field of(String name) {
            return new Field(
                    switch (name) {
                        case "legalBasis.instrument", "legalBasis" -> "instrument";
                        case "legalBasis.article" -> "article";
                        case "issuingBody.name", "issuingBody" -> "issuer";
                        case "letter.number" -> "letterNumber";
                        case "letter.date" -> "letterDate";
                        case "letter.file" -> "files";
                        case "territorialScope" -> "scope";
                        case "nonDisclosure.ground" -> "nonDisclosureGround";
                        case "nonDisclosure.until" -> "nonDisclosureUntil";
                        default -> {
                            if (name.startsWith("items")) {
                                yield "items";
                            }
                            yield name.startsWith("files") ? "files" : name;
                        }
                    });
        }
    }
}
