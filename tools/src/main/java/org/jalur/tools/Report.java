package org.jalur.tools;

import java.util.function.Consumer;
import org.jalur.evidence.Finding;
import org.jalur.evidence.Summary;

/** What {@code verify} prints: each finding as it comes, then the whole. */
interface Report extends Consumer<Finding> {
    void end(Summary summary);

    /** Instead of the end: the file is not whole. */
    void unreadable(String reason);
}
