package org.jalur.tools;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jalur.screening.CountryCode;
import org.jalur.screening.check.CheckRules;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.text.Form;
import org.jalur.screening.url.Platform;
import org.jalur.tools.ListFolder.UnusableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares publications with lists: a JSON object a line in, a JSON object a hit out. */
@Command(
        name = "screen",
        description = {
            "Compares publications with lists of signals.",
            "Reads a JSON object a line from standard input (id, text, urls, sha256, md5, pdq,"
                    + " pdqQuality, tlsh, image; all but the id optional) and prints a JSON object"
                    + " for each hit, in that order."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every line was compared",
            "1:a line was refused, or could be compared only in part",
            "2:the command is wrong, a list cannot be read, or hits cannot be written",
            "3:the lists need more memory than the machine gives"
        },
        exitCodeOnExecutionException = Screen.UNUSABLE)
final class Screen implements Callable<Integer> {
    static final int UNUSABLE = 2;

    private static final int OUTPUT_BUFFER = 1 << 16;
    private static final int HIGHEST_MAX_LINE_KIB = 1 << 16;
    private static final int BEST_QUALITY = 100;

    private final InputStream in;
    private final OutputStream out;

    @Spec private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--lists",
            paramLabel = "FOLDER",
            required = true,
            description = "the lists, each a file in a format of docs/screening-lists.md")
    private Path lists = Path.of("lists");

    @Option(
            names = "--loose",
            description =
                    "also matches of lower confidence: digits for letters, spaced-out and repeated"
                            + " letters")
    private boolean loose;

    @Option(
            names = "--pdq-radius",
            paramLabel = "N",
            description = "in how many bits hashes of pictures may differ, 0 to 31; 31 unless told")
    private int pdqRadius = PdqIndex.MAX_RADIUS;

    @Option(
            names = "--pdq-quality",
            paramLabel = "N",
            description = "pictures below it are not compared, 0 to 100; 50 unless told")
    private int pdqQuality = CheckRules.DEFAULT_PDQ_QUALITY;

    @Option(
            names = "--country",
            paramLabel = "CODE",
            description = "leaves out entries for other countries than this one (ISO 3166-1)")
    private Optional<String> country = Optional.empty();

    @Option(
            names = "--home",
            paramLabel = "PLATFORM",
            description = "where \"@name\" without more is meant: ${COMPLETION-CANDIDATES}")
    private Optional<Platform> home = Optional.empty();

    @Option(
            names = "--max-line-kib",
            paramLabel = "N",
            description = "the longest line of input, 1 to 65536; 1024 unless told")
    private int maxLineKib = 1024;

    @Option(
            names = "--skip-unreadable",
            description = "passes over files of the folder that are no lists")
    private boolean skipUnreadable;

    /** From standard input to standard output. */
    Screen() {
        this(System.in, new FileOutputStream(FileDescriptor.out));
    }

    Screen(InputStream in, OutputStream out) {
        this.in = in;
        this.out = new BufferedOutputStream(out, OUTPUT_BUFFER);
    }

    @Override
    public Integer call() {
        CheckRules rules = rules();
        int mostKib = within("--max-line-kib", maxLineKib, 1, HIGHEST_MAX_LINE_KIB);
        PrintWriter err = command.commandLine().getErr();
        try {
            var set = new ListFolder(lists, skipUnreadable, err).read(rules);
            long begin = System.nanoTime();
            var run = new ScreenRun(set.search(), out, err);
            run.over(new InputLines(in, mostKib, out));
            run.summary().print(err, System.nanoTime() - begin);
            return run.summary().isComplete() ? 0 : 1;
        } catch (UnusableException e) {
            err.println(e.getMessage());
        } catch (IOException e) {
            err.println(
                    "Standard input or output failed: %s."
                            .formatted(Words.visible(String.valueOf(e.getMessage()))));
        }
        return UNUSABLE;
    }

    private CheckRules rules() {
        if (country.filter(code -> !CountryCode.isOne(code)).isPresent()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--country is %s; give two upper-case letters (ISO 3166-1)."
                            .formatted(country.get()));
        }
        return new CheckRules(
                loose ? Form.LOOSE : Form.STRICT,
                within("--pdq-radius", pdqRadius, 0, PdqIndex.MAX_RADIUS),
                within("--pdq-quality", pdqQuality, 0, BEST_QUALITY),
                country,
                home);
    }

    private int within(String option, int value, int lowest, int highest) {
        return new Range(lowest, highest).check(command.commandLine(), option, value);
    }
}
