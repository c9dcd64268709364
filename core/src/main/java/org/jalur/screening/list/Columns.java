package org.jalur.screening.list;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What each format says of an entry, by the names of its columns.
final class Columns {
    private Columns() {}

    /// The values that the entry has, in the order of the format's columns.
    static Map<String, String> of(ListFormat format, Dialect dialect, ListEntry entry) {
        checkExpressible(format, dialect, entry);
        Map<String, Optional<String>> values =
                switch (dialect) {
                    case ENTRIES -> entry(entry);
                    case SIGNALS -> signal(format, entry);
                    case THREAT_UPDATES -> update(format, entry);
                    case HASH_LIST -> hash(format, entry);
                    case TCAP -> alert(format, entry);
                };
        var present = new LinkedHashMap<String, String>();
        for (String column : dialect.columns()) {
            Optional.ofNullable(values.get(column))
                    .flatMap(value -> value)
                    .ifPresent(value -> present.put(column, value));
        }
        return present;
    }

    private static void checkExpressible(ListFormat format, Dialect dialect, ListEntry entry) {
        List<String> lost = new ArrayList<>();
        if (dialect != Dialect.ENTRIES && !entry.countries().isEmpty()) {
            lost.add("countries");
        }
        if (dialect != Dialect.ENTRIES && entry.threshold().isPresent()) {
            lost.add("a threshold");
        }
        if ((dialect == Dialect.SIGNALS || dialect == Dialect.TCAP) && entry.deleted()) {
            lost.add("a deleted entry");
        }
        if (!lost.isEmpty()) {
            throw new UnwritableEntryException(format, String.join(", ", lost));
        }
    }

    private static Map<String, Optional<String>> entry(ListEntry entry) {
        return Map.ofEntries(
                Map.entry("kind", Optional.of(entry.kind().word())),
                Map.entry("value", Optional.of(entry.value())),
                Map.entry("id", entry.sourceId()),
                Map.entry("label", entry.label()),
                Map.entry("description", entry.description()),
                Map.entry("countries", some(String.join(" ", entry.countries()))),
                Map.entry("added", entry.added().map(Instant::toString)),
                Map.entry("updated", entry.updated().map(Instant::toString)),
                Map.entry("deleted", some(entry.deleted() ? "true" : "")),
                Map.entry("threshold", number(entry.threshold())),
                Map.entry("quality", number(entry.quality())));
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<String> number(OptionalInt number) {
        return number.isPresent()
                ? Optional.of(String.valueOf(number.getAsInt()))
                : Optional.empty();
    }

    private static Map<String, Optional<String>> signal(ListFormat format, ListEntry entry) {
        return Map.of(
                "signal_type", Optional.of(signalType(format, entry.kind())),
                "signal_str", Optional.of(entry.value()),
                "collab", entry.description(),
                "category", Optional.of("POSITIVE_CLASS"),
                "tags", entry.label());
    }

    /// The name of a signal type of python-threatexchange.
    static String signalType(ListFormat format, SignalKind kind) {
        return switch (kind) {
            case FILE_SHA256 -> "video_sha256";
            case FILE_MD5 -> "video_md5";
            case PDQ -> "pdq";
            case PHRASE -> "raw_text";
            case SIMILAR_TEXT -> "text_tlsh";
            case URL -> "url";
            case DOMAIN, HANDLE -> throw new UnwritableEntryException(format, "a " + kind.word());
        };
    }

    private static Map<String, Optional<String>> update(ListFormat format, ListEntry entry) {
        String type =
                switch (entry.kind()) {
                    case FILE_SHA256 -> "HASH_SHA256";
                    case FILE_MD5 -> "HASH_MD5";
                    case PDQ -> "HASH_PDQ";
                    case PHRASE -> "TEXT_STRING";
                    case SIMILAR_TEXT -> "HASH_TEXT_TLSH";
                    case URL -> "URI";
                    case DOMAIN -> "DOMAIN";
                    case HANDLE -> throw new UnwritableEntryException(format, "a handle");
                };
        return Map.of(
                "id", entry.sourceId(),
                "indicator", Optional.of(entry.value()),
                "type", Optional.of(type),
                "last_updated", entry.updated().map(Columns::seconds),
                "should_delete", Optional.of(String.valueOf(entry.deleted())));
    }

    private static Map<String, Optional<String>> hash(ListFormat format, ListEntry entry) {
        String algorithm =
                switch (entry.kind()) {
                    case FILE_SHA256 -> "SHA256";
                    case FILE_MD5 -> "MD5";
                    case PDQ -> "PDQ";
                    case PHRASE, SIMILAR_TEXT, URL, DOMAIN, HANDLE ->
                            throw new UnwritableEntryException(format, "a " + entry.kind().word());
                };
        return Map.of(
                "hash_digest", Optional.of(entry.value()),
                "algorithm", Optional.of(algorithm),
                "ideology", entry.label(),
                "file_type", entry.description(),
                "deleted", Optional.of(String.valueOf(entry.deleted())),
                "updated_on", entry.updated().map(Columns::seconds),
                "created_on", entry.added().map(Instant::toString),
                "id", entry.sourceId());
    }

    private static Map<String, Optional<String>> alert(ListFormat format, ListEntry entry) {
        if (entry.kind() != SignalKind.URL) {
            throw new UnwritableEntryException(format, "a " + entry.kind().word());
        }
        return Map.of(
                "ID", entry.sourceId(),
                "Description", entry.description(),
                "URL", Optional.of(entry.value()),
                "Created On", entry.added().map(ListTime::american),
                "Content Data Type", Optional.of("URL"),
                "Core Terrorist Group - Terrorist Group Fk → Name", entry.label());
    }

    /// Seconds since 1970, with as many decimals as there are.
    private static String seconds(Instant time) {
        var seconds =
                BigDecimal.valueOf(time.getEpochSecond())
                        .add(BigDecimal.valueOf(time.getNano(), 9));
        return time.getNano() == 0
                ? String.valueOf(time.getEpochSecond())
                : seconds.stripTrailingZeros().toPlainString();
    }
}
