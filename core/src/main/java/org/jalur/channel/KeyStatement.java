package org.jalur.channel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jalur.log.Hash;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.NoteVerifier;
import org.jspecify.annotations.Nullable;

/**
 * The working keys of a party, signed with its offline identity key. A statement replaces the one
 * with the serial before it, which is how keys are rotated and revoked: a stolen working key can
 * sign neither.
 *
 * @param party whose keys they are
 * @param serial 1 for the first statement, one more for each that follows
 * @param time when it was signed
 * @param origin name of the party's journal (C2SP tlog-checkpoint); survives every rotation
 * @param identity the identity key that signs
 * @param keys one key for each use
 * @param postQuantum ML-DSA-44 keys that sign checkpoints and cosignatures besides those of
 *     Ed25519; absent in statements of parties that have none
 * @param reason why these keys replace those before them; absent in a first statement, and where
 *     nothing was said
 * @param approvers keys of people, on no node; if there are any, notices of the party, and other
 *     messages that need it, hold only with the {@link SignOff} of one of them
 */
public record KeyStatement(
        PartyId party,
        long serial,
        Instant time,
        String origin,
        PublicSigningKey identity,
        Map<Use, PublicSigningKey> keys,
        Optional<PostQuantum> postQuantum,
        Optional<Reason> reason,
        List<PublicSigningKey> approvers) {
    /** The most keys of approvers. */
    public static final int MAX_APPROVERS = 16;

    /** Of a party whose notices need no sign-off. */
    public KeyStatement(
            PartyId party,
            long serial,
            Instant time,
            String origin,
            PublicSigningKey identity,
            Map<Use, PublicSigningKey> keys,
            Optional<PostQuantum> postQuantum,
            Optional<Reason> reason) {
        this(party, serial, time, origin, identity, keys, postQuantum, reason, List.of());
    }

    /**
     * Verifier keys of type 0x06 (C2SP tlog-cosignature).
     *
     * @param checkpoint named like the origin
     * @param witness named like the witness
     */
    public record PostQuantum(NoteVerifier checkpoint, NoteVerifier witness) {}

    /** What a working key signs. */
    public enum Use {
        /** Messages, receipts and requests. */
        MESSAGE,
        /** Checkpoints of the party's own journal. */
        CHECKPOINT,
        /** Cosignatures over the checkpoints of others. */
        WITNESS;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why keys replace those before them. */
    public enum Reason {
        /** By plan: nobody else is thought to have had the earlier keys. */
        ROTATION,
        /** The keys directly before are revoked: somebody else may have signed with them. */
        COMPROMISE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Empty for a word that is no reason. */
        public static Optional<Reason> of(String wire) {
            return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
        }
    }

    public KeyStatement {
        keys = Map.copyOf(keys);
        approvers =
                approvers.stream()
                        .distinct()
                        .sorted(Comparator.comparing(PublicSigningKey::kid))
                        .toList();
        check(serial, origin, keys, postQuantum, reason);
        if (approvers.size() > MAX_APPROVERS) {
            throw new MalformedMessageException(
                    "a key statement with %d approvers; the limit is %d"
                            .formatted(approvers.size(), MAX_APPROVERS));
        }
        if (approvers.contains(identity) || approvers.stream().anyMatch(keys::containsValue)) {
            throw new MalformedMessageException(
                    "an approver's key is one of a person, not the identity key or a working key");
        }
    }

    static void check(
            long serial,
            String origin,
            Map<Use, PublicSigningKey> keys,
            Optional<PostQuantum> postQuantum,
            Optional<Reason> reason) {
        if (serial < 1) {
            throw new MalformedMessageException("key statement with serial %d".formatted(serial));
        }
        if (serial == 1 && reason.isPresent()) {
            throw new MalformedMessageException("the first key statement replaces no keys");
        }
        if (keys.size() != Use.values().length) {
            throw new MalformedMessageException("a key statement names one key for each use");
        }
        if (postQuantum
                .filter(pair ->
                        !pair.checkpoint().name().equals(origin)
                                || !pair.witness().name().equals(witnessName(origin)))
                .isPresent()) {
            throw new MalformedMessageException(
                    "the post-quantum keys of a statement are named %s and %s"
                            .formatted(origin, witnessName(origin)));
        }
        if (!origin.matches("[!-*,-~]{1,255}")) {
            throw new MalformedMessageException(
                    "not the origin of a journal (no spaces, no plus): " + origin);
        }
    }

    /**
     * Whether the keys directly before these are revoked, because somebody else may have had them.
     */
    public boolean revokesPreviousAsCompromised() {
        return reason.equals(Optional.of(Reason.COMPROMISE));
    }

    /**
     * Those of a party's statements whose keys may still be relied on, whatever the place: without
     * the ones that the next statement revokes as compromised.
     *
     * @param rising by serial
     */
    public static List<KeyStatement> believed(List<KeyStatement> rising) {
        return IntStream.range(0, rising.size())
                .filter(i ->
                        i + 1 == rising.size() || !rising.get(i + 1).revokesPreviousAsCompromised())
                .mapToObj(rising::get)
                .toList();
    }

    /** The name under which a party cosigns the checkpoints of others. */
    public static String witnessName(String origin) {
        return origin + "/witness";
    }

    /** What checks the party's checkpoints: Ed25519 first. */
    public List<NoteVerifier> checkpointVerifiers() {
        return Stream.concat(
                        Stream.of(NoteVerifier.ed25519(origin, key(Use.CHECKPOINT).raw())),
                        postQuantum.map(PostQuantum::checkpoint).stream())
                .toList();
    }

    /** What checks the party's cosignatures: Ed25519 first. */
    public List<NoteVerifier> witnessVerifiers() {
        return Stream.concat(
                        Stream.of(
                                NoteVerifier.ed25519Cosigner(
                                        witnessName(origin), key(Use.WITNESS).raw())),
                        postQuantum.map(PostQuantum::witness).stream())
                .toList();
    }

    public PublicSigningKey key(Use use) {
        @Nullable PublicSigningKey key = keys.get(use);
        if (key == null) {
            throw new IllegalStateException("no key for " + use);
        }
        return key;
    }

    public String sign(SigningKey identityKey) {
        if (!identityKey.publicKey().equals(identity)) {
            throw new IllegalArgumentException(
                    "a key statement is signed with the identity key it names");
        }
        byte[] payload =
                StrictJson.write(json -> {
                    json.writeStringProperty("v", Manifest.VERSION);
                    json.writeStringProperty("party", party.value());
                    json.writeNumberProperty("serial", serial);
                    json.writeStringProperty("time", time.toString());
                    json.writeStringProperty("origin", origin);
                    json.writeStringProperty("identity", Base64Url.encode(identity.raw()));
                    KeysJson.write(json, keys, postQuantum, reason);
                    KeysJson.writeApprovers(json, approvers);
                });
        return Jws.sign(Jws.Type.KEYS, payload, identityKey).compact();
    }

    /**
     * Reads a statement and checks it against the pinned fingerprint, the only root of trust there
     * is.
     *
     * @throws UntrustedKeyException if another identity signed it, or another party is named
     */
    public static KeyStatement open(String compact, PartyId party, Hash pinnedIdentity) {
        Jws jws = Jws.parse(compact, Jws.Type.KEYS);
        KeyStatement statement = read(jws.payload());
        if (!statement.party().equals(party)) {
            throw new UntrustedKeyException(
                    "the key statement is of party %s, not of %s"
                            .formatted(statement.party(), party));
        }
        if (!statement.identity().fingerprint().equals(pinnedIdentity)) {
            throw new UntrustedKeyException(
                    "the key statement of %s is signed by identity %s; pinned is %s"
                            .formatted(party, statement.identity().fingerprint(), pinnedIdentity));
        }
        if (!jws.isSignedBy(statement.identity())) {
            throw new UntrustedKeyException(
                    "the signature of the key statement of %s is wrong".formatted(party));
        }
        return statement;
    }

    /**
     * Reads a statement by the identity key that it names itself: whose key that is, the reader
     * must know from elsewhere.
     *
     * @throws UntrustedKeyException if not even that key signed it
     */
    public static KeyStatement claimed(String compact) {
        KeyStatement claimed = read(Jws.parse(compact, Jws.Type.KEYS).payload());
        return open(compact, claimed.party(), claimed.identity().fingerprint());
    }

    /**
     * What people compare, by what the key does: SHA-256 of an Ed25519 key's 32 octets, and of an
     * ML-DSA-44 key's verifier key (C2SP signed-note) as text.
     */
    public SequencedMap<String, Hash> fingerprints() {
        var fingerprints = new LinkedHashMap<String, Hash>();
        for (Use use : Use.values()) {
            fingerprints.put(use.wire(), key(use).fingerprint());
        }
        postQuantum.ifPresent(pair -> {
            fingerprints.put("checkpoint-ml-dsa-44", fingerprint(pair.checkpoint()));
            fingerprints.put("witness-ml-dsa-44", fingerprint(pair.witness()));
        });
        return fingerprints;
    }

    private static Hash fingerprint(NoteVerifier key) {
        return Hash.sha256(key.vkey().getBytes(StandardCharsets.UTF_8));
    }

    private static KeyStatement read(byte[] payload) {
        StrictJson json = StrictJson.read(payload, "key statement");
        if (!json.string("v").equals(Manifest.VERSION)) {
            throw new MalformedMessageException("a key statement of another protocol version");
        }
        try {
            var keys = KeysJson.read(json);
            var statement =
                    new KeyStatement(
                            new PartyId(json.string("party")),
                            json.number("serial"),
                            Manifest.time(json.string("time")),
                            json.string("origin"),
                            KeysJson.publicKey(json.string("identity"), "identity"),
                            keys.working(),
                            keys.postQuantum(),
                            keys.reason(),
                            KeysJson.readApprovers(json));
            json.end();
            return statement;
        } catch (IllegalArgumentException | MalformedNoteException e) {
            throw new MalformedMessageException("key statement: " + e.getMessage(), e);
        }
    }
}
