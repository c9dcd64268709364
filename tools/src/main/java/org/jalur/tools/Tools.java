package org.jalur.tools;

import org.jalur.log.Ed25519Provider;
import org.jalur.tools.probe.ProbeCommand;
import org.jalur.tools.witness.RunWitness;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts one of the tools. */
@Command(
        name = "jalur",
        subcommands = {
            ConnectorCheck.class,
            HashFiles.class,
            KeyFingerprint.class,
            ProbeCommand.class,
            Screen.class,
            Verify.class,
            RunWitness.class
        },
        description = "Commands that need no node.")
final class Tools {
    private Tools() {}

    public static void main(String[] arguments) {
        Ed25519Provider.prefer();
        System.exit(
                new CommandLine(new Tools())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(arguments));
    }
}
