package org.jalur.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.jalur.channel.KeyStatement.Use;
import org.jalur.channel.Message;
import org.jalur.channel.SigningKey;
import org.jalur.evidence.SampleEvidence.Checked;
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

    private Message rotated() {
        sample.authority.rotate();
        return sample.authority.announceKeys(sample.platform);
    }
}
