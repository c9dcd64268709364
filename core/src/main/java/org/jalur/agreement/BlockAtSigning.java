package org.jalur.agreement;

import java.time.LocalDate;
import java.util.Set;

/**
 * The access block that was in force when this was signed: what was agreed under it was agreed
 * under pressure, and readers should know.
 *
 * @param names of domains; empty if all of the platform was blocked
 * @param instrument by which it was ordered
 */
public record BlockAtSigning(LocalDate since, Set<String> names, String instrument) {
    public BlockAtSigning {
        names = Require.set("names", names);
        names.forEach(name ->
                Require.pattern(
                        "names",
                        name,
                        "(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}",
                        "domain names in lower case"));
        Require.words("instrument", instrument, Require.NAME);
    }
}
