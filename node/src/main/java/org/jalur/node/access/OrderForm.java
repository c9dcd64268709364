package org.jalur.node.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.AccessRule;
import org.jalur.access.InvalidAccessException;
import org.jalur.access.check.Answered;
import org.jalur.access.check.CheckedOrder;
import org.jalur.access.check.Finding;
import org.jalur.access.check.Proportionality;
import org.jalur.access.check.Wanted;
import org.jalur.access.order.AccessOrder;
import org.jalur.access.order.Condition;
import org.jalur.access.order.Ground;
import org.jalur.access.order.Scope;
import org.jalur.log.Hash;
import org.jalur.notice.InvalidNoticeException;
import org.jalur.notice.NoticeFacts.LegalBasis;

/**
 * An order as an officer or a program writes it.
 *
 * @param platform id of the party that is told
 * @param notices ids of unanswered notices that it rests on
 * @param otherGround where the agreement does not want the ladder
 * @param reasons for what the check found, where a reason is needed
 */
record OrderForm(
        String platform,
        String reference,
        String organisation,
        List<Name> names,
        List<UUID> notices,
        Optional<String> otherGround,
        Basis legalBasis,
        Reach scope,
        List<Wish> conditions,
        Instant takesEffectAt,
        Instant reviewAt,
        Instant endsAt,
        List<Reason> reasons) {
    OrderForm {
        names = names == null ? List.of() : List.copyOf(names);
        notices = notices == null ? List.of() : List.copyOf(notices);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        required("platform", platform);
        required("legalBasis", legalBasis);
        required("scope", scope);
        required("takesEffectAt", takesEffectAt);
        required("reviewAt", reviewAt);
        required("endsAt", endsAt);
    }

    private static void required(String field, Object value) {
        if (value == null) {
            throw new InvalidAccessException(field, AccessRule.EMPTY);
        }
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    /**
     * @param withSubdomains with every name below it
     */
    record Name(String name, boolean withSubdomains) {
        Wanted wanted() {
            return new Wanted(text(name), withSubdomains);
        }
    }

    record Basis(String instrument, String article) {}

    /**
     * @param meant web_only or every_service
     */
    record Reach(String meant, String alsoHits) {}

    /**
     * @param type agreement_in_force, representative_confirmed, content_gone, contact_answers or
     *     other
     * @param country of a representative
     * @param notice whose items are to be gone
     * @param words of others
     */
    record Wish(
            String type, Optional<String> country, Optional<UUID> notice, Optional<String> words) {}

    /**
     * @param name that the finding is about
     * @param concern for example shared_name
     */
    record Reason(String name, String concern, String reason) {
        boolean isFor(Finding finding) {
            return finding.name().equals(text(name))
                    && finding.concern().name().toLowerCase(Locale.ROOT).equals(text(concern));
        }
    }

    /** A notice whose items are to be gone. */
    record Listed(Hash message, int items) {}

    /** Where notices that the form names are found. */
    interface Notices {
        Optional<Ground.Unanswered> unanswered(UUID notice);

        Optional<Listed> listed(UUID notice);
    }

    List<Wanted> wanted() {
        return names.stream().map(Name::wanted).toList();
    }

    /**
     * The order with what the check found, each finding with its reason.
     *
     * @param step of the ladder that the agreement asks for
     * @throws InvalidAccessException names what no order can be
     */
    CheckedOrder checked(Proportionality found, Notices known, Optional<String> step) {
        var order =
                new AccessOrder(
                        text(reference),
                        text(organisation),
                        found.names(),
                        ground(known, step),
                        basis(),
                        new Scope(meant(), text(scope.alsoHits())),
                        wishes(known),
                        takesEffectAt,
                        reviewAt,
                        endsAt);
        return new CheckedOrder(
                order,
                found.findings().stream()
                        .map(finding -> new Answered(finding, reason(finding)))
                        .toList());
    }

    private Optional<String> reason(Finding finding) {
        return reasons.stream()
                .filter(one -> one.isFor(finding))
                .map(one -> text(one.reason()))
                .filter(one -> !one.isEmpty())
                .findFirst();
    }

    private Ground ground(Notices known, Optional<String> step) {
        if (notices.isEmpty()) {
            return new Ground.Other(text(otherGround.orElse("")));
        }
        List<Ground.Unanswered> found = new ArrayList<>();
        for (UUID notice : notices) {
            found.add(
                    known.unanswered(notice)
                            .orElseThrow(() ->
                                    new InvalidAccessException(
                                            "ground", AccessRule.NOT_UNANSWERED, notice)));
        }
        return new Ground.UnansweredNotices(found, step.orElse("-"));
    }

    private LegalBasis basis() {
        try {
            return new LegalBasis(text(legalBasis.instrument()), text(legalBasis.article()));
        } catch (InvalidNoticeException e) {
            throw new InvalidAccessException(e.field(), AccessRule.EMPTY);
        }
    }

    private Scope.Meant meant() {
        for (Scope.Meant one : Scope.Meant.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text(scope.meant()))) {
                return one;
            }
        }
        throw new InvalidAccessException("scope.meant", AccessRule.EMPTY);
    }

    private List<Condition> wishes(Notices known) {
        return conditions.stream().map(wish -> condition(wish, known)).distinct().toList();
    }

    private static Condition condition(Wish wish, Notices known) {
        return switch (text(wish.type())) {
            case "agreement_in_force" -> new Condition.AgreementInForce();
            case "contact_answers" -> new Condition.ContactAnswers();
            case "representative_confirmed" ->
                    new Condition.RepresentativeConfirmed(text(wish.country().orElse("")));
            case "content_gone" ->
                    wish.notice()
                            .flatMap(known::listed)
                            .map(one -> new Condition.ContentGone(one.message(), one.items()))
                            .orElseThrow(() ->
                                    new InvalidAccessException("conditions", AccessRule.LISTED));
            case "other" -> new Condition.Other(text(wish.words().orElse("")));
            default ->
                    throw new InvalidAccessException(
                            "conditions", AccessRule.CONDITION_TYPE, text(wish.type()));
        };
    }
}
