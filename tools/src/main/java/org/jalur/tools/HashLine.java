package org.jalur.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jalur.screening.image.DecoderUnavailableException;
import org.jalur.screening.image.PictureDecoder;
import org.jalur.screening.image.PictureHash;
import org.jalur.screening.image.PictureReading.Ground;
import org.jalur.screening.image.PictureReading.Hashed;
import org.jalur.screening.image.PictureReading.Refused;
import org.jalur.screening.similar.Tlsh;
import org.jalur.tools.picture.PictureKind;

/** The hashes of one file, and why some are not there. */
final class HashLine {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final int maxContent;
    private final Map<String, Object> computed = new LinkedHashMap<>();
    private final Map<String, String> notComputed = new LinkedHashMap<>();

    /**
     * @param maxContent how many octets of a file are kept for the hashes that look at its content
     */
    HashLine(Path file, int maxContent) {
        this.file = file;
        this.maxContent = maxContent;
    }

    /** Computes what can be computed; false if the file or the decoder failed, not its content. */
    boolean compute(PictureDecoder decoder) {
        var content = new ByteArrayOutputStream();
        long length;
        try {
            length = digest(content);
        } catch (IOException e) {
            for (String hash : List.of("sha256", "md5", "pdq", "tlsh")) {
                notComputed.put(hash, reason(e));
            }
            return false;
        }
        if (length > maxContent) {
            String tooLong =
                    "The file has %d octets; up to %d are looked into. --max-mib raises the limit."
                            .formatted(length, maxContent);
            notComputed.put("pdq", tooLong);
            notComputed.put("tlsh", tooLong);
            return true;
        }
        byte[] octets = content.toByteArray();
        boolean decoded = pdq(octets, decoder);
        tlsh(octets);
        return decoded;
    }

    /** Reads the file once, however long it is; its length. */
    private long digest(ByteArrayOutputStream content) throws IOException {
        MessageDigest sha256 = algorithm("SHA-256");
        MessageDigest md5 = algorithm("MD5");
        long length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
                md5.update(buffer, 0, read);
                length += read;
                if (length <= maxContent) {
                    content.write(buffer, 0, read);
                }
            }
        }
        computed.put("sha256", HexFormat.of().formatHex(sha256.digest()));
        computed.put("md5", HexFormat.of().formatHex(md5.digest()));
        return length;
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows " + name, e);
        }
    }

    private String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "There is no file %s.".formatted(file);
            case AccessDeniedException _ -> "Reading %s is not permitted.".formatted(file);
            default -> "%s cannot be read: %s.".formatted(file, e.getMessage());
        };
    }

    private boolean pdq(byte[] content, PictureDecoder decoder) {
        if (PictureKind.of(content).isEmpty()) {
            notComputed.put("pdq", "The file is no JPEG, PNG, GIF or WebP picture.");
            return true;
        }
        try {
            switch (decoder.read(content)) {
                case Hashed(_, _, var hashes) -> {
                    PictureHash upright = hashes.upright();
                    computed.put("pdq", upright.hash().toString());
                    computed.put("pdqQuality", upright.quality());
                }
                case Refused(Ground ground, String reason) ->
                        notComputed.put("pdq", reason + wayOut(ground));
            }
            return true;
        } catch (DecoderUnavailableException e) {
            notComputed.put("pdq", String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static String wayOut(Ground ground) {
        return switch (ground) {
            case TOO_LARGE -> " --max-megapixels raises the limits of pixels and memory.";
            case TOO_SLOW -> " --max-seconds raises the limit.";
            case UNKNOWN_KIND, TOO_SMALL, DAMAGED, CRASHED -> "";
        };
    }

    /** Near-duplicates of files without pixels. */
    private void tlsh(byte[] content) {
        Tlsh.of(content)
                .ifPresentOrElse(
                        hash -> computed.put("tlsh", hash.toString()),
                        () ->
                                notComputed.put(
                                        "tlsh",
                                        "The content is too short or too uniform: TLSH needs at least %d octets that vary."
                                                .formatted(Tlsh.SHORTEST)));
    }

    /** The line, absent hashes left out. */
    Map<String, Object> toJson() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", file.toString());
        line.putAll(computed);
        if (!notComputed.isEmpty()) {
            line.put("notComputed", notComputed);
        }
        return line;
    }
}
