package org.jalur.node.dialogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Texts that are ready for what is asked and answered most; everybody changes them first. */
public enum Template {
    WHICH_POST(Use.QUESTION),
    LETTER_MISSING(Use.QUESTION),
    TRANSLATE(Use.QUESTION),
    SCREENSHOT(Use.QUESTION),
    WHICH_LAW(Use.QUESTION),
    STILL_NEEDED(Use.QUESTION),
    THIS_POST(Use.ANSWER),
    LETTER_HERE(Use.ANSWER),
    TRANSLATION_HERE(Use.ANSWER),
    SCREENSHOT_HERE(Use.ANSWER),
    ANSWER_LATER(Use.ANSWER);

    /** What a template is for. */
    public enum Use {
        QUESTION,
        ANSWER
    }

    private final Use use;

    Template(Use use) {
        this.use = use;
    }

    /** As it stands in addresses and in the names of its texts. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<Template> of(Use use) {
        return Arrays.stream(values()).filter(one -> one.use == use).toList();
    }

    static Optional<Template> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
