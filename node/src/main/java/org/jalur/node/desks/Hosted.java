package org.jalur.node.desks;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jalur.node.JalurSettings;
import org.jalur.node.serve.NodeConfiguration;
import org.jalur.node.serve.RefusedException;

/**
 * A desk whose settings its host accepts: a party of its own, that the host knows as a peer like
 * any other, with databases that nobody else here uses.
 *
 * @param party the authority
 * @param url where the host reaches its node
 * @param databases addresses of its databases
 */
record Hosted(String party, URI url, Set<String> databases) {
    /**
     * @throws RefusedException with the setting that does not fit
     */
    static Hosted admit(DeskFolder folder, JalurSettings host) {
        NodeConfiguration desk = folder.read();
        String party = desk.required("jalur.party.id");
        String kind = desk.required("jalur.party.kind");
        if (!kind.equalsIgnoreCase("authority")) {
            throw new RefusedException(
                    "jalur.party.kind of %s is %s; only an authority's desk is hosted"
                            .formatted(folder.configuration(), kind));
        }
        if (!new DeskFolder(Path.of(desk.required("jalur.home"))).equals(folder)) {
            throw new RefusedException(
                    "jalur.home of %s is %s; it must be the desk's own folder"
                            .formatted(folder.configuration(), desk.required("jalur.home")));
        }
        String shown = desk.required("jalur.hosted-by");
        if (!shown.equals(host.party().name())) {
            throw new RefusedException(
                    "jalur.hosted-by of %s is \"%s\"; its pages must name its host, \"%s\""
                            .formatted(folder.configuration(), shown, host.party().name()));
        }
        return new Hosted(party, address(party, desk, host), databases(folder, desk, host));
    }

    private static URI address(String party, NodeConfiguration desk, JalurSettings host) {
        JalurSettings.Peer peer =
                host.peers().stream()
                        .filter(one -> one.id().equals(party))
                        .findFirst()
                        .orElseThrow(() ->
                                new RefusedException(
                                        "jalur.peers of the host does not name %s; a desk is a peer like any other"
                                                .formatted(party)));
        if (!peer.identity().equals(desk.required("jalur.party.identity"))) {
            throw new RefusedException(
                    "jalur.party.identity of the desk is %s; its host has pinned %s for %s"
                            .formatted(
                                    desk.required("jalur.party.identity"), peer.identity(), party));
        }
        return Optional.ofNullable(peer.url())
                .orElseThrow(() ->
                        new RefusedException(
                                "jalur.peers of the host names no url for %s; the desk answers there"
                                        .formatted(party)));
    }

    private static Set<String> databases(
            DeskFolder folder, NodeConfiguration desk, JalurSettings host) {
        Set<String> own =
                Stream.of(host.database(), host.partKeys())
                        .map(JalurSettings.Database::url)
                        .collect(Collectors.toSet());
        Set<String> databases =
                Stream.of("jalur.database.url", "jalur.part-keys.url")
                        .map(desk::required)
                        .collect(Collectors.toSet());
        for (String database : databases) {
            if (own.contains(database)) {
                throw new RefusedException(
                        "%s names the host's database %s; a desk has its own"
                                .formatted(folder.configuration(), database));
            }
        }
        return Set.copyOf(databases);
    }

    /** Why it cannot run beside another desk, if so. */
    Optional<String> conflict(Hosted other) {
        if (party.equals(other.party())) {
            return Optional.of("another desk is of party %s as well".formatted(party));
        }
        return databases.stream()
                .filter(other.databases()::contains)
                .findFirst()
                .map(database ->
                        "the desk of %s uses the database %s as well"
                                .formatted(other.party(), database));
    }
}
