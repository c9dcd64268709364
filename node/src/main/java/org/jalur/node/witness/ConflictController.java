package org.jalur.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jalur.log.InvalidProofException;
import org.jalur.log.MalformedNoteException;
import org.jalur.log.SignedNote;
import org.jalur.log.UntrustedNoteException;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes proof of a fork from whoever found it; it proves itself, or is refused. */
@RestController
class ConflictController {
    /** What is cut off here is no proof any more. */
    private static final int MOST = 2 * SignedNote.MAX_BYTES;

    private final CheckpointWatch watch;

    ConflictController(CheckpointWatch watch) {
        this.watch = watch;
    }

    @PostMapping("/witness/conflicts")
    ResponseEntity<Void> conflict(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST);
        try {
            if (!watch.handedIn(new String(body, UTF_8))) {
                throw new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-log",
                        "The two checkpoints are of a log that this node does not know.");
            }
            return ResponseEntity.noContent().build();
        } catch (MalformedNoteException | UntrustedNoteException | InvalidProofException e) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "no-conflict",
                    "This is no proof that a log signed two histories: " + e.getMessage());
        }
    }
}
