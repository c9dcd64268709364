package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.channel.SignOff;
import org.jalur.channel.SigningKey;
import org.jalur.evidence.SampleEvidence.Checked;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;
import org.junit.jupiter.api.Test;

/** Evidence of a party whose notices hold only with an approver's signature. */
class SignOffEvidenceTest {
    private final SampleEvidence sample = new SampleEvidence();
    private final SigningKey approver = SigningKey.generate();
    private final UUID id = UUID.randomUUID();
    private final Part facts = Part.of("notice", "sample facts".getBytes(UTF_8));
    private final Part item = Part.of("item", "sample post B".getBytes(UTF_8));

    SignOffEvidenceTest() {
        sample.authority.approvers = List.of(approver.publicKey());
        sample.authority.rotate();
        sample.keys.add(sample.authority.announceKeys(sample.platform));
    }

    private Part signed(SigningKey key) {
        Hash root = MerkleTree.root(List.of(facts.leaf(), item.leaf()));
        var signOff = new SignOff(id, sample.authority.id, sample.platform.id, root);
        return Part.of(SignOff.PART, signOff.sign(key).getBytes(US_ASCII));
    }

    private Message send(Part... parts) {
        return sample.authority.send(sample.platform, id, "notice", parts);
    }

    @Test
    void noticeWithTheSignatureOfAnApproverIsApproved() {
        Part signOff = signed(approver);
        Message notice = send(facts, item, signOff);

        Checked checked = sample.showOnly(Exhibit.of(notice), facts, item, signOff).check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(checked.message(notice).signedOff())
                .isEqualTo(new SignedOff.By(approver.publicKey()));
    }

    @Test
    void contentNeedNotBeShownForIt() {
        Part signOff = signed(approver);
        Message notice = send(facts, item, signOff);
        sample.withheld.add(item.leaf());

        Checked checked = sample.showOnly(Exhibit.of(notice), facts, signOff).check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(checked.message(notice).signedOff()).isInstanceOf(SignedOff.By.class);
    }

    @Test
    void noticeThatOnlyTheNodeSignedIsNotTheParties() {
        Message notice = send(facts, item);

        assertThat(sample.showOnly(Exhibit.of(notice), facts, item).check().flaws())
                .containsExactly(Flaw.Kind.SIGN_OFF);
    }

    @Test
    void signatureByTheNodesOwnKeyOrAnyOtherIsNone() {
        Part signOff = signed(SigningKey.generate());
        Message notice = send(facts, item, signOff);

        assertThat(sample.showOnly(Exhibit.of(notice), facts, item, signOff).check().flaws())
                .containsExactly(Flaw.Kind.SIGN_OFF);
    }

    @Test
    void signatureOverOtherPartsIsNone() {
        Part signOff = signed(approver);
        Part added = Part.of("item", "sample post C".getBytes(UTF_8));
        Message notice = send(facts, item, added, signOff);

        assertThat(sample.showOnly(Exhibit.of(notice), facts, item, added, signOff).check().flaws())
                .containsExactly(Flaw.Kind.SIGN_OFF);
    }

    @Test
    void signatureThatIsNotShownProvesNothingAndAccusesNobody() {
        Part signOff = signed(approver);
        Message notice = send(facts, item, signOff);
        sample.withheld.add(signOff.leaf());

        Checked whole = sample.showOnly(Exhibit.of(notice), facts, item).check();
        Checked single =
                sample.showOnly(Exhibit.opening(notice, Set.of(item.leaf())), item).check();

        for (Checked checked : List.of(whole, single)) {
            assertThat(checked.flaws()).isEmpty();
            assertThat(checked.message(notice).signedOff()).isInstanceOf(SignedOff.NotShown.class);
        }
    }

    @Test
    void noticesFromBeforeAndMessagesOfOtherKindsNeedNone() {
        Message answer = sample.authority.send(sample.platform, "clarification", facts);

        Checked checked = sample.showAll().show(Exhibit.of(answer), facts).check();

        assertThat(checked.flaws()).isEmpty();
        assertThat(checked.message(sample.notice).signedOff())
                .isInstanceOf(SignedOff.NotNeeded.class);
        assertThat(checked.message(answer).signedOff()).isInstanceOf(SignedOff.NotNeeded.class);
    }

    @Test
    void withdrawalNeedsOneThatNamesItsNotice() {
        SignOff right =
                new SignOff(
                        id,
                        Optional.of(UUID.randomUUID()),
                        sample.authority.id,
                        sample.platform.id,
                        MerkleTree.root(List.of(facts.leaf())));
        Part ofAnother = Part.of(SignOff.PART, right.sign(approver).getBytes(US_ASCII));
        Message without = sample.authority.send(sample.platform, "withdrawal", item);
        Message wrong = sample.authority.send(sample.platform, id, "withdrawal", facts, ofAnother);

        Checked checked =
                sample.showAll()
                        .show(Exhibit.of(without), item)
                        .show(Exhibit.of(wrong), facts, ofAnother)
                        .check();

        for (Message one : List.of(without, wrong)) {
            assertThat(checked.message(one).signedOff()).isInstanceOf(SignedOff.Missing.class);
        }
    }
}
