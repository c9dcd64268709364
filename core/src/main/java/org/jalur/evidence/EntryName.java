package org.jalur.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;

/** What stands under which name in an evidence file. */
sealed interface EntryName {
    String README = "README.txt";
    String COVER_SHEET = "evidence.json";

    /** The largest sequence number that has room in a name: ten digits. */
    long MAX_SEQ = 9_999_999_999L;

    /** A keys message of a party's stream. */
    record Keys(PartyId party, long seq) implements EntryName {
        private static final Pattern FORM = Pattern.compile("keys/([a-z0-9-]+)-([0-9]{10})\\.jws");
    }

    /** A message of a party's stream. */
    record OneMessage(PartyId sender, long seq) implements EntryName {
        private static final Pattern FORM =
                Pattern.compile("messages/([a-z0-9-]+)-([0-9]{10})\\.json");
    }

    /** A part of the message before it. */
    record OnePart(Hash leaf) implements EntryName {
        private static final Pattern FORM = Pattern.compile("parts/([0-9a-f]{64})");
    }

    /** Empty for a name that has no place in an evidence file. */
    static Optional<EntryName> parse(String name) {
        try {
            Matcher keys = Keys.FORM.matcher(name);
            if (keys.matches()) {
                return Optional.of(
                        new Keys(new PartyId(keys.group(1)), Long.parseLong(keys.group(2))));
            }
            Matcher message = OneMessage.FORM.matcher(name);
            if (message.matches()) {
                return Optional.of(
                        new OneMessage(
                                new PartyId(message.group(1)), Long.parseLong(message.group(2))));
            }
            Matcher part = OnePart.FORM.matcher(name);
            return part.matches()
                    ? Optional.of(new OnePart(Hash.parseHex(part.group(1))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Not the id of a party.
        }
    }

    default String format() {
        return switch (this) {
            case Keys(var party, var seq) -> "keys/%s-%010d.jws".formatted(party, seq);
            case OneMessage(var sender, var seq) -> "messages/%s-%010d.json".formatted(sender, seq);
            case OnePart(var leaf) -> "parts/%s".formatted(leaf.hex());
        };
    }
}
