package org.jalur.screening.image;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Collections;
import org.jalur.screening.image.PictureReading.Hashed;

/** A decoding process that does what the first octet of a picture says. */
final class ObedientDecoder {
    static final byte COUNT = 1;
    static final byte REPEAT = 2;
    static final byte HANG = 3;
    static final byte EXHAUST = 4;
    static final byte DIE = 5;
    static final byte DIE_UNLESS_FIRST = 6;
    static final byte BABBLE = 7;
    static final byte SHOW_ENVIRONMENT = 8;

    private ObedientDecoder() {}

    /**
     * @param arguments "rude" for one that does not greet properly, "mute" for one that ends at
     *     once
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        var out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "rude" -> out.writeInt(7);
            case "mute" -> System.exit(9);
            default -> out.writeInt(DecoderWire.GREETING);
        }
        for (int count = 1; ; count++) {
            byte[] picture;
            try {
                picture = in.readNBytes(in.readInt());
            } catch (EOFException e) {
                return;
            }
            switch (picture[0]) {
                case COUNT -> answer(count, out);
                case REPEAT -> answer(picture[1] + 1, out);
                case HANG -> Thread.sleep(Long.MAX_VALUE);
                case EXHAUST -> System.exit(3);
                case DIE_UNLESS_FIRST -> {
                    if (count > 1) {
                        System.exit(1);
                    }
                    answer(count, out);
                }
                case BABBLE -> out.writeByte(99);
                case SHOW_ENVIRONMENT -> answer(System.getenv().size() + 1, out);
                default -> System.exit(1);
            }
        }
    }

    private static void answer(int width, DataOutputStream out) throws IOException {
        var hashes = new TurnedHashes(50, Collections.nCopies(8, new PdqHash(0, 0, 0, width)));
        DecoderWire.write(new Hashed(width, 1, hashes), out);
    }
}
