package org.jalur.tools.picture;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;
import javax.imageio.ImageIO;
import org.jalur.screening.image.DecoderWire;

/**
 * The process behind a {@link org.jalur.screening.image.PictureDecoder}: reads pictures from
 * standard input, writes answers to standard output, and ends with its input, even while it
 * decodes.
 */
final class DecoderProgram {
    private static final int FAILED = 1;

    private final int maxOctets;
    private final long maxPixels;
    private final DataOutputStream answers;
    private final SynchronousQueue<PictureFile> waiting = new SynchronousQueue<>();

    private DecoderProgram(int maxOctets, long maxPixels, DataOutputStream answers) {
        this.maxOctets = maxOctets;
        this.maxPixels = maxPixels;
        this.answers = answers;
    }

    /**
     * @param arguments the longest file in octets, the largest picture in pixels
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var out = new FileOutputStream(FileDescriptor.out);
        // Only answers may stand there, whatever the libraries print.
        System.setOut(System.err);
        ImageIO.setUseCache(false);
        var program =
                new DecoderProgram(
                        Integer.parseInt(arguments[0]),
                        Long.parseLong(arguments[1]),
                        new DataOutputStream(new BufferedOutputStream(out)));
        try (var in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
            program.run(in);
        } catch (EOFException e) {
            // Whoever asked is gone, perhaps killed: nobody else would end a decoding that hangs.
            Runtime.getRuntime().halt(0);
        }
    }

    private void run(DataInputStream questions) throws IOException, InterruptedException {
        Thread.ofPlatform().name("decoding").daemon().start(this::decode);
        answers.writeInt(DecoderWire.GREETING);
        answers.flush();
        while (true) {
            int length = questions.readInt();
            if (length < 0 || length > maxOctets) {
                throw new IOException("not a length of up to %d: %d".formatted(maxOctets, length));
            }
            byte[] octets = new byte[length];
            questions.readFully(octets);
            waiting.put(new PictureFile(octets));
        }
    }

    private void decode() {
        try {
            while (true) {
                DecoderWire.write(waiting.take().read(maxPixels), answers);
                answers.flush();
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            // A stack that overflowed, a library that cannot be linked: start afresh.
            Runtime.getRuntime().halt(FAILED);
        }
    }
}
