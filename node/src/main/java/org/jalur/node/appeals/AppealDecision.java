package org.jalur.node.appeals;

import java.util.Optional;
import org.jalur.appeal.AppealOutcome;
import org.jalur.appeal.AppealReasons;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.RefusalGround;
import org.jalur.notice.Rule;

/**
 * What a reviewer decides about an appeal.
 *
 * @param result granted or rejected
 * @param ground of a granted one: on which the demand should have been refused
 * @param policy of a granted one: the rule of the platform, or the law, that was applied
 * @param reason the affected user reads it
 */
record AppealDecision(
        AppealOutcome.Result result,
        Optional<RefusalGround> ground,
        Optional<String> policy,
        String reason) {
    private static final int LONGEST_POLICY = 200;

    AppealDecision {
        if (result == null) {
            throw new InvalidNoticeException("result", Rule.MISSING);
        }
        boolean granted = result == AppealOutcome.Result.GRANTED;
        if (ground.isPresent() != granted) {
            throw new InvalidNoticeException("ground", Rule.GROUND);
        }
        if (granted && policy.filter(text -> !text.isBlank()).isEmpty()) {
            throw new InvalidNoticeException("policy", Rule.MISSING);
        }
        policy.filter(text -> text.length() > LONGEST_POLICY)
                .ifPresent(text -> {
                    throw new InvalidNoticeException(
                            "policy", Rule.TOO_LONG, text.length(), LONGEST_POLICY);
                });
        if (reason == null || reason.isBlank()) {
            throw new InvalidNoticeException("reason", Rule.MISSING);
        }
        if (reason.length() > AppealReasons.LONGEST) {
            throw new InvalidNoticeException(
                    "reason", Rule.TOO_LONG, reason.length(), AppealReasons.LONGEST);
        }
    }

    /**
     * @throws InvalidNoticeException if no result is chosen
     */
    static AppealDecision of(
            Optional<AppealOutcome.Result> result,
            Optional<RefusalGround> ground,
            Optional<String> policy,
            String reason) {
        return new AppealDecision(
                result.orElseThrow(() -> new InvalidNoticeException("result", Rule.MISSING)),
                ground,
                policy,
                reason);
    }
}
