package org.jalur.evidence;

import java.util.Set;
import org.jalur.channel.PartyId;

/**
 * What an evidence file comes to as a whole. What is counted of messages is counted of the genuine
 * ones only.
 *
 * @param messages how many there are
 * @param genuine of how many nothing is forged, altered or contradictory
 * @param flawed how many findings of any kind have flaws
 * @param received how many messages have a receipt that holds
 * @param tried how many without such a receipt a witness of neither side tried to deliver
 * @param triedNamedOnly of these, how many by the word of a witness that only the maker names
 * @param bounded how many existed by a time that somebody other than the maker signed
 * @param namedOnly of these, how many by the word of a witness that only the maker names
 * @param policyAsked whether the reader brought a policy
 * @param quorumMissed how many do not satisfy the reader's policy
 * @param doubtful how many were, or whose receipt was, signed with keys that were revoked as
 *     compromised, and nobody else bounds when
 * @param revoked parties that revoked keys as compromised
 * @param unpinned parties of the file whose identity the reader did not bring
 * @param contradicted parties whose identity is another than the reader knows
 * @param absent parties that the reader brought and the file does not have
 */
public record Summary(
        Verdict verdict,
        long messages,
        long genuine,
        long flawed,
        long received,
        long tried,
        long triedNamedOnly,
        long bounded,
        long namedOnly,
        boolean policyAsked,
        long quorumMissed,
        Parts parts,
        long doubtful,
        Set<PartyId> revoked,
        Set<PartyId> unpinned,
        Set<PartyId> contradicted,
        Set<PartyId> absent) {
    public Summary {
        revoked = Set.copyOf(revoked);
        unpinned = Set.copyOf(unpinned);
        contradicted = Set.copyOf(contradicted);
        absent = Set.copyOf(absent);
    }

    /** How many parts the file shows, and of how many it does not. */
    public record Parts(long opened, long withheld, long erased, long missing, long undisclosed) {
        static final Parts NONE = new Parts(0, 0, 0, 0, 0);

        Parts plus(PartsShown shown) {
            return new Parts(
                    opened + shown.opened().size(),
                    withheld + shown.withheld(),
                    erased + shown.erased(),
                    missing + shown.missing(),
                    undisclosed + shown.undisclosed());
        }
    }

    /** The answer in one word. */
    public enum Verdict {
        /** Everything is genuine, and everything that was asked for is proven. */
        GENUINE,
        /** Everything is genuine, but not everything that was asked for is proven. */
        NOT_PROVEN,
        /** Something is forged, altered or contradictory. */
        NOT_GENUINE
    }
}
