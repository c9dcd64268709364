package org.jalur.node.access;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.access.check.Concern;
import org.jalur.access.check.Finding;

/**
 * A block as everybody may see it: no person, not even by pseudonym, and nothing that a notice
 * says.
 *
 * @param reference the authority's own
 * @param organisation that ordered it
 * @param platform that the order is about
 * @param state in_force, lift_ordered, lifting, lifted or lifted_except_unreachable
 * @param since when it came in force
 * @param reviewAt when its need is looked at again, at the latest
 * @param endsAt when it ends by itself
 * @param approvals how many people approved it, none of them its drafter
 * @param answered when the platform first answered the announcement
 * @param message digest of the signed order, lower-case hexadecimal
 * @param entry its index in this node's journal
 */
@Schema(name = "PublicBlock")
public record PublicBlock(
        UUID id,
        String reference,
        String organisation,
        String platform,
        String state,
        List<Name> names,
        Ground ground,
        Basis legalBasis,
        Scope scope,
        Instant since,
        Instant reviewAt,
        Instant endsAt,
        Optional<Instant> promisedLift,
        List<Wish> conditions,
        List<Renewal> renewals,
        List<Lift> lifts,
        int approvals,
        Optional<Instant> answered,
        String message,
        Optional<Long> entry) {
    public PublicBlock {
        names = List.copyOf(names);
        conditions = List.copyOf(conditions);
        renewals = List.copyOf(renewals);
        lifts = List.copyOf(lifts);
    }

    /**
     * @param state blocked; lifting until it is measured open at every resolver; open; or
     *     unreachable where not every resolver could be measured
     */
    @Schema(name = "PublicName")
    public record Name(String name, boolean withSubdomains, String state) {}

    /**
     * @param kind unanswered_notices or other
     * @param step of the escalation that all the notices are past; absent for another ground
     * @param reason of another ground
     */
    @Schema(name = "PublicGround")
    public record Ground(
            String kind, Optional<String> step, List<Notice> notices, Optional<String> reason) {
        public Ground {
            notices = List.copyOf(notices);
        }
    }

    /**
     * A notice that nobody answered; what it says is not here.
     *
     * @param message digest of the signed notice: whoever has it can compare
     * @param entry its index in this node's journal, which proves when it was there
     */
    @Schema(name = "PublicNotice")
    public record Notice(String message, Optional<Long> entry) {}

    @Schema(name = "PublicBasis")
    public record Basis(String instrument, String article) {}

    /**
     * @param meant web_only or every_service
     * @param alsoHits what the measure reaches besides, in words
     * @param found what the check before the approval found
     */
    @Schema(name = "PublicScope")
    public record Scope(String meant, String alsoHits, List<Found> found) {
        public Scope {
            found = List.copyOf(found);
        }
    }

    /**
     * @param says in English; pages say it in their language
     * @param reason why it is blocked all the same
     */
    @Schema(name = "PublicFinding")
    public record Found(
            String name,
            String concern,
            List<String> values,
            String says,
            Optional<String> reason) {
        public Found {
            values = List.copyOf(values);
        }

        /** As the check found it, to be said in any language. */
        public Finding finding() {
            return new Finding(name, Concern.valueOf(concern.toUpperCase(Locale.ROOT)), values);
        }
    }

    /**
     * @param type agreement_in_force, representative_confirmed, content_gone, contact_answers or
     *     other
     * @param country of a representative, ISO 3166-1
     * @param items how many are to be gone
     * @param words of others
     * @param metAt absent while nothing shows that it is met
     */
    @Schema(name = "PublicCondition")
    public record Wish(
            String type,
            Optional<String> country,
            Optional<Integer> items,
            Optional<String> words,
            Optional<Instant> metAt) {}

    @Schema(name = "PublicRenewal")
    public record Renewal(Instant at, String reasons, Instant reviewAt, Instant endsAt) {}

    /**
     * @param cause ordered, or term where the end date came
     * @param reason of an ordered lift
     */
    @Schema(name = "PublicLift")
    public record Lift(Instant at, String cause, Optional<String> reason, List<String> names) {
        public Lift {
            names = List.copyOf(names);
        }
    }

    /** Whether any name is blocked now. */
    public boolean inForce() {
        return state.equals("in_force");
    }

    /** Whether a name is blocked now: itself, or by one above it with its subdomains. */
    public boolean blocks(DomainName wanted) {
        return names.stream()
                .filter(one -> one.state().equals("blocked"))
                .anyMatch(one -> {
                    var name = new DomainName(one.name());
                    return one.withSubdomains() ? wanted.isWithin(name) : wanted.equals(name);
                });
    }
}
