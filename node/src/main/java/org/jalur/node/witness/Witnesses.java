package org.jalur.node.witness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jalur.channel.KeyStatement;
import org.jalur.log.NoteVerifier;
import org.jalur.log.SignedNote;
import org.jalur.log.TrustPolicy;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.journal.KnownWitnesses;
import org.jalur.node.register.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whom this node asks to vouch for its journal: every peer whose keys have arrived, and the
 * witnesses of the operator's policy file (C2SP tlog-policy) that have an address.
 */
@Component
class Witnesses implements KnownWitnesses, IndependentWitnesses {
    private static final Logger log = LoggerFactory.getLogger(Witnesses.class);

    private final Register register;
    private final PeerKeys peers;
    private final WitnessClient client;
    private final List<AskedWitness> independent;

    Witnesses(JalurSettings settings, Register register, PeerKeys peers, WitnessClient client)
            throws IOException {
        this.register = register;
        this.peers = peers;
        this.client = client;
        independent =
                settings.witnessPolicy() == null
                        ? List.of()
                        : TrustPolicy.parse(Files.readAllBytes(settings.witnessPolicy()))
                                .witnesses()
                                .stream()
                                .filter(one -> one.url().isPresent())
                                .collect(
                                        Collectors.groupingBy(
                                                one -> one.url().orElseThrow(),
                                                LinkedHashMap::new,
                                                Collectors.toList()))
                                .entrySet()
                                .stream()
                                .map(lines -> asked(lines.getKey(), lines.getValue()))
                                .toList();
    }

    /** Lines with one address are the keys of one witness: it is asked once, and signs with all. */
    private static AskedWitness asked(String url, List<TrustPolicy.NamedWitness> lines) {
        return new AskedWitness(
                lines.size() == 1 ? lines.getFirst().name() : lines.getFirst().key().name(),
                Optional.of(URI.create(url)),
                lines.stream().map(TrustPolicy.NamedWitness::key).toList(),
                true);
    }

    /**
     * The independent witness of this name.
     *
     * @param name of the witness, or of its keys
     */
    Optional<AskedWitness> independent(String name) {
        return independent.stream()
                .filter(one ->
                        one.name().equals(name)
                                || one.keys().stream().anyMatch(key -> key.name().equals(name)))
                .findFirst();
    }

    @Override
    public List<NoteVerifier> keys() {
        return independent.stream().flatMap(one -> one.keys().stream()).toList();
    }

    List<AskedWitness> all() {
        var all = new ArrayList<>(independent);
        for (JalurSettings.Peer peer : register.peers()) {
            peers.of(peer.partyId()).map(keys -> asked(peer, keys)).ifPresent(all::add);
        }
        return all;
    }

    /** Those that are asked over HTTP. */
    List<AskedWitness> called() {
        return all().stream().filter(witness -> witness.prefix().isPresent()).toList();
    }

    private static AskedWitness asked(JalurSettings.Peer peer, KeyStatement keys) {
        Optional<URI> prefix =
                peer.delivery() == JalurSettings.Delivery.PULLED
                        ? Optional.empty()
                        : Optional.ofNullable(peer.url())
                                .map(url ->
                                        URI.create(
                                                url.toString().replaceAll("/+$", "") + "/witness"));
        return new AskedWitness(peer.name(), prefix, keys.witnessVerifiers(), false);
    }

    @Override
    public List<SignedNote> seen(String origin) {
        var answers = new ArrayList<Future<Optional<SignedNote>>>();
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (AskedWitness witness : called()) {
                answers.add(calls.submit(() -> seen(witness, origin)));
            }
        }
        return answers.stream().flatMap(answer -> answer.resultNow().stream()).toList();
    }

    private Optional<SignedNote> seen(AskedWitness witness, String origin) {
        try {
            return client.seen(witness, origin);
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "witness {} does not say what it has seen: {}", witness.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
