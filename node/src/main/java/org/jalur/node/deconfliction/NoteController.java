package org.jalur.node.deconfliction;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.ErasureGround;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** De-confliction notes of both sides, as they stand. */
@RestController
@Tag(name = "notes")
class NoteController {
    private final NoteViews views;
    private final NoteErasing erasing;

    NoteController(NoteViews views, NoteErasing erasing) {
        this.views = views;
        this.erasing = erasing;
    }

    /** Why a note is erased. */
    record ErasureRequest(ErasureGround ground) {
        ErasureGround required() {
            if (ground == null) {
                throw new ProblemException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "invalid-erasure",
                        "ground is missing; use data_protection, court_order, retention_ended or mistake.");
            }
            return ground;
        }
    }

    /**
     * @param parts how many were erased
     */
    record Erased(int parts) {}

    @PostMapping("/api/notes/{id}/erasure")
    @Operation(
            summary = "Erases what a note is about, and why it was overridden, on both sides",
            description =
                    """
                    Facts and every proof stay. 409 while the note holds, or if a message about it is not delivered \
                    yet.\
                    """)
    Erased erase(@PathVariable UUID id, @RequestBody ErasureRequest request) {
        return new Erased(erasing.erase(id, request.required()));
    }

    @GetMapping("/api/notes")
    @Operation(
            summary = "De-confliction notes with their ends, the newest first, at most 500",
            description = "An authority sees its own; a platform those of all authorities.")
    List<NoteViews.Note> all() {
        return views.all();
    }
}
