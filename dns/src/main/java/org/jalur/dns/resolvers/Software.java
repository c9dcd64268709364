package org.jalur.dns.resolvers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The resolvers that were tried. */
public enum Software {
    /** BIND 9: told of changes, takes differences, signs. */
    BIND("named", "bind9"),
    /** Unbound: told of changes, takes differences, does not sign. */
    UNBOUND("unbound", "unbound"),
    /** PowerDNS Recursor: asks for differences again and again, signs. */
    POWERDNS("pdns_recursor", "pdns-recursor"),
    /** Knot Resolver: reads a file, and again when it changes. */
    KNOT("kresd", "knot-resolver");

    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin");

    private final String program;
    private final String debianPackage;

    Software(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** What Debian calls it. */
    public String debianPackage() {
        return debianPackage;
    }

    /** Where the program is; empty if it is not installed. */
    public Optional<Path> program() {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether the software transfers zones by itself. */
    public boolean transfers() {
        return switch (this) {
            case BIND, UNBOUND, POWERDNS -> true;
            case KNOT -> false;
        };
    }
}
