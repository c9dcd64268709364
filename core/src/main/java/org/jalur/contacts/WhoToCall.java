package org.jalur.contacts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom to call now, and whom next.
 *
 * @param onDuty whether the person is on duty at that moment
 * @param next when the next duty begins
 * @param organisation of the person; absent where the register does not have it
 * @param deputies called next, in order
 * @param representatives of the organisation, called last
 */
public record WhoToCall(
        Entry.Contact contact,
        boolean onDuty,
        Optional<Instant> next,
        Optional<Entry.Organisation> organisation,
        List<Entry.Contact> deputies,
        List<Entry.Representative> representatives) {
    private static final int MOST_DEPUTIES = 3;

    public WhoToCall {
        deputies = List.copyOf(deputies);
        representatives = List.copyOf(representatives);
    }

    /** Those on duty first, then by when their duty begins; only entries that are valid. */
    public static List<WhoToCall> at(Instant now, List<Entry> register) {
        List<Entry> valid = register.stream().filter(one -> one.standing().holds(now)).toList();
        Map<UUID, Entry.Contact> contacts = new LinkedHashMap<>();
        of(valid, Entry.Contact.class).forEach(one -> contacts.put(one.id(), one));
        return contacts.values().stream()
                .map(one ->
                        new WhoToCall(
                                one,
                                Duty.at(one.duty(), now),
                                Duty.next(one.duty(), now),
                                of(valid, Entry.Organisation.class).stream()
                                        .filter(other -> other.id().equals(one.organisation()))
                                        .findFirst(),
                                deputies(one, contacts),
                                of(valid, Entry.Representative.class).stream()
                                        .filter(other ->
                                                other.organisation().equals(one.organisation()))
                                        .toList()))
                .sorted(
                        Comparator.comparing(WhoToCall::onDuty, Comparator.reverseOrder())
                                .thenComparing(one -> one.next().orElse(Instant.MAX))
                                .thenComparing(one -> one.contact().name()))
                .toList();
    }

    /** Deputies of deputies too; a circle ends where it began. */
    private static List<Entry.Contact> deputies(
            Entry.Contact contact, Map<UUID, Entry.Contact> contacts) {
        List<Entry.Contact> deputies = new ArrayList<>();
        Optional<Entry.Contact> next = Optional.of(contact);
        while (deputies.size() < MOST_DEPUTIES) {
            next =
                    next.flatMap(Entry.Contact::deputy)
                            .flatMap(id -> Optional.ofNullable(contacts.get(id)));
            if (next.isEmpty() || next.get().equals(contact) || deputies.contains(next.get())) {
                break;
            }
            deputies.add(next.get());
        }
        return deputies;
    }

    private static <T extends Entry> List<T> of(List<Entry> entries, Class<T> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
