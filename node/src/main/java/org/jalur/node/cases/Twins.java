package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jalur.log.Hash;
import org.jalur.node.exchange.Channels;
import org.jalur.node.exchange.NoticeParts;
import org.jalur.notice.EvidenceFile;
import org.jalur.notice.Item;
import org.jalur.notice.ItemKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Items that more than one notice names: the same address, or the same picture. For the platform
 * they are one piece of work; no authority learns of another's notice.
 */
@Component
class Twins {
    /** Most that are looked at together. */
    private static final int MOST = 10_000;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Duration LATE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Channels channels;
    private final Clock clock;

    Twins(JdbcClient jdbc, Channels channels, Clock clock) {
        this.jdbc = jdbc;
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * The same item in another case.
     *
     * @param no number of the item in the case that is looked at
     * @param id the other case
     * @param other number of the item there
     * @param itemState its state there
     * @param unconfirmed whether a decision about it waits there for a second reviewer
     * @param claim who has the other case, and until when
     */
    record Twin(
            int no,
            UUID id,
            int other,
            ItemKind kind,
            String itemState,
            boolean unconfirmed,
            String authority,
            String organisation,
            String reference,
            String caseState,
            Instant dueAt,
            Optional<Instant> stoppedAt,
            Optional<CaseViews.Claim> claim) {
        /** Whether it can still be decided. */
        public boolean isUndecided() {
            return (caseState.equals("open") || caseState.equals("waiting"))
                    && (itemState.equals("open")
                            || itemState.equals("clarification")
                            || itemState.equals("impossible"));
        }
    }

    /** Twins of some items of a case, by the number of the item, the nearest deadline first. */
    Map<Integer, List<Twin>> of(UUID id, int from, int to) {
        return jdbc
                .sql(
                        """
                        select same.no, same.other_case, same.other_no, case_items.kind, case_items.state as item_state,
                            %s as unconfirmed, channel, organisation, reference, cases.state, due_at, stopped_at, claimed_until, pseudonym
                        from (
                            select item.no, other.case_id as other_case, other.no as other_no
                            from case_items item
                            join case_items other on other.address = item.address and other.kind = item.kind
                            where item.case_id = :id and item.no between :from and :to
                            union
                            select file.no, other.case_id, other.no
                            from case_item_files file join case_item_files other
                                on other.sha256 = file.sha256 and other.itself
                            where file.itself and file.case_id = :id and file.no between :from and :to
                        ) as same
                        join case_items on case_items.case_id = other_case and case_items.no = other_no
                        join cases on cases.id = other_case
                        left join accounts on accounts.id = claimed_by and claimed_until >= :now
                        where other_case <> :id
                        order by same.no, due_at, other_case, other_no limit :most
                        """
                                .formatted(CaseViews.UNCONFIRMED))
                .param("id", id)
                .param("from", from)
                .param("to", to)
                .param("most", MOST)
                .param("now", CaseMessages.at(clock.instant()))
                .query(this::twin)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Twin::no, TreeMap::new, Collectors.toList()));
    }

    private Twin twin(ResultSet row, int number) throws SQLException {
        String claimant = row.getString("pseudonym");
        return new Twin(
                row.getInt("no"),
                row.getObject("other_case", UUID.class),
                row.getInt("other_no"),
                ItemKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("item_state"),
                row.getBoolean("unconfirmed"),
                channels.byId(row.getInt("channel")).peer().value(),
                row.getString("organisation"),
                row.getString("reference"),
                row.getString("state"),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("stopped_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                claimant == null
                        ? Optional.empty()
                        : Optional.of(
                                new CaseViews.Claim(
                                        claimant,
                                        row.getObject("claimed_until", OffsetDateTime.class)
                                                .toInstant())));
    }

    /** Undecided twins of the items that are being decided. */
    List<Twin> undecided(UUID id, Collection<Integer> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        int from = numbers.stream().mapToInt(Integer::intValue).min().orElseThrow();
        int to = numbers.stream().mapToInt(Integer::intValue).max().orElseThrow();
        return of(id, from, to).entrySet().stream()
                .filter(one -> numbers.contains(one.getKey()))
                .flatMap(one -> one.getValue().stream())
                .filter(Twin::isUndecided)
                .toList();
    }

    /** What tells its items from others and their like, when a case is opened. */
    void keep(UUID id, List<NoticeParts.ItemPart> items) {
        List<Integer> numbers = new ArrayList<>();
        List<byte[]> files = new ArrayList<>();
        List<Boolean> itself = new ArrayList<>();
        for (NoticeParts.ItemPart part : items) {
            for (EvidenceFile file : part.item().map(Item::files).orElse(List.of())) {
                if (SHA_256.matcher(file.sha256()).matches()) {
                    numbers.add(part.facts().no());
                    files.add(Hash.parseHex(file.sha256()).bytes());
                    itself.add(
                            part.facts().kind() == ItemKind.MEDIA
                                    && file.type().startsWith("image/"));
                }
            }
        }
        if (!numbers.isEmpty()) {
            jdbc.sql(
                            """
                            insert into case_item_files (case_id, no, sha256, itself)
                            select :case, no, sha256, itself
                            from unnest(:numbers::int[], :files::bytea[], :itself::boolean[]) as new(no, sha256, itself)
                            on conflict do nothing
                            """)
                    .param("case", id)
                    .param("numbers", numbers.toArray(Integer[]::new))
                    .param("files", files.toArray(byte[][]::new))
                    .param("itself", itself.toArray(Boolean[]::new))
                    .update();
        }
        mark(id);
    }

    /** Two notices that came at the same moment have not seen each other. */
    @Scheduled(fixedDelay = 5_000)
    void markLate() {
        jdbc.sql(
                        """
                        update cases set twins = true where not twins and received_at > :from and exists (
                            select 1 from case_items item
                            join case_items other on other.address = item.address and other.kind = item.kind
                            where item.case_id = cases.id and other.case_id <> cases.id)
                        """)
                .param("from", CaseMessages.at(clock.instant().minus(LATE)))
                .update();
    }

    /** Both sides of each pair, in the order in which all rows of cases are taken. */
    private void mark(UUID id) {
        List<UUID> pairs =
                jdbc.sql(
                                """
                                select id from cases where not twins and id in (
                                    select unnest(array[other.case_id, item.case_id])
                                    from case_items item
                                    join case_items other on other.address = item.address and other.kind = item.kind
                                    where item.case_id = :id and other.case_id <> :id
                                    union
                                    select unnest(array[other.case_id, file.case_id])
                                    from case_item_files file join case_item_files other
                                        on other.sha256 = file.sha256 and other.itself
                                    where file.itself and file.case_id = :id and other.case_id <> :id)
                                order by id for no key update
                                """)
                        .param("id", id)
                        .query((row, _) -> row.getObject("id", UUID.class))
                        .list();
        if (!pairs.isEmpty()) {
            jdbc.sql("update cases set twins = true where id = any(:pairs)")
                    .param("pairs", pairs.toArray(UUID[]::new))
                    .update();
        }
    }
}
