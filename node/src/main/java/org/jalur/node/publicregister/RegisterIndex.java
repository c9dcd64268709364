package org.jalur.node.publicregister;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jalur.access.DomainName;
import org.jalur.access.InvalidAccessException;
import org.jalur.log.Hash;
import org.jalur.node.access.BlockWatcher;
import org.jalur.node.access.PublicBlock;
import org.jalur.node.access.PublicBlocks;
import org.jalur.node.web.Cursor;
import org.jalur.node.web.ProblemException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** By what blocks are found, without opening their parts; the blocks tell the rest themselves. */
@Component
@ConditionalOnProperty(name = "jalur.party.kind", havingValue = "authority")
class RegisterIndex implements BlockWatcher {
    static final int LONGEST_SEARCH = 300;

    private final JdbcClient jdbc;
    private final PublicBlocks blocks;
    private final Clock clock;

    RegisterIndex(JdbcClient jdbc, PublicBlocks blocks, Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.clock = clock;
    }

    /** Which blocks are wanted. */
    enum Which {
        ALL,
        IN_FORCE,
        PAST;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws ProblemException 400 for another word
         */
        static Which of(String wire) {
            return Stream.of(values())
                    .filter(one -> one.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() ->
                            new ProblemException(
                                    HttpStatus.BAD_REQUEST,
                                    "invalid-state",
                                    "state is \"%s\"; use all, in_force or past".formatted(wire),
                                    wire));
        }
    }

    /**
     * What somebody looks for.
     *
     * @param words a part of a name, of the reference or of the organisation; empty for all
     */
    record Search(Which which, String words) {
        Search {
            if (words.length() > LONGEST_SEARCH) {
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "invalid-search",
                        "The search has %d characters; use at most %d."
                                .formatted(words.length(), LONGEST_SEARCH),
                        words.length(),
                        LONGEST_SEARCH);
            }
            words = words.strip();
        }

        /** Names are kept as A-labels, however they are typed. */
        private String name() {
            try {
                return DomainName.read(words).ascii();
            } catch (InvalidAccessException _) {
                return words.toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * @param since when it came in force
     */
    record Place(UUID block, Instant since, Instant changedAt) {
        static Place from(ResultSet row, int number) throws SQLException {
            return new Place(
                    row.getObject("block", UUID.class),
                    row.getObject("since", OffsetDateTime.class).toInstant(),
                    row.getObject("changed_at", OffsetDateTime.class).toInstant());
        }

        Cursor cursor() {
            return new Cursor(since, block);
        }
    }

    record Counts(int inForce, int past) {}

    @Override
    public void changed(UUID id) {
        blocks.find(id).ifPresent(this::keep);
    }

    private void keep(PublicBlock block) {
        jdbc.sql(
                        """
                        insert into public_blocks (block, reference, organisation, since, in_force, changed_at, digest)
                        values (:block, :reference, :organisation, :since, :inForce, :now, :digest)
                        on conflict (block) do update set in_force = excluded.in_force, digest = excluded.digest,
                            changed_at = excluded.changed_at
                        where public_blocks.digest <> excluded.digest
                        """)
                .param("block", block.id())
                .param("reference", block.reference())
                .param("organisation", block.organisation())
                .param("since", at(block.since()))
                .param("inForce", block.inForce())
                .param("now", at(clock.instant()))
                .param("digest", shown(block).bytes())
                .update();
        jdbc.sql(
                        """
                        insert into public_names (block, name, subdomains)
                        select :block, name, subdomains
                        from unnest(:names::text[], :subdomains::boolean[]) as new(name, subdomains)
                        on conflict do nothing
                        """)
                .param("block", block.id())
                .param(
                        "names",
                        block.names().stream().map(PublicBlock.Name::name).toArray(String[]::new))
                .param(
                        "subdomains",
                        block.names().stream()
                                .map(PublicBlock.Name::withSubdomains)
                                .toArray(Boolean[]::new))
                .update();
    }

    /** What of a block can change. */
    private static Hash shown(PublicBlock block) {
        String text =
                String.join(
                        "\n",
                        block.state(),
                        block.names().toString(),
                        block.reviewAt().toString(),
                        block.endsAt().toString(),
                        block.promisedLift().toString(),
                        block.conditions().toString(),
                        block.renewals().toString(),
                        block.lifts().toString(),
                        block.answered().toString());
        return Hash.sha256(text.getBytes(UTF_8));
    }

    /** The newest first, those after a cursor. */
    List<Place> find(Search search, Optional<Cursor> after, int most) {
        Cursor from = after.orElseGet(() -> Cursor.before(Instant.parse("9999-01-01T00:00:00Z")));
        return jdbc.sql(
                        """
                        select block, since, changed_at from public_blocks
                        where (since, block) < (:since::timestamptz, :id)
                            and (:which = 'all' or in_force = (:which = 'in_force'))
                            and (:words = '' or reference ilike :like or organisation ilike :like or exists (
                                select 1 from public_names
                                where public_names.block = public_blocks.block and name like :name))
                        order by since desc, block desc limit :most
                        """)
                .param("since", from.at().toString())
                .param("id", from.id())
                .param("which", search.which().wire())
                .param("words", search.words())
                .param("like", like(search.words()))
                .param("name", like(search.name()))
                .param("most", most)
                .query(Place::from)
                .list();
    }

    /** What changed last, first. */
    List<Place> newest(int most) {
        return jdbc.sql(
                        """
                        select block, since, changed_at from public_blocks
                        order by changed_at desc, block limit :most
                        """)
                .param("most", most)
                .query(Place::from)
                .list();
    }

    /** Blocks that named this name itself, in force or past, the newest first. */
    List<UUID> naming(DomainName name, int most) {
        return jdbc.sql(
                        """
                        select block from public_names join public_blocks using (block)
                        where name = :name order by since desc, block limit :most
                        """)
                .param("name", name.ascii())
                .param("most", most)
                .query((row, _) -> row.getObject("block", UUID.class))
                .list();
    }

    Counts counts() {
        return jdbc.sql(
                        """
                        select count(*) filter (where in_force) as in_force,
                            count(*) filter (where not in_force) as past from public_blocks
                        """)
                .query((row, _) -> new Counts(row.getInt("in_force"), row.getInt("past")))
                .single();
    }

    private static String like(String words) {
        return "%" + words.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
