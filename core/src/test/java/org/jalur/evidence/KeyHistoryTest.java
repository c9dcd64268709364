package org.jalur.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jalur.channel.KeyStatement.Reason;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.Message;
import org.jalur.channel.SigningKey;
import org.jalur.evidence.Finding.Doubt;
import org.jalur.evidence.SampleEvidence.Checked;
import org.jalur.log.SignedNote;
import org.junit.jupiter.api.Test;

class KeyHistoryTest {
    private final SampleEvidence sample = new SampleEvidence();

    @Test
    void messagesFromBeforeAndAfterARotationVerify() {
        sample.keys.add(rotated());
        Message after = sample.authority.send(sample.platform, "withdrawal");
        String receipt = sample.platform.receive(after);

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice).withReceipt(sample.noticeReceipt))
                        .show(Exhibit.of(after).withReceipt(receipt))
                        .check();

        assertThat(checked.flaws()).isEmpty();
    }

    @Test
    void receiptSignedBeforeARotationOfTheReceiverVerifiesByItsPosition() {
        sample.platform.rotate();
        sample.keys.add(sample.platform.announceKeys(sample.authority));

        assertThat(sample.showAll().check().flaws()).isEmpty();
    }

    @Test
    void entryUnderACheckpointOfTheNewKeysVerifies() {
        sample.keys.add(rotated());

        assertThat(sample.showAll().check().flaws()).isEmpty();
    }

    @Test
    void messageSignedWithTheOldKeyAfterTheRotationIsFound() {
        Map<Use, SigningKey> stolen = new EnumMap<>(sample.authority.keys);
        sample.keys.add(rotated());
        sample.authority.keys = stolen;
        Message late = sample.authority.send(sample.platform, "withdrawal");

        Checked checked = sample.showOnly(Exhibit.of(late)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.OTHER_KEY);
    }

    @Test
    void messageSignedWithTheNewKeyBeforeTheRotationIsFound() {
        sample.authority.rotate();
        Message early = sample.authority.send(sample.platform, "withdrawal");
        sample.keys.add(sample.authority.announceKeys(sample.platform));

        Checked checked = sample.showOnly(Exhibit.of(early)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.OTHER_KEY);
    }

    @Test
    void stolenWorkingKeyCannotRotateItself() {
        SigningKey stolen = sample.authority.key(Use.MESSAGE);
        sample.authority.rotate();
        String statement = sample.authority.statement(stolen.publicKey()).sign(stolen);
        Message keys = sample.authority.announceKeys(sample.platform, statement);
        Message forged = sample.authority.send(sample.platform, "withdrawal");
        sample.keys.add(keys);

        Checked checked = sample.showOnly(Exhibit.of(forged)).check();

        assertThat(checked.flaws())
                .containsExactly(Flaw.Kind.KEYS_NOT_BY_IDENTITY, Flaw.Kind.OTHER_KEY);
    }

    @Test
    void keysOfAnotherPartysIdentityAreRefused() {
        SigningKey identity = sample.platform.identity;
        sample.authority.rotate();
        String statement = sample.authority.statement(identity.publicKey()).sign(identity);
        sample.keys.add(sample.authority.announceKeys(sample.platform, statement));

        assertThat(sample.showAll().check().flaws()).contains(Flaw.Kind.KEYS_NOT_BY_IDENTITY);
    }

    @Test
    void serialThatDoesNotRiseIsFound() {
        sample.keys.add(sample.authority.announceKeys(sample.platform));

        assertThat(sample.showAll().check().flaws()).containsExactly(Flaw.Kind.KEYS_SERIAL);
    }

    @Test
    void statementThatNamesAnotherJournalIsFound() {
        sample.authority.rotate();
        sample.authority.origin = "another.example/journal";
        sample.keys.add(sample.authority.announceKeys(sample.platform));
        sample.authority.origin = "otoritas-contoh.example/journal";

        assertThat(sample.showOnly(Exhibit.of(sample.notice)).check().flaws())
                .containsExactly(Flaw.Kind.KEYS_ORIGIN);
    }

    @Test
    void keysMessageOfAnotherChannelIsMisplaced() {
        var third = new SampleParty("platform-lain", sample.clock);
        sample.keys.add(sample.authority.announceKeys(third));

        assertThat(sample.showAll().check().flaws()).containsExactly(Flaw.Kind.MISPLACED);
    }

    @Test
    void messageWithoutAnyKeysBeforeItIsNotGenuine() {
        sample.keys.removeFirst();

        Checked checked = sample.showOnly(Exhibit.of(sample.notice)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.NO_KEY);
    }

    @Test
    void keysMessageThatDoesNotFollowTheMessageBeforeItIsFound() {
        SampleEvidence other = new SampleEvidence();
        other.authority.keys = sample.authority.keys;
        sample.authority.rotate();
        String statement =
                sample.authority
                        .statement(sample.authority.identity.publicKey())
                        .sign(sample.authority.identity);
        other.authority.keys = sample.authority.keys;
        sample.keys.add(other.authority.announceKeys(other.platform, statement));

        Checked checked = sample.showOnly(Exhibit.of(sample.notice)).check();

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.CHAIN);
    }

    private void revoke() {
        revoke(sample.authority, sample.platform);
    }

    private void revoke(SampleParty party, SampleParty peer) {
        party.reason = Optional.of(Reason.COMPROMISE);
        party.rotate();
        sample.keys.add(party.announceKeys(peer));
    }

    private static List<Set<Doubt>> doubts(Checked checked) {
        return checked.findings().stream()
                .filter(Finding.OfMessage.class::isInstance)
                .map(finding -> ((Finding.OfMessage) finding).doubts())
                .toList();
    }

    @Test
    void messageUnderKeysThatWereRevokedIsDoubtfulIfNobodyElseBoundsIt() {
        revoke();

        Checked checked = sample.showOnly(Exhibit.of(sample.notice)).check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(doubts(checked)).containsExactly(Set.of(Doubt.MESSAGE));
        assertThat(checked.summary().doubtful()).isEqualTo(1);
        assertThat(checked.summary().revoked()).containsExactly(sample.authority.id);
    }

    @Test
    void receiptOfTheOtherSideBoundsAMessageUnderRevokedKeys() {
        revoke();

        Checked checked =
                sample.showOnly(Exhibit.of(sample.notice).withReceipt(sample.noticeReceipt))
                        .check();

        assertThat(doubts(checked)).containsExactly(Set.of());
        assertThat(checked.summary().revoked()).containsExactly(sample.authority.id);
    }

    @Test
    void receiptUnderKeysThatWereRevokedIsDoubtfulIfNobodyElseBoundsIt() {
        revoke();

        Checked checked =
                sample.showOnly(Exhibit.of(sample.decision).withReceipt(sample.decisionReceipt))
                        .check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(doubts(checked)).containsExactly(Set.of(Doubt.RECEIPT));
    }

    @Test
    void cosignatureOfTheOtherSideBoundsWhatRevokedKeysSigned() {
        revoke();

        assertThat(sample.showAll().check().summary().doubtful()).isZero();
    }

    @Test
    void thiefWhoHasTheReceiversWitnessKeyTooCannotBoundAReceipt() {
        SampleParty platform = sample.platform;
        String receipt =
                platform.receive(sample.notice, () -> platform.cosign(platform.checkpoint()));
        revoke(platform, sample.authority);

        Checked checked = sample.showOnly(Exhibit.of(sample.notice).withReceipt(receipt)).check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(doubts(checked)).containsExactly(Set.of(Doubt.RECEIPT));
    }

    @Test
    void witnessThatOnlyTheReceiverNamesDoesNotBoundItsOwnReceipt() {
        SignedNote checkpoint = sample.authority.checkpoint().signedBy(sample.witness);
        Exhibit exhibit = received(checkpoint);
        Exhibit cosigned = received(sample.platform.cosign(checkpoint));
        revoke();

        assertThat(doubts(sample.showOnly(exhibit).check())).containsExactly(Set.of(Doubt.RECEIPT));
        assertThat(doubts(sample.showOnly(cosigned).check())).containsExactly(Set.of());
    }

    private Exhibit received(SignedNote checkpoint) {
        return Exhibit.of(sample.decision)
                .withReceipt(sample.decisionReceipt)
                .withEntry(
                        JournalProof.Kind.MESSAGE_RECEIVED,
                        sample.authority.proof(
                                "message-received", sample.decision.jws().digest(), checkpoint));
    }

    @Test
    void rotationByPlanCastsNoDoubt() {
        sample.authority.reason = Optional.of(Reason.ROTATION);
        sample.keys.add(rotated());

        Checked checked = sample.showOnly(Exhibit.of(sample.notice)).check();

        assertThat(doubts(checked)).containsExactly(Set.of());
        assertThat(checked.summary().revoked()).isEmpty();
    }

    @Test
    void messageUnderTheNewKeysIsNotDoubtful() {
        revoke();
        Message after = sample.authority.send(sample.platform, "withdrawal");

        Checked checked = sample.showOnly(Exhibit.of(after)).check();

        assertThat(doubts(checked)).containsExactly(Set.of());
    }

    private Message rotated() {
        sample.authority.rotate();
        return sample.authority.announceKeys(sample.platform);
    }
}
