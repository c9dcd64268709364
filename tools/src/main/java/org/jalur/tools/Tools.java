package org.jalur.tools;

import org.jalur.tools.witness.RunWitness;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts one of the tools. */
@Command(
        name = "jalur",
        subcommands = {ConnectorCheck.class, KeyFingerprint.class, Verify.class, RunWitness.class},
        description = "Commands that need no node.")
final class Tools {
    private Tools() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Tools()).execute(arguments));
    }
}
