package org.jalur.access.measure;

import java.time.Instant;

/**
 * What one probe found out about a name at a resolver, over all its questions.
 *
 * @param askedAt when the first question was sent: an answer may tell of an earlier state only
 * @param ttl seconds that caches in front of the resolver may keep the answer
 */
public record Measurement(Cell cell, NameState state, Instant askedAt, int ttl) {}
