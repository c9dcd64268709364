package org.jalur.screening.url;

import java.util.List;
import java.util.Optional;

/// Finds web addresses, domains and names of channels in running text, also without scheme
/// ("t.me/name", "example.com/path") and disarmed ("hxxp://example[.]com").
///
/// A domain without scheme counts if its top-level domain is on the list; an IPv4 address without
/// scheme only with a port or path; an e-mail address never. Without a scheme an address ends
/// between Latin letters and a script that sets no spaces. Takes time in proportion to the text.
public final class AddressFinder {
    private final PublicSuffixes suffixes;
    private final Optional<Platform> home;

    /**
     * @param home the platform on which "@name" without more is meant, empty if not known
     */
    public AddressFinder(PublicSuffixes suffixes, Optional<Platform> home) {
        this.suffixes = suffixes;
        this.home = home;
    }

    /** All that is found, in the order of beginnings; an address within another is found, too. */
    public List<Found> find(String text) {
        return new AddressScan(text, suffixes, home).run();
    }
}
