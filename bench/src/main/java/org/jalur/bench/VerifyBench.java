package org.jalur.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.evidence.CoverSheet;
import org.jalur.evidence.EvidenceWriter;
import org.jalur.evidence.Exhibit;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.evidence.Subject;
import org.jalur.evidence.Summary;
import org.jalur.evidence.Verification;
import org.jalur.log.Ed25519Provider;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;

/**
 * Verifies evidence of 1,000 and of 10,000 messages, each with two parts, a receipt under a
 * checkpoint of its own and both journals' proofs, in a JVM with a heap of 128 MiB.
 */
public final class VerifyBench {
    private static final int[] SIZES = {1_000, 10_000};
    private static final double MIB = 1024 * 1024;

    private VerifyBench() {}

    private record Sent(Message message, List<Part> parts, String receipt, long entry) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // As ./jalur verify does.
        Ed25519Provider.prefer();
        if (arguments.length == 1) {
            verify(Path.of(arguments[0]));
            return;
        }
        for (int messages : SIZES) {
            Path file = Files.createTempFile("evidence", ".zip");
            try {
                write(file, messages);
                System.out.printf("%,d messages, %.1f MiB: ", messages, Files.size(file) / MIB);
                System.out.flush();
                long start = System.nanoTime();
                int code = inChild(file);
                System.out.printf(
                        "with the start of the JVM %.1f s, exit code %d%n",
                        (System.nanoTime() - start) / 1e9, code);
            } finally {
                Files.delete(file);
            }
        }
    }

    private static int inChild(Path file) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VerifyBench.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void verify(Path file) throws IOException {
        AtomicLong live = watchCollections();
        long start = System.nanoTime();
        Summary summary;
        try (InputStream in = Files.newInputStream(file)) {
            summary = new Verification(Expectations.none()).run(in, _ -> {});
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        System.out.printf(
                "%s, %d received, %.1f s, peak heap %.0f MiB (after a collection at most %.0f MiB); ",
                summary.verdict(), summary.received(), seconds, peak / MIB, live.get() / MIB);
        if (summary.verdict() != Summary.Verdict.GENUINE) {
            System.exit(1);
        }
    }

    /** What is left on the heap after collections, at most. */
    private static AtomicLong watchCollections() {
        var most = new AtomicLong();
        List<String> heap =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getName)
                        .toList();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, _) -> {
                                long left =
                                        GarbageCollectionNotificationInfo.from(
                                                        (CompositeData) notification.getUserData())
                                                .getGcInfo()
                                                .getMemoryUsageAfterGc()
                                                .entrySet()
                                                .stream()
                                                .filter(pool -> heap.contains(pool.getKey()))
                                                .mapToLong(pool -> pool.getValue().getUsed())
                                                .sum();
                                most.accumulateAndGet(left, Math::max);
                            },
                            null,
                            null);
        }
        return most;
    }

    private static void write(Path file, int count) throws IOException {
        var authority = new EvidenceSide("otoritas-contoh");
        var platform = new EvidenceSide("platform-contoh");
        List<Message> keys =
                List.of(authority.announceKeys(platform), platform.announceKeys(authority));
        List<Sent> sent = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<Part> parts = List.of(part("facts", i), part("reasons", i));
            List<Hash> leaves = parts.stream().map(Part::leaf).toList();
            // The keys message took the first place.
            long entry = i + 1L;
            Message message = authority.send(platform, "notice", Optional.empty(), leaves);
            sent.add(new Sent(message, parts, platform.receive(message), entry));
        }
        KeyPair pair = EvidenceSide.keyPair("Ed25519");
        NoteSigner witness =
                NoteSigner.ed25519Cosigner(
                        "saksi.example/w1",
                        pair.getPrivate(),
                        pair.getPublic(),
                        InstantSource.fixed(EvidenceSide.NOW));
        SignedNote checkpoint = platform.cosign(authority.checkpoint()).signedBy(witness);
        try (var writer =
                new EvidenceWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
            writer.cover(
                    new CoverSheet(
                            EvidenceSide.NOW,
                            authority.id,
                            new Subject(Subject.Kind.NOTICE, UUID.randomUUID()),
                            List.of(authority.named(), platform.named()),
                            List.of(witness.verifier()),
                            Set.of(),
                            Set.of()));
            for (Message message : keys) {
                writer.keys(message.manifest().from(), message.manifest().seq(), message.jws());
            }
            for (Sent one : sent) {
                writer.message(
                        Exhibit.of(one.message())
                                .withReceipt(one.receipt())
                                .withEntry(
                                        Kind.MESSAGE_SENT,
                                        authority.proof(one.entry(), checkpoint)));
                for (Part part : one.parts()) {
                    writer.part(part);
                }
            }
            writer.finish();
        }
    }

    private static Part part(String type, int number) {
        return Part.of(
                type,
                "Sample %s %d, made up for a benchmark.".formatted(type, number).getBytes(UTF_8));
    }
}
