package org.jalur.node.notifications;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Something that needs somebody; told at most once to each.
 *
 * @param subject what it is about, as its page is addressed
 * @param occasion the moment that tells it from others of its kind on the same subject
 * @param reference what people know it by; never content, never a person
 * @param number how many, for a digest
 * @param emergency rings in quiet hours too
 * @param only the accounts that it is for; none: all whom its kind concerns
 */
public record Event(
        Kind kind,
        String subject,
        Instant occasion,
        String reference,
        Optional<Instant> dueAt,
        int number,
        boolean emergency,
        Set<UUID> only) {
    public Event {
        only = Set.copyOf(only);
    }

    public static Event of(Kind kind, UUID subject, Instant occasion, String reference) {
        return of(kind, subject.toString(), occasion, reference);
    }

    public static Event of(Kind kind, String subject, Instant occasion, String reference) {
        return new Event(kind, subject, occasion, reference, Optional.empty(), 0, false, Set.of());
    }

    public Event due(Instant at) {
        return new Event(
                kind, subject, occasion, reference, Optional.of(at), number, emergency, only);
    }

    public Event counting(int how) {
        return new Event(kind, subject, occasion, reference, dueAt, how, emergency, only);
    }

    public Event asEmergency(boolean really) {
        return new Event(kind, subject, occasion, reference, dueAt, number, really, only);
    }

    public Event onlyFor(Optional<UUID> account) {
        return onlyFor(account.map(Set::of).orElse(Set.of()));
    }

    public Event onlyFor(Set<UUID> accounts) {
        return new Event(kind, subject, occasion, reference, dueAt, number, emergency, accounts);
    }
}
