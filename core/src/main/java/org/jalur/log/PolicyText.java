package org.jalur.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.log.TrustPolicy.Group;
import org.jalur.log.TrustPolicy.NamedLog;
import org.jalur.log.TrustPolicy.NamedWitness;

/// A trust policy as the lines of a file.
///
/// Source: C2SP tlog-policy, "Policy file syntax and structure".
final class PolicyText {
    private final PolicyRules rules = new PolicyRules();
    private final List<NamedLog> logs = new ArrayList<>();
    private final List<NamedWitness> witnesses = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private Optional<String> quorum = Optional.empty();

    private PolicyText() {}

    static TrustPolicy parse(byte[] file) {
        checkLength(file.length);
        var text = new PolicyText();
        int line = 1;
        int begin = 0;
        for (int end = 0; end < file.length; end++) {
            if (file[end] == '\n') {
                text.read(line++, Arrays.copyOfRange(file, begin, end));
                begin = end + 1;
            }
        }
        if (begin < file.length) {
            throw new MalformedPolicyException("line " + line + ": no newline at the end");
        }
        if (text.quorum.isEmpty()) {
            throw new MalformedPolicyException(
                    "line " + line + ": the end, and no quorum; a policy has exactly one");
        }
        return new TrustPolicy(
                text.logs,
                text.witnesses,
                text.groups,
                text.quorum.filter(name -> !name.equals(PolicyRules.NONE)));
    }

    private void read(int line, byte[] octets) {
        try {
            for (byte octet : octets) {
                checkOctet(octet);
            }
            List<String> words =
                    Arrays.stream(Octets.decode(octets).split("[ \t]+"))
                            .filter(word -> !word.isEmpty())
                            .toList();
            if (!words.isEmpty() && !words.getFirst().startsWith("#")) {
                read(words.getFirst(), words.subList(1, words.size()));
            }
        } catch (MalformedPolicyException | MalformedNoteException e) {
            throw new MalformedPolicyException("line " + line + ": " + e.getMessage(), e);
        }
    }

    private void read(String keyword, List<String> words) {
        switch (keyword) {
            case "log" -> readLog(words);
            case "witness" -> readWitness(words);
            case "group" -> readGroup(words);
            case "quorum" -> readQuorum(words);
            default ->
                    throw new MalformedPolicyException(
                            "\"" + keyword + "\" is none of log, witness, group, quorum");
        }
    }

    private void readLog(List<String> words) {
        checkCount(words, 1, 2, "log <vkey> [<url>]");
        var log = new NamedLog(NoteVerifier.parse(words.getFirst()), word(words, 1));
        rules.add(log);
        logs.add(log);
    }

    private void readWitness(List<String> words) {
        checkCount(words, 2, 3, "witness <name> <vkey> [<url>]");
        var witness =
                new NamedWitness(
                        words.getFirst(), NoteVerifier.parse(words.get(1)), word(words, 2));
        rules.add(witness);
        witnesses.add(witness);
    }

    private void readGroup(List<String> words) {
        checkCount(words, 3, Integer.MAX_VALUE, "group <name> all|any|<k> <name>...");
        List<String> members = words.subList(2, words.size());
        var group = new Group(words.getFirst(), threshold(words.get(1), members.size()), members);
        rules.add(group);
        groups.add(group);
    }

    private static int threshold(String word, int members) {
        return switch (word) {
            case "any" -> 1;
            case "all" -> members;
            default -> {
                long k = NoteText.parseNumber("threshold", word);
                if (k > members) {
                    throw new MalformedPolicyException(
                            "the threshold " + k + " is more than the " + members + " members");
                }
                yield (int) k;
            }
        };
    }

    private void readQuorum(List<String> words) {
        checkCount(words, 1, 1, "quorum <name>");
        if (quorum.isPresent()) {
            throw new MalformedPolicyException(
                    "\"" + words.getFirst() + "\" is a second quorum; a policy has exactly one");
        }
        quorum = Optional.of(words.getFirst());
        rules.checkQuorum(quorum.filter(name -> !name.equals(PolicyRules.NONE)));
    }

    private static Optional<String> word(List<String> words, int index) {
        return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
    }

    private static void checkCount(List<String> words, int least, int most, String form) {
        if (words.size() < least || words.size() > most) {
            throw new MalformedPolicyException(words.size() + " words after the first; " + form);
        }
    }

    /// "Character set": of the control characters only tab and newline.
    private static void checkOctet(byte octet) {
        if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
            throw new MalformedPolicyException(
                    "control character 0x%02x; only tab and newline are allowed".formatted(octet));
        }
    }

    static void checkLength(int bytes) {
        if (bytes > TrustPolicy.MAX_BYTES) {
            throw new MalformedPolicyException(
                    "a policy of " + bytes + " bytes is larger than " + TrustPolicy.MAX_BYTES);
        }
    }

    static byte[] format(
            List<NamedLog> logs,
            List<NamedWitness> witnesses,
            List<Group> groups,
            Optional<String> quorum) {
        var text = new StringBuilder();
        for (NamedLog log : logs) {
            addLine(text, Stream.of("log", log.key().vkey()), log.url().stream());
        }
        for (NamedWitness witness : witnesses) {
            addLine(
                    text,
                    Stream.of("witness", witness.name(), witness.key().vkey()),
                    witness.url().stream());
        }
        for (Group group : groups) {
            addLine(
                    text,
                    Stream.of("group", group.name(), Integer.toString(group.threshold())),
                    group.members().stream());
        }
        addLine(text, Stream.of("quorum"), Stream.of(quorum.orElse(PolicyRules.NONE)));
        return Octets.encode(text.toString());
    }

    private static void addLine(StringBuilder text, Stream<String> first, Stream<String> rest) {
        text.append(Stream.concat(first, rest).collect(Collectors.joining(" "))).append('\n');
    }
}
