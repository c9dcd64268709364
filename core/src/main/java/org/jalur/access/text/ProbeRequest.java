package org.jalur.access.text;

import java.time.Instant;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.StrictJson;

/**
 * A probe asks what there is to do. It signs the moment: the same request again, or an earlier one,
 * gets nothing.
 */
public record ProbeRequest(UUID probe, Instant at) {
    private static final String VERSION = "jalur-probe-request/1";
    private static final int MAX_BYTES = 1024;

    public byte[] octets() {
        return StrictJson.write(json -> {
            json.writeStringProperty("v", VERSION);
            json.writeStringProperty("probe", probe.toString());
            json.writeStringProperty("at", at.toString());
        });
    }

    /**
     * @throws MalformedMessageException if it is none
     */
    public static ProbeRequest read(byte[] octets) {
        StrictJson said = StrictJson.readPart(octets, "request", MAX_BYTES);
        if (!said.string("v").equals(VERSION)) {
            throw new MalformedMessageException("a request in another format than " + VERSION);
        }
        try {
            var request = new ProbeRequest(UUID.fromString(said.string("probe")), said.time("at"));
            said.end();
            return request;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("request: " + e.getMessage());
        }
    }
}
