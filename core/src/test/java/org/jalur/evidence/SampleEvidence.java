package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.Message;
import org.jalur.channel.Part;
import org.jalur.evidence.JournalProof.Kind;
import org.jalur.log.Hash;
import org.jalur.log.NoteSigner;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;

/**
 * A sample channel and the evidence that the authority makes of it: a notice of two parts with its
 * receipt, and a decision of one part. Both journals are cosigned by the other side and by a
 * witness of neither.
 */
final class SampleEvidence {
    final SampleClock clock = new SampleClock();
    final SampleParty authority = new SampleParty("otoritas-contoh", clock);
    final SampleParty platform = new SampleParty("platform-contoh", clock);
    final NoteSigner witness = witness("saksi.example/w1", clock);
    final List<Message> keys = new ArrayList<>();
    final Set<Hash> withheld = new HashSet<>();
    final Set<Hash> erased = new HashSet<>();
    final List<NoteVerifier> named = new ArrayList<>(List.of(witness.verifier()));

    final Part letter = Part.of("letter", "sample letter A".getBytes(UTF_8));
    final Part item = Part.of("item", "sample post A".getBytes(UTF_8));
    final Part reasons = Part.of("decision", "sample reasons A".getBytes(UTF_8));
    final Message notice;
    final Message decision;
    final String noticeReceipt;
    final String decisionReceipt;

    private final Map<Exhibit, List<Part>> exhibits = new LinkedHashMap<>();

    SampleEvidence() {
        keys.add(authority.announceKeys(platform));
        keys.add(platform.announceKeys(authority));
        clock.move(Duration.ofMinutes(1));
        notice = authority.send(platform, "notice", letter, item);
        clock.move(Duration.ofSeconds(2));
        noticeReceipt = platform.receive(notice);
        authority.take(noticeReceipt);
        clock.move(Duration.ofHours(1));
        decision = platform.send(authority, "decision", reasons);
        decisionReceipt = authority.receive(decision);
        clock.move(Duration.ofSeconds(5));
    }

    static NoteSigner witness(String name, SampleClock clock) {
        KeyPair pair = keyPair();
        return NoteSigner.ed25519Cosigner(name, pair.getPrivate(), pair.getPublic(), clock);
    }

    static NoteVerifier log(String origin) {
        return NoteVerifier.ed25519(origin, keyPair().getPublic());
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's newest checkpoint with all cosignatures. */
    SignedNote cosigned() {
        return platform.cosign(authority.checkpoint()).signedBy(witness);
    }

    Exhibit noticeExhibit() {
        return noticeExhibit(Exhibit.of(notice), cosigned());
    }

    Exhibit noticeExhibit(Exhibit bare, SignedNote checkpoint) {
        return bare.withReceipt(noticeReceipt)
                .withEntry(
                        Kind.MESSAGE_SENT,
                        authority.proof("message-sent", notice.jws().digest(), checkpoint))
                .withReceiptEntry(
                        authority.proof("receipt-received", digest(noticeReceipt), checkpoint));
    }

    Exhibit decisionExhibit() {
        return Exhibit.of(decision)
                .withReceipt(decisionReceipt)
                .withEntry(
                        Kind.MESSAGE_RECEIVED,
                        authority.proof("message-received", decision.jws().digest(), cosigned()));
    }

    static Hash digest(String receipt) {
        return Hash.sha256(receipt.getBytes(UTF_8));
    }

    SampleEvidence show(Exhibit exhibit, Part... parts) {
        exhibits.put(exhibit, List.of(parts));
        return this;
    }

    SampleEvidence showOnly(Exhibit exhibit, Part... parts) {
        exhibits.clear();
        return show(exhibit, parts);
    }

    SampleEvidence showAll() {
        return showOnly(noticeExhibit(), letter, item).show(decisionExhibit(), reasons);
    }

    CoverSheet sheet() {
        return new CoverSheet(
                clock.instant(),
                authority.id,
                new Subject(Subject.Kind.NOTICE, UUID.randomUUID()),
                List.of(authority.asNamed(), platform.asNamed()),
                named,
                withheld,
                erased);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new EvidenceWriter(bytes)) {
            writer.cover(sheet());
            for (Message message : keys) {
                writer.keys(message.manifest().from(), message.manifest().seq(), message.jws());
            }
            for (Map.Entry<Exhibit, List<Part>> exhibit : exhibits.entrySet()) {
                writer.message(exhibit.getKey());
                for (Part part : exhibit.getValue()) {
                    writer.part(part);
                }
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    SampleFile file() {
        return new SampleFile(bytes());
    }

    Checked check() {
        return check(bytes(), Expectations.none());
    }

    static Checked check(byte[] file, Expectations expected) {
        List<Finding> findings = new ArrayList<>();
        try {
            Summary summary =
                    new Verification(expected).run(new ByteArrayInputStream(file), findings::add);
            return new Checked(summary, findings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a verification came to. */
    record Checked(Summary summary, List<Finding> findings) {
        List<Flaw.Kind> flaws() {
            return findings.stream()
                    .flatMap(finding -> finding.flaws().stream())
                    .map(Flaw::kind)
                    .toList();
        }

        Finding.OfMessage message(Message message) {
            return findings.stream()
                    .filter(Finding.OfMessage.class::isInstance)
                    .map(Finding.OfMessage.class::cast)
                    .filter(finding -> finding.digest().equals(message.jws().digest()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
