package org.jalur.screening.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.exact.KeyTable;
import org.jalur.screening.exact.PackedKeys;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.image.PdqIndex;
import org.jalur.screening.list.InvalidEntryException;
import org.jalur.screening.list.LineError;
import org.jalur.screening.list.ListEntry;
import org.jalur.screening.list.ListReader;
import org.jalur.screening.list.ListReceiver;
import org.jalur.screening.list.ListSummary;
import org.jalur.screening.list.SignalKind;
import org.jalur.screening.list.UnreadableListException;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.similar.TlshIndex;
import org.jalur.screening.text.Phrases;
import org.jalur.screening.text.RefusedPhraseException;
import org.jalur.screening.url.AddressFinder;
import org.jalur.screening.url.PublicSuffixes;

/// Reads lists into a {@link ListSet}. For one thread and one set.
public final class ListSetBuilder {
    private final CheckRules rules;
    private final PublicSuffixes suffixes;
    private final ExactKeys exactKeys;
    private final List<Listed> entries = new ArrayList<>();

    private final PackedKeys.Builder keys = new PackedKeys.Builder();
    private final IntStream.Builder ofKeys = IntStream.builder();
    private final Phrases.Builder phrases;
    private final IntStream.Builder ofPhrases = IntStream.builder();
    private final PdqIndex.Builder pictures = PdqIndex.builder(0);
    private final IntStream.Builder ofPictures = IntStream.builder();
    private final List<Tlsh> similar = new ArrayList<>();
    private final IntStream.Builder ofSimilar = IntStream.builder();

    /// A builder of an empty set.
    public ListSetBuilder(CheckRules rules, PublicSuffixes suffixes) {
        this.rules = rules;
        this.suffixes = suffixes;
        this.exactKeys = new ExactKeys(suffixes, rules.home());
        this.phrases = new Phrases.Builder(rules.deepest());
    }

    /// Adds a list, in the format that its content shows. An entry marked as deleted takes back the
    /// same value further up in the same list.
    ///
    /// @param name how the list is called
    /// @param errors takes what is wrong with single lines; the others are read
    /// @throws UnreadableListException if it is no list; then nothing is added
    /// @throws IOException if reading fails; then nothing is added
    public ListCount read(String name, InputStream in, Consumer<LineError> errors)
            throws IOException {
        var read = new ArrayList<Listed>();
        ListSummary summary =
                ListReader.read(
                        in,
                        name,
                        new ListReceiver() {
                            @Override
                            public void entry(long line, ListEntry entry) {
                                read.add(new Listed(name, line, entry));
                            }

                            @Override
                            public void error(LineError error) {
                                errors.accept(error);
                            }
                        });
        long all = read.size();
        List<Listed> valid = withoutTakenBack(read);
        long takenBack = all - valid.size();
        valid.removeIf(listed -> !rules.countsHere(listed.entry()));
        long elsewhere = all - takenBack - valid.size();
        long refused = 0;
        for (Listed listed : valid) {
            try {
                add(listed);
            } catch (InvalidEntryException e) {
                errors.accept(e.at(listed.line()));
                refused++;
            }
        }
        return new ListCount(summary, valid.size() - refused, refused, takenBack, elsewhere);
    }

    private record Value(SignalKind kind, String value) {}

    private static List<Listed> withoutTakenBack(List<Listed> read) {
        if (read.stream().noneMatch(listed -> listed.entry().deleted())) {
            return read;
        }
        Set<Value> gone = new HashSet<>();
        List<Listed> left = new ArrayList<>();
        for (Listed listed : read.reversed()) {
            var value = new Value(listed.entry().kind(), listed.entry().value());
            if (listed.entry().deleted()) {
                gone.add(value);
            } else if (!gone.contains(value)) {
                left.add(listed);
            }
        }
        Collections.reverse(left);
        return left;
    }

    private void add(Listed listed) {
        ListEntry entry = listed.entry();
        int number = entries.size();
        switch (entry.kind()) {
            case FILE_SHA256 -> put(ExactKeys.sha256(entry.value()), number);
            case FILE_MD5 -> put(ExactKeys.md5(entry.value()), number);
            case URL -> exactKeys.ofUrl(entry.value()).forEach(key -> put(key, number));
            case DOMAIN -> put(exactKeys.ofDomain(entry.value()), number);
            case HANDLE -> put(exactKeys.ofHandle(entry.value()), number);
            case PHRASE -> {
                addPhrase(entry.value());
                ofPhrases.add(number);
            }
            case PDQ -> {
                checkQuality(entry);
                pictures.add(PdqHash.parse(entry.value()));
                ofPictures.add(number);
            }
            case SIMILAR_TEXT -> {
                similar.add(Tlsh.parse(entry.value()));
                ofSimilar.add(number);
            }
        }
        entries.add(listed);
    }

    private void put(byte[] key, int number) {
        keys.add(key);
        ofKeys.add(number);
    }

    private void addPhrase(String phrase) {
        try {
            phrases.add(phrase);
        } catch (RefusedPhraseException e) {
            throw new InvalidEntryException(phrase, e.broken());
        }
    }

    private void checkQuality(ListEntry entry) {
        int quality = entry.quality().orElse(rules.pdqQuality());
        if (quality < rules.pdqQuality()) {
            throw new InvalidEntryException(
                    entry.value(),
                    BrokenRule.said(
                            "the picture's quality is %d, and below %d too much else is like it"
                                    .formatted(quality, rules.pdqQuality()),
                            "list the file's SHA-256, or compare lower qualities too"));
        }
    }

    /// The set; the builder is used up.
    public ListSet build() {
        return new ListSet(
                rules,
                List.copyOf(entries),
                index(KeyTable.of(keys.build(), KeyHash.secret()), ofKeys),
                index(phrases.build(), ofPhrases),
                index(pictures.build(), ofPictures),
                index(TlshIndex.of(similar), ofSimilar),
                new AddressFinder(suffixes, rules.home()));
    }

    private static <T> ListSet.Index<T> index(T table, IntStream.Builder entries) {
        int[] numbers = entries.build().toArray();
        return new ListSet.Index<>(table, at -> numbers[at]);
    }
}
