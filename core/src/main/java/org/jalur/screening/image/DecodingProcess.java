package org.jalur.screening.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of the process behind a {@link PictureDecoder}. */
final class DecodingProcess {
    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private final ScheduledExecutorService timer;
    private boolean answered;
    private boolean doomed;

    /** It was ended because its time was up. */
    static final class TookTooLongException extends IOException {
        TookTooLongException(Throwable cause) {
            super(cause);
        }
    }

    /** Something to read or write that must not take for ever. */
    @FunctionalInterface
    private interface Exchange<T> {
        T run() throws IOException;
    }

    private DecodingProcess(Process process, ScheduledExecutorService timer) {
        this.process = process;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.timer = timer;
    }

    /**
     * Starts it and waits for its greeting. It inherits no environment: there may be passwords in
     * it.
     *
     * @throws IOException if it does not start, or says something else
     */
    static DecodingProcess start(
            List<String> command, Duration limit, ScheduledExecutorService timer)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        var started = new DecodingProcess(builder.start(), timer);
        try {
            int greeting = started.within(limit, started.answers::readInt);
            if (greeting != DecoderWire.GREETING) {
                throw new IOException("it greets with %08x".formatted(greeting));
            }
            return started;
        } catch (IOException e) {
            throw new IOException("it ended with code %d".formatted(started.exitCode()), e);
        }
    }

    /** Whether it can be asked. */
    boolean isUsable() {
        return !doomed && process.isAlive();
    }

    /** Whether it has dealt with a picture before. */
    boolean hasAnswered() {
        return answered;
    }

    /**
     * Hands a picture over and waits for the answer.
     *
     * @throws IOException if there is none; the process is of no further use then
     */
    PictureReading ask(byte[] picture, Duration limit) throws IOException {
        PictureReading reading =
                within(
                        limit,
                        () -> {
                            questions.writeInt(picture.length);
                            questions.write(picture);
                            questions.flush();
                            return DecoderWire.read(answers);
                        });
        answered = true;
        return reading;
    }

    private <T> T within(Duration limit, Exchange<T> exchange) throws IOException {
        var timeIsUp = new AtomicBoolean();
        Future<?> end;
        try {
            end =
                    timer.schedule(
                            () -> {
                                timeIsUp.set(true);
                                process.destroyForcibly();
                            },
                            limit.toNanos(),
                            TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("the decoder is closed", e);
        }
        try {
            return exchange.run();
        } catch (IOException e) {
            throw timeIsUp.get() ? new TookTooLongException(e) : e;
        } finally {
            // Its answer may have come just as its time ran out.
            doomed |= !end.cancel(false);
        }
    }

    /**
     * The code it ended with by itself, as one does that has closed its side; otherwise it is
     * ended.
     */
    int exitCode() {
        boolean interrupted = false;
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        end();
        int code = process.onExit().join().exitValue();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return code;
    }

    void end() {
        process.destroyForcibly();
    }
}
