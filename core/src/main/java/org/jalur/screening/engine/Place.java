package org.jalur.screening.engine;

/** What in the content an entry matches. */
public sealed interface Place {
    /**
     * A part of the text: chars (UTF-16 units) if it was given as a string, else octets.
     *
     * @param start from 0
     * @param end exclusive
     */
    record InText(int start, int end) implements Place {}

    /** All of the text. */
    record WholeText() implements Place {}

    /** One of the addresses, counted from 0. */
    record InUrl(int index) implements Place {}

    /** One of the file digests, counted from 0 in the order they were given. */
    record InFile(int index) implements Place {}

    /** One of the pictures, counted from 0. */
    record InPicture(int index) implements Place {}
}
