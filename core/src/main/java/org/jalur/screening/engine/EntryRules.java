package org.jalur.screening.engine;

import java.util.Optional;
import org.jalur.screening.BrokenRule;
import org.jalur.screening.CountryCode;
import org.jalur.screening.ListRule;
import org.jalur.screening.image.PdqHash;
import org.jalur.screening.similar.TextSketch;
import org.jalur.screening.similar.Tlsh;
import org.jalur.screening.url.CanonicalUrl;
import org.jalur.screening.url.Handle;
import org.jalur.screening.url.HostName;

/** What an entry must be to be screened for. One thread at a time. */
final class EntryRules {
    static final int LONGEST_VALUE = 8192;
    private static final int SHOWN = 80;

    private final Settings settings;

    EntryRules(Settings settings) {
        this.settings = settings;
    }

    /**
     * What an entry looks for.
     *
     * @throws RefusedEntry if it breaks a rule
     */
    Sought check(Entry entry) {
        String value = entry.value().strip();
        if (value.isEmpty() || value.length() > LONGEST_VALUE) {
            throw refused(value, ListRule.ENTRY_LONG.broken(LONGEST_VALUE));
        }
        for (String country : entry.countries()) {
            if (!CountryCode.isOne(country)) {
                throw refused(country, ListRule.ENTRY_COUNTRY.broken());
            }
        }
        checkOrigin(entry.origin());
        return switch (entry.signal()) {
            case FILE_SHA256, FILE_MD5 -> digest(entry.signal(), value);
            case PDQ -> picture(value);
            case PHRASE -> new Sought.Phrase(value);
            case SIMILAR_TEXT -> similar(value);
            case URL -> url(value);
            case DOMAIN -> domain(value);
            case HANDLE -> handle(value);
        };
    }

    private static RefusedEntry refused(String value, BrokenRule broken) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return new RefusedEntry(shown, broken);
    }

    private static void checkOrigin(Origin origin) {
        for (String one : new String[] {origin.caseId(), origin.authority(), origin.agreement()}) {
            if (one.length() > Origin.LONGEST) {
                throw refused(one, ListRule.ENTRY_ORIGIN.broken(Origin.LONGEST));
            }
        }
    }

    private static Sought digest(Signal signal, String value) {
        try {
            return new Sought.Key(Sought.digest(signal, value));
        } catch (IllegalArgumentException _) {
            throw refused(value, ListRule.ENTRY_DIGEST.broken(signal));
        }
    }

    private static Sought picture(String value) {
        try {
            return new Sought.Picture(PdqHash.parse(value));
        } catch (IllegalArgumentException _) {
            throw refused(value, ListRule.ENTRY_PDQ.broken());
        }
    }

    private static Sought similar(String value) {
        try {
            return value.length() == TextSketch.BITS / 4
                    ? new Sought.ShortText(TextSketch.parse(value))
                    : new Sought.LongText(Tlsh.parse(value));
        } catch (IllegalArgumentException _) {
            throw refused(value, ListRule.ENTRY_SIMILAR.broken());
        }
    }

    private Sought url(String value) {
        CanonicalUrl url =
                CanonicalUrl.parse(value)
                        .orElseThrow(() -> refused(value, ListRule.ENTRY_URL.broken()));
        Optional<Handle> handle = Handle.of(url);
        if (handle.isPresent()) {
            return new Sought.Key(Sought.key(Signal.HANDLE, handle.get().toString()));
        }
        boolean shared = settings.suffixes().isPublicSuffix(url.host());
        if (shared && url.path().equals("/") && url.query().isEmpty()) {
            throw suffix(value);
        }
        String query = url.query().map(more -> "?" + more).orElse("");
        String address = url.host().ascii() + url.path() + query;
        return new Sought.Key(shared ? Sought.onlyHere(address) : Sought.key(Signal.URL, address));
    }

    private Sought domain(String value) {
        HostName host =
                HostName.parse(value)
                        .filter(name -> !name.isAddress())
                        .orElseThrow(() -> refused(value, ListRule.ENTRY_DOMAIN.broken()));
        if (settings.suffixes().isPublicSuffix(host)) {
            throw suffix(value);
        }
        return new Sought.Key(Sought.key(Signal.DOMAIN, host.ascii()));
    }

    private static RefusedEntry suffix(String value) {
        return refused(value, ListRule.ENTRY_SUFFIX.broken());
    }

    private Sought handle(String value) {
        Handle handle =
                Handle.ofEntry(value, settings.home())
                        .orElseThrow(() -> refused(value, ListRule.ENTRY_HANDLE.broken()));
        return new Sought.Key(Sought.key(Signal.HANDLE, handle.toString()));
    }
}
