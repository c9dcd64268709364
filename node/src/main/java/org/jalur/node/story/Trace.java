package org.jalur.node.story;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jalur.access.story.Happening;

/** What a journal holds of a replay, beside the happening of then that it stands for. */
enum Trace {
    NOTICE_SENT(Happening.FIRST_MAIL),
    NOTICE_SEEN(Happening.LAST_MAIL),
    STEP_ANNOUNCED(Happening.LAST_MAIL),
    STEP_APPROVED(Happening.LAST_MAIL),
    STEP_TAKEN(Happening.LAST_MAIL),
    ORDER_SENT(Happening.BLOCK_ORDERED),
    ANNOUNCED(Happening.BLOCK_ORDERED),
    BLOCK_PUBLISHED(Happening.BLOCK_ORDERED),
    NOTICE_TENDERED(Happening.MAILS_DENIED),
    NOTICE_RECEIVED(Happening.MAILS_FOUND),
    CONDITION_MET(Happening.CONDITIONS_NAMED),
    AGREEMENT_SIGNED(Happening.MEETING),
    DRILL_ANSWERED(Happening.MEETING),
    LIST_GONE(Happening.LIFT_ORDERED),
    LIFT_ORDERED(Happening.LIFT_ORDERED),
    LIFT_PUBLISHED(Happening.LIFT_ORDERED),
    REMINDED(Happening.STILL_BLOCKED),
    LIFT_MEASURED(Happening.STILL_BLOCKED);

    private final Happening happening;

    Trace(Happening happening) {
        this.happening = happening;
    }

    Happening happening() {
        return happening;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for what the page does not tell. */
    static Optional<Trace> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
