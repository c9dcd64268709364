package org.jalur.tools.picture;

import java.util.Optional;
import org.jalur.tools.picture.JpegSegments.Segment;

/** How a JPEG file stores colours, as far as its header says so. */
final class JpegColours {
    private static final int JFIF = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ADOBE = 0xee;

    /**
     * Where Adobe's segment says what was done to the colours, and the value for luma and chroma.
     */
    private static final int TRANSFORM = 11;

    private static final int TO_LUMA = 1;

    /** Where a frame's header has the number of its components. */
    private static final int COMPONENTS = 5;

    private JpegColours() {}

    /**
     * Whether it stores grey, or luma and chroma for certain. Without any of these segments
     * decoders guess, and not all alike. Sources: JFIF 1.02; Exif 2.32 4.7.2; Adobe technical note
     * 5116.
     */
    static boolean areLumaAndChroma(byte[] file) {
        var segments = new JpegSegments(file);
        boolean said = false;
        boolean denied = false;
        int components = 0;
        for (Optional<Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
            Segment segment = next.get();
            said |= segment.is(JFIF, "JFIF\0") || segment.is(EXIF, "Exif\0");
            if (segment.is(ADOBE, "Adobe") && segment.content().limit() > TRANSFORM) {
                boolean luma = segment.octet(TRANSFORM) == TO_LUMA;
                said |= luma;
                denied |= !luma;
            }
            if (isFrame(segment.marker()) && segment.content().limit() > COMPONENTS) {
                components = segment.octet(COMPONENTS);
            }
        }
        return components == 1 || (components == 3 && said && !denied);
    }

    /**
     * SOF0 to SOF15 without the markers between them that mean something else (T.81, table B.1).
     */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0
                && marker <= 0xcf
                && marker != 0xc4
                && marker != 0xc8
                && marker != 0xcc;
    }
}
