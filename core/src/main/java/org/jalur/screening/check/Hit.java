package org.jalur.screening.check;

import java.util.Optional;
import java.util.OptionalInt;
import org.jalur.screening.text.Form;

/// An entry that a publication matches, and why. Where it matches at several places, the strict
/// form comes before the loose one, the nearest hash before others, and then what stands first.
///
/// @param matched what of the publication matched: the words or the address as written, or the
///   digest of the file, the picture or the text
/// @param span where that stands in the text; empty for what does not stand there
/// @param places at how many places of the text the entry was found; 0 if it was not found there
/// @param distance of hashes of pictures (bits) and of similar texts (TLSH's measure)
/// @param form how far words were folded; a hit of the loose form never blocks alone
public record Hit(
        Listed listed,
        String matched,
        Optional<Span> span,
        int places,
        OptionalInt distance,
        Optional<Form> form) {
    /// A part of a text.
    ///
    /// @param start its first UTF-16 unit, from 0
    /// @param end after its last one
    public record Span(int start, int end) {
        public Span {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException(
                        "not a part of a text: %d-%d".formatted(start, end));
            }
        }
    }
}
