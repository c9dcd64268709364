package org.jalur.node.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jalur.channel.KeyStatement;
import org.jalur.channel.PartyId;
import org.jalur.node.JalurSettings.Peer;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.pages.Texts;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.register.Register;
import org.springframework.stereotype.Component;

/** Statements as the page shows them: the newest first. */
@Component
class KeyRows {
    private final OwnKeys own;
    private final PeerKeys peers;
    private final Register register;
    private final Texts texts;

    KeyRows(OwnKeys own, PeerKeys peers, Register register, Texts texts) {
        this.own = own;
        this.peers = peers;
        this.register = register;
        this.texts = texts;
    }

    /**
     * @param state in-force, replaced or revoked
     * @param reason why they came
     * @param since from which message on they sign, a sentence for each stream
     */
    record Statement(
            long serial,
            Instant signedAt,
            String state,
            Optional<String> reason,
            List<String> since,
            List<Key> keys) {}

    record Key(String use, String fingerprint) {}

    /**
     * @param identity fingerprint that the operator pinned
     */
    record OfPeer(String name, String identity, List<Statement> statements) {}

    List<Statement> own() {
        return rows(
                own.statements(),
                serial ->
                        peers.ownSince(serial).entrySet().stream()
                                .map(since ->
                                        texts.say(
                                                "keys.since.own",
                                                Long.toString(since.getValue() + 1),
                                                name(since.getKey())))
                                .toList());
    }

    List<OfPeer> peers() {
        return register.peers().stream().map(this::peer).toList();
    }

    private OfPeer peer(Peer peer) {
        List<PeerKeys.Since> history = peers.history(peer.partyId());
        return new OfPeer(
                peer.name(),
                peer.identity(),
                rows(
                        history.stream().map(PeerKeys.Since::statement).toList(),
                        serial ->
                                history.stream()
                                        .filter(one -> one.statement().serial() == serial)
                                        .map(one ->
                                                texts.say(
                                                        "keys.since.peer",
                                                        Long.toString(one.seq() + 1)))
                                        .toList()));
    }

    private String name(PartyId peer) {
        return register.peer(peer).map(Peer::name).orElse(peer.value());
    }

    private interface Since {
        List<String> of(long serial);
    }

    private List<Statement> rows(List<KeyStatement> rising, Since since) {
        List<Statement> rows = new ArrayList<>();
        for (int i = 0; i < rising.size(); i++) {
            KeyStatement one = rising.get(i);
            String state =
                    i + 1 == rising.size()
                            ? "in-force"
                            : rising.get(i + 1).revokesPreviousAsCompromised()
                                    ? "revoked"
                                    : "replaced";
            rows.addFirst(
                    new Statement(
                            one.serial(),
                            one.time(),
                            state,
                            one.reason().map(reason -> texts.name("key-change", reason)),
                            since.of(one.serial()),
                            keys(one)));
        }
        return rows;
    }

    List<Key> keys(KeyStatement statement) {
        Stream<Key> working =
                statement.fingerprints().entrySet().stream()
                        .map(key ->
                                new Key(texts.name("key-use", key.getKey()), key.getValue().hex()));
        Stream<Key> approvers =
                statement.approvers().stream()
                        .map(key ->
                                new Key(
                                        texts.name("key-use", "approver"),
                                        key.fingerprint().hex()));
        return Stream.concat(working, approvers).toList();
    }
}
