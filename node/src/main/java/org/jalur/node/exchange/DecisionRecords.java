package org.jalur.node.exchange;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.notice.DecisionFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Decisions as both sides keep them: public facts in rows, reasons in parts. */
@Component
public class DecisionRecords {
    private final JdbcClient jdbc;
    private final ItemStates states;

    DecisionRecords(JdbcClient jdbc, ItemStates states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /**
     * @param leaf of the part with the reasons
     */
    public record Decided(DecisionFacts facts, Hash leaf) {}

    /**
     * Reads the parts of a decision message: facts and reasons of each item, one after the other.
     * Reasons may have been erased.
     */
    public static List<Decided> read(Contents contents) {
        if (contents.size() == 0 || contents.size() % 2 != 0) {
            throw new MalformedMessageException(
                    "a decision message has two parts for each item, not %d in all"
                            .formatted(contents.size()));
        }
        var decided = new ArrayList<Decided>();
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < contents.size(); i += 2) {
            Optional<Part> first = contents.at(i);
            if (!first.filter(part -> part.type().equals("decision-facts")).isPresent()
                    || contents.at(i + 1)
                            .filter(part -> !part.type().equals("decision"))
                            .isPresent()) {
                throw new MalformedMessageException(
                        "the parts of a decision are decision-facts, then decision");
            }
            DecisionFacts facts = Parts.read(first.orElseThrow(), DecisionFacts.class);
            if (!numbers.add(facts.no())) {
                throw new MalformedMessageException(
                        "item %d is decided twice in one message".formatted(facts.no()));
            }
            decided.add(new Decided(facts, contents.leaf(i + 1)));
        }
        return decided;
    }

    public void add(long message, UUID subject, List<Decided> decided) {
        int count = decided.size();
        var numbers = new Integer[count];
        var outcomes = new String[count];
        var grounds = new @Nullable String[count];
        var countries = new String[count];
        var leaves = new byte[count][];
        for (int i = 0; i < count; i++) {
            DecisionFacts facts = decided.get(i).facts();
            numbers[i] = facts.no();
            outcomes[i] = wire(facts.outcome());
            grounds[i] = facts.ground().map(DecisionRecords::wire).orElse(null);
            countries[i] = String.join(",", facts.countries());
            leaves[i] = decided.get(i).leaf().bytes();
        }
        jdbc.sql(
                        """
                        insert into decisions
                            (message, subject, no, outcome, ground, countries, leaf, role, decided_at)
                        select :message, :subject, no, outcome, ground,
                            case when countries = '' then '{}' else string_to_array(countries, ',') end,
                            leaf, :role, :at
                        from unnest(:numbers::int[], :outcomes::text[], :grounds::text[], :countries::text[],
                            :leaves::bytea[]) as new(no, outcome, ground, countries, leaf)
                        """)
                .param("message", message)
                .param("subject", subject)
                .param("role", decided.getFirst().facts().role())
                .param("at", decided.getFirst().facts().decidedAt().atOffset(ZoneOffset.UTC))
                .param("numbers", numbers)
                .param("outcomes", outcomes)
                .param("grounds", grounds)
                .param("countries", countries)
                .param("leaves", leaves)
                .update();
    }

    /** The state of each decided item is its newest outcome. */
    public void setStates(ItemStates.Of items, UUID subject, List<Decided> decided) {
        Map<Integer, String> outcomes = new HashMap<>();
        decided.forEach(one -> outcomes.put(one.facts().no(), wire(one.facts().outcome())));
        states.decided(items, subject, outcomes);
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
