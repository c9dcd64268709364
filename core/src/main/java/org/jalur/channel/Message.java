package org.jalur.channel;

import java.util.List;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;

/**
 * A manifest in its signature, with the leaves of its parts in order.
 *
 * @param jws the signed octets
 * @param manifest what they say
 * @param leaves one for each part; their root is the one that the manifest commits to
 */
public record Message(Jws jws, Manifest manifest, List<Hash> leaves) {
    public Message {
        leaves = List.copyOf(leaves);
        if (leaves.size() != manifest.parts().count()
                || !MerkleTree.root(leaves).equals(manifest.parts().root())) {
            throw new MalformedMessageException(
                    "the %d leaves are not those of the %d parts that the manifest commits to"
                            .formatted(leaves.size(), manifest.parts().count()));
        }
    }

    public static Message sign(Manifest manifest, List<Hash> leaves, SigningKey key) {
        return new Message(Jws.sign(Jws.Type.MESSAGE, manifest.toJson(), key), manifest, leaves);
    }

    public static Message parse(String jws, List<Hash> leaves) {
        Jws signed = Jws.parse(jws, Jws.Type.MESSAGE);
        return new Message(signed, Manifest.parse(signed.payload()), leaves);
    }
}
