package org.jalur.node.access;

import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jalur.access.DomainName;
import org.jalur.access.order.OrderEvent;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What one person wants, until another wants the same; whoever wants something else begins anew.
 */
@Component
class SecondPeople {
    private final JdbcClient jdbc;
    private final Clock clock;

    SecondPeople(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    enum Kind {
        RENEWAL,
        LIFT;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param by pseudonym of whoever wants it
     * @param said in the words of {@link #words}
     */
    record Step(Kind kind, UUID account, String by, String said, Instant at) {}

    /** What two people agree on, one value a line. */
    static String words(OrderEvent.LiftOrdered lift) {
        return lift.names().stream().map(DomainName::ascii).collect(Collectors.joining(" "))
                + "\n"
                + lift.reason();
    }

    static String words(OrderEvent.Renewed renewed) {
        return renewed.reviewAt() + " " + renewed.endsAt() + "\n" + renewed.reasons();
    }

    Optional<Step> step(UUID block, Kind kind) {
        return jdbc.sql(
                        """
                        select account, pseudonym, said, at from access_steps
                        join accounts on accounts.id = account where block = :block and kind = :kind
                        """)
                .param("block", block)
                .param("kind", kind.wire())
                .query((row, _) ->
                        new Step(
                                kind,
                                row.getObject("account", UUID.class),
                                row.getString("pseudonym"),
                                row.getString("said"),
                                AccessBlocks.time(row, "at").orElseThrow()))
                .optional();
    }

    /**
     * @return pseudonym of whoever wanted the same before; empty if this is the first
     * @throws ProblemException 409 for the same person a second time
     */
    Optional<String> wants(UUID block, Kind kind, String said, Caller caller) {
        Optional<Step> same = step(block, kind).filter(step -> step.said().equals(said));
        if (same.filter(step -> step.account().equals(caller.account())).isPresent()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "own-access-step",
                    "You wanted this already; another person must want the same.");
        }
        if (same.isPresent()) {
            forget(block, kind);
            return same.map(Step::by);
        }
        jdbc.sql(
                        """
                        insert into access_steps (block, kind, said, account, at)
                        values (:block, :kind, :said, :account, :now)
                        on conflict (block, kind) do update
                            set said = excluded.said, account = excluded.account, at = excluded.at
                        """)
                .param("block", block)
                .param("kind", kind.wire())
                .param("said", said)
                .param("account", caller.account())
                .param("now", BlockLooks.at(clock.instant()))
                .update();
        return Optional.empty();
    }

    void forget(UUID block, Kind kind) {
        jdbc.sql("delete from access_steps where block = :block and kind = :kind")
                .param("block", block)
                .param("kind", kind.wire())
                .update();
    }
}
