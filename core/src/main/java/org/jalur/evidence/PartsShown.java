package org.jalur.evidence;

import java.util.List;

/**
 * How much of a message's parts the file shows.
 *
 * @param count how many parts the message has
 * @param opened those that stand in the file, in its order
 * @param withheld how many the maker had and left out, as it says
 * @param erased how many the maker erased, as it says
 * @param missing how many have neither octets nor explanation
 * @param undisclosed how many the file says nothing about, where it shows single parts only
 */
public record PartsShown(
        int count,
        List<OpenedPart> opened,
        int withheld,
        int erased,
        int missing,
        int undisclosed) {
    public PartsShown {
        opened = List.copyOf(opened);
    }
}
