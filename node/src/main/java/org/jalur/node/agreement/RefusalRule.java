package org.jalur.node.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.agreement.InvalidTermException;
import org.jalur.agreement.negotiation.Objection;
import org.jalur.node.exchange.Refusal;

/** Why a proposal, a signature or a termination is not taken, each with what is said in English. */
enum RefusalRule {
    PINNED("names another than this channel has pinned; propose the pinned one"),
    NEXT_VERSION("is %s after %s; the next one is %s after %s"),
    UNKNOWN("of proposal %s " + Objection.UNKNOWN.sentence()),
    REFUSED("of proposal %s " + Objection.REFUSED.sentence()),
    SIGNED("of proposal %s " + Objection.SIGNED.sentence()),
    DECLINED("of proposal %s " + Objection.DECLINED.sentence()),
    VERSION("of proposal %s " + Objection.VERSION.sentence()),
    OTHER_SIGNED("of proposal %s " + Objection.OTHER_SIGNED.sentence()),
    DIGEST("has the digest %s, not %s; read it again"),
    OPEN("is open; call the other side back about its key and propose that"),
    REPRESENTATIVE("do not have \"%s\"; sign as one of them"),
    NOT_CONCLUDED("of proposal %s was not signed by both"),
    NOT_AT_ONCE("does not have %s; agreed are %s"),
    AT_ONCE_DAY("ends it on %s at the earliest, not on %s"),
    NOTICE("is %s: the last day is %s at the earliest, not %s");

    /** Before the name of a rule about a single value of an agreement. */
    static final String TERM = "term_";

    private final String sentence;

    RefusalRule(String sentence) {
        this.sentence = sentence;
    }

    static RefusalRule of(Objection objection) {
        return switch (objection) {
            case UNKNOWN -> UNKNOWN;
            case REFUSED -> REFUSED;
            case SIGNED -> SIGNED;
            case DECLINED -> DECLINED;
            case VERSION -> VERSION;
            case OTHER_SIGNED -> OTHER_SIGNED;
        };
    }

    Refusal broken(String clause, Object... values) {
        List<String> said = Arrays.stream(values).map(String::valueOf).toList();
        return new Refusal(
                clause,
                "%s %s.".formatted(clause, sentence.formatted(said.toArray())),
                Optional.of(new Refusal.Broken(name().toLowerCase(Locale.ROOT), said)));
    }

    /** An agreement that cannot be. */
    static Refusal broken(InvalidTermException e) {
        return new Refusal(
                e.clause(),
                String.valueOf(e.getMessage()),
                Optional.of(
                        new Refusal.Broken(
                                TERM + e.rule().name().toLowerCase(Locale.ROOT),
                                e.values().stream().map(String::valueOf).toList())));
    }
}
