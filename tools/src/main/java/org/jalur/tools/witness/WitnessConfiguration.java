package org.jalur.tools.witness;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;

/**
 * What the operator of a witness decided. Nothing in a request adds to it: no log, no sender, and
 * above all no address.
 *
 * @param name of its keys
 * @param home folder of its keys and of what it has seen
 * @param url under which others reach it
 * @param logs keys of the logs that it cosigns, by origin
 * @param parties who may have messages handed on, and to where
 * @param requestsPerSecond of one address, before it is told to wait
 * @param relaysPerMinute of one sender
 */
record WitnessConfiguration(
        String name,
        Path home,
        InetAddress address,
        int port,
        String url,
        Map<String, List<NoteVerifier>> logs,
        Map<PartyId, Party> parties,
        int requestsPerSecond,
        int relaysPerMinute) {
    private static final String LOG = "log.";
    private static final String PARTY = "party.";

    WitnessConfiguration {
        logs = Map.copyOf(logs);
        parties = Map.copyOf(parties);
    }

    /**
     * A party of some channel.
     *
     * @param identity fingerprint of its identity key; without it nothing is handed on in its name
     * @param url base address of its node; without it nothing is handed to it
     */
    record Party(Optional<Hash> identity, Optional<URI> url) {}

    static WitnessConfiguration read(Path file) throws WrongConfigurationException {
        var settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongConfigurationException(
                    "The configuration %s cannot be read.".formatted(file));
        }
        return new Lines(settings).read();
    }

    /** The settings that nobody has asked for yet. */
    private static final class Lines {
        private final TreeMap<String, String> left = new TreeMap<>();

        Lines(Properties settings) {
            settings.stringPropertyNames()
                    .forEach(name -> left.put(name, settings.getProperty(name).strip()));
        }

        WitnessConfiguration read() throws WrongConfigurationException {
            InetAddress address = address(take("address").orElse("127.0.0.1"));
            boolean proxy = take("behind-proxy").isPresent();
            if (!address.isLoopbackAddress() && !proxy) {
                throw new WrongConfigurationException(
                        "address is %s: beyond loopback it speaks only behind a proxy that ends TLS; name it in behind-proxy."
                                .formatted(address.getHostAddress()));
            }
            int port = number("port", 8083, 65_535);
            String host = address.getHostAddress();
            var configuration =
                    new WitnessConfiguration(
                            required("name"),
                            Path.of(required("home")).toAbsolutePath().normalize(),
                            address,
                            port,
                            take("url")
                                    .orElse(
                                            "http://%s:%d"
                                                    .formatted(
                                                            host.contains(":")
                                                                    ? "[" + host + "]"
                                                                    : host,
                                                            port)),
                            logs(),
                            parties(),
                            number("requests-per-second", 50, 1_000_000),
                            number("relays-per-minute", 30, 1_000_000));
            if (!left.isEmpty()) {
                throw new WrongConfigurationException(
                        "%s is no setting of a witness; docs/operations.md lists them."
                                .formatted(left.firstKey()));
            }
            return configuration;
        }

        private Optional<String> take(String name) {
            return Optional.ofNullable(left.remove(name)).filter(value -> !value.isEmpty());
        }

        private String required(String name) throws WrongConfigurationException {
            return take(name)
                    .orElseThrow(() ->
                            new WrongConfigurationException(
                                    name + " is missing; it has no default."));
        }

        private int number(String name, int otherwise, int most)
                throws WrongConfigurationException {
            String text = take(name).orElse(Integer.toString(otherwise));
            if (!text.matches("[1-9]\\d{0,6}") || Integer.parseInt(text) > most) {
                throw new WrongConfigurationException(
                        "%s is \"%s\"; use 1 to %d.".formatted(name, text, most));
            }
            return Integer.parseInt(text);
        }

        private static InetAddress address(String text) throws WrongConfigurationException {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new WrongConfigurationException(
                        "address is \"%s\", which is none of this machine.".formatted(text));
            }
        }

        private Map<String, List<NoteVerifier>> logs() throws WrongConfigurationException {
            Map<String, List<NoteVerifier>> logs = new HashMap<>();
            for (String name : beginningWith(LOG)) {
                String vkey = required(name);
                try {
                    NoteVerifier key = NoteVerifier.parse(vkey);
                    logs.computeIfAbsent(key.name(), _ -> new ArrayList<>()).add(key);
                } catch (MalformedNoteException e) {
                    throw new WrongConfigurationException(
                            "%s is no verifier key (C2SP signed-note): %s."
                                    .formatted(name, e.getMessage()));
                }
            }
            return logs;
        }

        private Map<PartyId, Party> parties() throws WrongConfigurationException {
            Map<PartyId, Party> parties = new HashMap<>();
            for (String name : beginningWith(PARTY)) {
                String[] words = name.split("\\.", -1);
                if (words.length != 3) {
                    throw new WrongConfigurationException(
                            "%s is no setting; use party.ID.identity or party.ID.url."
                                    .formatted(name));
                }
                try {
                    var id = new PartyId(words[1]);
                    Party known =
                            parties.getOrDefault(id, new Party(Optional.empty(), Optional.empty()));
                    parties.put(id, with(known, words[2], required(name)));
                } catch (IllegalArgumentException e) {
                    throw new WrongConfigurationException(
                            "%s cannot be used: %s.".formatted(name, e.getMessage()));
                }
            }
            return parties;
        }

        private static Party with(Party known, String what, String value) {
            return switch (what) {
                case "identity" -> new Party(Optional.of(Hash.parseHex(value)), known.url());
                case "url" -> new Party(known.identity(), Optional.of(node(value)));
                default -> throw new IllegalArgumentException("a party has identity and url");
            };
        }

        private static URI node(String value) {
            URI url = URI.create(value.replaceAll("/+$", ""));
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (!web
                    || url.getHost() == null
                    || url.getUserInfo() != null
                    || url.getQuery() != null
                    || url.getFragment() != null) {
                throw new IllegalArgumentException(
                        "\"%s\" is not the address of a node, such as https://node.example"
                                .formatted(value));
            }
            return url;
        }

        private List<String> beginningWith(String prefix) {
            return left.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
        }
    }
}
