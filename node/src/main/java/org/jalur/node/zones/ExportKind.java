package org.jalur.node.zones;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jalur.access.zone.Export;

/** What can be fetched of the small zone by who cannot transfer it. */
enum ExportKind {
    /** A name a line. */
    PLAIN("names.txt"),
    /** The policy zone; the configurations below name it. */
    ZONE("orders.zone"),
    BIND_ZONE("bind-zone.conf"),
    BIND_OPTIONS("bind-options.conf"),
    UNBOUND("unbound.conf"),
    POWERDNS("recursor.lua"),
    KNOT("kresd.conf");

    private final String file;

    ExportKind(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    static Optional<ExportKind> of(String file) {
        return Arrays.stream(values()).filter(kind -> kind.file.equals(file)).findFirst();
    }

    static List<String> files() {
        return Arrays.stream(values()).map(ExportKind::file).toList();
    }

    /**
     * @param path where the zone's file will lie
     */
    String text(Export export, String path) {
        return switch (this) {
            case PLAIN -> export.plainList();
            case ZONE -> export.zoneFile();
            case BIND_ZONE -> export.bind(path).getFirst().text();
            case BIND_OPTIONS -> export.bind(path).getLast().text();
            case UNBOUND -> export.unbound(path).text();
            case POWERDNS -> export.powerDns(path).text();
            case KNOT -> export.knot(path).text();
        };
    }
}
