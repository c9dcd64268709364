package org.jalur.tools.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jalur.screening.image.Orientation;
import org.jalur.tools.picture.JpegSegments.Segment;

/**
 * How a file says that its picture is to be turned. Whatever is missing, damaged or unknown means
 * "not at all", as in browsers. Sources: Exif 2.32 (CIPA DC-008) 4.5 and 4.6.4; PNG third edition
 * 11.3.4.5 (eXIf); RFC 9649 2.7.1.5 (WebP).
 */
final class ExifOrientation {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int TIFF = 42;
    private static final int FIELD_LENGTH = 12;
    private static final String EXIF = "Exif\0\0";

    private static final int APP1 = 0xe1;

    private ExifOrientation() {}

    static Orientation of(PictureKind kind, byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        try {
            return switch (kind) {
                case JPEG -> ofJpeg(file);
                case PNG -> ofPng(in);
                case WEBP -> ofWebp(in);
                case GIF -> Orientation.UPRIGHT;
            };
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            return Orientation.UPRIGHT;
        }
    }

    private static Orientation ofJpeg(byte[] file) {
        var segments = new JpegSegments(file);
        for (Optional<Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
            if (next.get().is(APP1, EXIF)) {
                return ofTiff(next.get().content().position(EXIF.length()).slice());
            }
        }
        return Orientation.UPRIGHT;
    }

    private static Orientation ofPng(ByteBuffer in) {
        in.position(8);
        while (true) {
            int length = in.getInt();
            String type = text(in, Integer.BYTES);
            in.position(in.position() + Integer.BYTES);
            ByteBuffer data = take(in, length);
            in.getInt();
            if (type.equals("eXIf")) {
                return ofTiff(data);
            }
        }
    }

    private static Orientation ofWebp(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN).position(12);
        while (true) {
            String type = text(in, Integer.BYTES);
            in.position(in.position() + Integer.BYTES);
            int length = in.getInt();
            ByteBuffer data = take(in, length);
            if (type.equals("EXIF")) {
                // Some programs repeat JPEG's prefix here.
                boolean prefixed = text(data, EXIF.length()).equals(EXIF);
                return ofTiff(prefixed ? data.position(EXIF.length()).slice() : data);
            }
            in.position(in.position() + length % 2);
        }
    }

    private static Orientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (tiff.getShort(2) != TIFF) {
            return Orientation.UPRIGHT;
        }
        tiff.position(tiff.getInt(4));
        int fields = unsigned(tiff);
        for (int i = 0; i < fields; i++) {
            ByteBuffer field = take(tiff, FIELD_LENGTH).order(tiff.order());
            if (unsigned(field) == ORIENTATION) {
                boolean single = field.getShort() == SHORT && field.getInt() == 1;
                Optional<Orientation> orientation = Orientation.ofExif(unsigned(field));
                return single ? orientation.orElse(Orientation.UPRIGHT) : Orientation.UPRIGHT;
            }
        }
        return Orientation.UPRIGHT;
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        ByteBuffer taken = in.slice(in.position(), length);
        in.position(in.position() + length);
        return taken;
    }

    private static int unsigned(ByteBuffer in) {
        return Short.toUnsignedInt(in.getShort());
    }

    /** The next octets as text, without moving on; fewer at the end. */
    private static String text(ByteBuffer in, int length) {
        byte[] octets = new byte[Math.min(length, in.remaining())];
        in.get(in.position(), octets);
        return new String(octets, ISO_8859_1);
    }
}
