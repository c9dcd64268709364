package org.jalur.node;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jalur.channel.PartyId;
import org.jalur.screening.url.Platform;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of a node, as {@code docs/operations.md} describes them.
 *
 * @param home folder of keys, journal and checkpoint store; trusted to keep what was written
 * @param party the party this node hosts
 * @param database the node's database
 * @param partKeys database of the parts' keys; not part of the backups of the other
 * @param checkpoints database of the newest checkpoints, where processes run on several hosts;
 *     absent: folders of {@code home}
 * @param peers parties with which a channel is open
 * @param agreements files of agreements signed by both sides
 * @param keysPassphraseFile file with the passphrase of the working keys; absent where the
 *     environment variable {@code JALUR_KEYS_PASSPHRASE} has it
 * @param witnessPolicy tlog-policy file with independent witnesses; absent for none
 * @param relay the witness of that policy that hands messages on; absent for none
 * @param leastFree below so much free space on the disk of {@code home} nothing is accepted
 * @param approvals how many officers besides the drafter approve a notice
 * @param claim how long a claim on a case lasts unless renewed
 * @param connector the platform's own systems; absent on an authority's node
 * @param screening how public content is compared with lists; matters on a platform's node
 * @param desks folders of desks that this node hosts, each of an authority without a node of its
 *     own
 * @param deskMemory the most memory that a desk's Java heap takes
 * @param hostedBy who runs this node for its party, shown on every page; absent on a party's own
 * @param demo whether demo accounts and keys may be used
 * @param demoTokens properties file with one new API token per sample role; demo only
 */
@ConfigurationProperties("jalur")
public record JalurSettings(
        Path home,
        Party party,
        Database database,
        Database partKeys,
        @Nullable Database checkpoints,
        @DefaultValue List<Peer> peers,
        @DefaultValue List<Path> agreements,
        @Nullable Path keysPassphraseFile,
        @Nullable Path witnessPolicy,
        @Nullable Relay relay,
        @DefaultValue("512MB") DataSize leastFree,
        @DefaultValue("1") int approvals,
        @DefaultValue("30m") Duration claim,
        @Nullable Connector connector,
        @DefaultValue Screening screening,
        @DefaultValue List<Path> desks,
        @DefaultValue("256MB") DataSize deskMemory,
        @Nullable String hostedBy,
        @DefaultValue("false") boolean demo,
        @Nullable Path demoTokens) {

    private static final int LEAST_DESK = 128;

    public JalurSettings {
        if (deskMemory.toMegabytes() < LEAST_DESK) {
            throw new IllegalArgumentException(
                    "jalur.desk-memory is %s; a desk needs %d MB"
                            .formatted(deskMemory, LEAST_DESK));
        }
        if (approvals < 1) {
            throw new IllegalArgumentException(
                    "jalur.approvals is %d; at least one officer approves".formatted(approvals));
        }
    }

    /** The platform's own systems, for whoever exists only where they are configured. */
    public Connector requiredConnector() {
        if (connector == null) {
            throw new IllegalStateException("jalur.connector is not configured");
        }
        return connector;
    }

    /**
     * @param witness its name in the policy file, or the name of its keys
     * @param after so long a message waits for direct delivery; absent: a quarter of its deadline
     */
    public record Relay(String witness, @Nullable Duration after) {
        public Relay {
            if (after != null && (after.isNegative() || after.isZero())) {
                throw new IllegalArgumentException(
                        "jalur.relay.after is %s; it must be longer than nothing".formatted(after));
            }
        }
    }

    /** What kind of organisation a party is. */
    public enum Kind {
        AUTHORITY,
        PLATFORM
    }

    /**
     * @param id pinned by the peers
     * @param name shown to people
     * @param kind authority or platform
     * @param identity SHA-256 fingerprint of the offline identity key, 64 hex digits
     */
    public record Party(String id, String name, Kind kind, String identity) {
        public PartyId partyId() {
            return new PartyId(id);
        }
    }

    /**
     * @param url JDBC URL of a PostgreSQL database
     * @param username role to connect as
     * @param password its password
     * @param connections size of the pool
     */
    public record Database(
            String url, String username, String password, @DefaultValue("10") int connections) {
        @Override
        public String toString() {
            return url;
        }
    }

    /** How messages get to a peer. */
    public enum Delivery {
        /** This node calls the peer. */
        PUSH,
        /** The peer calls this node: it cannot be reached from outside. */
        PULLED,
        /** This node calls the peer for both directions: it cannot be reached itself. */
        PULL
    }

    /**
     * @param id the peer's party id
     * @param name shown to people
     * @param identity SHA-256 fingerprint of its identity key, confirmed by call-back
     * @param url base URL of its node; used exactly as configured
     * @param delivery push, or pull where one side cannot be reached
     */
    public record Peer(
            String id,
            String name,
            String identity,
            @Nullable URI url,
            @DefaultValue("PUSH") Delivery delivery) {
        public Peer {
            if (url == null && delivery != Delivery.PULLED) {
                throw new IllegalArgumentException(
                        "jalur.peers %s has no url; only a peer with delivery \"pulled\" may lack one"
                                .formatted(id));
            }
        }

        public PartyId partyId() {
            return new PartyId(id);
        }
    }

    /**
     * @param url base URL of the connector; used exactly as configured
     * @param secretFile file with the shared HMAC secret
     * @param workers actions under way at once
     */
    public record Connector(URI url, Path secretFile, @DefaultValue("8") int workers) {}

    /**
     * @param home platform on which "@name" without more is meant; absent: such names are left out
     * @param loose whether phrases are also searched for in a form that undoes disguises
     * @param sample share of public posts that is kept in memory to try entries on, 0 to 1; the
     *     newest 10,000, never written anywhere
     * @param excerpts how long words around a match are kept for reviewers who have not looked
     * @param snapshotFrom from so many entries on a copy on disk makes the next start quick
     */
    public record Screening(
            @Nullable Platform home,
            @DefaultValue("true") boolean loose,
            @DefaultValue("0") double sample,
            @DefaultValue("30d") Duration excerpts,
            @DefaultValue("100000") int snapshotFrom) {
        public Screening {
            if (!(sample >= 0 && sample <= 1)) {
                throw new IllegalArgumentException(
                        "jalur.screening.sample is %s; a share is 0 to 1".formatted(sample));
            }
            if (excerpts.isNegative()) {
                throw new IllegalArgumentException(
                        "jalur.screening.excerpts is %s; it must not be below nothing"
                                .formatted(excerpts));
            }
        }
    }
}
