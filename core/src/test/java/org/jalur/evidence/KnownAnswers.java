package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.log.NoteSigner;
import org.jalur.log.TrustPolicy;
import org.jalur.log.TrustPolicy.NamedWitness;

/**
 * Writes the files under {@code tools/src/test/resources/evidence}. They are kept, so that what
 * this version made is still read by every later one; run it only for a new version of the format.
 */
final class KnownAnswers {
    private KnownAnswers() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        var sample = new SampleEvidence();
        Files.write(folder.resolve("genuine.zip"), sample.showAll().bytes());
        SampleFile altered = sample.file();
        byte[] part = sample.letter.wire();
        part[part.length - 1] ^= 1;
        Files.write(
                folder.resolve("altered.zip"), altered.with(altered.name("parts/"), part).zip());
        Exhibit unreceipted =
                Exhibit.of(sample.notice)
                        .withEntry(
                                Kind.MESSAGE_SENT,
                                sample.authority.proof(
                                        "message-sent",
                                        sample.notice.jws().digest(),
                                        sample.cosigned()));
        sample.withheld.add(sample.letter.leaf());
        sample.erased.add(sample.item.leaf());
        Files.write(folder.resolve("unreceipted.zip"), sample.showOnly(unreceipted).bytes());
        Files.write(folder.resolve("policy.txt"), policy(sample.witness).format());
        Files.write(
                folder.resolve("other-policy.txt"),
                policy(SampleEvidence.witness("saksi.example/w2", sample.clock)).format());
        Files.writeString(
                folder.resolve("fingerprints.txt"),
                "%s\n%s\n"
                        .formatted(
                                sample.authority.asNamed().fingerprint(),
                                sample.platform.asNamed().fingerprint()),
                UTF_8);
    }

    private static TrustPolicy policy(NoteSigner witness) {
        return new TrustPolicy(
                List.of(),
                List.of(new NamedWitness("w", witness.verifier(), Optional.empty())),
                List.of(),
                Optional.of("w"));
    }
}
