package org.jalur.notice;

import java.time.Instant;

/**
 * A person opened the notice.
 *
 * @param role of that person; never a name
 */
public record Acknowledgement(String role, Instant openedAt) {}
