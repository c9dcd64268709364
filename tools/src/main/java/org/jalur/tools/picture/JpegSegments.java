package org.jalur.tools.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The segments of a JPEG file before its first scan, one after the other; a damaged file has fewer.
 * Source: ITU-T T.81, annex B.
 */
final class JpegSegments {
    private static final int START_OF_SCAN = 0xda;
    private static final int MARKER = 0xff;

    private final ByteBuffer in;

    /**
     * One segment.
     *
     * @param marker its second octet
     */
    record Segment(int marker, ByteBuffer content) {
        /** Whether it is of an application, and of that one. */
        boolean is(int marker, String name) {
            return this.marker == marker
                    && content.limit() >= name.length()
                    && ISO_8859_1.decode(content.slice(0, name.length())).toString().equals(name);
        }

        int octet(int index) {
            return Byte.toUnsignedInt(content.get(index));
        }
    }

    JpegSegments(byte[] file) {
        in = ByteBuffer.wrap(file);
        in.position(2);
    }

    /** The next one; empty at the first scan or where the file is damaged. */
    Optional<Segment> next() {
        try {
            if (octet() != MARKER) {
                return Optional.empty();
            }
            int marker = octet();
            while (marker == MARKER) {
                marker = octet();
            }
            int length = Short.toUnsignedInt(in.getShort()) - Short.BYTES;
            if (marker == START_OF_SCAN || length < 0 || length > in.remaining()) {
                return Optional.empty();
            }
            ByteBuffer content = in.slice(in.position(), length);
            in.position(in.position() + length);
            return Optional.of(new Segment(marker, content));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private int octet() {
        return Byte.toUnsignedInt(in.get());
    }
}
