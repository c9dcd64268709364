package org.jalur.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.evidence.Cosigned.Standing;
import org.jalur.evidence.Finding.Pin;
import org.jalur.evidence.Finding.Quorum;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.evidence.SampleEvidence.Checked;
import org.jalur.evidence.Summary.Verdict;
import org.jalur.log.Checkpoint;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.TrustPolicy;
import org.jalur.log.TrustPolicy.NamedWitness;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private final SampleEvidence sample = new SampleEvidence();

    @Test
    void genuineEvidenceIsFoundGenuine() {
        Checked checked = sample.showAll().check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(checked.summary().messages()).isEqualTo(2);
        assertThat(checked.summary().received()).isEqualTo(2);
        assertThat(checked.summary().parts()).isEqualTo(new Summary.Parts(3, 0, 0, 0, 0));
    }

    @Test
    void findingsComeInTheOrderOfTheFile() {
        Checked checked = sample.showAll().check();

        assertThat(checked.findings())
                .extracting(finding -> (Object) finding.getClass())
                .containsExactly(
                        Finding.OfCover.class,
                        Finding.OfParty.class,
                        Finding.OfParty.class,
                        Finding.OfKeys.class,
                        Finding.OfKeys.class,
                        Finding.OfMessage.class,
                        Finding.OfMessage.class);
    }

    @Test
    void messageLiesBetweenTheQuotedJournalAndTheEarliestCosignatureOfAnother() {
        Finding.OfMessage notice = sample.showAll().check().message(sample.notice);

        assertThat(notice.manifest().time()).isEqualTo(Instant.parse("2026-11-23T05:01:00Z"));
        assertThat(notice.after()).contains(new Finding.Quoted(sample.platform.id, 1));
        assertThat(notice.existedBy())
                .contains(
                        new Cosigned(
                                "platform-contoh.example/journal/witness",
                                Standing.OTHER_SIDE,
                                sample.clock.instant()));
        assertThat(notice.hasConflictingTimes()).isFalse();
    }

    @Test
    void receiptGivesTheTimeAtWhichTheReceiverSaysItCame() {
        Finding.OfMessage notice = sample.showAll().check().message(sample.notice);

        assertThat(notice.delivery())
                .isInstanceOfSatisfying(
                        Delivery.Received.class,
                        received -> {
                            assertThat(received.at())
                                    .isEqualTo(Instant.parse("2026-11-23T05:01:02Z"));
                            assertThat(received.journaled()).isPresent();
                        });
    }

    @Test
    void noticeWithoutReceiptExistedByATimeButItsDeliveryIsNotProven() {
        Exhibit unreceipted =
                Exhibit.of(sample.notice)
                        .withEntry(
                                Kind.MESSAGE_SENT,
                                sample.authority.proof(
                                        "message-sent",
                                        sample.notice.jws().digest(),
                                        sample.cosigned()));

        Checked checked = sample.show(unreceipted, sample.letter, sample.item).check();

        Finding.OfMessage notice = checked.message(sample.notice);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(checked.summary().received()).isZero();
        assertThat(notice.delivery()).isEqualTo(new Delivery.NotProven());
        assertThat(notice.existedBy()).isPresent();
    }

    @Test
    void messageThatIsInNoJournalYetHasNoTimeBesidesItsOwnClaim() {
        Checked checked = sample.show(Exhibit.of(sample.notice)).check();

        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(checked.message(sample.notice).existedBy()).isEmpty();
    }

    @Test
    void makersOwnSignaturesBoundNothing() {
        SignedNote alone = sample.authority.cosign(sample.authority.checkpoint());

        Checked checked =
                sample.show(sample.noticeExhibit(Exhibit.of(sample.notice), alone)).check();

        Finding.OfMessage notice = checked.message(sample.notice);
        assertThat(notice.cosigned()).extracting(Cosigned::standing).containsOnly(Standing.MAKER);
        assertThat(notice.existedBy()).isEmpty();
    }

    @Test
    void witnessThatOnlyTheMakerNamesCountsForLessThanTheOtherSide() {
        SignedNote early = sample.authority.checkpoint().signedBy(sample.witness);
        sample.clock.move(Duration.ofDays(1));
        SignedNote both = sample.platform.cosign(early);

        Checked alone = check(early);
        Checked together = check(both);

        assertThat(alone.message(sample.notice).existedBy())
                .map(Cosigned::standing)
                .contains(Standing.NAMED_BY_MAKER);
        assertThat(alone.summary().namedOnly()).isEqualTo(1);
        assertThat(together.message(sample.notice).existedBy())
                .map(Cosigned::standing)
                .contains(Standing.OTHER_SIDE);
    }

    private Checked check(SignedNote checkpoint) {
        return sample.showOnly(sample.noticeExhibit(Exhibit.of(sample.notice), checkpoint)).check();
    }

    @Test
    void makersKeyDoesNotBecomeIndependentByBeingNamed() {
        sample.named.addAll(sample.authority.statement(key()).witnessVerifiers());
        SignedNote alone = sample.authority.cosign(sample.authority.checkpoint());

        Checked checked =
                sample.show(sample.noticeExhibit(Exhibit.of(sample.notice), alone)).check();

        assertThat(checked.message(sample.notice).existedBy()).isEmpty();
    }

    private PublicSigningKey key() {
        return sample.authority.identity.publicKey();
    }

    @Test
    void claimedTimeAfterTheBoundIsShownAsConflict() {
        sample.clock.move(Duration.ofHours(-3));

        Finding.OfMessage notice = sample.showAll().check().message(sample.notice);

        assertThat(notice.hasConflictingTimes()).isTrue();
        assertThat(notice.isGenuine()).isTrue();
    }

    @Test
    void identityThatTheReaderKnowsIsConfirmed() {
        Checked checked = check(pins(sample.authority.asNamed().fingerprint()), Optional.empty());

        assertThat(pins(checked)).containsExactly(Pin.CONFIRMED, Pin.NOT_GIVEN);
        assertThat(checked.summary().unpinned()).containsExactly(sample.platform.id);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void otherIdentityThanTheReaderKnowsIsAFlaw() {
        Checked checked = check(pins(Hash.sha256()), Optional.empty());

        assertThat(pins(checked)).containsExactly(Pin.DIFFERENT, Pin.NOT_GIVEN);
        assertThat(checked.flaws()).containsExactly(Flaw.Kind.IDENTITY);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void partyThatTheReaderKnowsAndTheFileDoesNotHaveIsNotProven() {
        var other = new PartyId("otoritas-lain");

        Checked checked = check(Map.of(other, Hash.sha256()), Optional.empty());

        assertThat(checked.summary().absent()).containsExactly(other);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.NOT_PROVEN);
    }

    @Test
    void policyIsReachedByTheWitnessThatTheReaderChose() {
        Checked checked = check(Map.of(), Optional.of(policy(sample.witness)));

        Finding.OfMessage notice = checked.message(sample.notice);
        assertThat(notice.quorum()).isEqualTo(Quorum.REACHED);
        assertThat(notice.cosigned()).extracting(Cosigned::standing).contains(Standing.CHOSEN);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void policyOfAnotherWitnessIsNotReached() {
        NoteSigner stranger = SampleEvidence.witness("saksi.example/w2", sample.clock);

        Checked checked = check(Map.of(), Optional.of(policy(stranger)));

        assertThat(checked.message(sample.notice).quorum()).isEqualTo(Quorum.NOT_REACHED);
        assertThat(checked.summary().quorumMissed()).isEqualTo(2);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.NOT_PROVEN);
    }

    @Test
    void fileWithoutMessagesSatisfiesNoPolicy() {
        var expected = new Expectations(Map.of(), Optional.of(policy(sample.witness)), false);

        assertThat(SampleEvidence.check(sample.bytes(), expected).summary().verdict())
                .isEqualTo(Verdict.NOT_PROVEN);
        assertThat(sample.check().summary().verdict()).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void policyThatNamesLogsNeedsTheSignatureOfOne() {
        var journal =
                new TrustPolicy.NamedLog(
                        sample.authority.statement(key()).checkpointVerifiers().getFirst(),
                        Optional.empty());
        var other =
                new TrustPolicy.NamedLog(
                        SampleEvidence.log("another.example/journal"), Optional.empty());

        Checked named = check(Map.of(), Optional.of(policy(List.of(journal), sample.witness)));
        Checked unknown = check(Map.of(), Optional.of(policy(List.of(other), sample.witness)));

        assertThat(named.summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(unknown.summary().verdict()).isEqualTo(Verdict.NOT_PROVEN);
    }

    @Test
    void withheldAndErasedPartsAreCountedAndTheRestStillVerifies() {
        sample.withheld.add(sample.letter.leaf());
        sample.erased.add(sample.item.leaf());

        Checked checked = sample.show(sample.noticeExhibit()).check();

        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(checked.message(sample.notice).parts())
                .isEqualTo(new PartsShown(2, List.of(), 1, 1, 0, 0));
    }

    @Test
    void partWithoutOctetsAndExplanationIsMissing() {
        Checked checked = sample.show(sample.noticeExhibit(), sample.item).check();

        assertThat(checked.message(sample.notice).parts().missing()).isEqualTo(1);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void singlePartIsProvenWithoutTheLeavesOfTheOthers() {
        Exhibit single =
                sample.noticeExhibit(
                        Exhibit.opening(sample.notice, Set.of(sample.item.leaf())),
                        sample.cosigned());
        sample.show(single, sample.item);

        PartsShown parts = sample.check().message(sample.notice).parts();

        assertThat(parts.opened()).extracting(OpenedPart::leaf).containsExactly(leaf());
        assertThat(parts.undisclosed()).isEqualTo(1);
        assertThat(sample.check().summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(sample.file().text("messages/")).doesNotContain("leaves");
    }

    private Hash leaf() {
        return sample.item.leaf();
    }

    @Test
    void contentIsKeptOnlyForAReaderWhoAsksForIt() {
        sample.showAll();

        Checked without = sample.check();
        Checked with =
                SampleEvidence.check(
                        sample.bytes(), new Expectations(Map.of(), Optional.empty(), true));

        assertThat(without.message(sample.notice).parts().opened())
                .allMatch(part -> part.content().isEmpty());
        assertThat(with.message(sample.notice).parts().opened())
                .allMatch(part -> part.content().isPresent());
    }

    @Test
    void sizeOfTheQuotedJournalIsThatOfTheCheckpoint() {
        Finding.OfMessage decision = sample.showAll().check().message(sample.decision);
        String quoted = sample.decision.manifest().seen().checkpoint().orElseThrow();

        assertThat(decision.after().map(Finding.Quoted::size))
                .contains(Checkpoint.parse(SignedNote.parse(quoted).text()).size());
    }

    private Map<PartyId, Hash> pins(Hash fingerprint) {
        return Map.of(sample.authority.id, fingerprint);
    }

    private static List<Pin> pins(Checked checked) {
        return checked.findings().stream()
                .filter(Finding.OfParty.class::isInstance)
                .map(finding -> ((Finding.OfParty) finding).pin())
                .toList();
    }

    private Checked check(Map<PartyId, Hash> pins, Optional<TrustPolicy> policy) {
        return SampleEvidence.check(
                sample.showAll().bytes(), new Expectations(pins, policy, false));
    }

    private static TrustPolicy policy(NoteSigner witness) {
        return policy(List.of(), witness);
    }

    private static TrustPolicy policy(List<TrustPolicy.NamedLog> logs, NoteSigner witness) {
        return new TrustPolicy(
                logs,
                List.of(new NamedWitness("w", witness.verifier(), Optional.empty())),
                List.of(),
                Optional.of("w"));
    }
}
