package org.jalur.node.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.Part;
import org.jalur.log.Hash;

/** The bodies of the calls between nodes, as {@code docs/protocol.md} gives them. */
final class Wire {
    private Wire() {}

    /**
     * @param messages 1 to 64, in the order of the channel
     */
    record Messages(List<OneMessage> messages) {
        Messages {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param messages at most 64, in the order of the channel
     * @param errand what else is asked of who pulls
     */
    record Pulled(List<OneMessage> messages, Errand errand) {
        Pulled {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param jws compact JWS of the manifest
     * @param leaves the leaves of the parts, 32 octets each, in base64
     */
    record OneMessage(String jws, String leaves) {
        static OneMessage of(StoredMessage message) {
            return new OneMessage(
                    message.jws(),
                    Base64.getEncoder().encodeToString(StoredMessage.octets(message.leaves())));
        }

        Inbox.Envelope envelope() {
            return new Inbox.Envelope(
                    jws, StoredMessage.leaves(Base64.getDecoder().decode(leaves)));
        }
    }

    record Results(List<Result> results) {
        Results {
            results = List.copyOf(results);
        }
    }

    /**
     * @param status as if the message had come alone
     * @param receipt where status is 200
     * @param state {@code parked} or {@code pending} where status is 202
     * @param problem where status is 4xx
     */
    record Result(
            int status,
            Optional<String> receipt,
            Optional<String> state,
            Optional<Problem> problem) {
        static Result of(Answer answer) {
            return switch (answer) {
                case Answer.Receipted(var receipt) ->
                        new Result(200, Optional.of(receipt), Optional.empty(), Optional.empty());
                case Answer.Parked() ->
                        new Result(202, Optional.empty(), Optional.of("parked"), Optional.empty());
                case Answer.Pending() ->
                        new Result(202, Optional.empty(), Optional.of("pending"), Optional.empty());
                case Answer.Rejected rejected ->
                        new Result(
                                rejected.reason().status(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(
                                        new Problem(
                                                ProblemTypes.uri(rejected.reason().type()),
                                                rejected.reason().title(),
                                                rejected.reason().status(),
                                                rejected.detail(),
                                                rejected.missingParts().stream()
                                                        .map(Hash::hex)
                                                        .toList())));
            };
        }
    }

    /**
     * @param missingParts leaves in hex, at most 100; empty unless parts are missing
     */
    record Problem(
            String type, String title, int status, String detail, List<String> missingParts) {
        Problem {
            missingParts = List.copyOf(missingParts);
        }
    }

    record Handed(List<String> receipts) {
        Handed {
            receipts = List.copyOf(receipts);
        }
    }

    /**
     * @param of party whose messages are asked for
     * @param from sequence number of the first one
     */
    record Asked(String of, long from) {
        Asked {
            if (from < 1) {
                throw new ChannelProblemException(
                        Answer.Reason.MALFORMED,
                        "from is %d; sequence numbers start at 1.".formatted(from));
            }
        }
    }

    /**
     * A message that was sent before.
     *
     * @param receipt what its receiver signed, where the answering node has it
     */
    record Past(String jws, String leaves, Optional<String> receipt) {
        List<Hash> leafList() {
            return StoredMessage.leaves(Base64.getDecoder().decode(leaves));
        }
    }

    /**
     * @param messages from the one asked for on, as many as fit
     * @param last sequence number of the newest message that the answering node has
     */
    record Page(List<Past> messages, long last) {
        Page {
            messages = List.copyOf(messages);
        }
    }

    /** Parts one after the other, each behind its length in four octets, big-endian. */
    static byte[] frame(List<Part> parts) {
        var out = new ByteArrayOutputStream();
        for (Part part : parts) {
            byte[] wire = part.wire();
            out.writeBytes(ByteBuffer.allocate(4).putInt(wire.length).array());
            out.writeBytes(wire);
        }
        return out.toByteArray();
    }

    static List<Part> unframe(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        var parts = new ArrayList<Part>();
        while (in.hasRemaining()) {
            int length = in.remaining() < 4 ? -1 : in.getInt();
            if (length < Part.OVERHEAD || length > in.remaining()) {
                throw new ChannelProblemException(
                        Answer.Reason.MALFORMED, "The body ends in the middle of a part.");
            }
            byte[] wire = new byte[length];
            in.get(wire);
            parts.add(Part.fromWire(wire));
        }
        return parts;
    }
}
