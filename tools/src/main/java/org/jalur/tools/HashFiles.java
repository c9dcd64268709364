package org.jalur.tools;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jalur.screening.image.DecoderSettings;
import org.jalur.screening.image.PictureDecoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints the hashes of files by which a screener knows them, one JSON line a file. */
@Command(
        name = "hash",
        description = "Prints each file's SHA-256, MD5, PDQ and TLSH hashes, one JSON line a file.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every file was read; its line says what has no hash and why",
            "1:a file cannot be read, or pictures cannot be decoded here",
            "2:the command is wrong"
        })
final class HashFiles implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MEBI = 1 << 20;
    private static final long MEGA = 1_000_000;

    /** Such a file is held in memory three times, here and where it is decoded. */
    private static final int HIGHEST_MAX_MIB = 512;

    /** What the heap's size in MiB can still be written with. */
    private static final int HIGHEST_MAX_MEGAPIXELS = 2_147;

    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "files of any kind")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--max-mib",
            paramLabel = "N",
            description = "the longest file that is decoded or compared, 1 to 512; 32 unless told")
    private int maxMebibytes = DecoderSettings.DEFAULT_MAX_OCTETS / MEBI;

    @Option(
            names = "--max-megapixels",
            paramLabel = "N",
            description = "the largest picture that is decoded, 1 to 2147; 50 unless told")
    private int maxMegapixels = (int) (DecoderSettings.DEFAULT_MAX_PIXELS / MEGA);

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            description = "how long decoding a picture may take, 1 to 3600; 10 unless told")
    private int maxSeconds = (int) DecoderSettings.DEFAULT_MAX_TIME.toSeconds();

    @Override
    public Integer call() {
        DecoderSettings settings =
                DecoderSettings.of(
                        System.getProperty("java.class.path"),
                        within("--max-mib", maxMebibytes, HIGHEST_MAX_MIB) * MEBI,
                        within("--max-megapixels", maxMegapixels, HIGHEST_MAX_MEGAPIXELS) * MEGA,
                        Duration.ofSeconds(within("--max-seconds", maxSeconds, 3_600)));
        PrintWriter out = command.commandLine().getOut();
        boolean complete = true;
        try (var decoder = new PictureDecoder(settings)) {
            for (Path file : files) {
                var line = new HashLine(file, settings.maxOctets());
                complete &= line.compute(decoder);
                out.println(JSON.writeValueAsString(line.toJson()));
                out.flush();
            }
        }
        return complete ? 0 : 1;
    }

    private int within(String option, int value, int highest) {
        return new Range(1, highest).check(command.commandLine(), option, value);
    }
}
