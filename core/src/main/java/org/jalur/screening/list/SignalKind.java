package org.jalur.screening.list;

import java.util.Locale;
import java.util.Optional;

/// What an entry of a list is compared with.
public enum SignalKind {
    /// The SHA-256 digest of a file: 64 lower-case hexadecimal digits.
    FILE_SHA256("sha256"),

    /// The MD5 digest of a file: 32 lower-case hexadecimal digits.
    FILE_MD5("md5"),

    /// The PDQ hash of an image: 64 lower-case hexadecimal digits.
    PDQ("pdq"),

    /// Words in a text.
    PHRASE("phrase"),

    /// The TLSH digest of a text: T1 and 70 upper-case hexadecimal digits.
    SIMILAR_TEXT("tlsh"),

    /// A web address.
    URL("url"),

    /// A domain name and all below it: lower-case ASCII labels.
    DOMAIN("domain"),

    /// The name of an account or channel at a platform.
    HANDLE("handle");

    private final String word;

    SignalKind(String word) {
        this.word = word;
    }

    /// How Jalur's own lists call it.
    public String word() {
        return word;
    }

    /// The kind that a list calls so, in any case: by Jalur's word, by the name of a signal type of
    /// python-threatexchange (`video_md5`), or of an indicator type of ThreatExchange (`HASH_PDQ`).
    public static Optional<SignalKind> of(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "sha256", "video_sha256", "hash_sha256", "hash_video_sha256" ->
                    Optional.of(FILE_SHA256);
            case "md5", "video_md5", "hash_md5", "hash_video_md5" -> Optional.of(FILE_MD5);
            case "pdq", "hash_pdq" -> Optional.of(PDQ);
            case "phrase", "raw_text", "text_string" -> Optional.of(PHRASE);
            case "tlsh", "text_tlsh", "hash_text_tlsh" -> Optional.of(SIMILAR_TEXT);
            case "url", "uri", "raw_uri", "unclickable_url" -> Optional.of(URL);
            case "domain" -> Optional.of(DOMAIN);
            case "handle" -> Optional.of(HANDLE);
            default -> Optional.empty();
        };
    }
}
