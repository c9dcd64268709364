package org.jalur.screening.image;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a {@link PictureDecoder} starts its process, and what a picture may cost.
 *
 * @param java the program that runs it
 * @param classPath where the command line's classes are ({@code jalur-tools.jar})
 * @param heapMebibytes the process's heap; a picture that needs more is refused
 * @param maxOctets the longest file; it is held in memory twice
 * @param maxPixels width times height; read from the header, before anything is decoded
 * @param maxTime from the picture's handing over to the answer
 */
public record DecoderSettings(
        Path java,
        String classPath,
        int heapMebibytes,
        int maxOctets,
        long maxPixels,
        Duration maxTime) {
    /** Large enough for what telephones take. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /** 32 MiB. */
    public static final int DEFAULT_MAX_OCTETS = 32 << 20;

    /** A cold start with the slowest kind of picture takes about a second. */
    public static final Duration DEFAULT_MAX_TIME = Duration.ofSeconds(10);

    /** What WebP with transparency needs, the hungriest kind but for PNG of 16 bits a colour. */
    private static final int OCTETS_PER_PIXEL = 11;

    private static final int COPIES_OF_FILE = 3;
    private static final int MEBIBYTES_OF_PROGRAM = 64;
    private static final String PROGRAM = "org.jalur.tools.picture.DecoderProgram";

    public DecoderSettings {
        if (heapMebibytes < 1 || maxOctets < 1 || maxPixels < 1 || !maxTime.isPositive()) {
            throw new IllegalArgumentException(
                    "a decoder's limits must be above 0: heap %d MiB, %d octets, %d pixels, %s"
                            .formatted(heapMebibytes, maxOctets, maxPixels, maxTime));
        }
    }

    /** With this JDK and limits that suit what people send. */
    public static DecoderSettings of(String classPath) {
        return of(classPath, DEFAULT_MAX_OCTETS, DEFAULT_MAX_PIXELS, DEFAULT_MAX_TIME);
    }

    /** With this JDK, limits, and the heap that they need. */
    public static DecoderSettings of(
            String classPath, int maxOctets, long maxPixels, Duration maxTime) {
        long octets = OCTETS_PER_PIXEL * maxPixels + (long) COPIES_OF_FILE * maxOctets;
        return new DecoderSettings(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                Math.toIntExact(octets >> 20) + MEBIBYTES_OF_PROGRAM,
                maxOctets,
                maxPixels,
                maxTime);
    }

    /** The process's command line. It leaves no traces of a stranger's file when it dies. */
    List<String> command() {
        return List.of(
                java.toString(),
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.awt.headless=true",
                "-cp",
                classPath,
                PROGRAM,
                Integer.toString(maxOctets),
                Long.toString(maxPixels));
    }
}
