package org.jalur.evidence;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Summary.Verdict;

/** Counts findings on their way to the reader. */
final class Tally implements Consumer<Finding> {
    private final Consumer<Finding> reader;
    private final Set<PartyId> revoked = new HashSet<>();
    private final Set<PartyId> unpinned = new HashSet<>();
    private final Set<PartyId> contradicted = new HashSet<>();
    private final Set<PartyId> absent;
    private final boolean policyAsked;
    private long messages;
    private long genuine;
    private long flawed;
    private long received;
    private long tried;
    private long triedNamedOnly;
    private long bounded;
    private long namedOnly;
    private long quorumMissed;
    private long doubtful;
    private Summary.Parts parts = Summary.Parts.NONE;

    Tally(Expectations expected, Consumer<Finding> reader) {
        this.reader = reader;
        this.absent = new HashSet<>(expected.pins().keySet());
        this.policyAsked = expected.policy().isPresent();
    }

    @Override
    public void accept(Finding finding) {
        if (!finding.isGenuine()) {
            flawed++;
        }
        switch (finding) {
            case Finding.OfParty(var party, var pin, _) -> count(party.id(), pin);
            case Finding.OfMessage message -> count(message);
            case Finding.OfUnreadable _ -> messages++;
            case Finding.OfKeys(var party, _, var statement, _) ->
                    statement
                            .filter(KeyStatement::revokesPreviousAsCompromised)
                            .ifPresent(_ -> revoked.add(party));
            case Finding.OfCover _ -> {}
        }
        reader.accept(finding);
    }

    private void count(PartyId party, Finding.Pin pin) {
        absent.remove(party);
        switch (pin) {
            case CONFIRMED -> {}
            case NOT_GIVEN -> unpinned.add(party);
            case DIFFERENT -> contradicted.add(party);
        }
    }

    private void count(Finding.OfMessage message) {
        messages++;
        if (!message.isGenuine()) {
            return;
        }
        genuine++;
        switch (message.delivery()) {
            case Delivery.Received _ -> received++;
            case Delivery.NotProven _ -> {}
        }
        if (message.isTriedOnly()) {
            tried++;
            triedNamedOnly +=
                    message.tries().stream()
                                    .allMatch(one ->
                                            one.by().standing() == Cosigned.Standing.NAMED_BY_MAKER)
                            ? 1
                            : 0;
        }
        message.existedBy()
                .ifPresent(by -> {
                    bounded++;
                    namedOnly += by.standing() == Cosigned.Standing.NAMED_BY_MAKER ? 1 : 0;
                });
        quorumMissed += message.quorum() == Finding.Quorum.NOT_REACHED ? 1 : 0;
        doubtful += message.doubts().isEmpty() ? 0 : 1;
        parts = parts.plus(message.parts());
    }

    Summary summary() {
        return new Summary(
                verdict(),
                messages,
                genuine,
                flawed,
                received,
                tried,
                triedNamedOnly,
                bounded,
                namedOnly,
                policyAsked,
                quorumMissed,
                parts,
                doubtful,
                revoked,
                unpinned,
                contradicted,
                absent);
    }

    private Verdict verdict() {
        if (flawed > 0) {
            return Verdict.NOT_GENUINE;
        }
        boolean satisfied = !policyAsked || (messages > 0 && quorumMissed == 0);
        return satisfied && absent.isEmpty() ? Verdict.GENUINE : Verdict.NOT_PROVEN;
    }
}
