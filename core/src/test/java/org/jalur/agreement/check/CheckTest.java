package org.jalur.agreement.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.SampleAgreement;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.jalur.notice.NoticeFacts;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.NoticeReasons;
import org.jalur.notice.Urgency;
import org.junit.jupiter.api.Test;

class CheckTest {
    private static final Agreement AGREEMENT = SampleAgreement.agreement();
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final String POLICE = "Kepolisian Contoh";

    @Test
    void noticeWithinTheAgreementHasTheDeadlineOfItsRule() {
        assertThat(answer(new Sample()))
                .isInstanceOfSatisfying(
                        Answer.Covered.class,
                        covered -> assertThat(covered.deadline().key()).isEqualTo("*/*/urgent"));
    }

    @Test
    void eachRuleNamesItsClause() {
        assertThat(clauses(new Sample().category("copyright"))).containsExactly("categories");
        assertThat(clauses(new Sample().basis("UU 0/1900", "1")))
                .containsExactly("categories.terrorism.bases");
        assertThat(clauses(new Sample().basis("UU 5/2018", "99")))
                .containsExactly("categories.terrorism.bases.UU 5/2018.articles");
        assertThat(clauses(new Sample().organisation("Somebody Else")))
                .containsExactly("organisations");
        assertThat(clauses(new Sample().organisation(POLICE)))
                .containsExactly("kinds.order.organisations");
        assertThat(clauses(new Sample().language("fr"))).containsExactly("languages.notices");
    }

    @Test
    void organisationMayFileOnlyInItsCategories() {
        Sample gambling =
                new Sample()
                        .organisation(POLICE)
                        .kind(NoticeKind.REFERRAL)
                        .category("gambling")
                        .basis("Permenkominfo 5/2020", "1");

        assertThat(clauses(gambling)).containsExactly("organisations.Kepolisian Contoh.categories");
    }

    @Test
    void basisWithoutArticlesStandsForAllOfThem() {
        assertThat(clauses(new Sample().basis("Permenkominfo 10/2021", "99"))).isEmpty();
    }

    @Test
    void missingEvidenceIsNamedWithTheItemThatLacksIt() {
        Sample bare = new Sample();
        bare.letter = false;
        bare.items = List.of(item(1, true, "image/png"), item(2, false, "application/pdf"));

        assertThat(breaches(bare))
                .extracting(Breach::rule, Breach::value)
                .containsExactlyInAnyOrder(
                        tuple(Breach.Rule.OFFICIAL_LETTER, ""),
                        tuple(Breach.Rule.PLATFORM_ID, "items[2]"),
                        tuple(Breach.Rule.SCREENSHOT, "items[2]"));
    }

    @Test
    void referralBringsOnlyWhatIsAskedOfReferrals() {
        Sample bare = new Sample().kind(NoticeKind.REFERRAL);
        bare.letter = false;
        bare.items = List.of(item(1, false, "application/pdf"));

        assertThat(clauses(bare)).isEmpty();
    }

    @Test
    void volumeIsLimitedForTheOrganisationAndForAllTogether() {
        Sample tenth = new Sample();
        tenth.before = before(9, 1_999, 19, 19_999);
        Sample eleventh = new Sample();
        eleventh.before = before(10, 2_000, 20, 20_000);
        Sample large = new Sample();
        large.items = items(1_001);

        assertThat(clauses(tenth)).isEmpty();
        assertThat(clauses(eleventh))
                .containsExactly(
                        "organisations.Otoritas Contoh.volume.noticesPerDay",
                        "organisations.Otoritas Contoh.volume.itemsPerDay",
                        "volume.noticesPerDay",
                        "volume.itemsPerDay");
        assertThat(clauses(large))
                .containsExactly("organisations.Otoritas Contoh.volume.itemsPerNotice");
    }

    @Test
    void countsThatOverflowAreTooManyToo() {
        Sample flood = new Sample();
        flood.before =
                before(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

        assertThat(clauses(flood)).hasSize(4);
    }

    @Test
    void agreementHoldsFromMidnightInItsZone() {
        Sample before = new Sample();
        before.at = Instant.parse("2025-12-31T16:59:59Z");
        Sample first = new Sample();
        first.at = Instant.parse("2025-12-31T17:00:00Z");
        Sample after = new Sample();
        after.at = Instant.parse("2027-12-31T17:00:00Z");

        assertThat(clauses(before)).containsExactly("term");
        assertThat(clauses(first)).isEmpty();
        assertThat(clauses(after)).containsExactly("term");
    }

    @Test
    void nonDisclosureIsNoLongerThanAgreed() {
        Sample sixWeeks = new Sample();
        sixWeeks.until = Optional.of(Instant.parse("2027-01-04T05:00:00Z"));
        Sample longer = new Sample();
        longer.until = Optional.of(Instant.parse("2027-01-04T05:00:01Z"));

        assertThat(clauses(sixWeeks)).isEmpty();
        assertThat(clauses(longer)).containsExactly("userNotice.nonDisclosure.longest");
    }

    @Test
    void everyBreachIsNamedTheMostFundamentalFirst() {
        Sample wrong = new Sample().category("copyright").organisation("Nobody").language("fr");

        assertThat(clauses(wrong))
                .containsExactly("categories", "organisations", "languages.notices");
        assertThat(breaches(wrong).getFirst().sentence())
                .isEqualTo(
                        "categories: category \"copyright\" is not in scope; agreed are"
                                + " fraud, gambling, terrorism");
    }

    private static List<String> clauses(Sample sample) {
        return breaches(sample).stream().map(Breach::clause).toList();
    }

    private static List<Breach> breaches(Sample sample) {
        return switch (answer(sample)) {
            case Answer.Covered _ -> List.of();
            case Answer.Refused(var breaches) -> breaches;
        };
    }

    private static Answer answer(Sample sample) {
        return Check.of(AGREEMENT, sample.filing());
    }

    private static Filing.Before before(int notices, int items, int allNotices, int allItems) {
        return new Filing.Before(
                new Filing.Count(notices, items), new Filing.Count(allNotices, allItems));
    }

    static List<Item> items(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(no -> item(no, true, "image/png")).toList();
    }

    private static Item item(int no, boolean id, String type) {
        return new Item(
                no,
                ItemKind.POST,
                "https://platform.example/posts/" + no,
                id ? Map.of("post", "p" + no) : Map.of(),
                Optional.empty(),
                List.of(new EvidenceFile("shot-" + no, type, "0".repeat(64), "0".repeat(64))));
    }

    /** A notice that the agreement covers, until something in it is changed. */
    private static final class Sample {
        private NoticeKind kind = NoticeKind.ORDER;
        private String category = "terrorism";
        private String instrument = "UU 5/2018";
        private String article = "1";
        private String organisation = SampleAgreement.ORGANISATION;
        private String language = "id";
        private boolean letter = true;
        private List<Item> items = items(1);
        private Filing.Before before = Filing.Before.NOTHING;
        private Instant at = NOON;
        private Optional<Instant> until = Optional.empty();

        Sample kind(NoticeKind other) {
            kind = other;
            return this;
        }

        Sample category(String other) {
            category = other;
            return this;
        }

        Sample basis(String otherInstrument, String otherArticle) {
            instrument = otherInstrument;
            article = otherArticle;
            return this;
        }

        Sample organisation(String other) {
            organisation = other;
            return this;
        }

        Sample language(String other) {
            language = other;
            return this;
        }

        Filing filing() {
            var facts =
                    new NoticeFacts(
                            kind,
                            Urgency.URGENT,
                            category,
                            new NoticeFacts.LegalBasis(instrument, article),
                            new NoticeFacts.IssuingBody(
                                    "Kementerian Contoh", NoticeFacts.IssuingBody.Type.MINISTRY),
                            organisation,
                            letter
                                    ? Optional.of(
                                            new NoticeFacts.Letter(
                                                    "S-1", LocalDate.of(2026, 11, 23)))
                                    : Optional.empty(),
                            "SAMPLE-1",
                            language,
                            List.of("ID"),
                            "Object at the sample court.",
                            until.map(end -> new NoticeFacts.NonDisclosure("Sample", end)),
                            items.size());
            var file =
                    new EvidenceFile("letter", "application/pdf", "0".repeat(64), "0".repeat(64));
            var reasons =
                    new NoticeReasons(
                            "Sample reasons",
                            "Desk",
                            letter ? Optional.of(file) : Optional.empty());
            return new Filing(facts, reasons, items, at, before);
        }
    }
}
