package org.jalur.screening.list;

import java.util.Optional;

/// What a list had in it.
///
/// @param octets how long it is
/// @param lines how many lines were read
/// @param entries how many entries were handed over, deleted ones included
/// @param errors how many lines were reported
/// @param complete whether it was read to its end; not so if its JSON is broken somewhere
/// @param cursor where the source continues after this list (Tech Against Terrorism's checkpoint)
/// @param next the address of the source's next page, if there is more
public record ListSummary(
        ListFormat format,
        long octets,
        long lines,
        long entries,
        long errors,
        boolean complete,
        Optional<String> cursor,
        Optional<String> next) {}
