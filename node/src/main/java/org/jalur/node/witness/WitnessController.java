package org.jalur.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.jalur.log.AddCheckpoint;
import org.jalur.log.CheckpointStore;
import org.jalur.log.FileCheckpointStore;
import org.jalur.log.NoteSigner;
import org.jalur.log.SignedNote;
import org.jalur.log.Witness;
import org.jalur.log.WitnessAnswer;
import org.jalur.node.JalurSettings;
import org.jalur.node.exchange.PeerKeys;
import org.jalur.node.register.OwnKeys;
import org.jalur.node.web.ProblemException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** This node as a witness of its peers' journals (C2SP tlog-witness). */
@RestController
class WitnessController {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final PeerKeys peers;
    private final OwnKeys keys;
    private final CheckpointStore store;

    /**
     * A store of its own: whoever asks the witness does not wait for the journal, nor it for them.
     */
    WitnessController(PeerKeys peers, JalurSettings settings, OwnKeys keys) {
        this.peers = peers;
        this.keys = keys;
        store = new FileCheckpointStore(settings.home().resolve("cosigned"));
    }

    /** With the keys that sign now; what it has seen is in the store. */
    private Witness witness() {
        return new Witness(peers::ofLog, store, keys.witnessSigners().toArray(NoteSigner[]::new));
    }

    /** "add-checkpoint": nobody signs in; the checkpoint's own signature is all that counts. */
    @PostMapping("/witness/add-checkpoint")
    ResponseEntity<byte[]> addCheckpoint(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(AddCheckpoint.MAX_BYTES + 1);
        WitnessAnswer answer = witness().addCheckpoint(body);
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.parseMediaType(answer.contentType()))
                .body(answer.body().getBytes(UTF_8));
    }

    /** "Monitor Retrieval Mechanism": what this witness cosigned last of a log. */
    @GetMapping("/witness/{id}/checkpoint")
    ResponseEntity<byte[]> checkpoint(@PathVariable("id") String originHash) {
        return peers.all().stream()
                .map(statement -> Witness.originHash(statement.origin()))
                .filter(known -> known.hex().equals(originHash))
                .findFirst()
                .flatMap(witness()::checkpoint)
                .map(SignedNote::format)
                .map(note ->
                        ResponseEntity.ok()
                                .contentType(new MediaType("text", "plain", UTF_8))
                                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                                .body(note.getBytes(UTF_8)))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "never-cosigned",
                                "This witness never cosigned a checkpoint of that log."));
    }
}
