package org.jalur.screening.url;

import java.util.Optional;

/** Something in a text that names a place; offsets are UTF-16 code units of the text as given. */
public sealed interface Found {
    /** Where it begins. */
    int start();

    /** Where it ends, exclusive. */
    int end();

    /**
     * An address, with or without scheme and path.
     *
     * @param handle the channel, account or post it leads to, if that is known
     */
    record Link(int start, int end, CanonicalUrl url, Optional<Handle> handle) implements Found {}

    /** A name without a web address: "@name", "@user@host", "tg://resolve?domain=name". */
    record Name(int start, int end, Handle handle) implements Found {}
}
