package org.jalur.node.demo.story;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.agreement.AccessBlockTerms;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.Ladder;
import org.jalur.agreement.Party;
import org.jalur.agreement.SecondReview;
import org.jalur.node.agreement.SampleAgreement;
import org.jalur.notice.Urgency;

/**
 * What the story's two parties have signed before it begins: the demo's agreement with minutes
 * where others have hours and days. In 2016 there was none; without one nobody can file here, and
 * no ladder leads to a block.
 */
public final class StoryTerms {
    static final String WARNING = "Warning";
    static final String BLOCK_POSSIBLE = "Access block possible";
    static final Duration NOTICE = Duration.ofMinutes(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private StoryTerms() {}

    /**
     * @param organisations that may file, and order blocks
     */
    public static Agreement between(Party authority, Party platform, List<String> organisations) {
        Agreement usual = SampleAgreement.between(authority, platform, organisations);
        return new Agreement(
                usual.version(),
                "Sample agreement with terms of minutes",
                authority,
                platform,
                usual.term(),
                usual.blockAtSigning(),
                usual.categories(),
                usual.organisations(),
                usual.kinds(),
                usual.languages(),
                List.of(deadline(Urgency.URGENT), deadline(Urgency.NORMAL)),
                usual.calendar(),
                new SecondReview(Set.of(), Set.of(), Set.of(), Set.of()),
                Optional.empty(),
                usual.userNotice(),
                usual.appeals(),
                usual.retention(),
                Optional.of(accessBlocks(organisations)),
                List.of(
                        new Ladder(
                                Ladder.Silence.NOTICE,
                                Ladder.Side.AUTHORITY,
                                new Ladder.Start.Received(),
                                List.of(
                                        step(WARNING, Ladder.Action.WARNING),
                                        step(
                                                BLOCK_POSSIBLE,
                                                Ladder.Action.ACCESS_BLOCK_POSSIBLE)))),
                usual.reporting(),
                usual.volume(),
                usual.contacts());
    }

    private static Deadline deadline(Urgency urgency) {
        return new Deadline(
                Optional.empty(), Optional.empty(), urgency, Allowance.within(MINUTE), List.of());
    }

    /** Two people lift, as two ordered. */
    private static AccessBlockTerms accessBlocks(List<String> organisations) {
        return new AccessBlockTerms(
                Set.copyOf(organisations),
                true,
                NOTICE,
                Period.ofDays(30),
                Period.ofDays(7),
                20,
                Allowance.within(Duration.ofDays(1)),
                "Every notice that led to the block is decided, and a duty contact answers.",
                Optional.of(AccessBlockTerms.People.TWO),
                Optional.of(Allowance.within(Duration.ofDays(1))));
    }

    private static Ladder.Step step(String name, Ladder.Action action) {
        return new Ladder.Step(
                name, action, Duration.ZERO, MINUTE, Optional.of("approver"), Optional.of(MINUTE));
    }
}
