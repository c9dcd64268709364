package org.jalur.access.zone;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jalur.access.DomainName;
import org.jalur.access.order.BlockedName;

/** Made-up names. */
final class Names {
    static final ZoneSettings SETTINGS =
            ZoneSettings.of(
                    DomainName.read("orders.rpz.example"),
                    DomainName.read("officer.example.go.id"),
                    DomainName.read("canary.example.go.id"));

    private Names() {}

    static BlockedName exactly(String name) {
        return BlockedName.exactly(DomainName.read(name));
    }

    static BlockedName below(String name) {
        return BlockedName.withSubdomains(DomainName.read(name));
    }

    static Set<BlockedName> few(Random random) {
        Set<BlockedName> names = new TreeSet<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            names.add(any(random));
        }
        return names;
    }

    /** Few labels of few letters, so that names often meet. */
    static BlockedName any(Random random) {
        var name = new StringBuilder();
        for (int labels = random.nextInt(3); labels >= 0; labels--) {
            name.append("ab-a".substring(random.nextInt(2), 1 + random.nextInt(2) + 1))
                    .append(random.nextInt(3))
                    .append('.');
        }
        return new BlockedName(DomainName.read(name + "test"), random.nextInt(3) == 0);
    }
}
