package org.jalur.screening.url;

import static org.jalur.screening.url.Handle.Kind.ACCOUNT;
import static org.jalur.screening.url.Handle.Kind.POST;
import static org.jalur.screening.url.Platform.FEDIVERSE;

import java.util.Optional;

/// Accounts of ActivityPub servers, {@code user@host}: written out, or as addresses of servers that
/// are known to be such.
final class FediverseHandles {
    private static final int MOST = 300;

    private FediverseHandles() {}

    /** "@user@host". */
    static Optional<Handle> bare(String text) {
        int at = text.indexOf('@', 1);
        if (at < 0 || text.length() > MOST || text.indexOf('.', at) < 0) {
            return Optional.empty();
        }
        return HostName.parse(text.substring(at + 1))
                .filter(host -> !host.isAddress())
                .flatMap(host -> user(text.substring(1, at), host));
    }

    /** "https://host/@user", "…/@user/123", and a user of another host without a number. */
    static Optional<Handle> web(HostName host, Segments path) {
        String name = path.at(0);
        if (path.startWith("users")) {
            return at(user(path.at(1), host), path.at(3));
        }
        if (!name.startsWith("@")) {
            return Optional.empty();
        }
        // The number of a post from elsewhere is that of the copy here.
        return name.indexOf('@', 1) < 0
                ? at(user(name.substring(1), host), path.at(1))
                : bare(name);
    }

    private static Optional<Handle> at(Optional<Handle> account, String post) {
        Optional<String> number = Names.number(post);
        return account.map(
                of -> number.map(id -> new Handle(FEDIVERSE, POST, of.id() + "/" + id)).orElse(of));
    }

    static Optional<Handle> account(String address) {
        return bare("@" + address);
    }

    private static Optional<Handle> user(String user, HostName host) {
        return Names.name(user, 1, 64, "_.-")
                .map(name -> new Handle(FEDIVERSE, ACCOUNT, name + "@" + host));
    }
}
