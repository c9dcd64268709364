package org.jalur.node.exchange;

/** What travels by pull besides messages and receipts, on both sides. */
public interface Errands {
    /** What the peer that pulls is asked to do now. */
    Errand of(Channel channel);

    /** Takes in what such a peer brought. */
    void brought(Channel channel, Brought brought);

    /** Does what the peer asks that this node pulls from. */
    Brought run(Channel channel, Errand errand);
}
