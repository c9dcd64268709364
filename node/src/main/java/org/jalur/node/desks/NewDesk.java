package org.jalur.node.desks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.log.SecretFile;
import org.jalur.node.register.KeyFolder;
import org.jalur.node.register.Passphrase;
import org.jalur.node.serve.NodeConfiguration;
import org.jalur.node.serve.RefusedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A desk before it is there: what its host decides about it.
 *
 * @param party the authority
 * @param origin of its journal; survives every rotation, and a move to a node of its own
 * @param name of the authority, as people read it
 * @param identity fingerprint of the authority's identity key, confirmed by call-back
 * @param port on loopback
 * @param url where its officers reach the pages
 * @param hostUrl where the desk reaches its host
 */
record NewDesk(
        PartyId party,
        String origin,
        String name,
        Hash identity,
        int port,
        String url,
        String hostUrl) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    NewDesk {
        if (name.isBlank() || name.length() > 200) {
            throw new RefusedException(
                    "--name has %d characters; give 1 to 200".formatted(name.length()));
        }
        if (port < 1 || port > 65_535) {
            throw new RefusedException("--port is %d; use 1 to 65535".formatted(port));
        }
        for (String address : List.of(url, hostUrl)) {
            if (!address.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
                throw new RefusedException(
                        "\"%s\" is no address of a node; give http or https, a host and a port"
                                .formatted(address));
            }
        }
    }

    /** A database that is the desk's alone, with a role that opens nothing else. */
    record OwnDatabase(String name, String url, String password) {
        /** As text of YAML, which takes JSON. */
        private Map<String, Object> settings() {
            return ordered("url", url, "username", name, "password", password, "connections", 5);
        }

        @Override
        public String toString() {
            return url;
        }

        /** What whoever administers the server runs once. */
        List<String> statements() {
            return List.of(
                    "create role %s login password '%s'".formatted(name, password),
                    "create database %s owner %s".formatted(name, name),
                    "revoke connect, temporary on database %s from public".formatted(name));
        }
    }

    /**
     * @param content for messages, drafts and accounts
     * @param partKeys for the keys of parts; on the server where the host keeps its own
     */
    record Databases(OwnDatabase content, OwnDatabase partKeys) {}

    Databases databases(NodeConfiguration host) {
        String base = "desk_" + shortened(party.value().replace('-', '_'));
        return new Databases(
                ownDatabase(base, host.required("jalur.database.url")),
                ownDatabase(base + "_keys", host.required("jalur.part-keys.url")));
    }

    /** PostgreSQL cuts names off silently; two long ones must not become one. */
    private static String shortened(String name) {
        int most = 48;
        return name.length() <= most
                ? name
                : name.substring(0, most - 9)
                        + "_"
                        + Hash.sha256(name.getBytes(US_ASCII)).hex().substring(0, 8);
    }

    private static OwnDatabase ownDatabase(String name, String hostUrl) {
        if (!hostUrl.matches("jdbc:postgresql://[^/]+/[^/?]+(\\?.*)?")) {
            throw new RefusedException(
                    "\"%s\" is no address of a PostgreSQL database; give jdbc:postgresql://HOST/DATABASE"
                            .formatted(hostUrl));
        }
        return new OwnDatabase(
                name, hostUrl.replaceFirst("/[^/?]+(\\?.*)?$", "/" + name + "$1"), random());
    }

    /**
     * Makes the folder: passphrase, configuration, and working keys that wait for their signature.
     */
    KeyFolder.Pending make(DeskFolder folder, NodeConfiguration host, Databases databases)
            throws IOException {
        if (Files.exists(folder.path())) {
            throw new RefusedException(
                    "%s is there already; a desk gets a folder of its own"
                            .formatted(folder.path()));
        }
        SecretFile.makeFolder(folder.path());
        SecretFile.write(folder.passphrase(), random() + "\n");
        KeyFolder.Pending pending =
                new KeyFolder(folder.keys())
                        .prepare(
                                party,
                                origin,
                                Optional.empty(),
                                Passphrase.of(
                                        Optional.of(folder.passphrase()),
                                        Passphrase.WORKING,
                                        Map.of()));
        // Last: with it, the folder is a desk's.
        SecretFile.write(folder.configuration(), configuration(folder, host, databases));
        return pending;
    }

    private String configuration(DeskFolder folder, NodeConfiguration host, Databases databases) {
        Map<String, Object> jalur =
                ordered(
                        "home", folder.path().toString(),
                        "keys-passphrase-file", folder.passphrase().toString(),
                        "hosted-by", host.required("jalur.party.name"),
                        "party",
                                ordered(
                                        "id",
                                        party.value(),
                                        "name",
                                        name,
                                        "kind",
                                        "authority",
                                        "identity",
                                        identity.hex()),
                        "database", databases.content().settings(),
                        "part-keys", databases.partKeys().settings(),
                        "peers",
                                List.of(
                                        ordered(
                                                "id", host.required("jalur.party.id"),
                                                "name", host.required("jalur.party.name"),
                                                "identity", host.required("jalur.party.identity"),
                                                "url", hostUrl)),
                        "notifications", ordered("url", url));
        Map<String, Object> server = ordered("address", "127.0.0.1", "port", port);
        return """
        # The desk of %s. YAML, as docs/operations.md describes it for any node.
        server: %s
        jalur: %s
        """
                .formatted(party, json(server), json(jalur));
    }

    private static String json(Object value) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static String random() {
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
