package org.jalur.node.agreement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Party;
import org.jalur.agreement.Version;
import org.jalur.agreement.negotiation.Dossier;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Refusal;
import org.springframework.stereotype.Component;

/** What may be proposed, signed and ended: asked by whoever does it, and by whoever receives it. */
@Component
class Rules {
    private final PartyTerms parties;
    private final AgreementTexts texts;

    Rules(PartyTerms parties, AgreementTexts texts) {
        this.parties = parties;
        this.texts = texts;
    }

    Optional<Refusal> ofProposal(Channel channel, Standing standing, Agreement agreement) {
        Optional<String> wrong = parties.wrong(channel, agreement);
        if (wrong.isPresent()) {
            return broken(
                    wrong.get(),
                    "names another than this channel has pinned; propose the pinned one");
        }
        if (!agreement.version().equals(standing.dossier().next())) {
            return broken(
                    "version",
                    "is %d after %s; the next one is %d after %s"
                            .formatted(
                                    agreement.version().number(),
                                    previous(agreement.version()),
                                    standing.dossier().next().number(),
                                    previous(standing.dossier().next())));
        }
        return Optional.empty();
    }

    private static String previous(Version version) {
        return version.previous().map(Object::toString).orElse("none");
    }

    Optional<Refusal> ofSignature(
            Channel channel, Standing standing, UUID id, Side signer, Said.Signature said) {
        var objection = standing.dossier().objection(id, signer);
        if (objection.isPresent()) {
            return broken("version", "of proposal %s %s".formatted(id, objection.get().sentence()));
        }
        Dossier.Proposal proposal = standing.dossier().find(id).orElseThrow();
        if (!proposal.digest().hex().equals(said.digest())) {
            return broken(
                    "agreement",
                    "has the digest %s, not %s; read it again"
                            .formatted(proposal.digest(), said.digest()));
        }
        Agreement agreement = texts.of(channel, proposal).agreement();
        if (!agreement.openBeforeSigning().isEmpty()) {
            return broken(
                    agreement.openBeforeSigning().getFirst(),
                    "is open; call the other side back about its key and propose that");
        }
        Party party = PartyTerms.party(agreement, signer);
        if (party.representatives().stream()
                .noneMatch(one -> one.name().equals(said.representative()))) {
            return broken(
                    Acts.wire(signer) + ".representatives",
                    "do not have \"%s\"; sign as one of them".formatted(said.representative()));
        }
        return Optional.empty();
    }

    Optional<Refusal> ofTermination(
            Channel channel, Standing standing, UUID id, Said.Ending said, Instant at) {
        Optional<Dossier.Proposal> found =
                standing.dossier().find(id).filter(Dossier.Proposal::isConcluded);
        if (found.isEmpty()) {
            return broken("version", "of proposal %s was not signed by both".formatted(id));
        }
        Agreement agreement = texts.of(channel, found.get()).agreement();
        LocalDate today = Agreements.day(agreement, at);
        if (said.ground().isPresent()) {
            if (!agreement.term().atOnce().contains(said.ground().get())) {
                return broken(
                        "term.atOnce",
                        "does not have %s; agreed are %s"
                                .formatted(
                                        Acts.wire(said.ground().get()),
                                        agreement.term().atOnce().stream()
                                                .map(Acts::wire)
                                                .toList()));
            }
            if (said.lastDay().isBefore(today)) {
                return broken(
                        "term.atOnce",
                        "ends it on %s at the earliest, not on %s"
                                .formatted(today, said.lastDay()));
            }
        } else if (said.lastDay().isBefore(today.plus(agreement.term().notice()))) {
            return broken(
                    "term.notice",
                    "is %s: the last day is %s at the earliest, not %s"
                            .formatted(
                                    agreement.term().notice(),
                                    today.plus(agreement.term().notice()),
                                    said.lastDay()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> broken(String clause, String reason) {
        return Optional.of(new Refusal(clause, "%s %s.".formatted(clause, reason)));
    }
}
