package org.jalur.screening.check;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jalur.screening.exact.KeyTable;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.similar.TlshIndex;
import org.jalur.screening.text.Phrases;
import org.jalur.screening.url.AddressFinder;

/// The entries of some lists, ready to be compared with publications. Never changes; any number of
/// threads may compare at once, each with a {@link ListSearch} of its own. Built by {@link
/// ListSetBuilder}.
///
/// Addresses, domains, names and file digests match exactly ({@link org.jalur.screening.exact}): an
/// address also what lies below it, as Safe Browsing has it, and the same channel or post under
/// another spelling; a domain all hosts below it; a channel, by its address or name, also its
/// posts. Words match as {@link org.jalur.screening.text} says, pictures and similar texts within a
/// distance.
public final class ListSet {
    private final CheckRules rules;
    private final List<Listed> entries;
    private final Index<KeyTable> exact;
    private final Index<Phrases> phrases;
    private final Index<PdqIndex> pictures;
    private final Index<TlshIndex> similar;
    private final AddressFinder finder;
    private final boolean hasAddresses;

    /// An index over some of the entries.
    ///
    /// @param entry the number of the entry that stands at a number of the index
    record Index<T>(T table, IntUnaryOperator entry) {}

    ListSet(
            CheckRules rules,
            List<Listed> entries,
            Index<KeyTable> exact,
            Index<Phrases> phrases,
            Index<PdqIndex> pictures,
            Index<TlshIndex> similar,
            AddressFinder finder) {
        this.rules = rules;
        this.entries = entries;
        this.exact = exact;
        this.phrases = phrases;
        this.pictures = pictures;
        this.similar = similar;
        this.finder = finder;
        this.hasAddresses = entries.stream().anyMatch(listed -> isAddress(listed.entry()));
    }

    private static boolean isAddress(ListEntry entry) {
        return switch (entry.kind()) {
            case URL, DOMAIN, HANDLE -> true;
            case FILE_SHA256, FILE_MD5, PDQ, PHRASE, SIMILAR_TEXT -> false;
        };
    }

    /// How many entries there are.
    public int size() {
        return entries.size();
    }

    /// A search, for one thread.
    public ListSearch search() {
        return new ListSearch(this);
    }

    CheckRules rules() {
        return rules;
    }

    Listed entry(int number) {
        return entries.get(number);
    }

    Index<KeyTable> exact() {
        return exact;
    }

    Index<Phrases> phrases() {
        return phrases;
    }

    Index<PdqIndex> pictures() {
        return pictures;
    }

    Index<TlshIndex> similar() {
        return similar;
    }

    AddressFinder finder() {
        return finder;
    }

    /// Whether any entry is an address, a domain or a name.
    boolean hasAddresses() {
        return hasAddresses;
    }
}
