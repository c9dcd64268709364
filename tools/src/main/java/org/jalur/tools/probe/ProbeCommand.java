package org.jalur.tools.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a provider runs beside its resolvers. */
@Command(
        name = "probe",
        subcommands = {ProbeCommand.Key.class, RunProbe.class},
        description = "Asks resolvers for an authority's node, from inside a provider's network.")
public final class ProbeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }

    /** Makes the key of a probe. */
    @Command(
            name = "key",
            description = "Makes a probe's key and prints its public half, to be registered.")
    static final class Key implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "where the key is kept; it must not exist")
        private Path file = Path.of("probe.key");

        @Override
        public Integer call() {
            try {
                System.out.println(ProbeKey.shown(ProbeKey.create(file)));
                return 0;
            } catch (IOException e) {
                System.err.println("No key was made: %s.".formatted(e.getMessage()));
                return 2;
            }
        }
    }
}
