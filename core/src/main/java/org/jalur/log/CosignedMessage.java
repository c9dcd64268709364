package org.jalur.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes that a cosigner signs for a checkpoint.
///
/// Source: C2SP tlog-cosignature, "Ed25519 signed message" and "ML-DSA-44 signed message".
final class CosignedMessage {
    /// A name or origin in the second form has its length in one byte.
    static final int MAX_NAME_BYTES = 255;

    private static final byte[] SUBTREE_LABEL =
            "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    private CosignedMessage() {}

    /// Two lines before the whole note text, extension lines included; the cosigner's name is not
    /// in it.
    ///
    /// @throws MalformedNoteException if the text is not a checkpoint
    static byte[] ed25519(long time, byte[] text) {
        CheckpointText.parse(NoteText.decode(text));
        byte[] header = ("cosignature/v1\ntime " + time + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(header.length + text.length).put(header).put(text).array();
    }

    /// The `cosigned_message` structure for the tree from its first entry; extension lines are not
    /// in it.
    ///
    /// @throws MalformedNoteException if the text is not a checkpoint, or its origin has more than
    ///   {@value #MAX_NAME_BYTES} bytes
    static byte[] mlDsa44(String cosigner, long time, byte[] text) {
        CheckpointText checkpoint = CheckpointText.parse(NoteText.decode(text));
        byte[] name = cosigner.getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        if (origin.length > MAX_NAME_BYTES) {
            throw new MalformedNoteException(
                    "an origin of " + origin.length + " bytes is longer than " + MAX_NAME_BYTES);
        }
        int length = SUBTREE_LABEL.length + 1 + name.length + 8 + 1 + origin.length + 16;
        return ByteBuffer.allocate(length + Hash.BYTES)
                .put(SUBTREE_LABEL)
                .put((byte) name.length)
                .put(name)
                .putLong(time)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root().bytes())
                .array();
    }
}
