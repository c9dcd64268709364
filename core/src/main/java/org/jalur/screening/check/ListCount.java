package org.jalur.screening.check;

import org.jalur.screening.list.ListSummary;

/// What became of one list.
///
/// @param summary what was read
/// @param compared how many entries are compared with publications
/// @param refused how many entries were read but cannot be compared; each was reported
/// @param takenBack how many entries the list itself takes back further on
/// @param elsewhere how many entries count only in other countries
public record ListCount(
        ListSummary summary, long compared, long refused, long takenBack, long elsewhere) {}
