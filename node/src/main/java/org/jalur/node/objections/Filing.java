package org.jalur.node.objections;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jalur.node.pages.Form;
import org.jalur.node.pages.Texts;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;

/**
 * What somebody files.
 *
 * @param words why the block should go
 * @param name the domain name that it is about; empty for all of the block
 * @param contact an e-mail address, for questions; empty for none
 */
record Filing(Kind kind, String words, String name, String contact) {
    static final int LONGEST = 5_000;
    static final int LONGEST_NAME = 300;
    static final int LONGEST_CONTACT = 254;

    private static final String ADDRESS = "[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]{1,189}";

    /** What is asked for. */
    enum Kind {
        /** The block is wrong. */
        OBJECTION,
        /** What it was for is gone: the names should be open again. */
        NORMALISATION;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String wire) {
            for (Kind kind : values()) {
                if (kind.wire().equals(wire)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** What is wrong with a form, in the reader's language; nothing for one that can be filed. */
    static Map<String, String> errors(Form typed, Texts texts) {
        Map<String, String> errors = new LinkedHashMap<>();
        if (Kind.of(typed.value("objectionKind")).isEmpty()) {
            errors.put("objectionKind", texts.say("objection.wrong.kind"));
        }
        String words = typed.value("objectionWords");
        if (words.isBlank()) {
            errors.put("objectionWords", texts.say("objection.wrong.words"));
        }
        tooLong(errors, texts, "objectionWords", words, LONGEST);
        tooLong(errors, texts, "objectionName", typed.value("objectionName"), LONGEST_NAME);
        String contact = typed.value("objectionContact").strip();
        if (!contact.isEmpty() && !contact.matches(ADDRESS)) {
            errors.put("objectionContact", texts.say("objection.wrong.contact"));
        }
        // People do not see this field; programs that fill in everything do.
        if (!typed.value("website").isEmpty()) {
            errors.put("website", texts.say("objection.wrong.website"));
        }
        return errors;
    }

    /**
     * What a program files.
     *
     * @throws ProblemException 422 that names the member, the rule and the way out
     */
    static Filing of(String kind, String words, String name, String contact) {
        var filing =
                new Filing(
                        Kind.of(kind)
                                .orElseThrow(() ->
                                        unfit(
                                                "kind is \"%s\"; use objection or normalisation"
                                                        .formatted(shortened(kind)))),
                        clean(words),
                        clean(name),
                        contact.strip());
        if (filing.words().isEmpty()) {
            throw unfit("words is empty; say why the block should go");
        }
        requireAtMost("words", words, LONGEST);
        requireAtMost("name", name, LONGEST_NAME);
        requireAtMost("contact", contact, LONGEST_CONTACT);
        if (!filing.contact().isEmpty() && !filing.contact().matches(ADDRESS)) {
            throw unfit("contact is no e-mail address; write one, or leave it out");
        }
        return filing;
    }

    private static void requireAtMost(String member, String text, int most) {
        if (text.length() > most) {
            throw unfit(
                    "%s has %d characters; shorten it to %d"
                            .formatted(member, text.length(), most));
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 40));
    }

    private static ProblemException unfit(String detail) {
        return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-objection", detail);
    }

    private static void tooLong(
            Map<String, String> errors, Texts texts, String field, String text, int most) {
        if (text.length() > most) {
            errors.put(
                    field,
                    texts.say(
                            "objection.wrong.long",
                            Integer.toString(text.length()),
                            Integer.toString(most)));
        }
    }

    /** Of a form that has no errors. */
    static Filing of(Form typed) {
        return new Filing(
                Kind.of(typed.value("objectionKind")).orElseThrow(),
                clean(typed.value("objectionWords")),
                clean(typed.value("objectionName")),
                typed.value("objectionContact").strip());
    }

    /** No database column and no reader can do anything with it. */
    private static String clean(String text) {
        return text.replace("\0", "").strip();
    }
}
