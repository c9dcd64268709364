package org.jalur.agreement;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jalur.channel.PartyId;
import org.jalur.log.Hash;

/**
 * One of the two who sign.
 *
 * @param id as both sides pinned it
 * @param name of the organisation, in full
 * @param country of its seat, ISO 3166-1 alpha-2
 * @param representatives who may sign for it
 * @param identity SHA-256 of its offline identity key
 * @param callBack how the other side made sure of that key; absent until it has
 */
public record Party(
        PartyId id,
        String name,
        String country,
        List<Representative> representatives,
        Hash identity,
        Optional<CallBack> callBack) {
    public Party {
        Require.words("name", name, Require.NAME);
        Require.country("country", country);
        representatives = Require.someNamed("representatives", representatives);
        if (callBack.isPresent() && !callBack.get().fingerprint().equals(identity)) {
            throw new InvalidTermException(
                    "callBack", TermRule.CALL_BACK, callBack.get().fingerprint(), identity);
        }
    }

    /**
     * A person whom the law or the party lets sign.
     *
     * @param capacity for example "Director General", or "local representative"
     * @param country in which this person represents the party
     */
    public record Representative(String name, String capacity, String country) implements Keyed {
        public Representative {
            Require.words("name", name, Require.NAME);
            Require.words("capacity", capacity, Require.NAME);
            Require.country("country", country);
        }

        @Override
        public String key() {
            return name;
        }
    }

    /**
     * The fingerprint was read out on a call to a number known from elsewhere.
     *
     * @param fingerprint that was read out
     * @param number that was called, E.164
     * @param role of the person who read it out; never a name
     */
    public record CallBack(Hash fingerprint, String number, LocalDate on, String role) {
        public CallBack {
            Require.pattern(
                    "number",
                    number,
                    "\\+[1-9][0-9]{6,14}",
                    "an E.164 number such as \"+62215550100\"");
            Require.words("role", role, Require.NAME);
        }
    }
}
