package org.jalur.agreement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/**
 * The procedure that an authority and a platform sign, as data. What is not in it cannot be asked:
 * there is no clause that would let anybody ask for private messages or user data.
 *
 * @param version which one, and what it replaces
 * @param title shown to people
 * @param term from when to when it holds
 * @param blockAtSigning whether an access block was in force then
 * @param categories in scope
 * @param organisations entitled to file
 * @param kinds that may be filed, and by whom
 * @param deadlines the most precise one holds
 * @param calendar for days and duty hours
 * @param interim withholding before the decision; absent: none
 * @param accessBlocks on which conditions; absent: none are agreed
 * @param escalation one ladder at most for each kind of silence
 * @param volume of all organisations together
 */
public record Agreement(
        Version version,
        String title,
        Party authority,
        Party platform,
        Term term,
        Optional<BlockAtSigning> blockAtSigning,
        List<Category> categories,
        List<Organisation> organisations,
        List<KindTerms> kinds,
        Languages languages,
        List<Deadline> deadlines,
        Calendar calendar,
        SecondReview secondReview,
        Optional<InterimWithholding> interim,
        UserNotice userNotice,
        Appeals appeals,
        Retention retention,
        Optional<AccessBlockTerms> accessBlocks,
        List<Ladder> escalation,
        Reporting reporting,
        Volume volume,
        ContactTerms contacts) {
    public Agreement {
        Require.words("title", title, Require.NAME);
        categories = Require.someNamed("categories", categories);
        organisations = Require.someNamed("organisations", organisations);
        kinds = Require.someNamed("kinds", kinds);
        deadlines = Require.someNamed("deadlines", deadlines);
        escalation = Require.named("escalation", escalation);
        if (authority.id().equals(platform.id())) {
            throw new InvalidTermException("platform.id", TermRule.SAME, platform.id());
        }
        if (authority.identity().equals(platform.identity())) {
            throw new InvalidTermException("platform.identity", TermRule.SAME, platform.identity());
        }
        checkNames(categories, organisations, kinds, deadlines, secondReview, interim);
        checkDeadlines(deadlines, calendar, appeals, accessBlocks);
        checkAccessBlocks(organisations, accessBlocks, escalation);
        for (Organisation organisation : organisations) {
            organisation.volume().within("organisations." + organisation.name(), volume);
        }
    }

    /** Which deadline a notice has: the rule for its category, else for its kind, else for all. */
    public Deadline deadline(String category, NoticeKind kind, Urgency urgency) {
        return deadlines.stream()
                .filter(deadline -> deadline.fits(category, kind, urgency))
                .max(Comparator.comparingInt(Deadline::precision))
                .orElseThrow();
    }

    public Optional<Category> category(String code) {
        return named(categories, code);
    }

    public Optional<Organisation> organisation(String name) {
        return named(organisations, name);
    }

    public Optional<KindTerms> kind(NoticeKind kind) {
        return kinds.stream().filter(terms -> terms.kind() == kind).findFirst();
    }

    public Optional<Ladder> ladder(Ladder.Silence about) {
        return escalation.stream().filter(ladder -> ladder.about() == about).findFirst();
    }

    /** Clauses that must still be filled before anybody signs: keys nobody called back about. */
    public List<String> openBeforeSigning() {
        var open = new ArrayList<String>();
        if (authority.callBack().isEmpty()) {
            open.add("authority.callBack");
        }
        if (platform.callBack().isEmpty()) {
            open.add("platform.callBack");
        }
        return List.copyOf(open);
    }

    private static <T extends Keyed> Optional<T> named(List<T> elements, String key) {
        return elements.stream().filter(element -> element.key().equals(key)).findFirst();
    }

    private static Set<String> keys(List<? extends Keyed> elements) {
        return elements.stream().map(Keyed::key).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void checkNames(
            List<Category> categories,
            List<Organisation> organisations,
            List<KindTerms> kinds,
            List<Deadline> deadlines,
            SecondReview secondReview,
            Optional<InterimWithholding> interim) {
        Set<String> codes = keys(categories);
        Set<String> names = keys(organisations);
        Set<NoticeKind> agreed = EnumSet.noneOf(NoticeKind.class);
        for (KindTerms kind : kinds) {
            agreed.add(kind.kind());
            Require.known("kinds." + kind.key() + ".organisations", kind.organisations(), names);
        }
        for (Organisation organisation : organisations) {
            Require.known(
                    "organisations." + organisation.name() + ".categories",
                    organisation.categories(),
                    codes);
        }
        for (Deadline deadline : deadlines) {
            String clause = "deadlines." + deadline.key();
            Require.known(clause + ".category", deadline.category().stream().toList(), codes);
            Require.known(clause + ".kind", deadline.kind().stream().toList(), agreed);
        }
        Require.known("secondReview.categories", secondReview.categories(), codes);
        Require.known("secondReview.kinds", secondReview.kinds(), agreed);
        interim.ifPresent(terms -> Require.known("interim.categories", terms.categories(), codes));
    }

    private static void checkDeadlines(
            List<Deadline> deadlines,
            Calendar calendar,
            Appeals appeals,
            Optional<AccessBlockTerms> accessBlocks) {
        for (Urgency urgency : Urgency.values()) {
            if (deadlines.stream()
                    .noneMatch(one -> one.precision() == 0 && one.urgency() == urgency)) {
                throw new InvalidTermException(
                        "deadlines",
                        TermRule.EVERY_URGENCY,
                        urgency.name().toLowerCase(Locale.ROOT));
            }
        }
        for (Deadline deadline : deadlines) {
            checkAllowance("deadlines." + deadline.key(), deadline.allowance(), calendar);
        }
        checkAllowance("appeals.decision", appeals.decision(), calendar);
        accessBlocks.ifPresent(terms -> {
            checkAllowance("accessBlocks.lift", terms.lift(), calendar);
            terms.objection()
                    .ifPresent(one -> checkAllowance("accessBlocks.objection", one, calendar));
        });
    }

    /** A year of duty hours at most: a minute a week would put a deadline beyond all calendars. */
    private static void checkAllowance(String clause, Allowance allowance, Calendar calendar) {
        switch (allowance) {
            case Allowance.DayEnd _ -> {}
            case Allowance.Within(var time, var counting) -> {
                if (counting == Allowance.Counting.DUTY_HOURS) {
                    var year = calendar.week().multipliedBy(52);
                    if (year.isZero()) {
                        throw new InvalidTermException(clause, TermRule.DUTY_HOURS);
                    }
                    if (time.compareTo(year) > 0) {
                        throw new InvalidTermException(clause, TermRule.AT_MOST, time, year);
                    }
                }
            }
        }
    }

    private static void checkAccessBlocks(
            List<Organisation> organisations,
            Optional<AccessBlockTerms> accessBlocks,
            List<Ladder> escalation) {
        boolean climbed = false;
        for (Ladder ladder : escalation) {
            climbed |= ladder.endsInAccessBlock();
            if (accessBlocks.isEmpty()
                    && (ladder.endsInAccessBlock() || ladder.about() == Ladder.Silence.LIFT)) {
                throw new InvalidTermException(
                        "escalation." + ladder.key(), TermRule.NO_ACCESS_BLOCK);
            }
        }
        if (accessBlocks.isPresent()) {
            Require.known(
                    "accessBlocks.organisations",
                    accessBlocks.get().organisations(),
                    keys(organisations));
            if (accessBlocks.get().afterLadder() && !climbed) {
                throw new InvalidTermException("accessBlocks.afterLadder", TermRule.NO_LADDER);
            }
        }
    }
}
