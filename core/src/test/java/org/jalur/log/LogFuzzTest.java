package org.jalur.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// What strangers send: each reader of the log's texts refuses it by the exception it documents, or
/// reads what is written again octet for octet.
///
/// The seeds beside this class are read in every run; `JAZZER_FUZZ=1` searches from them for
/// others, one method at a time.
class LogFuzzTest {
    @FuzzTest
    void signedNoteIsWrittenAsItWasReadOrRefused(byte[] data) {
        note(() -> SignedNote.parse(data))
                .ifPresent(note -> assertThat(note.format().getBytes(UTF_8)).isEqualTo(data));
    }

    @FuzzTest
    void checkpointIsWrittenAsItWasReadOrRefused(byte[] data) {
        String text = new String(data, UTF_8);

        note(() -> Checkpoint.parse(text))
                .ifPresent(checkpoint -> {
                    // Extension lines are tolerated and not kept.
                    assertThat(text).startsWith(checkpoint.text());
                    assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
                });
    }

    @FuzzTest
    void logProofIsWrittenAsItWasReadOrRefused(byte[] data) {
        String text = new String(data, UTF_8);

        note(() -> LogProof.parse(text))
                .ifPresent(proof -> assertThat(proof.format()).isEqualTo(text));
    }

    /// The first octet says how many entries the path promises.
    @FuzzTest
    void entryBundleIsWrittenAsItWasReadOrRefused(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var path = new TilePath(0, 0, 1 + Byte.toUnsignedInt(data[0]));
        byte[] bundle = Arrays.copyOfRange(data, 1, data.length);

        read(LogCorruptedException.class, () -> EntryBundle.decode(path, bundle))
                .ifPresent(entries -> assertThat(EntryBundle.encode(entries)).isEqualTo(bundle));
    }

    @FuzzTest
    void verifierKeyIsWrittenAsItWasReadOrRefused(byte[] data) {
        String text = new String(data, UTF_8);

        note(() -> NoteVerifier.parse(text))
                .ifPresent(key -> {
                    assertThat(key.vkey()).isEqualTo(text);
                    assertThat(key.verifies(data, data)).isFalse();
                });
    }

    @FuzzTest
    void trustPolicyReadsBackOrIsRefused(byte[] data) {
        read(MalformedPolicyException.class, () -> TrustPolicy.parse(data))
                .ifPresent(
                        policy -> assertThat(TrustPolicy.parse(policy.format())).isEqualTo(policy));
    }

    @FuzzTest
    void requestToAWitnessIsWrittenAsItWasReadOrRefused(byte[] data) {
        note(() -> AddCheckpoint.parse(data))
                .ifPresent(request -> assertThat(request.format().getBytes(UTF_8)).isEqualTo(data));
    }

    @FuzzTest
    void answerOfAWitnessReadsBackOrIsRefused(byte[] data) {
        String body = new String(data, UTF_8);

        for (int status : new int[] {200, 400, 403, 404, 409, 422, 500}) {
            note(() -> WitnessAnswer.parse(status, body))
                    .ifPresent(answer ->
                            assertThat(WitnessAnswer.parse(answer.status(), answer.body()))
                                    .isEqualTo(answer));
        }
    }

    @FuzzTest
    void evidenceOfASplitIsWrittenAsItWasReadOrRefused(byte[] data) {
        String text = new String(data, UTF_8);

        note(() -> SplitView.parse(text))
                .ifPresent(evidence -> assertThat(evidence.format()).isEqualTo(text));
    }

    private static <T> Optional<T> note(Supplier<T> reading) {
        return read(MalformedNoteException.class, reading);
    }

    /// Empty if it was refused as documented; any other exception is a finding.
    private static <T> Optional<T> read(
            Class<? extends RuntimeException> refusal, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException e) {
            if (refusal.isInstance(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
