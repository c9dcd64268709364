package org.jalur.node.notifications.carriers;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What leaves the node: which kind, which reference, when, and where to read on; never content.
 *
 * @param id of the delivery: the same at every try
 * @param kind of the event, or "test" or "code"
 * @param language ISO 639-1
 * @param subject one sentence
 * @param text the rest, in lines
 * @param link to a page of this node
 * @param at when it was told
 * @param code that confirms an address, in a letter of kind "code"
 */
public record Letter(
        UUID id,
        String kind,
        String language,
        String reference,
        String subject,
        String text,
        String link,
        Instant at,
        Optional<Instant> dueAt,
        boolean emergency,
        Optional<String> code) {}
