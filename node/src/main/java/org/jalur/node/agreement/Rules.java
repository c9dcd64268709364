package org.jalur.node.agreement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jalur.agreement.Agreement;
import org.jalur.agreement.Ladder.Side;
import org.jalur.agreement.Party;
import org.jalur.agreement.Term;
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
            return Optional.of(RefusalRule.PINNED.broken(wrong.get()));
        }
        Version next = standing.dossier().next();
        if (!agreement.version().equals(next)) {
            return Optional.of(
                    RefusalRule.NEXT_VERSION.broken(
                            "version",
                            agreement.version().number(),
                            previous(agreement.version()),
                            next.number(),
                            previous(next)));
        }
        return Optional.empty();
    }

    private static String previous(Version version) {
        return version.previous().map(Object::toString).orElse("–");
    }

    Optional<Refusal> ofSignature(
            Channel channel, Standing standing, UUID id, Side signer, Said.Signature said) {
        var objection = standing.dossier().objection(id, signer);
        if (objection.isPresent()) {
            return Optional.of(RefusalRule.of(objection.get()).broken("version", id));
        }
        Dossier.Proposal proposal = standing.dossier().find(id).orElseThrow();
        if (!proposal.digest().hex().equals(said.digest())) {
            return Optional.of(
                    RefusalRule.DIGEST.broken("agreement", proposal.digest(), said.digest()));
        }
        Agreement agreement = texts.of(channel, proposal).agreement();
        if (!agreement.openBeforeSigning().isEmpty()) {
            return Optional.of(RefusalRule.OPEN.broken(agreement.openBeforeSigning().getFirst()));
        }
        Party party = PartyTerms.party(agreement, signer);
        if (party.representatives().stream()
                .noneMatch(one -> one.name().equals(said.representative()))) {
            return Optional.of(
                    RefusalRule.REPRESENTATIVE.broken(
                            Acts.wire(signer) + ".representatives", said.representative()));
        }
        return Optional.empty();
    }

    Optional<Refusal> ofTermination(
            Channel channel, Standing standing, UUID id, Said.Ending said, Instant at) {
        Optional<Dossier.Proposal> found =
                standing.dossier().find(id).filter(Dossier.Proposal::isConcluded);
        if (found.isEmpty()) {
            return Optional.of(RefusalRule.NOT_CONCLUDED.broken("version", id));
        }
        Term term = texts.of(channel, found.get()).agreement().term();
        LocalDate today = Agreements.day(texts.of(channel, found.get()).agreement(), at);
        if (said.ground().isPresent()) {
            return atOnce(term, said.ground().get(), said.lastDay(), today);
        }
        LocalDate earliest = today.plus(term.notice());
        return said.lastDay().isBefore(earliest)
                ? Optional.of(
                        RefusalRule.NOTICE.broken(
                                "term.notice", term.notice(), earliest, said.lastDay()))
                : Optional.empty();
    }

    private static Optional<Refusal> atOnce(
            Term term, Term.Ground ground, LocalDate lastDay, LocalDate today) {
        if (!term.atOnce().contains(ground)) {
            return Optional.of(
                    RefusalRule.NOT_AT_ONCE.broken(
                            "term.atOnce",
                            Acts.wire(ground),
                            term.atOnce().stream().map(Acts::wire).toList()));
        }
        return lastDay.isBefore(today)
                ? Optional.of(RefusalRule.AT_ONCE_DAY.broken("term.atOnce", today, lastDay))
                : Optional.empty();
    }
}
