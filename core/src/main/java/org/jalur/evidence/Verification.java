package org.jalur.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * Checks an evidence file without a network and without the word of whoever made it. The file is
 * read once, as a stream; memory depends on the number of keys and on the parts of one message, not
 * on the number of messages.
 *
 * <p>What someone who made the file can do: leave out messages, parts and key statements, and write
 * what they like into the cover sheet. What they cannot: change or invent what somebody else
 * signed.
 */
public final class Verification {
    private final Expectations expected;

    /**
     * @param expected what the reader knows from elsewhere
     */
    public Verification(Expectations expected) {
        this.expected = expected;
    }

    /**
     * @param findings gets each finding in the order of the file: the cover sheet, the parties,
     *     their keys, the messages
     * @throws UnreadableEvidenceException if it is not a whole evidence file; what was found until
     *     then counts for nothing
     */
    public Summary run(InputStream file, Consumer<Finding> findings) throws IOException {
        var tally = new Tally(expected, findings);
        try (var reader = new EvidenceReader(file);
                var reading = new Reading(reader, expected, tally)) {
            reading.run();
        }
        return tally.summary();
    }
}
