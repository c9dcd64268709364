package org.jalur.node.resolvers;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.accounts.Caller;
import org.jalur.node.accounts.Role;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Resolvers and their operators. Each entry is written anew with who wrote it; the newest counts,
 * and the history stays. What an admin writes is confirmed; what others write waits for one.
 */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class ResolverRegister {
    private static final int MOST = 2_000;
    private static final String NEWEST =
            """
            select entries.*, host(address) as host, operators.name as operator_name
            from (select distinct on (resolver) * from resolver_entries order by resolver, no desc) entries
            join resolver_operators operators on operators.id = entries.operator
            """;

    private final JdbcClient jdbc;
    private final AskedAddresses addresses;
    private final Clock clock;

    ResolverRegister(JdbcClient jdbc, AskedAddresses addresses, Clock clock) {
        this.jdbc = jdbc;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Whom to reach at an operator; each empty where nobody said. */
    record Contact(UUID operator, String person, String mail, String phone) {}

    /** All that are not removed, by operator and name. */
    List<Resolver> all() {
        return jdbc.sql(
                        NEWEST
                                + "where not removed order by operators.name, entries.name, resolver")
                .query(Resolver::from)
                .list();
    }

    /** Those that lifts wait for. */
    List<Resolver> counting() {
        return all().stream().filter(Resolver::counts).toList();
    }

    Optional<Resolver> find(UUID id) {
        return jdbc.sql(NEWEST + "where resolver = :id")
                .param("id", id)
                .query(Resolver::from)
                .optional();
    }

    /**
     * @throws ProblemException 404 if there is none
     */
    Resolver one(UUID id) {
        return find(id).orElseThrow(() ->
                new ProblemException(
                        HttpStatus.NOT_FOUND,
                        "unknown-resolver",
                        "The register has no resolver %s.".formatted(id)));
    }

    /** As it was written, the newest first. */
    List<Resolver> history(UUID id) {
        return jdbc.sql(
                        """
                        select entries.*, host(address) as host, operators.name as operator_name
                        from resolver_entries entries join resolver_operators operators on operators.id = operator
                        where resolver = :id order by no desc limit 200
                        """)
                .param("id", id)
                .query(Resolver::from)
                .list();
    }

    List<Contact> contacts() {
        return jdbc.sql("select * from resolver_contacts")
                .query((row, _) ->
                        new Contact(
                                row.getObject("operator", UUID.class),
                                row.getString("person"),
                                row.getString("mail"),
                                row.getString("phone")))
                .list();
    }

    Optional<Contact> contact(UUID operator) {
        return contacts().stream().filter(one -> one.operator().equals(operator)).findFirst();
    }

    /**
     * Writes an entry.
     *
     * @param id of the entry that it replaces; a new one where there is none
     */
    @Transactional
    public Resolver write(UUID id, TypedResolver.Entry entry, Caller caller) {
        if (!addresses.allow(entry.address())) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "address-not-allowed",
                    "%s is not public, or is of this node's own network; the node's operator allows such addresses with jalur.measure.internal"
                            .formatted(entry.address().getHostAddress()),
                    entry.address().getHostAddress());
        }
        hold();
        List<Resolver> all = all();
        boolean isNew = all.stream().noneMatch(one -> one.id().equals(id));
        if (isNew && all.size() >= MOST) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too-many-resolvers",
                    "The register has %d resolvers, the most it takes; remove one first."
                            .formatted(MOST),
                    MOST);
        }
        all.stream()
                .filter(one ->
                        !one.id().equals(id)
                                && one.address().equals(entry.address())
                                && one.port() == entry.port()
                                && one.askedFrom() == entry.askedFrom())
                .findFirst()
                .ifPresent(one -> {
                    throw new ProblemException(
                            HttpStatus.CONFLICT,
                            "resolver-known",
                            "%s is registered already, as \"%s\" of %s."
                                    .formatted(one.place(), one.name(), one.operatorName()),
                            one.place(),
                            one.name());
                });
        UUID operator = operator(entry);
        boolean sameAddress =
                all.stream()
                        .anyMatch(one ->
                                one.id().equals(id)
                                        && one.confirmed()
                                        && one.address().equals(entry.address())
                                        && one.port() == entry.port());
        boolean confirmed = caller.role() == Role.ADMIN || sameAddress;
        append(
                new Resolver(
                        id,
                        operator,
                        entry.operator(),
                        entry.name(),
                        entry.address(),
                        entry.port(),
                        entry.software(),
                        entry.transport(),
                        entry.askedFrom(),
                        confirmed,
                        false,
                        "",
                        caller.pseudonym(),
                        clock.instant()));
        return one(id);
    }

    @Transactional
    public void confirm(UUID id, Caller admin) {
        hold();
        Resolver one = open(id);
        append(with(one, true, false, "", admin));
    }

    /** From now on no lift waits for it. */
    @Transactional
    public void remove(UUID id, String reason, Caller caller) {
        String why = reason.strip();
        if (why.isEmpty() || why.length() > TypedResolver.LONGEST) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "reason-missing",
                    "Say why, in at most %d characters.".formatted(TypedResolver.LONGEST),
                    TypedResolver.LONGEST);
        }
        hold();
        append(with(open(id), false, true, why, caller));
        jdbc.sql("delete from resolver_turns where resolver = :id").param("id", id).update();
    }

    private Resolver open(UUID id) {
        Resolver one = one(id);
        if (one.removed()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "resolver-removed",
                    "Resolver %s was removed at %s.".formatted(id, one.writtenAt()));
        }
        return one;
    }

    private Resolver with(
            Resolver one, boolean confirmed, boolean removed, String reason, Caller caller) {
        return new Resolver(
                one.id(),
                one.operator(),
                one.operatorName(),
                one.name(),
                one.address(),
                one.port(),
                one.software(),
                one.transport(),
                one.askedFrom(),
                confirmed,
                removed,
                reason,
                caller.pseudonym(),
                clock.instant());
    }

    /** One writes at a time. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold() {
        jdbc.sql("lock table resolver_operators in share row exclusive mode").update();
    }

    private UUID operator(TypedResolver.Entry entry) {
        jdbc.sql(
                        """
                        insert into resolver_operators (id, name) values (:id, :name) on conflict do nothing
                        """)
                .param("id", UUID.randomUUID())
                .param("name", entry.operator())
                .update();
        UUID operator =
                jdbc.sql("select id from resolver_operators where name = :name")
                        .param("name", entry.operator())
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .single();
        jdbc.sql(
                        """
                        insert into resolver_contacts (operator, person, mail, phone)
                        values (:operator, :person, :mail, :phone)
                        on conflict (operator) do update
                            set person = excluded.person, mail = excluded.mail, phone = excluded.phone
                        """)
                .param("operator", operator)
                .param("person", entry.person())
                .param("mail", entry.mail())
                .param("phone", entry.phone())
                .update();
        return operator;
    }

    private void append(Resolver one) {
        jdbc.sql(
                        """
                        insert into resolver_entries (resolver, operator, name, address, port, software, transport,
                            asked_from, confirmed, removed, reason, written_by, written_at)
                        values (:resolver, :operator, :name, :address::inet, :port, :software, :transport,
                            :from, :confirmed, :removed, :reason, :by, :at)
                        """)
                .param("resolver", one.id())
                .param("operator", one.operator())
                .param("name", one.name())
                .param("address", one.address().getHostAddress())
                .param("port", one.port())
                .param("software", Resolver.wire(one.software()))
                .param("transport", Resolver.wire(one.transport()))
                .param("from", Resolver.wire(one.askedFrom()))
                .param("confirmed", one.confirmed())
                .param("removed", one.removed())
                .param("reason", one.reason())
                .param("by", one.writtenBy())
                .param("at", one.writtenAt().atOffset(ZoneOffset.UTC))
                .update();
        if (one.counts()) {
            jdbc.sql(
                            """
                            insert into resolver_turns (resolver, next_at) values (:resolver, :now)
                            on conflict (resolver) do update set next_at = excluded.next_at
                            """)
                    .param("resolver", one.id())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }
}
