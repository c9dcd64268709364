package org.jalur.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.RelayOutcome;
import org.jalur.channel.RelayStatement;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.log.TrustPolicy;
import org.jalur.log.TrustPolicy.NamedWitness;

/**
 * Writes the known file with a witness's statement beside those of {@link KnownAnswers}; kept for
 * the same reason.
 */
final class KnownRelay {
    private KnownRelay() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        var sample = new SampleEvidence();
        Instant now = sample.clock.instant();
        String statement =
                RelayStatement.of(
                                sample.notice,
                                "https://platform.example/channel/messages",
                                now.minus(Duration.ofSeconds(15)),
                                now,
                                new RelayOutcome.TimedOut())
                        .sign(sample.witness)
                        .format();
        Exhibit relayed =
                Exhibit.of(sample.notice)
                        .withEntry(
                                Kind.MESSAGE_SENT,
                                sample.authority.proof(
                                        "message-sent",
                                        sample.notice.jws().digest(),
                                        sample.cosigned()))
                        .withRelays(List.of(statement));
        Files.write(
                folder.resolve("relayed.zip"),
                sample.showOnly(relayed, sample.letter, sample.item).bytes());
        Files.write(
                folder.resolve("relayed-policy.txt"),
                new TrustPolicy(
                                List.of(),
                                List.of(
                                        new NamedWitness(
                                                "w", sample.witness.verifier(), Optional.empty())),
                                List.of(),
                                Optional.of("w"))
                        .format());
    }
}
