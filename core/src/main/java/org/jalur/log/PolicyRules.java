package org.jalur.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the lines of a trust policy may say after the lines before them.
///
/// Source: C2SP tlog-policy, "Policy file syntax and structure".
final class PolicyRules {
    static final String NONE = "none";

    private final List<VerifierKey> logs = new ArrayList<>();
    private final List<VerifierKey> witnesses = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private int groups;

    void add(TrustPolicy.NamedLog log) {
        checkNumber("logs", logs.size());
        log.url().ifPresent(url -> checkWord("URL", url));
        addKey("log", log.key(), logs);
    }

    void add(TrustPolicy.NamedWitness witness) {
        checkNumber("witnesses", witnesses.size());
        witness.url().ifPresent(url -> checkWord("URL", url));
        addKey("witness", witness.key(), witnesses);
        if (!witnesses.getLast().type().isCosignature()) {
            throw new MalformedPolicyException(
                    "the key of witness \""
                            + witness.name()
                            + "\" is not for cosignatures (type 0x04 or 0x06): "
                            + witness.key().vkey());
        }
        define(witness.name());
    }

    void add(TrustPolicy.Group group) {
        checkNumber("groups", groups++);
        int size = group.members().size();
        if (group.threshold() < 1 || group.threshold() > size) {
            throw new MalformedPolicyException(
                    "the threshold of group \""
                            + group.name()
                            + "\" is "
                            + group.threshold()
                            + ", not from 1 to its "
                            + size
                            + " members");
        }
        for (String member : group.members()) {
            checkDefined(member, "a group's members");
            if (!members.add(member)) {
                throw new MalformedPolicyException(
                        "\"" + member + "\" is a member already; a name is a member at most once");
            }
        }
        define(group.name());
    }

    void checkQuorum(Optional<String> quorum) {
        quorum.ifPresent(name -> checkDefined(name, "the quorum"));
    }

    private void define(String name) {
        checkWord("name", name);
        if (name.equals(NONE)) {
            throw new MalformedPolicyException("the name \"none\" is reserved for the quorum");
        }
        if (!defined.add(name)) {
            throw new MalformedPolicyException(
                    "the name \""
                            + name
                            + "\" is defined already; witnesses and groups share their names");
        }
    }

    private void checkDefined(String name, String what) {
        if (!defined.contains(name)) {
            throw new MalformedPolicyException(
                    "\"" + name + "\" is not a name defined before; " + what + " must be");
        }
    }

    private static void addKey(String what, NoteVerifier key, List<VerifierKey> earlier) {
        if (!(key instanceof VerifierKey added)) {
            throw new MalformedPolicyException("not a key that a policy can name: " + key.vkey());
        }
        for (VerifierKey other : earlier) {
            // "Public key representation": also where they differ by name or type.
            if (added.sharesKeyWith(other)) {
                throw new MalformedPolicyException(
                        "a second " + what + " with one public key: " + key.vkey());
            }
            if (added.name().equals(other.name()) && added.keyId() == other.keyId()) {
                throw new MalformedPolicyException(
                        "a second " + what + " with one key name and id: " + key.vkey());
            }
        }
        earlier.add(added);
    }

    private static void checkNumber(String what, int before) {
        if (before == TrustPolicy.MAX_LINES) {
            throw new MalformedPolicyException("more " + what + " than " + TrustPolicy.MAX_LINES);
        }
    }

    /// "Character set": visible ASCII, and any octet beyond it.
    private static void checkWord(String what, String word) {
        boolean visible = word.chars().allMatch(c -> c > ' ' && c != 0x7f);
        if (word.isEmpty() || !visible || !Octets.isText(word)) {
            throw new MalformedPolicyException("not a " + what + ": \"" + word + "\"");
        }
    }
}
