package org.jalur.access.text;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.access.DomainName;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.StrictJson;

/**
 * What a probe in a provider's network is asked to find out: these names at this resolver, until
 * then. The authority's node signs it.
 *
 * @param probe whom it is for, so that nobody hands it on
 * @param canary with "serial" below it; empty where the resolver follows no zone
 */
public record ProbeTask(
        UUID id,
        UUID probe,
        InetAddress address,
        int port,
        List<DomainName> names,
        Optional<DomainName> canary,
        Instant expiresAt) {
    /** Most names of a task: a provider's resolver is asked a little at a time. */
    public static final int NAMES = 16;

    private static final String VERSION = "jalur-probe-task/1";
    private static final int MAX_BYTES = 16 * 1024;
    private static final int PORTS = 65_535;

    public ProbeTask {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > NAMES) {
            throw new IllegalArgumentException(
                    "a task of %d names; give 1 to %d".formatted(names.size(), NAMES));
        }
        if (port < 1 || port > PORTS) {
            throw new IllegalArgumentException("port %d; give 1 to %d".formatted(port, PORTS));
        }
    }

    public byte[] octets() {
        return StrictJson.write(json -> {
            json.writeStringProperty("v", VERSION);
            json.writeStringProperty("id", id.toString());
            json.writeStringProperty("probe", probe.toString());
            json.writeStringProperty("address", address.getHostAddress());
            json.writeNumberProperty("port", port);
            json.writeArrayPropertyStart("names");
            names.forEach(name -> json.writeString(name.ascii()));
            json.writeEndArray();
            canary.ifPresent(name -> json.writeStringProperty("canary", name.ascii()));
            json.writeStringProperty("expiresAt", expiresAt.toString());
        });
    }

    /**
     * @throws MalformedMessageException if it is none
     */
    public static ProbeTask read(byte[] octets) {
        StrictJson said = StrictJson.readPart(octets, "task", MAX_BYTES);
        if (!said.string("v").equals(VERSION)) {
            throw new MalformedMessageException("a task in another format than " + VERSION);
        }
        try {
            var task =
                    new ProbeTask(
                            UUID.fromString(said.string("id")),
                            UUID.fromString(said.string("probe")),
                            InetAddress.ofLiteral(said.string("address")),
                            said.integer("port"),
                            said.strings("names").stream().map(DomainName::new).toList(),
                            said.optionalString("canary").map(DomainName::new),
                            said.time("expiresAt"));
            said.end();
            return task;
        } catch (org.jalur.access.InvalidAccessException | IllegalArgumentException e) {
            throw new MalformedMessageException("task: " + e.getMessage());
        }
    }
}
