package org.jalur.screening.image;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;

/**
 * What a {@link PictureDecoder} and its process say to each other, numbers in network order. The
 * process greets with four octets; then each question is a length of four octets and a picture, and
 * each answer a {@link PictureReading}. One answer follows each question; when the questions end,
 * so does the process.
 */
public final class DecoderWire {
    /** What a process says once it is ready. */
    public static final int GREETING = 0x4a445131;

    private static final int HASHED = 1;
    private static final int REFUSED = 0;

    private DecoderWire() {}

    /** Writes an answer. */
    public static void write(PictureReading reading, DataOutput out) throws IOException {
        switch (reading) {
            case Hashed(int width, int height, TurnedHashes hashes) -> {
                out.writeByte(HASHED);
                out.writeInt(width);
                out.writeInt(height);
                out.writeByte(hashes.quality());
                for (PdqHash hash : hashes.hashes()) {
                    out.writeLong(hash.first());
                    out.writeLong(hash.second());
                    out.writeLong(hash.third());
                    out.writeLong(hash.fourth());
                }
            }
            case Refused(Ground ground, String reason) -> {
                out.writeByte(REFUSED);
                out.writeUTF(ground.name());
                out.writeUTF(reason);
            }
        }
    }

    /**
     * Reads an answer.
     *
     * @throws IOException if there is none, or if it is not in this form: whoever wrote it has had
     *     strangers' files in hand
     */
    static PictureReading read(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        try {
            return switch (kind) {
                case HASHED -> new Hashed(in.readInt(), in.readInt(), hashes(in));
                case REFUSED -> new Refused(Ground.valueOf(in.readUTF()), in.readUTF());
                default -> throw new IOException("not an answer: it begins with " + kind);
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("not an answer", e);
        }
    }

    private static TurnedHashes hashes(DataInput in) throws IOException {
        int quality = in.readUnsignedByte();
        List<PdqHash> hashes = new ArrayList<>();
        for (int i = 0; i < Orientation.values().length; i++) {
            hashes.add(new PdqHash(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return new TurnedHashes(quality, hashes);
    }
}
