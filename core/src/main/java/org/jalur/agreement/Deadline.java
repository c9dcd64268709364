package org.jalur.agreement;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/**
 * By when a notice is decided, from its provable receipt.
 *
 * @param category for which it holds; absent: for all that have no rule of their own
 * @param kind likewise
 * @param stops what makes the clock stand
 */
public record Deadline(
        Optional<String> category,
        Optional<NoticeKind> kind,
        Urgency urgency,
        Allowance allowance,
        List<Stop> stops)
        implements Keyed {
    public Deadline {
        stops = Require.named("stops", stops);
    }

    /** For example {@code terrorism/order/urgent}; a star where it holds for all. */
    @Override
    public String key() {
        return String.join(
                "/", category.orElse("*"), kind.map(Deadline::lower).orElse("*"), lower(urgency));
    }

    boolean fits(String code, NoticeKind filed, Urgency level) {
        return urgency == level
                && category.map(code::equals).orElse(true)
                && kind.map(filed::equals).orElse(true);
    }

    /** The rule for a category goes before that for a kind, and both before the general one. */
    int precision() {
        return (category.isPresent() ? 2 : 0) + (kind.isPresent() ? 1 : 0);
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /** Why a clock stands. */
    public enum Cause {
        /** The platform asked, and the authority has not answered yet. */
        QUESTION,
        /** Force majeure, manifest error, or not enough information. */
        IMPOSSIBLE
    }

    /**
     * @param atMost of each standstill, after which the clock goes on by itself; absent: never
     */
    public record Stop(Cause cause, Optional<Duration> atMost) implements Keyed {
        public Stop {
            atMost.ifPresent(
                    time -> Require.time("atMost", time, Duration.ofMinutes(1), Require.YEAR));
        }

        @Override
        public String key() {
            return lower(cause);
        }
    }
}
