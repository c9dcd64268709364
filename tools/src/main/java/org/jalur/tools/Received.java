package org.jalur.tools;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jalur.screening.check.Publication;

/**
 * What a line of the input says.
 *
 * @param image a picture's file, to be hashed here
 * @param unreadable addresses that are none
 */
record Received(
        String id, Publication publication, Optional<Path> image, List<String> unreadable) {}
