package org.jalur.screening.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.jalur.screening.exact.KeyBatch;
import org.jalur.screening.exact.KeyHash;
import org.jalur.screening.url.AddressFinder;
import org.jalur.screening.url.CanonicalUrl;
import org.jalur.screening.url.Found;
import org.jalur.screening.url.Handle;
import org.jalur.screening.url.Platform;
import org.jalur.screening.url.PublicSuffixes;

/** The keys of a piece of content: its digests, and all that its addresses stand for. */
final class KeysOf {
    private static final Place NOWHERE = new Place.WholeText();
    private static final int FIRST = 64;

    /**
     * No entry is longer: escaped, a character of its value is nine octets at most, and a host has
     * few.
     */
    private static final int LONGEST_URL = 10 * EntryRules.LONGEST_VALUE;

    private final boolean inText;
    private final Optional<Platform> home;
    private final PublicSuffixes suffixes;
    private final AddressFinder finder;
    private final KeyBatch batch;
    private Place[] places = new Place[FIRST];

    KeysOf(Settings settings, KeyHash hash) {
        inText = settings.addressesInText();
        home = settings.home();
        suffixes = settings.suffixes();
        finder = new AddressFinder(suffixes, home);
        batch = new KeyBatch(hash);
        Arrays.fill(places, NOWHERE);
    }

    /** All keys; {@link #place} says what each is of. */
    KeyBatch of(Content content, Due due) {
        if (batch.size() > 0) {
            batch.clear();
        }
        for (int i = 0; i < content.files().size(); i++) {
            add(content.files().get(i), new Place.InFile(i));
        }
        for (int i = 0; i < content.urls().size(); i++) {
            addUrl(content.urls().get(i), new Place.InUrl(i));
            due.check("addresses");
        }
        if (inText) {
            addText(content.text(), due);
        }
        return batch;
    }

    Place place(int key) {
        return places[key];
    }

    private void addText(Content.Text text, Due due) {
        switch (text) {
            case Content.Text.None() -> {}
            case Content.Text.Chars(String chars) -> {
                if (AddressGate.mayHaveAddress(chars)) {
                    for (Found found : finder.find(chars)) {
                        add(found, new Place.InText(found.start(), found.end()));
                        due.check("addresses in the text");
                    }
                }
            }
            case Content.Text.Octets(byte[] utf8) -> {
                if (AddressGate.mayHaveAddress(new String(utf8, UTF_8))) {
                    var decoded = new DecodedText(utf8);
                    for (Found found : finder.find(decoded.text())) {
                        int start = decoded.octet(found.start());
                        add(found, new Place.InText(start, decoded.octet(found.end())));
                        due.check("addresses in the text");
                    }
                }
            }
        }
    }

    private void add(Found found, Place place) {
        switch (found) {
            case Found.Link(_, _, CanonicalUrl url, Optional<Handle> handle) ->
                    addUrl(url, handle, place);
            case Found.Name(_, _, Handle handle) -> addHandle(handle, place);
        }
    }

    private void addUrl(String url, Place place) {
        Optional<CanonicalUrl> canonical = CanonicalUrl.parse(url);
        if (canonical.isPresent()) {
            addUrl(canonical.get(), Handle.of(canonical.get()), place);
        } else {
            home.map(platform -> Handle.parse(url, platform))
                    .orElseGet(() -> Handle.parse(url))
                    .ifPresent(handle -> addHandle(handle, place));
        }
    }

    private void addUrl(CanonicalUrl url, Optional<Handle> handle, Place place) {
        boolean shared = suffixes.isPublicSuffix(url.host());
        for (String one : url.expressions()) {
            if (one.length() <= LONGEST_URL) {
                add(Sought.key(Signal.URL, one), place);
                if (shared && one.startsWith(url.host().ascii() + "/")) {
                    add(Sought.onlyHere(one), place);
                }
            }
        }
        if (!url.host().isAddress()) {
            String name = url.host().ascii();
            for (int from = 0; from >= 0; ) {
                add(Sought.key(Signal.DOMAIN, name.substring(from)), place);
                int dot = name.indexOf('.', from);
                from = dot < 0 ? -1 : dot + 1;
            }
        }
        handle.ifPresent(one -> addHandle(one, place));
    }

    private void addHandle(Handle handle, Place place) {
        add(Sought.key(Signal.HANDLE, handle.toString()), place);
        handle.channel()
                .ifPresent(owner -> add(Sought.key(Signal.HANDLE, owner.toString()), place));
    }

    private void add(byte[] key, Place place) {
        int number = batch.add(key, 0, key.length);
        if (number >= places.length) {
            int length = places.length;
            places = Arrays.copyOf(places, 2 * length);
            Arrays.fill(places, length, places.length, NOWHERE);
        }
        places[number] = place;
    }
}
