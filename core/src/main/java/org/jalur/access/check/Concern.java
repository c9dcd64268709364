package org.jalur.access.check;

/** What can be wrong with blocking a name, how much it weighs, and what is said in English. */
public enum Concern {
    /** The values: what is wrong with it. */
    MALFORMED(Weight.FORBIDS, "cannot be read as a domain name: %s"),
    TOO_LONG_FOR_ZONE(
            Weight.FORBIDS,
            "has %s characters; the zone has room for %s, and one name too long can stop it from loading"),
    PUBLIC_SUFFIX(
            Weight.FORBIDS,
            "is a name under which strangers register theirs; name the domains that are meant"),
    SUFFIX_BELOW(
            Weight.FORBIDS,
            "has %s below it, where strangers have names; leave the subdomains out"),
    INFRASTRUCTURE(Weight.FORBIDS, "serves the network itself; it cannot be blocked"),
    OWN_NAME(Weight.FORBIDS, "hits the authority's own %s; leave it out"),
    RESOLVER_NAME(Weight.FORBIDS, "hits the resolver %s, which could not be reached to lift it"),
    CONTROL(Weight.FORBIDS, "hits %s, which must stay reachable; name the hosts that are meant"),
    SHARED_HOST(
            Weight.FORBIDS,
            "hits every name on the shared host %s; leave the subdomains out or name one host"),
    SHARED_NAME(Weight.NEEDS_REASON, "is shared: %s"),
    EVERY_SUBDOMAIN(
            Weight.NEEDS_REASON,
            "hits all names below it, also those that nobody knows yet; say why exact names do not do"),
    REGISTRABLE_DOMAIN(
            Weight.NEEDS_REASON,
            "is all of what its owner registered; say why single hosts do not do"),
    POPULAR_NAME(Weight.NEEDS_REASON, "hits the popular %s"),
    /** The values: the reference of the other order. */
    ORDERED_ALREADY(
            Weight.NEEDS_REASON,
            "is blocked already by the order %s and opens only when both are lifted; a renewal prolongs that one"),
    POPULAR_SIBLING(Weight.NOTES, "stands beside the popular %s, which stays reachable"),
    LEAVES_SUBDOMAINS(Weight.NOTES, "is blocked by itself; names below it stay reachable"),
    COVERED(Weight.NOTES, "is hit by %s already"),
    TWICE(Weight.NOTES, "is there twice; one is enough");

    private final Weight weight;
    private final String sentence;

    Concern(Weight weight, String sentence) {
        this.weight = weight;
        this.sentence = sentence;
    }

    public Weight weight() {
        return weight;
    }

    String say(String name, Object... values) {
        return name + " " + sentence.formatted(values);
    }

    /** From the heaviest. */
    public enum Weight {
        /** The order cannot be approved. */
        FORBIDS,
        /** It can, with a reason in writing. */
        NEEDS_REASON,
        /** Approvers should know. */
        NOTES
    }
}
