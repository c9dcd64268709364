package org.jalur.screening.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jalur.screening.ListRule;
import org.jalur.screening.list.Row.Names;

/// Which names a format uses, and what they mean.
enum Dialect {
    /// Jalur's own names; also a column for each kind, as in `sha256,md5,pdq`.
    ENTRIES("kind,value,id,label,description,countries,added,updated,deleted,threshold,quality") {
        @Override
        boolean knows(Set<String> names) {
            return names.contains("kind")
                    ? names.contains("value")
                    : names.stream().anyMatch(Dialect::isKind);
        }

        @Override
        List<ListEntry> entries(Row row) {
            var names = new Names("id", "label"::equals, "description", "added", "updated");
            boolean deleted = row.isTrue("deleted");
            if (row.get("kind", "value").isPresent()) {
                return List.of(row.entry(row.kind("kind"), row.required("value"), names, deleted));
            }
            List<ListEntry> entries = new ArrayList<>();
            for (SignalKind kind : SignalKind.values()) {
                row.get(kind.word())
                        .ifPresent(value -> entries.add(row.entry(kind, value, names, deleted)));
            }
            if (entries.isEmpty()) {
                throw new InvalidEntryException("", ListRule.NO_VALUE.broken());
            }
            return entries;
        }
    },

    /// `tx dataset --print-signals --csv` of python-threatexchange.
    SIGNALS("signal_type,signal_str,collab,category,tags") {
        @Override
        boolean knows(Set<String> names) {
            return names.contains("signal_type") && names.contains("signal_str");
        }

        @Override
        List<ListEntry> entries(Row row) {
            refuse(row.get("category").filter("NEGATIVE_CLASS"::equals));
            var names = new Names("id", "tags"::equals, "collab", "added", "updated");
            return List.of(
                    row.entry(row.kind("signal_type"), row.required("signal_str"), names, false));
        }
    },

    /// `/threat_updates` of ThreatExchange.
    THREAT_UPDATES("id,indicator,type,last_updated,should_delete") {
        @Override
        boolean knows(Set<String> names) {
            return names.contains("indicator") && names.contains("type");
        }

        @Override
        List<ListEntry> entries(Row row) {
            // Where opinions differ, the harmful one counts: the entry is reviewed anyway.
            boolean harmless =
                    row.get("descriptors_data_status").filter("NON_MALICIOUS"::equals).isPresent();
            var names =
                    new Names(
                            "id",
                            TAGS::contains,
                            "descriptors_data_description",
                            "descriptors_data_added_on",
                            "last_updated");
            return List.of(
                    row.entry(
                            row.kind("type"),
                            row.required("indicator"),
                            names,
                            row.isTrue("should_delete") || harmless));
        }
    },

    /// The hash list of Tech Against Terrorism.
    HASH_LIST("hash_digest,algorithm,ideology,file_type,deleted,updated_on,created_on,id") {
        @Override
        boolean knows(Set<String> names) {
            return names.contains("hash_digest");
        }

        @Override
        List<ListEntry> entries(Row row) {
            var names =
                    new Names("id", "ideology"::equals, "file_type", "created_on", "updated_on");
            return List.of(
                    row.entry(
                            row.kind("algorithm"),
                            row.required("hash_digest"),
                            names,
                            row.isTrue("deleted")));
        }
    },

    /// Alerts and addresses of the Terrorist Content Analytics Platform.
    TCAP(
            "ID,Description,URL,Domain,Created On,Content Data Type,Extreme Content,Pi I,Protocol,"
                    + "Core Tech Platform - Tech Platform → Name,"
                    + "Core Terrorist Group - Terrorist Group Fk → Name") {
        @Override
        boolean knows(Set<String> names) {
            return names.contains("url")
                    && names.contains("created_on")
                    && names.stream().anyMatch(Dialect::isGroup);
        }

        @Override
        List<ListEntry> entries(Row row) {
            var names =
                    new Names("id", Dialect::isGroup, "description", "created_on", "updated_on");
            String url = row.required("url");
            String whole = url.contains("://") ? url : row.get("protocol").orElse("https://") + url;
            return List.of(row.entry(SignalKind.URL, whole, names, false));
        }
    };

    /// Tags come as words, or as objects.
    private static final Set<String> TAGS =
            Set.of("descriptors_data_tags", "descriptors_data_tags_data_text");

    private final String columns;

    Dialect(String columns) {
        this.columns = columns;
    }

    /// The names as this format writes them, in its order.
    List<String> columns() {
        return List.of(columns.split(",", -1));
    }

    /// Whether a list with these names is in this format.
    abstract boolean knows(Set<String> names);

    /// The entries of a row, at least one.
    ///
    /// @throws InvalidEntryException if the row breaks a rule
    abstract List<ListEntry> entries(Row row);

    private static boolean isKind(String name) {
        return SignalKind.of(name).isPresent();
    }

    private static boolean isGroup(String name) {
        return name.contains("terrorist_group") && name.endsWith("_name");
    }

    private static void refuse(Optional<String> harmless) {
        harmless.ifPresent(opinion -> {
            throw new InvalidEntryException(opinion, ListRule.HARMLESS.broken());
        });
    }
}
