package org.jalur.evidence;

import org.jalur.channel.PartyId;
import org.jalur.channel.PublicSigningKey;
import org.jalur.log.Hash;

/** A party with the offline identity key that signs its key statements. */
public record PartyIdentity(PartyId id, PublicSigningKey identity) {
    /** What is compared with the party itself: on its site, by telephone, at a notary. */
    public Hash fingerprint() {
        return identity.fingerprint();
    }
}
