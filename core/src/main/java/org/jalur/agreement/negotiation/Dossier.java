package org.jalur.agreement.negotiation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Version;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What both parties did about the agreements of a channel, as far as one of them knows. Messages
 * cross; still there is never a second version of a number that both signed. For each number a
 * party has one signature that counts, until the other side declines what it signed; and nobody
 * signs what they declined.
 */
public final class Dossier {
    private final Map<UUID, Proposal> proposals = new LinkedHashMap<>();

    private Dossier() {}

    /**
     * A proposal and what became of it.
     *
     * @param signedBy who signed it
     * @param declinedBy whose counter-proposal declined it
     */
    public record Proposal(
            Act.Proposed proposed, Set<Side> signedBy, Set<Side> declinedBy, boolean refused) {
        public Proposal {
            signedBy = Set.copyOf(signedBy);
            declinedBy = Set.copyOf(declinedBy);
        }

        public UUID id() {
            return proposed.proposal();
        }

        public Version version() {
            return proposed.version();
        }

        public Hash digest() {
            return proposed.digest();
        }

        public boolean isConcluded() {
            return signedBy.size() == Side.values().length && !refused;
        }

        private Proposal signed(Side by) {
            return new Proposal(proposed, with(signedBy, by), declinedBy, refused);
        }

        private Proposal declined(Side by) {
            return new Proposal(proposed, signedBy, with(declinedBy, by), refused);
        }

        private static Set<Side> with(Set<Side> sides, Side one) {
            Set<Side> more = EnumSet.of(one);
            more.addAll(sides);
            return more;
        }
    }

    /**
     * @param acts in the order in which this side learnt of them
     */
    public static Dossier of(List<Act> acts) {
        var dossier = new Dossier();
        acts.forEach(dossier::add);
        return dossier;
    }

    private void add(Act act) {
        switch (act) {
            case Act.Proposed proposed -> {
                proposals.putIfAbsent(
                        proposed.proposal(), new Proposal(proposed, Set.of(), Set.of(), false));
                proposed.declines()
                        .flatMap(this::find)
                        .filter(one -> !one.signedBy().contains(proposed.by()))
                        .ifPresent(one -> proposals.put(one.id(), one.declined(proposed.by())));
            }
            case Act.Signed(var id, var by) ->
                    find(id).ifPresent(one -> proposals.put(id, one.signed(by)));
            case Act.Refused(var id) ->
                    find(id).filter(one -> !one.isConcluded())
                            .ifPresent(one ->
                                    proposals.put(
                                            id,
                                            new Proposal(
                                                    one.proposed(),
                                                    one.signedBy(),
                                                    one.declinedBy(),
                                                    true)));
        }
    }

    /** In the order in which they came. */
    public List<Proposal> proposals() {
        return List.copyOf(proposals.values());
    }

    public Optional<Proposal> find(UUID id) {
        @Nullable Proposal proposal = proposals.get(id);
        return Optional.ofNullable(proposal);
    }

    /** The versions that both signed, by number. */
    public List<Proposal> concluded() {
        List<Proposal> concluded = new ArrayList<>(proposals.values());
        concluded.removeIf(one -> !one.isConcluded());
        concluded.sort(Comparator.comparingInt(one -> one.version().number()));
        return List.copyOf(concluded);
    }

    /** What a proposal must say of itself: that it follows the newest version. */
    public Version next() {
        List<Proposal> concluded = concluded();
        return concluded.isEmpty()
                ? Version.first()
                : concluded.getLast().version().next(concluded.getLast().digest());
    }

    /** Empty if that party may sign it now. */
    public Optional<Objection> objection(UUID id, Side signer) {
        Optional<Proposal> found = find(id);
        if (found.isEmpty()) {
            return Optional.of(Objection.UNKNOWN);
        }
        Proposal proposal = found.get();
        if (proposal.refused()) {
            return Optional.of(Objection.REFUSED);
        }
        if (proposal.signedBy().contains(signer)) {
            return Optional.of(Objection.SIGNED);
        }
        if (proposal.declinedBy().contains(signer)) {
            return Optional.of(Objection.DECLINED);
        }
        if (!proposal.version().equals(next())) {
            return Optional.of(Objection.VERSION);
        }
        return proposals.values().stream().anyMatch(other -> binds(other, proposal, signer))
                ? Optional.of(Objection.OTHER_SIGNED)
                : Optional.empty();
    }

    private static boolean binds(Proposal other, Proposal proposal, Side signer) {
        return other.version().number() == proposal.version().number()
                && other.signedBy().contains(signer)
                && other.declinedBy().stream().allMatch(signer::equals)
                && !other.refused();
    }
}
