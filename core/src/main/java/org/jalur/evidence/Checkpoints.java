package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Cosigned.Standing;
import org.jalur.log.Checkpoint;
import org.jalur.log.Cosignature;
import org.jalur.log.Hash;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.TrustPolicy;
import org.jalur.log.TrustPolicy.NamedWitness;
import org.jalur.log.UntrustedNoteException;

/**
 * Checks who signed a checkpoint and when; each only once, as long as it is among the last {@value
 * #REMEMBERED}, because many messages stand under the same.
 */
final class Checkpoints {
    private static final int REMEMBERED = 1024;

    private final PartyId maker;
    private final Map<NoteVerifier, Standing> witnesses = new LinkedHashMap<>();
    private final Optional<TrustPolicy> policy;
    private final Map<String, Checked> checked =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Checked> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /**
     * @param keys of both parties, complete
     */
    Checkpoints(CoverSheet sheet, Map<PartyId, KeyHistory> keys, Optional<TrustPolicy> policy) {
        this.maker = sheet.madeBy();
        this.policy = policy;
        Map<Standing, List<NoteVerifier>> ofParties =
                keys.entrySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        entry -> standing(entry.getKey()),
                                        Collectors.flatMapping(
                                                entry -> witnessKeys(entry.getValue()),
                                                Collectors.toList())));
        // The maker's own keys never count as somebody else's, whoever names them.
        know(Standing.MAKER, ofParties.getOrDefault(Standing.MAKER, List.of()));
        policy.ifPresent(chosen ->
                know(Standing.CHOSEN, chosen.witnesses().stream().map(NamedWitness::key).toList()));
        know(Standing.OTHER_SIDE, ofParties.getOrDefault(Standing.OTHER_SIDE, List.of()));
        know(Standing.NAMED_BY_MAKER, sheet.witnesses());
    }

    private void know(Standing standing, List<NoteVerifier> keys) {
        keys.forEach(key -> witnesses.putIfAbsent(key, standing));
    }

    private static Stream<NoteVerifier> witnessKeys(KeyHistory history) {
        return history.all().stream().flatMap(one -> one.witnessVerifiers().stream());
    }

    private Standing standing(PartyId party) {
        return party.equals(maker) ? Standing.MAKER : Standing.OTHER_SIDE;
    }

    /**
     * A checkpoint that its log signed.
     *
     * @param satisfies whether the reader's policy accepts it
     * @param forged which cosignatures of known keys are wrong
     */
    record Checked(
            Checkpoint checkpoint,
            List<Cosigned> cosigned,
            boolean satisfies,
            List<String> forged) {
        Checked {
            cosigned = List.copyOf(cosigned);
            forged = List.copyOf(forged);
        }
    }

    /**
     * @param owner whose journal it is
     * @param statements of the owner: one of their checkpoint keys must have signed
     * @throws UntrustedNoteException if none did, a signature of one is wrong, or it is another
     *     journal's
     * @throws org.jalur.log.MalformedNoteException if it is no checkpoint
     * @throws IllegalArgumentException if two keys share name and id
     */
    Checked check(SignedNote note, PartyId owner, List<KeyStatement> statements) {
        String name =
                "%s %s %s"
                        .formatted(
                                owner,
                                statements.stream().map(KeyStatement::serial).toList(),
                                Hash.sha256(note.format().getBytes(UTF_8)));
        Optional<Checked> known;
        synchronized (checked) {
            known = Optional.ofNullable(checked.get(name));
        }
        if (known.isPresent()) {
            return known.get();
        }
        Checked fresh = checkAnew(note, owner, statements);
        synchronized (checked) {
            checked.put(name, fresh);
        }
        return fresh;
    }

    private Checked checkAnew(SignedNote note, PartyId owner, List<KeyStatement> statements) {
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("the file has no keys of " + owner);
        }
        Checkpoint checkpoint =
                Checkpoint.open(
                        note,
                        statements.getFirst().origin(),
                        statements.stream()
                                .map(statement -> statement.checkpointVerifiers().getFirst())
                                .distinct()
                                .toArray(NoteVerifier[]::new));
        List<Cosigned> cosigned = new ArrayList<>();
        // The log's own second signature (ML-DSA-44) has a time as well.
        statements.stream()
                .flatMap(statement -> statement.checkpointVerifiers().stream().skip(1))
                .distinct()
                .flatMap(key -> times(note, key, standing(owner)))
                .forEach(cosigned::add);
        List<String> forged = new ArrayList<>();
        witnesses.forEach((key, standing) -> {
            try {
                times(note, key, standing).forEach(cosigned::add);
            } catch (UntrustedNoteException e) {
                forged.add(String.valueOf(e.getMessage()));
            }
        });
        return new Checked(checkpoint, cosigned, forged.isEmpty() && satisfies(note), forged);
    }

    /**
     * Who of the known witnesses signed something else than a party's checkpoint.
     *
     * @throws UntrustedNoteException if the signature of one of them is wrong
     */
    List<Cosigned> cosigned(SignedNote note, Predicate<Standing> asked) {
        return witnesses.entrySet().stream()
                .filter(witness -> asked.test(witness.getValue()))
                .flatMap(witness -> times(note, witness.getKey(), witness.getValue()))
                .toList();
    }

    private static Stream<Cosigned> times(SignedNote note, NoteVerifier key, Standing standing) {
        return Cosignature.on(note, key).stream()
                .map(one -> new Cosigned(key.name(), standing, one.at()));
    }

    boolean hasPolicy() {
        return policy.isPresent();
    }

    /**
     * Under a policy that names logs, one of them must have signed; otherwise the quorum counts.
     */
    private boolean satisfies(SignedNote note) {
        return policy.filter(chosen -> satisfies(chosen, note)).isPresent();
    }

    private static boolean satisfies(TrustPolicy policy, SignedNote note) {
        try {
            TrustPolicy.Verdict verdict = policy.evaluate(note);
            return policy.logs().isEmpty() ? verdict.quorum() : verdict.isAccepted();
        } catch (UntrustedNoteException e) {
            return false;
        }
    }
}
