package org.jalur.node.deconfliction;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.Problems;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** De-confliction notes of an authority. */
@RestController
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
@Tag(name = "notes")
class NoteCommands {
    private final Notes notes;
    private final NoteViews views;

    NoteCommands(Notes notes, NoteViews views) {
        this.notes = notes;
        this.views = views;
    }

    @PostMapping("/api/notes")
    @Operation(
            summary = "Drafts a note: leave this up until a day, for an investigation goes on",
            description =
                    """
                    Nothing leaves the node before another person approves. It ends within 90 days, and with the \
                    agreement; 422 names what is broken.\
                    """)
    ResponseEntity<Map<String, UUID>> draft(@RequestBody NoteForm form) {
        UUID id = notes.draft(form, Caller.current());
        return ResponseEntity.created(URI.create("/api/notes")).body(Map.of("id", id));
    }

    @PostMapping("/api/notes/{id}/approval")
    @Operation(summary = "Approves a draft of another person; the last approval needed sends it")
    List<NoteViews.Note> approve(@PathVariable UUID id) {
        notes.approve(id, Caller.current());
        return views.all();
    }

    @PostMapping("/api/notes/{id}/end")
    @Operation(summary = "Ends a note before its time; the platform is told")
    List<NoteViews.Note> end(@PathVariable UUID id) {
        notes.end(id, Caller.current());
        return views.all();
    }

    @ExceptionHandler
    ProblemDetail broken(BrokenNoteException e) {
        ProblemDetail problem =
                Problems.problem(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        e.broken().type(),
                        String.valueOf(e.getMessage()));
        problem.setProperty("field", e.broken().field());
        return problem;
    }
}
