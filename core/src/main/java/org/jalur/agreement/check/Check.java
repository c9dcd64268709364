package org.jalur.agreement.check;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Category;
import org.jalur.agreement.Keyed;
import org.jalur.agreement.KindTerms;
import org.jalur.agreement.Organisation;
import org.jalur.agreement.UserNotice;
import org.jalur.agreement.Volume;
import org.jalur.agreement.check.Breach.Rule;
import org.jalur.notice.Item;
import org.jalur.notice.NoticeFacts;

/**
 * Compares a notice with an agreement. The form of the one who files and the node of the one who
 * receives ask the same question, so that neither refuses what the other lets pass.
 */
public final class Check {
    private final Agreement agreement;
    private final Filing filing;
    private final NoticeFacts facts;
    private final List<Breach> breaches = new ArrayList<>();

    private Check(Agreement agreement, Filing filing) {
        this.agreement = agreement;
        this.filing = filing;
        this.facts = filing.facts();
    }

    public static Answer of(Agreement agreement, Filing filing) {
        var check = new Check(agreement, filing);
        check.scope();
        check.right();
        check.language();
        check.nonDisclosure();
        check.evidence();
        check.volume();
        if (!check.breaches.isEmpty()) {
            return new Answer.Refused(check.breaches);
        }
        return new Answer.Covered(
                agreement.deadline(
                        check.facts.category(), check.facts.kind(), check.facts.urgency()));
    }

    /** Empty if the category is in scope: for what is no notice, and needs no more. */
    public static Optional<Breach> category(Agreement agreement, String category) {
        return agreement.category(category).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Breach(
                                "categories",
                                Rule.CATEGORY,
                                category,
                                keys(agreement.categories())));
    }

    private void scope() {
        LocalDate day = filing.at().atZone(agreement.calendar().zone()).toLocalDate();
        if (!agreement.term().covers(day)) {
            String until = agreement.term().until().map(last -> " to " + last).orElse("");
            breach("term", Rule.IN_FORCE, day, List.of(agreement.term().from() + until));
        }
        category(agreement, facts.category()).ifPresent(breaches::add);
        agreement.category(facts.category()).ifPresent(this::legalBasis);
    }

    private void legalBasis(Category category) {
        String instrument = facts.legalBasis().instrument();
        String article = facts.legalBasis().article();
        String clause = "categories." + category.code() + ".bases";
        Optional<Category.LegalBasis> basis =
                category.bases().stream()
                        .filter(one -> one.instrument().equals(instrument))
                        .findFirst();
        if (basis.isEmpty()) {
            breach(clause, Rule.LEGAL_BASIS, instrument, keys(category.bases()));
        } else if (!basis.get().articles().isEmpty() && !basis.get().articles().contains(article)) {
            breach(
                    clause + "." + instrument + ".articles",
                    Rule.ARTICLE,
                    article,
                    basis.get().articles());
        }
    }

    private void right() {
        String name = facts.organisation();
        Optional<Organisation> organisation = agreement.organisation(name);
        if (organisation.isEmpty()) {
            breach("organisations", Rule.ORGANISATION, name, keys(agreement.organisations()));
        } else if (agreement.category(facts.category()).isPresent()
                && !organisation.get().categories().contains(facts.category())) {
            breach(
                    "organisations." + name + ".categories",
                    Rule.ORGANISATION_CATEGORY,
                    facts.category(),
                    organisation.get().categories());
        }
        Optional<KindTerms> kind = agreement.kind(facts.kind());
        if (kind.isEmpty()) {
            breach(
                    "kinds",
                    Rule.KIND,
                    facts.kind().name().toLowerCase(Locale.ROOT),
                    keys(agreement.kinds()));
        } else if (organisation.isPresent() && !kind.get().organisations().contains(name)) {
            breach(
                    "kinds." + kind.get().key() + ".organisations",
                    Rule.ORGANISATION_KIND,
                    name,
                    kind.get().organisations());
        }
    }

    private void language() {
        if (!agreement.languages().notices().contains(facts.language())) {
            breach(
                    "languages.notices",
                    Rule.LANGUAGE,
                    facts.language(),
                    agreement.languages().notices());
        }
    }

    /** A renewal is asked for when the first time is about to end, not together with it. */
    private void nonDisclosure() {
        facts.nonDisclosure()
                .ifPresent(asked -> {
                    Optional<UserNotice.NonDisclosure> terms =
                            agreement.userNotice().nonDisclosure();
                    if (terms.isEmpty()) {
                        breach(
                                "userNotice.nonDisclosure",
                                Rule.NO_NON_DISCLOSURE,
                                asked.until(),
                                List.of());
                        return;
                    }
                    ZoneId zone = agreement.calendar().zone();
                    Instant latest =
                            filing.at().atZone(zone).plus(terms.get().longest()).toInstant();
                    if (asked.until().isAfter(latest)) {
                        breach(
                                "userNotice.nonDisclosure.longest",
                                Rule.NON_DISCLOSURE,
                                asked.until(),
                                List.of(latest.toString()));
                    }
                });
    }

    private void evidence() {
        agreement
                .kind(facts.kind())
                .ifPresent(kind -> {
                    for (KindTerms.Evidence evidence : kind.evidence()) {
                        evidence("kinds." + kind.key() + ".evidence", evidence);
                    }
                });
    }

    private void evidence(String clause, KindTerms.Evidence evidence) {
        switch (evidence) {
            case OFFICIAL_LETTER -> {
                if (facts.letter().isEmpty() || filing.reasons().letter().isEmpty()) {
                    breach(clause, Rule.OFFICIAL_LETTER, "", List.of());
                }
            }
            // Reasons and addresses are never missing: no notice exists without them.
            case LEGAL_ANALYSIS, ADDRESS -> {}
            case PLATFORM_ID -> everyItem(clause, Rule.PLATFORM_ID, item -> !item.ids().isEmpty());
            case SCREENSHOT ->
                    everyItem(
                            clause,
                            Rule.SCREENSHOT,
                            item ->
                                    item.files().stream()
                                            .anyMatch(file -> file.type().startsWith("image/")));
        }
    }

    private void everyItem(String clause, Rule rule, Predicate<Item> brought) {
        filing.items().stream()
                .filter(brought.negate())
                .findFirst()
                .ifPresent(
                        item -> breach(clause, rule, "items[%d]".formatted(item.no()), List.of()));
    }

    private void volume() {
        agreement
                .organisation(facts.organisation())
                .ifPresent(organisation ->
                        volume(
                                "organisations." + organisation.name() + ".volume",
                                organisation.volume(),
                                filing.before().own()));
        volume("volume", agreement.volume(), filing.before().all());
    }

    private void volume(String clause, Volume most, Filing.Count before) {
        int items = facts.itemCount();
        atMost(clause + ".itemsPerNotice", Rule.ITEMS_PER_NOTICE, items, most.itemsPerNotice());
        atMost(
                clause + ".noticesPerDay",
                Rule.NOTICES_PER_DAY,
                before.notices() + 1L,
                most.noticesPerDay());
        atMost(
                clause + ".itemsPerDay",
                Rule.ITEMS_PER_DAY,
                (long) before.items() + items,
                most.itemsPerDay());
    }

    private void atMost(String clause, Rule rule, long value, int most) {
        if (value > most) {
            breach(clause, rule, value, List.of(String.valueOf(most)));
        }
    }

    private void breach(String clause, Rule rule, Object value, Collection<String> agreed) {
        breaches.add(new Breach(clause, rule, value.toString(), List.copyOf(agreed)));
    }

    private static List<String> keys(List<? extends Keyed> elements) {
        return elements.stream().map(Keyed::key).toList();
    }
}
