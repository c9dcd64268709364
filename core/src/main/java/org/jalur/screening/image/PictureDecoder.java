package org.jalur.screening.image;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Refused;

/**
 * Decodes and hashes strangers' pictures in a process of its own, which is started with the first
 * picture and again whenever one has ended it: a picture that crashes the process, exhausts its
 * memory or its time costs only itself. Decodes one picture at a time, for any number of callers;
 * for more at once, make more of them.
 */
public final class PictureDecoder implements AutoCloseable {
    /** What a JVM returns when it ends for want of memory (ExitOnOutOfMemoryError). */
    private static final int OUT_OF_MEMORY = 3;

    private static final Duration START = Duration.ofSeconds(30);

    private final DecoderSettings settings;
    private final List<String> command;
    private final ScheduledExecutorService timer;
    private final Lock turn = new ReentrantLock();
    private Optional<DecodingProcess> running = Optional.empty();

    public PictureDecoder(DecoderSettings settings) {
        this(settings, settings.command());
    }

    /** With a command of its own, for tests: it need not be a JVM. */
    PictureDecoder(DecoderSettings settings, List<String> command) {
        this.settings = settings;
        this.command = command;
        var oneThread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("picture-decoder-limit").factory());
        oneThread.setRemoveOnCancelPolicy(true);
        this.timer = oneThread;
    }

    /**
     * Hashes a picture; what its file says about orientation is applied.
     *
     * @param picture a JPEG, PNG, GIF (its first frame) or WebP file
     * @throws DecoderUnavailableException if the process cannot be started
     */
    public PictureReading read(byte[] picture) {
        if (picture.length > settings.maxOctets()) {
            return new Refused(
                    Ground.TOO_LARGE,
                    "The file has %d octets; pictures of up to %d are decoded."
                            .formatted(picture.length, settings.maxOctets()));
        }
        turn.lock();
        try {
            return answer(process(), picture);
        } finally {
            turn.unlock();
        }
    }

    private DecodingProcess process() {
        if (running.isEmpty() || !running.get().isUsable()) {
            end();
            try {
                running = Optional.of(DecodingProcess.start(command, START, timer));
            } catch (IOException e) {
                throw new DecoderUnavailableException(
                        "The process that decodes pictures cannot be started with \"%s\"."
                                .formatted(String.join(" ", command)),
                        e);
            }
        }
        return running.get();
    }

    private PictureReading answer(DecodingProcess process, byte[] picture) {
        try {
            return process.ask(picture, settings.maxTime());
        } catch (DecodingProcess.TookTooLongException e) {
            end();
            return new Refused(
                    Ground.TOO_SLOW,
                    "Decoding took longer than the limit of %d ms."
                            .formatted(settings.maxTime().toMillis()));
        } catch (IOException e) {
            // A process that says something else than the wire's words is not asked again either.
            int code = process.exitCode();
            end();
            return afterDeath(process, code, picture);
        }
    }

    private PictureReading afterDeath(DecodingProcess process, int code, byte[] picture) {
        if (code == OUT_OF_MEMORY) {
            return new Refused(
                    Ground.TOO_LARGE,
                    "Decoding needs more memory than the decoder's %d MiB."
                            .formatted(settings.heapMebibytes()));
        }
        if (process.hasAnswered()) {
            // An earlier picture may have done the damage: this one is tried on clean ground.
            return answer(process(), picture);
        }
        return new Refused(
                Ground.CRASHED, "The process that decoded it ended with code %d.".formatted(code));
    }

    private void end() {
        running.ifPresent(DecodingProcess::end);
        running = Optional.empty();
    }

    /**
     * Ends the process. A picture given afterwards is refused with a {@link
     * DecoderUnavailableException}.
     */
    @Override
    public void close() {
        timer.shutdownNow();
        turn.lock();
        try {
            end();
        } finally {
            turn.unlock();
        }
    }
}
