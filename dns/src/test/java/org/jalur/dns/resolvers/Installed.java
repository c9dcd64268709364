package org.jalur.dns.resolvers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips a test where a program is missing, unless nothing may be skipped. */
final class Installed {
    private Installed() {}

    static void require(Software software) {
        boolean required = "1".equals(System.getenv("JALUR_REQUIRE_ALL"));
        assumeTrue(
                required || software.program().isPresent(),
                () -> software.debianPackage() + " is not installed");
    }
}
