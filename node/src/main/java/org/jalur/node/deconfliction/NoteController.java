package org.jalur.node.deconfliction;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** De-confliction notes of both sides, as they stand. */
@RestController
@Tag(name = "notes")
class NoteController {
    private final NoteViews views;

    NoteController(NoteViews views) {
        this.views = views;
    }

    @GetMapping("/api/notes")
    @Operation(
            summary = "De-confliction notes with their ends, the newest first, at most 500",
            description = "An authority sees its own; a platform those of all authorities.")
    List<NoteViews.Note> all() {
        return views.all();
    }
}
