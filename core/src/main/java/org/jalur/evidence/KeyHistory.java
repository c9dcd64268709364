package org.jalur.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jalur.channel.Jws;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Manifest;
import org.jalur.channel.PartyId;
import org.jalur.channel.UntrustedKeyException;
import org.jalur.log.Hash;

/**
 * The keys of one party by their place in its stream: a statement holds from the message after the
 * one that carried it until the next, whatever the time.
 */
final class KeyHistory {
    private final PartyIdentity party;
    private final PartyId peer;
    private final NavigableMap<Long, Announced> announced = new TreeMap<>();

    KeyHistory(PartyIdentity party, PartyId peer) {
        this.party = party;
        this.peer = peer;
    }

    /** A keys message whose statement holds. */
    record Announced(KeyStatement statement, Hash digest, Manifest manifest) {}

    /** Takes in a keys message; one with a flaw changes nothing. */
    Finding.OfKeys add(long seq, byte[] compact) {
        try {
            Jws jws = Jws.parse(new String(compact, US_ASCII), Jws.Type.MESSAGE);
            Manifest manifest = Manifest.parse(jws.payload());
            if (!manifest.from().equals(party.id())
                    || !manifest.to().equals(peer)
                    || manifest.seq() != seq) {
                return flawed(
                        seq,
                        Flaw.Kind.MISPLACED,
                        "message %d from %s to %s"
                                .formatted(manifest.seq(), manifest.from(), manifest.to()));
            }
            Optional<String> statement = manifest.keys();
            return statement.isEmpty()
                    ? flawed(seq, Flaw.Kind.MALFORMED, "a message of kind " + manifest.kind())
                    : add(jws, manifest, open(statement.get()));
        } catch (MalformedMessageException e) {
            return flawed(seq, Flaw.Kind.MALFORMED, String.valueOf(e.getMessage()));
        } catch (UntrustedKeyException e) {
            return flawed(seq, Flaw.Kind.KEYS_NOT_BY_IDENTITY, String.valueOf(e.getMessage()));
        }
    }

    private KeyStatement open(String statement) {
        return KeyStatement.open(statement, party.id(), party.fingerprint());
    }

    private Finding.OfKeys add(Jws jws, Manifest manifest, KeyStatement statement) {
        long seq = manifest.seq();
        // A keys message is signed with the key that it brings.
        if (!jws.isSignedBy(statement.key(KeyStatement.Use.MESSAGE))) {
            return flawed(seq, Flaw.Kind.SIGNATURE, "key " + jws.kid());
        }
        Optional<KeyStatement> earlier = before(seq);
        if (earlier.filter(one -> one.serial() >= statement.serial()).isPresent()) {
            return flawed(
                    seq,
                    Flaw.Kind.KEYS_SERIAL,
                    "serial %d after %d".formatted(statement.serial(), earlier.get().serial()));
        }
        if (earlier.filter(one -> !one.origin().equals(statement.origin())).isPresent()) {
            return flawed(
                    seq,
                    Flaw.Kind.KEYS_ORIGIN,
                    "%s after %s".formatted(statement.origin(), earlier.get().origin()));
        }
        Optional<Hash> previous = at(seq - 1).map(Announced::digest);
        if (previous.isPresent() && !previous.equals(manifest.previous())) {
            return flawed(seq, Flaw.Kind.CHAIN, "message %d".formatted(seq - 1));
        }
        announced.put(seq, new Announced(statement, jws.digest(), manifest));
        return new Finding.OfKeys(party.id(), seq, Optional.of(statement), List.of());
    }

    private Finding.OfKeys flawed(long seq, Flaw.Kind kind, String detail) {
        return new Finding.OfKeys(
                party.id(), seq, Optional.empty(), List.of(new Flaw(kind, detail)));
    }

    /** The keys that are valid for the message at a place. */
    Optional<KeyStatement> before(long seq) {
        return Optional.ofNullable(announced.lowerEntry(seq))
                .map(Map.Entry::getValue)
                .map(Announced::statement);
    }

    /** Whether the keys announced at a place were revoked as compromised by the next. */
    private boolean revokedAsCompromised(Long at) {
        return Optional.ofNullable(announced.higherEntry(at))
                .filter(next -> next.getValue().statement().revokesPreviousAsCompromised())
                .isPresent();
    }

    /** Whether the keys that are valid for the message at a place were revoked later. */
    boolean revokedBefore(long seq) {
        return Optional.ofNullable(announced.lowerKey(seq))
                .filter(this::revokedAsCompromised)
                .isPresent();
    }

    /** Whether the keys of the keys message at exactly this place were revoked later. */
    boolean revokedAt(long seq) {
        return announced.containsKey(seq) && revokedAsCompromised(seq);
    }

    /** The keys message at exactly this place. */
    Optional<Announced> at(long seq) {
        return Optional.ofNullable(announced.get(seq));
    }

    List<KeyStatement> all() {
        return announced.values().stream().map(Announced::statement).toList();
    }
}
