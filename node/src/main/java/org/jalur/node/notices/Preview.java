package org.jalur.node.notices;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.jalur.channel.Part;
import org.jalur.log.Hash;

/**
 * Exactly what will be signed: the octets of every part that the message will commit to.
 *
 * @param root over all parts, as the signature will commit to it; absent while it is no draft yet
 * @param shown the first of them
 * @param count how many there are
 * @param octets how long they are together
 */
record Preview(Optional<String> root, List<ShownPart> shown, int count, long octets) {
    private static final int MOST = 60;

    /**
     * @param leaf what commits to the part, in hexadecimal
     * @param text of a part that is text; of a file its digest
     */
    record ShownPart(String leaf, String type, int octets, boolean file, String text) {
        static ShownPart of(Part part) {
            byte[] bytes = part.bytes();
            boolean file = part.type().equals("file");
            return new ShownPart(
                    part.leaf().hex(),
                    part.type(),
                    bytes.length,
                    file,
                    file ? Hash.sha256(bytes).hex() : new String(bytes, UTF_8));
        }
    }

    /** Of a draft: sending signs these very parts. */
    static Preview of(Drafts.Content content) {
        return of(Optional.of(content.root().hex()), content.parts());
    }

    /** Of a form that is no draft yet: the salts, and so the leaves, will be others. */
    static Preview before(Drafts.Content content) {
        return of(Optional.empty(), content.parts());
    }

    private static Preview of(Optional<String> root, List<Part> parts) {
        return new Preview(
                root,
                parts.stream().limit(MOST).map(ShownPart::of).toList(),
                parts.size(),
                parts.stream().mapToLong(part -> part.bytes().length).sum());
    }
}
