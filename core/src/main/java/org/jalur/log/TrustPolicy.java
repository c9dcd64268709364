package org.jalur.log;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whose signatures make a checkpoint believable: one of these logs, and so many of these
/// witnesses.
///
/// Source: C2SP tlog-policy. Names and URLs are octets there; where they are not UTF-8 they still
/// compare by octet here. Limits, chosen here: {@value #MAX_BYTES} bytes, and {@value #MAX_LINES}
/// logs, witnesses and groups each (the source asks for 32).
///
/// Throws {@link MalformedPolicyException} if a rule of the source or a limit is broken.
///
/// @param groups each names only witnesses and groups before it
/// @param quorum a witness or group; empty if no cosignature is needed
public record TrustPolicy(
        List<NamedLog> logs,
        List<NamedWitness> witnesses,
        List<Group> groups,
        Optional<String> quorum) {
    /// Largest accepted policy in bytes.
    public static final int MAX_BYTES = 512 * 1024;

    /// Largest accepted number of logs, of witnesses, and of groups.
    public static final int MAX_LINES = 128;

    /// A log whose checkpoints are believed; the key's name is the log's origin.
    public record NamedLog(NoteVerifier key, Optional<String> url) {}

    /// A witness; its name means something only within the policy.
    public record NamedWitness(String name, NoteVerifier key, Optional<String> url) {}

    /// Has witnessed a checkpoint if so many of its members have.
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /// What a policy says about one note.
    ///
    /// @param logs the keys that signed and whose name is the checkpoint's origin
    /// @param cosignatures those of the policy's witnesses
    /// @param quorum whether they are enough
    public record Verdict(
            Checkpoint checkpoint,
            List<NamedLog> logs,
            List<Cosignature> cosignatures,
            boolean quorum) {
        public Verdict {
            logs = List.copyOf(logs);
            cosignatures = List.copyOf(cosignatures);
        }

        /// Whether the checkpoint is valid by the policy. Never under a policy without logs:
        /// whoever knows the log otherwise checks its signature otherwise, and asks for the quorum
        /// alone.
        public boolean isAccepted() {
            return quorum && !logs.isEmpty();
        }
    }

    public TrustPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
        groups = List.copyOf(groups);
        var rules = new PolicyRules();
        logs.forEach(rules::add);
        witnesses.forEach(rules::add);
        groups.forEach(rules::add);
        rules.checkQuorum(quorum);
        PolicyText.checkLength(PolicyText.format(logs, witnesses, groups, quorum).length);
    }

    /// Reads a policy file.
    ///
    /// @throws MalformedPolicyException if it breaks a rule; names line, value and rule
    public static TrustPolicy parse(byte[] file) {
        return PolicyText.parse(file);
    }

    /// The policy as a file, without the comments it may have had; {@link #parse} gives this policy
    /// again.
    public byte[] format() {
        return PolicyText.format(logs, witnesses, groups, quorum);
    }

    /// Says who of the policy's logs and witnesses signed a checkpoint. Signatures of others are
    /// ignored, and cosignatures without a time do not count.
    ///
    /// @throws MalformedNoteException if the note is not a checkpoint
    /// @throws UntrustedNoteException if the signature of a key of the policy is bad
    public Verdict evaluate(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        Set<NoteVerifier> signed = note.verified(keys(logs.stream().map(NamedLog::key))).keySet();
        List<Cosignature> cosignatures =
                Cosignature.on(note, keys(witnesses.stream().map(NamedWitness::key)));
        return new Verdict(
                checkpoint,
                logs.stream()
                        .filter(log -> log.key().name().equals(checkpoint.origin()))
                        .filter(log -> signed.contains(log.key()))
                        .toList(),
                cosignatures,
                isQuorum(cosignatures));
    }

    private boolean isQuorum(List<Cosignature> cosignatures) {
        Set<NoteVerifier> cosigners =
                cosignatures.stream().map(Cosignature::key).collect(Collectors.toSet());
        Set<String> witnessing =
                witnesses.stream()
                        .filter(witness -> cosigners.contains(witness.key()))
                        .map(NamedWitness::name)
                        .collect(Collectors.toSet());
        // Groups name only what stands before them, so one pass reaches them all.
        for (Group group : groups) {
            if (group.members().stream().filter(witnessing::contains).count()
                    >= group.threshold()) {
                witnessing.add(group.name());
            }
        }
        return quorum.isEmpty() || witnessing.contains(quorum.get());
    }

    private static NoteVerifier[] keys(Stream<NoteVerifier> keys) {
        return keys.toArray(NoteVerifier[]::new);
    }
}
