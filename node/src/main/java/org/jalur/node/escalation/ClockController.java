package org.jalur.node.escalation;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All open clocks for programs. */
@RestController
@Tag(name = "escalation")
class ClockController {
    private final OpenClocks clocks;

    ClockController(OpenClocks clocks) {
        this.clocks = clocks;
    }

    @GetMapping(value = "/api/clocks", produces = "text/csv")
    @Operation(
            summary = "All open clocks as CSV, the nearest due first",
            description =
                    """
                    Times are UTC. seconds_left is negative where an answer is overdue; while a clock stands it is what is \
                    left when it goes on, and stands_for says why: question, impossible, or both. kind is lift where a lift of an \
                    access block waits for its confirmation.\
                    """)
    void all(HttpServletResponse response) throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding("UTF-8");
        clocks.write(response.getOutputStream());
    }
}
