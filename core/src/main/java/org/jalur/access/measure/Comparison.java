package org.jalur.access.measure;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Set;
import org.jalur.access.measure.Verdict.Why;

/**
 * Compares what a resolver answers with what an unfiltered control resolver answers to the same
 * question.
 *
 * @param blockPages known addresses of block pages
 */
public record Comparison(Set<InetAddress> blockPages) {
    public Comparison {
        blockPages = Set.copyOf(blockPages);
    }

    /**
     * @param canary of the same resolver at the same time
     */
    public Verdict of(Heard heard, Heard control, Canary canary) {
        return switch (heard) {
            case Heard.Nothing _ -> new Verdict(Why.NO_ANSWER);
            case Heard.Answer answer -> new Verdict(why(answer, control, canary));
        };
    }

    private Why why(Heard.Answer answer, Heard control, Canary canary) {
        if (answer.errors().stream().anyMatch(ExtendedError::tellsOfABlock)) {
            return Why.EXTENDED_ERROR;
        }
        if (!Collections.disjoint(answer.addresses(), blockPages)) {
            return Why.BLOCK_PAGE;
        }
        if (answer.rcode() != Rcode.NOERROR && answer.rcode() != Rcode.NXDOMAIN) {
            return Why.RESOLVER_FAILED;
        }
        return switch (control) {
            case Heard.Nothing _ -> Why.CONTROL_FAILED;
            case Heard.Answer genuine ->
                    switch (genuine.rcode()) {
                        case NOERROR -> compare(answer, genuine, canary);
                        case NXDOMAIN -> compareMissing(answer, canary);
                        case SERVFAIL, REFUSED, OTHER -> Why.CONTROL_FAILED;
                    };
        };
    }

    /** Only who follows the published version cannot have the name from an older one. */
    private static Why compareMissing(Heard.Answer answer, Canary canary) {
        if (answer.rcode() != Rcode.NXDOMAIN) {
            return Why.OTHER_ADDRESSES;
        }
        return canary == Canary.CURRENT ? Why.SAME_ANSWER : Why.GENUINELY_MISSING;
    }

    private static Why compare(Heard.Answer answer, Heard.Answer genuine, Canary canary) {
        if (answer.rcode() == Rcode.NXDOMAIN) {
            return Why.MISSING;
        }
        if (!answer.hasData() && genuine.hasData()) {
            return Why.EMPTIED;
        }
        boolean common = !Collections.disjoint(answer.addresses(), genuine.addresses());
        boolean sinkhole = !common && answer.addresses().stream().anyMatch(Comparison::isNobodys);
        if (sinkhole) {
            return Why.SINKHOLE;
        }
        boolean same = common || (answer.addresses().isEmpty() && genuine.addresses().isEmpty());
        if (!same || answer.hasData() != genuine.hasData()) {
            return Why.OTHER_ADDRESSES;
        }
        return switch (canary) {
            case BLOCKED, CURRENT, NOT_USED -> Why.SAME_ANSWER;
            case OPEN, UNKNOWN -> Why.ZONE_NOT_FOLLOWED;
        };
    }

    private static boolean isNobodys(InetAddress address) {
        return address.isAnyLocalAddress() || address.isLoopbackAddress();
    }
}
