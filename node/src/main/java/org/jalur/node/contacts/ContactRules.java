package org.jalur.node.contacts;

import org.jalur.agreement.ContactTerms;
import org.jalur.channel.PartyId;

/** What two parties agreed about their registers and about emergencies. */
public interface ContactRules {
    /** How fresh registers are kept between this node's party and the peer. */
    ContactTerms terms(PartyId peer);
}
