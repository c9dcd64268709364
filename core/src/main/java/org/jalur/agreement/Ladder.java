package org.jalur.agreement;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens, step by step, when the other side does not answer.
 *
 * @param climber who takes the steps
 * @param start from when the deadline runs for this ladder
 * @param steps in order
 */
public record Ladder(Silence about, Side climber, Start start, List<Step> steps) implements Keyed {
    public Ladder {
        boolean wrong =
                switch (about) {
                    case NOTICE, APPEAL -> climber != Side.AUTHORITY;
                    case LIFT -> climber != Side.PLATFORM;
                };
        if (wrong) {
            throw new InvalidTermException("climber", TermRule.CLIMBER, climber);
        }
        if (steps.isEmpty()) {
            throw new InvalidTermException("steps", TermRule.NONE);
        }
        steps = Require.inOrder("steps", steps);
        boolean warned = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String clause = "steps." + step.name();
            if (i > 0 && step.after().isNegative()) {
                throw new InvalidTermException(
                        clause + ".after", TermRule.FIRST_STEP, step.after());
            }
            if (step.action() == Action.ACCESS_BLOCK_POSSIBLE) {
                if (about != Silence.NOTICE) {
                    throw new InvalidTermException(clause, TermRule.CLIMBER, climber);
                }
                if (!warned || i < steps.size() - 1) {
                    throw new InvalidTermException(clause, TermRule.LAST_STEP);
                }
            }
            warned |= step.action() == Action.WARNING;
        }
    }

    @Override
    public String key() {
        return about.name().toLowerCase(Locale.ROOT);
    }

    boolean endsInAccessBlock() {
        return steps.getLast().action() == Action.ACCESS_BLOCK_POSSIBLE;
    }

    /** What was not answered. */
    public enum Silence {
        NOTICE,
        /** The platform, which decides appeals. */
        APPEAL,
        /** An access block should be lifted, and nobody confirms that it is. */
        LIFT
    }

    public enum Side {
        AUTHORITY,
        PLATFORM
    }

    /** From when the deadline runs for the ladder. */
    public sealed interface Start {
        record Received() implements Start {}

        /**
         * A person opened it.
         *
         * @param atLatest after the receipt it counts as opened: silence must not hold up the
         *     ladder that is there for silence
         */
        record Acknowledged(Duration atLatest) implements Start {
            public Acknowledged {
                Require.time("atLatest", atLatest, Duration.ofMinutes(1), Require.YEAR);
            }
        }
    }

    public enum Action {
        REMIND,
        CALL_DUTY_CONTACT,
        CALL_DEPUTY,
        CALL_REPRESENTATIVE,
        /** A formal warning, for example ST1. */
        WARNING,
        ACCESS_BLOCK_POSSIBLE;

        /** Whether it holds the other side's silence against it. */
        public boolean restsOnSilence() {
            return switch (this) {
                case REMIND, CALL_DUTY_CONTACT, CALL_DEPUTY, CALL_REPRESENTATIVE -> false;
                case WARNING, ACCESS_BLOCK_POSSIBLE -> true;
            };
        }
    }

    /**
     * @param name for example "ST1"
     * @param after the step before it is over; for the first: after the deadline, before it if
     *     negative
     * @param announcedBefore how long it is announced before it happens
     * @param approval role of whoever must approve it; absent: nobody
     * @param provenSilence for how long before it an independent witness must have seen that the
     *     notice existed; absent: no matter
     */
    public record Step(
            String name,
            Action action,
            Duration after,
            Duration announcedBefore,
            Optional<String> approval,
            Optional<Duration> provenSilence)
            implements Keyed {
        public Step {
            Require.words("name", name, 50);
            Require.time("after", after, Require.YEAR.negated(), Require.YEAR);
            Require.time("announcedBefore", announcedBefore, Duration.ofMinutes(1), Require.YEAR);
            approval.ifPresent(role -> Require.words("approval", role, 50));
            provenSilence.ifPresent(time ->
                    Require.time("provenSilence", time, Duration.ofMinutes(1), Require.YEAR));
            if (action.restsOnSilence() && provenSilence.isEmpty()) {
                throw new InvalidTermException("provenSilence", TermRule.PROVEN_SILENCE);
            }
            if (action.restsOnSilence() && approval.isEmpty()) {
                throw new InvalidTermException("approval", TermRule.APPROVAL);
            }
        }

        @Override
        public String key() {
            return name;
        }
    }
}
