package org.jalur.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jalur.screening.image.DecoderUnavailableException;
import org.jalur.screening.image.PictureDecoder;
import org.jalur.screening.image.PictureHash;
import org.jalur.screening.image.PictureReading;

/**
 * What a picture's file is compared by.
 *
 * @param pictures one hash for each way the picture can be turned or mirrored; none if it has none
 * @param flaw why it has none; empty if it has
 */
record ImageFile(String sha256, String md5, List<PictureHash> pictures, String flaw) {
    /**
     * Reads a file.
     *
     * @throws RefusedLineException if it cannot be read
     */
    static ImageFile read(Path file, int maxOctets, PictureDecoder decoder)
            throws RefusedLineException {
        byte[] content = content(file, maxOctets);
        String sha256 = hex("SHA-256", content);
        String md5 = hex("MD5", content);
        try {
            return switch (decoder.read(content)) {
                case PictureReading.Hashed(_, _, var turned) ->
                        new ImageFile(
                                sha256,
                                md5,
                                turned.hashes().stream()
                                        .map(hash -> new PictureHash(hash, turned.quality()))
                                        .toList(),
                                "");
                case PictureReading.Refused(_, String reason) ->
                        new ImageFile(sha256, md5, List.of(), reason);
            };
        } catch (DecoderUnavailableException e) {
            return new ImageFile(sha256, md5, List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static byte[] content(Path file, int maxOctets) throws RefusedLineException {
        // A pipe or a device could keep this waiting for ever.
        if (!Files.isRegularFile(file)) {
            throw new RefusedLineException(
                    file.toString(), "image is no file here", "give its path from this folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxOctets + 1);
            if (content.length > maxOctets) {
                throw new RefusedLineException(
                        file.toString(),
                        "image has more than %d octets".formatted(maxOctets),
                        "give its hashes: ./jalur hash");
            }
            return content;
        } catch (IOException e) {
            throw new RefusedLineException(
                    file.toString(),
                    "image cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                    "check the file and its permissions");
        }
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows " + algorithm, e);
        }
    }
}
