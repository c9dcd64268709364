package org.jalur.node.contacts;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jalur.contacts.Entry;
import org.jalur.contacts.WhoToCall;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.springframework.stereotype.Component;

/** Whom of the other side a step of a procedure calls, by its newest register. */
@Component
public class Callees {
    private final RegisterVersions versions;
    private final RegisterViews views;
    private final Clock clock;

    Callees(RegisterVersions versions, RegisterViews views, Clock clock) {
        this.versions = versions;
        this.views = views;
        this.clock = clock;
    }

    /** Who is meant. */
    public enum Who {
        /** Contacts on duty now; while nobody is, all, whose duty begins first at first. */
        DUTY_CONTACT,
        DEPUTY,
        REPRESENTATIVE
    }

    /**
     * A person with at least one number.
     *
     * @param role or capacity
     * @param freshness fresh, amber or red
     */
    public record Callee(String name, String role, List<Phones.Phone> phones, String freshness) {}

    /** Each once, whom to call first at first; none if the register names nobody. */
    public List<Callee> of(Channel channel, Who who) {
        Instant now = clock.instant();
        List<WhoToCall> calls = WhoToCall.at(now, versions.current(channel, Direction.IN));
        List<WhoToCall> onDuty = calls.stream().filter(WhoToCall::onDuty).toList();
        List<WhoToCall> first = onDuty.isEmpty() ? calls : onDuty;
        Stream<? extends Entry> entries =
                switch (who) {
                    case DUTY_CONTACT -> first.stream().map(WhoToCall::contact);
                    case DEPUTY -> first.stream().flatMap(call -> call.deputies().stream());
                    case REPRESENTATIVE ->
                            calls.stream().flatMap(call -> call.representatives().stream());
                };
        return entries.distinct()
                .map(entry -> callee(entry, channel))
                .filter(callee -> !callee.phones().isEmpty())
                .toList();
    }

    private Callee callee(Entry entry, Channel channel) {
        String role =
                switch (entry) {
                    case Entry.Contact one -> one.role();
                    case Entry.Representative one -> one.capacity();
                    case Entry.Organisation _, Entry.Server _, Entry.Domain _ -> "";
                };
        String name =
                switch (entry) {
                    case Entry.Contact one -> one.name();
                    case Entry.Representative one -> one.name();
                    case Entry.Organisation _, Entry.Server _, Entry.Domain _ -> entry.title();
                };
        return new Callee(
                name,
                role,
                Phones.of(RegisterViews.phones(entry)),
                views.freshness(entry, channel));
    }
}
