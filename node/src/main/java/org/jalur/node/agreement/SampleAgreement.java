package org.jalur.node.agreement;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Allowance;
import org.jalur.agreement.Category;
import org.jalur.agreement.Deadline;
import org.jalur.agreement.InterimWithholding;
import org.jalur.agreement.KindTerms;
import org.jalur.agreement.Organisation;
import org.jalur.agreement.Party;
import org.jalur.agreement.SecondReview;
import org.jalur.agreement.Term;
import org.jalur.agreement.UserNotice;
import org.jalur.agreement.Volume;
import org.jalur.agreement.template.Opening;
import org.jalur.agreement.template.Templates;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;

/**
 * What the demo's two parties signed: the template "Indonesia SAMAN" with one more category and
 * basis, all kinds of notices, evidence that a program can bring, interim withholding, and room for
 * a benchmark.
 */
public final class SampleAgreement {
    private static final Volume VOLUME = new Volume(1_000_000, NoticeFacts.MAX_ITEMS, 10_000_000);

    private SampleAgreement() {}

    public static Party party(String id, String name, Hash identity) {
        return new Party(
                new PartyId(id),
                name,
                "ID",
                List.of(
                        new Party.Representative("Sample Representative", "Director", "ID"),
                        new Party.Representative("Sample Deputy", "Deputy Director", "ID")),
                identity,
                Optional.of(
                        new Party.CallBack(
                                identity,
                                "+62215550100",
                                LocalDate.of(2025, 12, 15),
                                "Sample registrar")));
    }

    /**
     * @param organisations that are entitled to file
     */
    public static Agreement between(Party authority, Party platform, List<String> organisations) {
        LocalDate from = LocalDate.of(2026, 1, 1);
        Agreement saman =
                Templates.INDONESIA_SAMAN
                        .with(
                                new Opening(
                                        authority,
                                        platform,
                                        organisations,
                                        from,
                                        Optional.empty(),
                                        List.of()))
                        .agreement();
        List<Category> categories = categories(saman);
        Set<String> codes = categories.stream().map(Category::code).collect(Collectors.toSet());
        return new Agreement(
                saman.version(),
                saman.title(),
                authority,
                platform,
                new Term(from, Optional.empty(), saman.term().notice(), saman.term().atOnce()),
                saman.blockAtSigning(),
                categories,
                organisations.stream().map(name -> new Organisation(name, codes, VOLUME)).toList(),
                Arrays.stream(NoticeKind.values())
                        .map(kind ->
                                new KindTerms(
                                        kind,
                                        Set.copyOf(organisations),
                                        Set.of(
                                                KindTerms.Evidence.LEGAL_ANALYSIS,
                                                KindTerms.Evidence.ADDRESS)))
                        .toList(),
                saman.languages(),
                deadlines(saman),
                saman.calendar(),
                // One reviewer may refuse alone, so that a demo with one of them can be answered.
                new SecondReview(Set.of(), Set.of(), saman.secondReview().items(), Set.of()),
                Optional.of(
                        new InterimWithholding(
                                codes, Set.of(Urgency.URGENT), Duration.ofHours(12))),
                new UserNotice(
                        saman.userNotice().within(),
                        Optional.of(
                                new UserNotice.NonDisclosure(
                                        Period.ofDays(42), Optional.of(Period.ofDays(42))))),
                saman.appeals(),
                saman.retention(),
                saman.accessBlocks(),
                saman.escalation(),
                saman.reporting(),
                VOLUME,
                saman.contacts());
    }

    /** An emergency that was confirmed by call-back has an hour. */
    private static List<Deadline> deadlines(Agreement saman) {
        List<Deadline> deadlines = new ArrayList<>(saman.deadlines());
        saman.deadlines().stream()
                .filter(one -> one.urgency() == Urgency.URGENT && one.kind().isEmpty())
                .forEach(one ->
                        deadlines.add(
                                new Deadline(
                                        one.category(),
                                        Optional.of(NoticeKind.EMERGENCY),
                                        Urgency.URGENT,
                                        new Allowance.Within(
                                                Duration.ofHours(1), Allowance.Counting.WALL_CLOCK),
                                        one.stops())));
        return deadlines;
    }

    private static List<Category> categories(Agreement saman) {
        List<Category> categories = new ArrayList<>();
        for (Category category : saman.categories()) {
            categories.add(
                    category.code().equals("terrorism")
                            ? with(category, "terrorism", category.name(), "UU 5/2018")
                            : category);
        }
        categories.add(
                with(
                        saman.categories().getFirst(),
                        "gambling",
                        "Gambling",
                        "Permenkominfo 5/2020"));
        return categories;
    }

    private static Category with(Category like, String code, String name, String basis) {
        var law = new Category.LegalBasis(basis, Set.of(), "ID");
        List<Category.LegalBasis> bases = new ArrayList<>();
        if (code.equals(like.code())) {
            bases.addAll(like.bases());
        }
        bases.add(law);
        return new Category(code, name, like.definition(), like.exclusions(), bases);
    }
}
