package org.jalur.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jalur.channel.MalformedMessageException;
import org.jalur.channel.Part;
import org.jalur.log.Hash;
import org.jalur.notice.InterimFacts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is withheld before it is decided, as both sides keep it. An item is so once at most. */
@Component
public class InterimRecords {
    private final JdbcClient jdbc;

    InterimRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Why an interim withholding is over. */
    public enum Ending {
        /** The item was decided, for or against. */
        DECIDED,
        TIME,
        GIVEN_UP,
        WITHDRAWN
    }

    /**
     * @param ending absent while it is withheld
     */
    public record View(
            List<String> countries,
            Instant from,
            Instant until,
            Optional<String> ending,
            Optional<Instant> endedAt) {
        static View from(ResultSet row, int number) throws SQLException {
            return new View(
                    List.of((String[]) row.getArray("countries").getArray()),
                    row.getObject("from_at", OffsetDateTime.class).toInstant(),
                    row.getObject("until_at", OffsetDateTime.class).toInstant(),
                    Optional.ofNullable(row.getString("ending")),
                    Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant));
        }

        public boolean isWithheld() {
            return ending.isEmpty();
        }
    }

    /**
     * The parts of a message: the reasons first where something is withheld, then facts.
     *
     * @param reasons leaf; absent where something is shown again
     */
    public record Said(Optional<Hash> reasons, List<InterimFacts> facts) {
        public boolean isEnd() {
            return reasons.isEmpty();
        }
    }

    /** Reasons may have been erased; facts never are. */
    public static Said read(Contents contents) {
        if (contents.size() == 0) {
            throw new MalformedMessageException("a message about no item");
        }
        boolean ends = contents.at(0).filter(InterimRecords::isFacts).isPresent();
        if (!ends
                && contents.at(0)
                        .filter(part -> !part.type().equals("interim-reasons"))
                        .isPresent()) {
            throw new MalformedMessageException(
                    "a %s part where the reasons stand"
                            .formatted(contents.at(0).orElseThrow().type()));
        }
        var facts = new ArrayList<InterimFacts>();
        for (int i = ends ? 0 : 1; i < contents.size(); i++) {
            Part part =
                    contents.at(i)
                            .filter(InterimRecords::isFacts)
                            .orElseThrow(() ->
                                    new MalformedMessageException(
                                            "the parts of an interim withholding are interim-reasons, then interim for each item"));
            InterimFacts one = Parts.read(part, InterimFacts.class);
            if (one.ended().isPresent() != ends) {
                throw new MalformedMessageException(
                        "a message withholds items with its reasons, or ends that without");
            }
            if (!ends && !one.until().isAfter(one.at())) {
                throw new MalformedMessageException("what is withheld ends after it began");
            }
            facts.add(one);
        }
        if (facts.isEmpty()
                || facts.stream().map(InterimFacts::no).distinct().count() < facts.size()) {
            throw new MalformedMessageException("a message names each item once, and at least one");
        }
        return new Said(ends ? Optional.empty() : Optional.of(contents.leaf(0)), facts);
    }

    private static boolean isFacts(Part part) {
        return part.type().equals("interim");
    }

    /**
     * @param subject the notice, or the case
     * @param leaf of the part with the reasons
     */
    public void begin(UUID subject, Hash leaf, List<InterimFacts> facts) {
        for (InterimFacts one : facts) {
            jdbc.sql(
                            """
                            insert into interims (subject, no, leaf, countries, from_at, until_at)
                            values (:subject, :no, :leaf, :countries, :from, :until) on conflict do nothing
                            """)
                    .param("subject", subject)
                    .param("no", one.no())
                    .param("leaf", leaf.bytes())
                    .param("countries", one.countries().toArray(String[]::new))
                    .param("from", one.at().atOffset(ZoneOffset.UTC))
                    .param("until", one.until().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /**
     * @return numbers of the items that were withheld until now
     */
    public List<Integer> end(UUID subject, Collection<Integer> numbers, Ending why, Instant at) {
        return jdbc.sql(
                        """
                        update interims set ending = :why, ended_at = :at
                        where subject = :subject and no = any(:numbers) and ended_at is null returning no
                        """)
                .param("why", why.name().toLowerCase(Locale.ROOT))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("subject", subject)
                .param("numbers", numbers.toArray(Integer[]::new))
                .query((row, _) -> row.getInt("no"))
                .list();
    }

    public void endAll(UUID subject, Ending why, Instant at) {
        jdbc.sql(
                        """
                        update interims set ending = :why, ended_at = :at
                        where subject = :subject and ended_at is null
                        """)
                .param("why", why.name().toLowerCase(Locale.ROOT))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("subject", subject)
                .update();
    }

    /** By item number. */
    public Map<Integer, View> of(UUID subject) {
        Map<Integer, View> byItem = new HashMap<>();
        jdbc.sql(
                        "select no, countries, from_at, until_at, ending, ended_at from interims where subject = :subject")
                .param("subject", subject)
                .query((row, number) -> byItem.put(row.getInt("no"), View.from(row, number)))
                .list();
        return byItem;
    }
}
