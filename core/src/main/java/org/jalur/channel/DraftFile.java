package org.jalur.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.log.MerkleTree;

/**
 * A message before it is sent, with all its parts, for an approver who reads and signs it on a
 * machine of their own. The first line is {@code jalur/1 draft}, then the id and the two parties as
 * a line each; after it the parts, each with its length in four octets. For a message about another
 * one, a withdrawal for example, the first line is {@code jalur/1 draft about}, and the id of what
 * it is about is the second.
 */
public record DraftFile(
        UUID message, Optional<UUID> about, PartyId from, PartyId to, List<Part> parts) {
    private static final String FIRST_LINE = "jalur/1 draft";
    private static final String FIRST_LINE_ABOUT = FIRST_LINE + " about";
    private static final int MAX_LINE = 200;

    public DraftFile {
        about = about.filter(one -> !one.equals(message));
        parts = List.copyOf(parts);
    }

    /** Of a message that is about itself. */
    public DraftFile(UUID message, PartyId from, PartyId to, List<Part> parts) {
        this(message, Optional.empty(), from, to, parts);
    }

    /** What is to be signed. */
    public SignOff signOff() {
        Hash root = MerkleTree.root(parts.stream().map(Part::leaf).toList());
        return new SignOff(message, about, from, to, root);
    }

    public byte[] octets() {
        var out = new ByteArrayOutputStream();
        String first = about.map(one -> FIRST_LINE_ABOUT + "\n" + one).orElse(FIRST_LINE);
        String head = String.join("\n", first, message.toString(), from.value(), to.value());
        out.writeBytes((head + "\n").getBytes(US_ASCII));
        for (Part part : parts) {
            byte[] wire = part.wire();
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(wire.length).array());
            out.writeBytes(wire);
        }
        return out.toByteArray();
    }

    /**
     * @throws MalformedMessageException if it is no such file
     */
    public static DraftFile read(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        String first = line(in);
        if (!first.equals(FIRST_LINE) && !first.equals(FIRST_LINE_ABOUT)) {
            throw new MalformedMessageException("the file is no draft of a message");
        }
        try {
            Optional<UUID> about =
                    first.equals(FIRST_LINE_ABOUT)
                            ? Optional.of(UUID.fromString(line(in)))
                            : Optional.empty();
            UUID message = UUID.fromString(line(in));
            var from = new PartyId(line(in));
            var to = new PartyId(line(in));
            return new DraftFile(message, about, from, to, parts(in));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("the draft is not whole: " + e.getMessage(), e);
        }
    }

    private static List<Part> parts(ByteBuffer in) {
        var parts = new ArrayList<Part>();
        while (in.hasRemaining()) {
            int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < Part.OVERHEAD || length > in.remaining()) {
                throw new MalformedMessageException("the draft ends in the middle of a part");
            }
            byte[] wire = new byte[length];
            in.get(wire);
            parts.add(Part.fromWire(wire));
        }
        return parts;
    }

    private static String line(ByteBuffer in) {
        var line = new StringBuilder();
        while (in.hasRemaining() && line.length() <= MAX_LINE) {
            char next = (char) Byte.toUnsignedInt(in.get());
            if (next == '\n') {
                return line.toString();
            }
            line.append(next);
        }
        throw new MalformedMessageException("the file is no draft of a message");
    }
}
