package org.jalur.node.notices;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jalur.channel.Part;
import org.jalur.log.Hash;

/**
 * Exactly what will be signed: the octets of every part that the message will commit to.
 *
 * @param shown the first of them
 * @param count how many there are
 * @param octets how long they are together
 */
record Preview(List<ShownPart> shown, int count, long octets) {
    private static final int MOST = 60;

    /**
     * @param text of a part that is text; of a file its digest
     */
    record ShownPart(String type, int octets, boolean file, String text) {}

    static Preview of(List<Part> parts) {
        var shown = new ArrayList<ShownPart>();
        for (Part part : parts.subList(0, Math.min(parts.size(), MOST))) {
            boolean file = part.type().equals("file");
            shown.add(
                    new ShownPart(
                            part.type(),
                            part.bytes().length,
                            file,
                            file
                                    ? Hash.sha256(part.bytes()).hex()
                                    : new String(part.bytes(), UTF_8)));
        }
        return new Preview(
                shown, parts.size(), parts.stream().mapToLong(part -> part.bytes().length).sum());
    }
}
