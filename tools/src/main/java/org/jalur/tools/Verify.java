package org.jalur.tools;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jalur.channel.PartyId;
import org.jalur.evidence.Expectations;
import org.jalur.evidence.Summary;
import org.jalur.evidence.UnreadableEvidenceException;
import org.jalur.evidence.Verification;
import org.jalur.log.Hash;
import org.jalur.log.MalformedPolicyException;
import org.jalur.log.TrustPolicy;
import org.jalur.tools.Words.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says in words what an evidence file proves and what it does not; needs no network. */
@Command(
        name = "verify",
        description = "Checks an evidence file and says what it proves and what it does not.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything in the file is genuine",
            "1:something is forged, altered or contradictory",
            "2:the file cannot be read, or the command is wrong",
            "3:genuine, but something that was asked for is not proven"
        },
        // Whatever fails here says nothing about the file.
        exitCodeOnExecutionException = Verify.UNREADABLE)
final class Verify implements Callable<Integer> {
    static final int UNREADABLE = 2;

    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "an evidence file")
    private Path file = Path.of("evidence.zip");

    @Option(
            names = "--identity",
            paramLabel = "PARTY=FINGERPRINT",
            description = "a party's identity key, as you know it from the party itself")
    private Map<String, String> identities = new HashMap<>();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "the witnesses that you trust (C2SP tlog-policy)")
    private Optional<Path> policyFile = Optional.empty();

    @Option(
            names = "--lang",
            paramLabel = "id|en",
            description = "Indonesian or English; that of LANG unless told")
    private Optional<String> lang = Optional.empty();

    @Option(names = "--json", description = "one JSON object a line, for programs")
    private boolean json;

    @Option(names = "--show-parts", description = "prints the content of parts that are text")
    private boolean showParts;

    /** What was asked for cannot be done; the sentence is for whoever asked. */
    private static final class WrongCallException extends Exception {
        WrongCallException(String sentence) {
            super(sentence);
        }
    }

    @Override
    public Integer call() {
        var words = new Words(Language.ofEnvironment(environment()));
        try {
            words = new Words(language(words));
            Expectations expected = new Expectations(pins(words), policy(words), showParts);
            return verify(words, expected);
        } catch (WrongCallException e) {
            err().println(e.getMessage());
        } catch (IOException e) {
            err().println(words.say("error.file", file));
        }
        return UNREADABLE;
    }

    private int verify(Words words, Expectations expected) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Report report = report(words);
            try {
                Summary summary = new Verification(expected).run(in, report);
                report.end(summary);
                return exitCode(summary.verdict());
            } catch (UnreadableEvidenceException e) {
                String reason = Words.visible(String.valueOf(e.getMessage()));
                report.unreadable(reason);
                err().println(words.say("error.unreadable", file, reason));
                return UNREADABLE;
            }
        }
    }

    private static int exitCode(Summary.Verdict verdict) {
        return switch (verdict) {
            case GENUINE -> 0;
            case NOT_GENUINE -> 1;
            case NOT_PROVEN -> 3;
        };
    }

    private Report report(Words words) {
        PrintWriter out = command.commandLine().getOut();
        return json
                ? new ReportAsJson(out)
                : new ReportInWords(out, words, String.valueOf(file.getFileName()), showParts);
    }

    private Language language(Words words) throws WrongCallException {
        if (lang.isEmpty()) {
            return Language.ofEnvironment(environment());
        }
        return Language.of(lang.get())
                .orElseThrow(() -> new WrongCallException(words.say("error.language", lang.get())));
    }

    /** POSIX: the first of these that is set decides. */
    private static Optional<String> environment() {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(System::getenv)
                .filter(Objects::nonNull)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private Map<PartyId, Hash> pins(Words words) throws WrongCallException {
        Map<PartyId, Hash> pins = new HashMap<>();
        for (Map.Entry<String, String> identity : identities.entrySet()) {
            try {
                // As it may come from a letter: in groups, with colons, in capitals.
                String hex = identity.getValue().replaceAll("[\\s:]", "").toLowerCase(Locale.ROOT);
                pins.put(new PartyId(identity.getKey()), Hash.parseHex(hex));
            } catch (IllegalArgumentException e) {
                throw new WrongCallException(
                        words.say("error.identity", identity.getKey() + "=" + identity.getValue()));
            }
        }
        return pins;
    }

    private Optional<TrustPolicy> policy(Words words) throws WrongCallException {
        if (policyFile.isEmpty()) {
            return Optional.empty();
        }
        Path chosen = policyFile.get();
        try {
            return Optional.of(TrustPolicy.parse(Files.readAllBytes(chosen)));
        } catch (IOException e) {
            throw new WrongCallException(words.say("error.file", chosen));
        } catch (MalformedPolicyException e) {
            throw new WrongCallException(
                    words.say("error.policy", chosen, String.valueOf(e.getMessage())));
        }
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
