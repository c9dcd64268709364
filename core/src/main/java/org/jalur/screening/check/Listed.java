package org.jalur.screening.check;

import org.jalur.screening.list.ListEntry;

/// An entry, and where it stands.
///
/// @param list how the list is called
/// @param line where the entry begins in it, from 1
public record Listed(String list, long line, ListEntry entry) {}
