package org.jalur.screening.check;

import java.util.List;
import java.util.Optional;
import org.jalur.screening.image.PictureHash;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.url.CanonicalUrl;

/// Public content, or content about to become public: what is known of it.
///
/// @param text its words
/// @param addresses where it leads to, and its own; those in the text are found without being named
///   here
/// @param sha256 digests of its files, 64 lower-case hexadecimal digits each
/// @param md5 digests of its files, 32 lower-case hexadecimal digits each
/// @param pictures hashes of its pictures, those of turned and mirrored forms too if they are to be
///   found
/// @param similar digests of its files' content; that of the text is computed without being here
public record Publication(
        Optional<String> text,
        List<Address> addresses,
        List<String> sha256,
        List<String> md5,
        List<PictureHash> pictures,
        List<Tlsh> similar) {
    public Publication {
        addresses = List.copyOf(addresses);
        sha256 = List.copyOf(sha256);
        md5 = List.copyOf(md5);
        pictures = List.copyOf(pictures);
        similar = List.copyOf(similar);
    }

    /// An address.
    ///
    /// @param written as it was given
    public record Address(String written, CanonicalUrl url) {}

    /// Nothing but a text.
    public static Publication ofText(String text) {
        return new Publication(
                Optional.of(text), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
