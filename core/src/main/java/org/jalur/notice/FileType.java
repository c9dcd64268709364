package org.jalur.notice;

import java.util.Optional;

/** The kinds of files that are taken, told by their first octets, never by what was claimed. */
public enum FileType {
    PNG("image/png"),
    JPEG("image/jpeg"),
    GIF("image/gif"),
    WEBP("image/webp"),
    PDF("application/pdf");

    private final String mediaType;

    FileType(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Empty for a kind that is not taken. */
    public static Optional<FileType> of(byte[] data) {
        if (begins(data, 0x89, 'P', 'N', 'G')) {
            return Optional.of(PNG);
        }
        if (begins(data, 0xff, 0xd8, 0xff)) {
            return Optional.of(JPEG);
        }
        if (begins(data, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        }
        // RFC 9649 §2.4: sounds and films are RIFF as well.
        if (begins(data, 'R', 'I', 'F', 'F') && has(data, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        if (begins(data, '%', 'P', 'D', 'F')) {
            return Optional.of(PDF);
        }
        return Optional.empty();
    }

    private static boolean begins(byte[] data, int... octets) {
        return has(data, 0, octets);
    }

    private static boolean has(byte[] data, int at, int... octets) {
        if (data.length < at + octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((data[at + i] & 0xff) != octets[i]) {
                return false;
            }
        }
        return true;
    }
}
