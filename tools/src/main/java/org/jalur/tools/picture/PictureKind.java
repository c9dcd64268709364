package org.jalur.tools.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.stream.Stream;

/** A kind of picture file that is decoded. */
public enum PictureKind {
    JPEG("\u00ff\u00d8\u00ff", 0),
    PNG("\u0089PNG\r\n\u001a\n", 0),
    GIF("GIF8", 0),
    WEBP("WEBP", 8);

    private final String mark;
    private final int at;

    PictureKind(String mark, int at) {
        this.mark = mark;
        this.at = at;
    }

    /** The kind that a file's first octets show; empty if it is none of these. */
    public static Optional<PictureKind> of(byte[] file) {
        return Stream.of(values()).filter(kind -> kind.marks(file)).findFirst();
    }

    private boolean marks(byte[] file) {
        return file.length >= at + mark.length()
                && new String(file, at, mark.length(), ISO_8859_1).equals(mark);
    }
}
