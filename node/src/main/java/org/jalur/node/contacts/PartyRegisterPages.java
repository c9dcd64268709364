package org.jalur.node.contacts;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.channel.PartyId;
import org.jalur.contacts.Entry;
import org.jalur.contacts.WhoToCall;
import org.jalur.node.contacts.RegisterVersions.Direction;
import org.jalur.node.exchange.Channel;
import org.jalur.node.exchange.Channels;
import org.jalur.node.pages.Frame;
import org.jalur.node.pages.PageController;
import org.jalur.node.register.Register;
import org.jalur.node.web.ProblemException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The other side's register as it was sent, the own as it was sent to it, and whom to call. */
@PageController
class PartyRegisterPages {
    private final Frame frame;
    private final Channels channels;
    private final Register parties;
    private final RegisterVersions versions;
    private final RegisterViews views;
    private final Drills drills;
    private final Clock clock;

    PartyRegisterPages(
            Frame frame,
            Channels channels,
            Register parties,
            RegisterVersions versions,
            RegisterViews views,
            Drills drills,
            Clock clock) {
        this.frame = frame;
        this.channels = channels;
        this.parties = parties;
        this.versions = versions;
        this.views = views;
        this.drills = drills;
        this.clock = clock;
    }

    /**
     * @param shown the version whose entries are shown; absent if there is none
     * @param sent whether it is the own register, as the party was sent it
     * @param gone names that the version before still had
     * @param erased how many entries were erased since
     * @param kept how fresh it is to be kept
     */
    record PartyPage(
            String party,
            String name,
            List<RegisterVersions.Version> received,
            List<RegisterVersions.Version> sentVersions,
            Optional<RegisterVersions.Version> shown,
            boolean sent,
            boolean newest,
            List<RegisterViews.Line> entries,
            List<String> gone,
            int erased,
            List<RegisterViews.Kept> kept) {}

    @GetMapping("/register/parties/{id}")
    ModelAndView newest(@PathVariable String id) {
        return show(channel(id), Optional.empty());
    }

    @GetMapping("/register/parties/{id}/versions/{no}")
    ModelAndView version(@PathVariable String id, @PathVariable long no) {
        return show(channel(id), Optional.of(no));
    }

    private Channel channel(String party) {
        return channels.all().stream()
                .filter(one -> one.peer().value().equals(party))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-party",
                                "This node has no channel with \"%s\".".formatted(party),
                                party));
    }

    /**
     * @param message of a version of either direction; empty for the newest that was received
     */
    private ModelAndView show(Channel channel, Optional<Long> message) {
        List<RegisterVersions.Version> received = versions.all(channel, Direction.IN);
        List<RegisterVersions.Version> sent = versions.all(channel, Direction.OUT);
        Optional<RegisterVersions.Version> own =
                message.flatMap(
                        row -> sent.stream().filter(one -> one.message() == row).findFirst());
        Optional<RegisterVersions.Version> shown =
                own.or(() ->
                        received.stream()
                                .filter(one -> message.isEmpty() || one.message() == message.get())
                                .findFirst());
        if (message.isPresent() && shown.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "unknown-version",
                    "There is no version %d of a register with %s."
                            .formatted(message.get(), channel.peer()));
        }
        List<RegisterVersions.Version> row = own.isPresent() ? sent : received;
        List<Entry> entries =
                shown.map(one -> versions.entries(channel, one.message())).orElse(List.of());
        List<Entry> before =
                shown.flatMap(one -> before(row, one))
                        .map(one -> versions.entries(channel, one.message()))
                        .orElse(entries);
        Set<String> titles = entries.stream().map(Entry::title).collect(Collectors.toSet());
        return frame.show(
                "contacts/party",
                new PartyPage(
                        channel.peer().value(),
                        name(channel.peer()),
                        received,
                        sent,
                        shown,
                        own.isPresent(),
                        message.isEmpty() || shown.equals(received.stream().findFirst()),
                        views.sent(entries, before, channel),
                        before.stream()
                                .map(Entry::title)
                                .filter(title -> !titles.contains(title))
                                .toList(),
                        shown.map(one -> one.entries() - entries.size()).orElse(0),
                        views.kept().stream()
                                .filter(one -> one.peer().equals(channel.peer().value()))
                                .toList()));
    }

    private static Optional<RegisterVersions.Version> before(
            List<RegisterVersions.Version> newestFirst, RegisterVersions.Version one) {
        return newestFirst.stream().filter(other -> other.no() == one.no() - 1).findFirst();
    }

    private String name(PartyId party) {
        return parties.peer(party).map(one -> one.name()).orElse(party.value());
    }

    /**
     * A person to call.
     *
     * @param time that the clocks show there now
     * @param freshness fresh, amber or red
     * @param drill what the last drill showed; empty if there was none
     */
    record Person(
            String name,
            String role,
            String organisation,
            List<Phones.Phone> phones,
            Optional<String> email,
            Optional<String> messenger,
            List<String> languages,
            String time,
            String freshness,
            String drill) {}

    /**
     * @param next when the duty begins, in the zone there; empty if nobody knows
     */
    record Call(
            Person person,
            boolean onDuty,
            String next,
            List<Person> deputies,
            List<Person> representatives) {}

    /**
     * @param issuedAt of the register; absent if the party never sent one
     */
    record Party(String id, String name, Optional<Instant> issuedAt, List<Call> calls) {}

    record CallPage(Instant now, List<Party> parties) {}

    @GetMapping("/who-to-call")
    ModelAndView whoToCall() {
        Instant now = clock.instant();
        return frame.show(
                "contacts/who-to-call",
                new CallPage(now, channels.all().stream().map(one -> party(one, now)).toList()));
    }

    private Party party(Channel channel, Instant now) {
        Optional<RegisterVersions.Version> newest =
                versions.all(channel, Direction.IN).stream().findFirst();
        List<Entry> register =
                newest.map(one -> versions.entries(channel, one.message())).orElse(List.of());
        var results = drills.lastResults(channel);
        List<Call> calls =
                WhoToCall.at(now, register).stream()
                        .map(one -> {
                            Faces faces = new Faces(channel, now, one, results);
                            return new Call(
                                    faces.of(one.contact()),
                                    one.onDuty(),
                                    one.next()
                                            .map(at -> local(at, one.contact().duty().zone()))
                                            .orElse(""),
                                    one.deputies().stream().map(faces::of).toList(),
                                    one.representatives().stream().map(faces::of).toList());
                        })
                        .toList();
        return new Party(
                channel.peer().value(),
                name(channel.peer()),
                newest.map(RegisterVersions.Version::issuedAt),
                calls);
    }

    /** People of one call as they are shown. */
    private final class Faces {
        private final Channel channel;
        private final Instant now;
        private final String organisation;
        private final Map<UUID, String> results;

        Faces(Channel channel, Instant now, WhoToCall call, Map<UUID, String> results) {
            this.channel = channel;
            this.now = now;
            this.organisation = call.organisation().map(one -> one.name()).orElse("?");
            this.results = results;
        }

        Person of(Entry.Contact one) {
            return new Person(
                    one.name(),
                    one.role(),
                    organisation,
                    Phones.of(one.phones()),
                    one.email(),
                    one.messenger(),
                    one.languages(),
                    local(now, one.duty().zone()),
                    views.freshness(one, channel),
                    results.getOrDefault(one.id(), ""));
        }

        Person of(Entry.Representative one) {
            return new Person(
                    one.name(),
                    one.capacity(),
                    RegisterViews.country(one.country()),
                    Phones.of(one.phones()),
                    one.email(),
                    Optional.empty(),
                    List.of(),
                    "",
                    views.freshness(one, channel),
                    "");
        }
    }

    /** Day and time at a place, with its zone. */
    private static String local(Instant time, ZoneId zone) {
        return DateTimeFormatter.ofPattern("EEE HH:mm", LocaleContextHolder.getLocale())
                        .format(time.atZone(zone))
                + " "
                + zone.getId();
    }
}
