package org.jalur.screening.list;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A format in which lists are exchanged. `docs/screening-lists.md` shows each.
public enum ListFormat {
    /// Jalur's own: RFC 4180 with a header. The only one that keeps everything an entry says.
    ENTRIES("CSV with kind and value", Container.COMMA, Dialect.ENTRIES),

    /// The same with tabs.
    ENTRIES_TABS("tab-separated values with kind and value", Container.TAB, Dialect.ENTRIES),

    /// What `tx dataset --print-signals --csv` of python-threatexchange prints (header
    /// `signal_type,signal_str,collab,category,tags`). Verified against its source of 2025.
    SIGNALS("signals of python-threatexchange as CSV", Container.COMMA, Dialect.SIGNALS),

    /// The same with tabs; assumed, no such file is published.
    SIGNALS_TABS("signals of python-threatexchange with tabs", Container.TAB, Dialect.SIGNALS),

    /// A signal type, a space and a signal on each line: what python-threatexchange's local file
    /// exchange reads. Verified against its source of 2025.
    SIGNAL_LINES("lines of signal type and signal", Container.LINES, null),

    /// The answer of ThreatExchange's `/threat_updates`: an object with `data`, an array of such
    /// objects, or one a line. The members are verified against Meta's documentation and
    /// python-threatexchange's source of 2025; that they come as such a file is assumed. NCMEC's
    /// exchange is XML and not read here.
    THREAT_UPDATES("ThreatExchange updates as JSON", Container.JSON, Dialect.THREAT_UPDATES),

    /// A page of Tech Against Terrorism's hash list, version 2 (`results`, `checkpoint`, `next`),
    /// or the array of version 1. Verified against python-threatexchange's client of 2025.
    HASH_LIST("Tech Against Terrorism's hash list as JSON", Container.JSON, Dialect.HASH_LIST),

    /// The same members as columns; assumed, only the JSON is published.
    HASH_LIST_CSV("Tech Against Terrorism's hash list as CSV", Container.COMMA, Dialect.HASH_LIST),

    /// Alerts of the Terrorist Content Analytics Platform as exported. Verified against the sample
    /// file and importer of Jigsaw's Altitude, 2023; that its times are UTC is what its test says.
    TCAP_ALERTS("TCAP alerts as CSV", Container.COMMA, Dialect.TCAP),

    /// The answer of the TCAP's interface to platforms. Verified against Altitude's importer.
    TCAP_URLS("TCAP addresses as JSON", Container.JSON, Dialect.TCAP),

    /// A domain name on each line, or lines as in a hosts file; `#`, `;` and `!` begin a comment.
    /// That Indonesia's TrustPositif list is one name a line is what those who archived it say.
    DOMAINS("domain names, one a line", Container.LINES, null);

    /// What the entries are in.
    enum Container {
        COMMA,
        TAB,
        LINES,
        JSON
    }

    private final String description;
    private final Container container;
    private final @Nullable Dialect dialect;

    ListFormat(String description, Container container, @Nullable Dialect dialect) {
        this.description = description;
        this.container = container;
        this.dialect = dialect;
    }

    /// What it is, in a few words.
    public String description() {
        return description;
    }

    Container container() {
        return container;
    }

    Optional<Dialect> dialect() {
        return Optional.ofNullable(dialect);
    }
}
