package org.jalur.channel;

import org.jalur.log.Hash;

/** What came of handing a message to the node of its receiver. */
public sealed interface RelayOutcome {
    /**
     * The node answered.
     *
     * @param status of HTTP, from 200 to 599; a receipt comes with 200
     * @param answer SHA-256 of the octets of the answer
     */
    record Answered(int status, Hash answer) implements RelayOutcome {
        public Answered {
            if (status < 200 || status > 599) {
                throw new MalformedMessageException("no status of an answer: " + status);
            }
        }
    }

    /** Nothing listens at the address, or its name is not known. */
    record Refused() implements RelayOutcome {}

    /** There was no whole answer in time. */
    record TimedOut() implements RelayOutcome {}

    /** The connection broke, or what came was no answer that can be kept. */
    record Broken() implements RelayOutcome {}

    /** One word: {@code answered}, {@code refused}, {@code timeout} or {@code broken}. */
    default String word() {
        return switch (this) {
            case Answered _ -> "answered";
            case Refused _ -> "refused";
            case TimedOut _ -> "timeout";
            case Broken _ -> "broken";
        };
    }

    /** As it stands in a statement, the exact inverse of {@link #parse}. */
    default String wire() {
        return this instanceof Answered(int status, Hash answer)
                ? "%s %d %s".formatted(word(), status, answer.hex())
                : word();
    }

    /**
     * @throws MalformedMessageException if it is none
     */
    static RelayOutcome parse(String wire) {
        return switch (wire) {
            case "refused" -> new Refused();
            case "timeout" -> new TimedOut();
            case "broken" -> new Broken();
            default -> answered(wire);
        };
    }

    private static Answered answered(String wire) {
        String[] words = wire.split(" ", -1);
        if (words.length != 3 || !words[0].equals("answered") || !words[1].matches("[2-5]\\d\\d")) {
            throw new MalformedMessageException("not the outcome of a relay: \"" + wire + "\"");
        }
        try {
            return new Answered(Integer.parseInt(words[1]), Hash.parseHex(words[2]));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("not the digest of an answer: " + words[2], e);
        }
    }
}
