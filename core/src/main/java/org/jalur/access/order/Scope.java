package org.jalur.access.order;

/**
 * What an order means to reach, and what it will reach besides: resolvers see names, not services.
 *
 * @param alsoHits in words, for the approvers and the public
 */
public record Scope(Meant meant, String alsoHits) {
    public Scope {
        Require.words("scope.alsoHits", alsoHits, Require.TEXT);
    }

    public enum Meant {
        /** Pages in a browser; what else uses these names is hit against the intention. */
        WEB_ONLY,
        EVERY_SERVICE
    }
}
