package org.jalur.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.Message;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement;
import org.jalur.channel.RelayStatement.SignedRelay;
import org.jalur.evidence.Cosigned.Standing;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.evidence.SampleEvidence.Checked;
import org.jalur.evidence.Summary.Verdict;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.TrustPolicy;
import org.jalur.log.TrustPolicy.NamedWitness;
import org.junit.jupiter.api.Test;

/** What the statements of witnesses that handed a message on are worth in an evidence file. */
class RelayEvidenceTest {
    private final SampleEvidence sample = new SampleEvidence();

    private SignedRelay relayed(Message message, RelayOutcome outcome, NoteSigner... witness) {
        Instant now = sample.clock.instant();
        return RelayStatement.of(
                        message,
                        "https://platform.example/channel/messages",
                        now.minus(Duration.ofSeconds(15)),
                        now,
                        outcome)
                .sign(witness);
    }

    private SignedRelay timedOut() {
        return relayed(sample.notice, new RelayOutcome.TimedOut(), sample.witness);
    }

    private Exhibit unreceipted(String... statements) {
        return Exhibit.of(sample.notice)
                .withEntry(
                        Kind.MESSAGE_SENT,
                        sample.authority.proof(
                                "message-sent", sample.notice.jws().digest(), sample.cosigned()))
                .withRelays(List.of(statements));
    }

    private Checked check(Exhibit exhibit, NoteSigner... chosen) {
        byte[] file = sample.showOnly(exhibit, sample.letter, sample.item).bytes();
        Optional<TrustPolicy> policy =
                chosen.length == 0
                        ? Optional.empty()
                        : Optional.of(
                                new TrustPolicy(
                                        List.of(),
                                        List.of(
                                                new NamedWitness(
                                                        "w",
                                                        chosen[0].verifier(),
                                                        Optional.empty())),
                                        List.of(),
                                        Optional.of("w")));
        return SampleEvidence.check(file, new Expectations(Map.of(), policy, false));
    }

    @Test
    void deliveryWasTriedByTheWordOfAWitnessOfTheReadersPolicy() {
        Checked checked = check(unreceipted(timedOut().format()), sample.witness);

        Finding.OfMessage notice = checked.message(sample.notice);
        assertThat(checked.flaws()).isEmpty();
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.GENUINE);
        assertThat(checked.summary().tried()).isEqualTo(1);
        assertThat(checked.summary().triedNamedOnly()).isZero();
        assertThat(notice.delivery()).isEqualTo(new Delivery.NotProven());
        assertThat(notice.isTriedOnly()).isTrue();
        assertThat(notice.tries())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.by().standing()).isEqualTo(Standing.CHOSEN);
                    assertThat(one.ended()).isEqualTo(sample.clock.instant());
                    assertThat(one.outcome()).isEqualTo(new RelayOutcome.TimedOut());
                });
    }

    @Test
    void withoutPolicyItCountsAsTheWordOfAWitnessThatOnlyTheMakerNames() {
        Checked checked = check(unreceipted(timedOut().format()));

        assertThat(checked.summary().tried()).isEqualTo(1);
        assertThat(checked.summary().triedNamedOnly()).isEqualTo(1);
        assertThat(checked.message(sample.notice).tries())
                .allMatch(one -> one.by().standing() == Standing.NAMED_BY_MAKER);
    }

    @Test
    void witnessThatNobodyNamesProvesNothing() {
        NoteSigner stranger = SampleEvidence.witness("saksi-lain.example/w9", sample.clock);
        String statement = relayed(sample.notice, new RelayOutcome.TimedOut(), stranger).format();

        Checked checked = check(unreceipted(statement), sample.witness);

        assertThat(checked.flaws()).isEmpty();
        assertThat(checked.summary().tried()).isZero();
        assertThat(checked.message(sample.notice).tries()).isEmpty();
    }

    /** Somebody makes a key under the name of the witness that the policy names. */
    @Test
    void forgedKeyUnderTheWitnessesNameProvesNothing() {
        NoteSigner forger = SampleEvidence.witness(sample.witness.verifier().name(), sample.clock);
        String statement = relayed(sample.notice, new RelayOutcome.TimedOut(), forger).format();

        Checked checked = check(unreceipted(statement), sample.witness);

        assertThat(checked.summary().tried()).isZero();
    }

    @Test
    void eitherSidesOwnWordDoesNotCount() {
        SignedRelay bare = timedOut();
        for (SampleParty side : List.of(sample.authority, sample.platform)) {
            SignedNote byTheSide =
                    side.cosign(new SignedNote(bare.note().text(), bare.note().signatures()));
            var statement =
                    new SignedRelay(
                            bare.statement(),
                            new SignedNote(
                                    byTheSide.text(),
                                    byTheSide.signatures().stream()
                                            .filter(one -> !one.isBy(sample.witness.verifier()))
                                            .toList()));

            Checked checked = check(unreceipted(statement.format()));

            assertThat(checked.flaws()).isEmpty();
            assertThat(checked.summary().tried()).isZero();
        }
    }

    @Test
    void alteredStatementIsAFlaw() {
        String altered = timedOut().format().replace("outcome timeout", "outcome refused");

        Checked checked = check(unreceipted(altered), sample.witness);

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RELAY);
        assertThat(checked.summary().verdict()).isEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void statementAboutAnotherMessageIsAFlaw() {
        String other =
                relayed(sample.decision, new RelayOutcome.TimedOut(), sample.witness).format();

        Checked checked = check(unreceipted(other), sample.witness);

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RELAY);
        assertThat(checked.message(sample.notice).tries()).isEmpty();
    }

    @Test
    void signatureTakenFromAnotherStatementIsAFlaw() {
        SignedRelay genuine = timedOut();
        SignedRelay other = relayed(sample.notice, new RelayOutcome.Refused(), sample.witness);
        var forged =
                new SignedRelay(
                        genuine.statement(),
                        new SignedNote(genuine.note().text(), other.note().signatures()));

        Checked checked = check(unreceipted(forged.format()), sample.witness);

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.RELAY);
    }

    @Test
    void whatIsNoStatementIsAFlaw() {
        assertThat(check(unreceipted("nonsense")).flaws()).containsExactly(Flaw.Kind.RELAY);
    }

    @Test
    void whoHandedItOnHadItByThen() {
        Exhibit inNoJournal = Exhibit.of(sample.notice).withRelays(List.of(timedOut().format()));

        Checked checked = check(inNoJournal, sample.witness);

        assertThat(checked.message(sample.notice).existedBy())
                .contains(
                        new Cosigned(
                                sample.witness.verifier().name(),
                                Standing.CHOSEN,
                                sample.clock.instant()));
        assertThat(checked.summary().quorumMissed())
                .as("a policy asks for a checkpoint")
                .isEqualTo(1);
    }

    @Test
    void receivedMessageMayHaveTriesAsWell() {
        SignedRelay answered =
                relayed(
                        sample.notice,
                        new RelayOutcome.Answered(200, Hash.sha256(new byte[] {1})),
                        sample.witness);

        Checked checked =
                check(
                        sample.noticeExhibit().withRelays(List.of(answered.format())),
                        sample.witness);

        assertThat(checked.summary().received()).isEqualTo(1);
        assertThat(checked.summary().tried()).isZero();
        assertThat(checked.message(sample.notice).tries()).hasSize(1);
    }

    @Test
    void fileWithoutStatementsHasNoSuchMember() {
        String entry = sample.showAll().file().text("messages/");

        assertThat(entry).doesNotContain("relays");
    }

    @Test
    void tooManyStatementsAreRefused() {
        String many = "\"x\",".repeat(Exhibit.MAX_RELAYS) + "\"x\"";
        byte[] file =
                sample.showOnly(unreceipted("x"), sample.letter, sample.item)
                        .file()
                        .changeText("messages/", text -> text.replace("[\"x\"]", "[" + many + "]"))
                        .zip();

        Checked checked = SampleEvidence.check(file, Expectations.none());

        assertThat(checked.flaws()).containsExactly(Flaw.Kind.MALFORMED);
    }
}
