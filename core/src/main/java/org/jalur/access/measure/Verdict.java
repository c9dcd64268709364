package org.jalur.access.measure;

/** What one answer means, and why. */
public record Verdict(NameState state, Why why) {
    Verdict(Why why) {
        this(why.state, why);
    }

    /** Each reason leads to one state. */
    public enum Why {
        SAME_ANSWER(NameState.OPEN),
        /** No address in common, as with content networks: nobody can tell from outside. */
        OTHER_ADDRESSES(NameState.UNCLEAR),
        NO_ANSWER(NameState.SILENT),
        /** The resolver says so itself. */
        EXTENDED_ERROR(NameState.BLOCKED),
        BLOCK_PAGE(NameState.BLOCKED),
        /** An address that is nobody's: 0.0.0.0, or the asker's own machine. */
        SINKHOLE(NameState.BLOCKED),
        /** Not there, while the control resolver has it. */
        MISSING(NameState.BLOCKED),
        /** There without data, while the control resolver has some. */
        EMPTIED(NameState.BLOCKED),
        /** Not there for the control resolver either: a block would look the same. */
        GENUINELY_MISSING(NameState.UNCLEAR),
        CONTROL_FAILED(NameState.UNCLEAR),
        RESOLVER_FAILED(NameState.UNCLEAR),
        /**
         * Open, but the canary is not known to be blocked: once the zone is loaded, the name may be
         * blocked again.
         */
        ZONE_NOT_FOLLOWED(NameState.UNCLEAR);

        private final NameState state;

        Why(NameState state) {
            this.state = state;
        }
    }
}
