package org.jalur.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.Jws;
import org.jalur.channel.Manifest;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.evidence.Cosigned.Standing;

/**
 * The statements of witnesses that they handed a message on. One by a key that nobody knows says
 * nothing, and one by either side does not count: it speaks for itself.
 */
final class RelayCheck {
    private final Checkpoints checkpoints;
    private final ProofCheck proofs;

    RelayCheck(Checkpoints checkpoints, ProofCheck proofs) {
        this.checkpoints = checkpoints;
        this.proofs = proofs;
    }

    /** In the order in which they were made; those that are wrong are noted as flaws. */
    List<RelayTry> of(List<String> statements, Jws message, Manifest manifest) {
        return statements.stream()
                .flatMap(text -> of(text, message, manifest).stream())
                .sorted(Comparator.comparing(RelayTry::began))
                .toList();
    }

    private Optional<RelayTry> of(String text, Jws message, Manifest manifest) {
        Optional<SignedRelay> signed =
                proofs.attempt(Flaw.Kind.RELAY, () -> SignedRelay.parse(text));
        if (signed.isEmpty()) {
            return Optional.empty();
        }
        if (!signed.get().statement().isAbout(message, manifest)) {
            proofs.flaw(
                    Flaw.Kind.RELAY, "it is about message " + signed.get().statement().message());
            return Optional.empty();
        }
        return proofs.attempt(
                        Flaw.Kind.RELAY,
                        () ->
                                Cosigned.earliest(
                                        checkpoints.cosigned(
                                                signed.get().note(), RelayCheck::independent)))
                .flatMap(by -> by)
                .map(by ->
                        new RelayTry(
                                by,
                                signed.get().statement().at(),
                                signed.get().statement().began(),
                                signed.get().statement().ended(),
                                signed.get().statement().outcome()));
    }

    private static boolean independent(Standing standing) {
        return switch (standing) {
            case CHOSEN, NAMED_BY_MAKER -> true;
            case OTHER_SIDE, MAKER -> false;
        };
    }
}
