package org.jalur.node.enforcement;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.node.screening.SignatureModes;
import org.jalur.notice.ItemKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What is to be done on the platform: rows that are written with the decision, and done afterwards.
 */
@Component
public class Enforcement {
    /** Due once what was decided instead is done. */
    private static final OffsetDateTime AFTER_DECISION =
            OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** Due once what it undoes is done, which is being asked for right now. */
    private static final OffsetDateTime AFTER_INTERIM = AFTER_DECISION.plusDays(1);

    /** Other cases that need what an action did, or the one that it follows. */
    private static final String NEEDED =
            """
            select 1 from actions other join cases on cases.id = other.case_id
            join case_items item on item.case_id = other.case_id and item.no = other.no
            where (other.id = coalesce(actions.follows, actions.id)
                    or other.follows = coalesce(actions.follows, actions.id))
                and other.case_id <> :case and cases.state <> 'withdrawn'
                and item.state in ('blocked', 'withheld')
            """;

    /** Items of other cases that need what was done about this one. */
    private static final String OTHERS =
            """
            select distinct other.case_id, other.no from actions
            join actions other on (other.id = coalesce(actions.follows, actions.id)
                    or other.follows = coalesce(actions.follows, actions.id))
                and other.case_id <> actions.case_id
            join cases needing on needing.id = other.case_id and needing.state <> 'withdrawn'
            join case_items item on item.case_id = other.case_id and item.no = other.no
                and item.state in ('blocked', 'withheld')
            where actions.case_id = :case and actions.no = :no and actions.action not in ('restore', 'tell')
                and not actions.interim
                and not exists (select 1 from actions later where later.undo = coalesce(actions.follows, actions.id))
            """;

    private final JdbcClient jdbc;
    private final WorkBell bell;
    private final Clock clock;

    Enforcement(JdbcClient jdbc, WorkBell bell, Clock clock) {
        this.jdbc = jdbc;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * A restriction that was decided.
     *
     * @param countries in which it is withheld; empty for everywhere
     * @param tellFrom when the affected user may be told; empty for at once
     */
    public record Restriction(
            int no,
            ItemKind kind,
            List<String> countries,
            SignatureModes signatures,
            Optional<Instant> tellFrom) {
        private static final SignatureModes NONE =
                new SignatureModes(
                        Optional.of(SignatureModes.NONE),
                        Optional.of(SignatureModes.NONE),
                        Optional.of(SignatureModes.NONE),
                        Optional.of(SignatureModes.NONE));

        public Restriction {
            countries = List.copyOf(countries);
        }

        /** Of what is not decided yet: nothing is looked for because of it. */
        public static Restriction interim(
                int no, ItemKind kind, List<String> countries, Optional<Instant> tellFrom) {
            return new Restriction(no, kind, countries, NONE, tellFrom);
        }

        String action() {
            if (!countries.isEmpty()) {
                return "withhold";
            }
            return switch (kind) {
                case POST -> "remove_post";
                case MEDIA -> "remove_media";
                case CHANNEL -> "block_channel";
                case ACCOUNT -> "block_account";
            };
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void restrict(UUID caseId, List<Restriction> restrictions) {
        restrict(caseId, restrictions, false);
    }

    /** Before it is decided. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withhold(UUID caseId, List<Restriction> restrictions) {
        restrict(caseId, restrictions, true);
    }

    private void restrict(UUID caseId, List<Restriction> restrictions, boolean interim) {
        int count = restrictions.size();
        if (count == 0) {
            return;
        }
        Integer[] numbers = new Integer[count];
        String[][] columns = new String[6][count];
        Boolean[] tell = new Boolean[count];
        for (int i = 0; i < count; i++) {
            Restriction one = restrictions.get(i);
            numbers[i] = one.no();
            columns[0][i] = one.action();
            columns[1][i] = String.join(",", one.countries());
            columns[2][i] = one.signatures().fileMode();
            columns[3][i] = one.signatures().pictureMode();
            columns[4][i] = one.signatures().textMode();
            columns[5][i] = one.signatures().urlMode();
            tell[i] = one.tellFrom().isEmpty();
        }
        jdbc.sql(
                        """
                        insert into actions (id, case_id, no, action, countries, tell, file_mode, picture_mode, text_mode, url_mode,
                            interim, follows, next_attempt_at, recorded_at)
                        select gen_random_uuid(), :case, new.no, new.action, scope.countries,
                            new.tell, new.file_mode, new.picture_mode, new.text_mode, new.url_mode,
                            :interim, earlier.id, :now, :now
                        from unnest(:numbers::int[], :actions::text[], :countries::text[], :tell::boolean[],
                            :files::text[], :pictures::text[], :texts::text[], :urls::text[])
                            as new(no, action, countries, tell, file_mode, picture_mode, text_mode, url_mode)
                        cross join lateral (select case when new.countries = '' then '{}'
                            else string_to_array(new.countries, ',') end as countries) as scope
                        left join lateral (
                            select coalesce(actions.follows, actions.id) as id
                            from case_items own
                            join case_items other on other.address = own.address and other.kind = own.kind
                                and other.case_id <> own.case_id
                            join actions on actions.case_id = other.case_id and actions.no = other.no
                            join cases on cases.id = other.case_id and cases.state <> 'withdrawn'
                            where own.case_id = :case and own.no = new.no and actions.action = new.action
                                and not :interim and not actions.interim
                                and actions.countries = scope.countries and not exists (
                                    select 1 from actions later where later.undo = coalesce(actions.follows, actions.id))
                            order by actions.recorded_at, actions.id limit 1) as earlier on true
                        """)
                .param("case", caseId)
                .param("interim", interim)
                .param("now", at(clock.instant()))
                .param("numbers", numbers)
                .param("actions", columns[0])
                .param("countries", columns[1])
                .param("tell", tell)
                .param("files", columns[2])
                .param("pictures", columns[3])
                .param("texts", columns[4])
                .param("urls", columns[5])
                .update();
        letGo(caseId);
        for (Restriction one : interim ? List.<Restriction>of() : restrictions) {
            one.tellFrom().ifPresent(from -> tellLater(caseId, one.no(), from));
        }
        mark(caseId, numbers);
    }

    /** What is being undone at this moment is no longer followed, but done for this case anew. */
    private void letGo(UUID caseId) {
        hold("select follows from actions where case_id = :case and done_at is null", caseId, 0);
        jdbc.sql(
                        """
                        update actions set follows = null
                        where case_id = :case and done_at is null and exists (
                            select 1 from actions later where later.undo = actions.follows)
                        """)
                .param("case", caseId)
                .update();
    }

    /** Of two cases that begin or end something at once, the second one sees that the first has. */
    private void hold(String first, UUID caseId, int no) {
        jdbc.sql(
                        "select id from actions where id in (%s) order by id for no key update"
                                .formatted(first))
                .param("case", caseId)
                .param("no", no)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /** A non-disclosure order has an end: then the user is told. */
    private void tellLater(UUID caseId, int no, Instant from) {
        jdbc.sql(
                        """
                        insert into actions (id, case_id, no, action, tell, next_attempt_at, recorded_at)
                        values (gen_random_uuid(), :case, :no, 'tell', true, :from, :now)
                        """)
                .param("case", caseId)
                .param("no", no)
                .param("from", at(from))
                .param("now", at(clock.instant()))
                .update();
    }

    /**
     * Whether the affected user of an item was told, or the platform is being asked to just now.
     * Nobody begins to until the transaction ends.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean hasTold(UUID caseId) {
        return jdbc.sql(
                        """
                        select attempts > 0 or done_at is not null as begun from actions
                        where case_id = :case and tell for no key update
                        """)
                .param("case", caseId)
                .query((row, _) -> row.getBoolean("begun"))
                .list()
                .contains(true);
    }

    /** The non-disclosure was renewed: what tells users waits for its new end. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellNotBefore(UUID caseId, Instant from) {
        jdbc.sql(
                        """
                        update actions set next_attempt_at = :from
                        where case_id = :case and action = 'tell' and done_at is null and next_attempt_at < :from
                        """)
                .param("from", at(from))
                .param("case", caseId)
                .update();
    }

    /** Undoes what was withheld before it was decided. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void showAgain(UUID caseId, Collection<Integer> numbers, boolean tell) {
        undoInterims(caseId, numbers, tell, at(clock.instant()));
    }

    /**
     * The same once what was decided instead is done, so that the content is not visible in between
     * where it is to stay withheld.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void narrow(UUID caseId, Collection<Integer> numbers) {
        undoInterims(caseId, numbers, false, AFTER_DECISION);
    }

    /**
     * What was withheld before it was decided is over: what of it was not done yet is dropped, so
     * that a platform which comes back late neither hides anything nor tells anybody.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void dropInterims(UUID caseId, Collection<Integer> numbers) {
        jdbc.sql(
                        """
                        update actions set done_at = :now, last_error = 'over before it was done'
                        where case_id = :case and no = any(:numbers) and interim and undo is null and done_at is null
                            and (lease_until is null or lease_until < :now)
                        """)
                .param("now", at(clock.instant()))
                .param("case", caseId)
                .param("numbers", numbers.toArray(Integer[]::new))
                .update();
    }

    /** Also of what was dropped: the platform may have done it, and its answer was lost. */
    private void undoInterims(
            UUID caseId, Collection<Integer> numbers, boolean tell, OffsetDateTime from) {
        if (numbers.isEmpty()) {
            return;
        }
        dropInterims(caseId, numbers);
        jdbc.sql(
                        """
                        insert into actions (id, case_id, no, action, undo, tell, interim, next_attempt_at, recorded_at)
                        select gen_random_uuid(), case_id, no, 'restore', id, :tell, true,
                            case when done_at is null and :from <= :now then :underway else :from end, :now
                        from actions
                        where case_id = :case and no = any(:numbers) and interim and action not in ('restore', 'tell')
                            and not exists (select 1 from actions later where later.undo = actions.id)
                        """)
                .param("case", caseId)
                .param("numbers", numbers.toArray(Integer[]::new))
                .param("tell", tell)
                .param("from", from)
                .param("underway", AFTER_INTERIM)
                .param("now", at(clock.instant()))
                .update();
        mark(caseId, numbers.toArray(Integer[]::new));
    }

    /**
     * Restores what this case has restricted, and drops what was not done yet. What another case
     * still needs at the same place stays.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int restore(UUID caseId) {
        hold("select coalesce(follows, id) from actions where case_id = :case", caseId, 0);
        int restored =
                jdbc.sql(
                                """
                                insert into actions (id, case_id, no, action, undo, tell, next_attempt_at, recorded_at)
                                select gen_random_uuid(), case_id, no, 'restore', coalesce(follows, id), true, :now, :now
                                from actions
                                where case_id = :case and action not in ('restore', 'tell')
                                    and not exists (
                                        select 1 from actions later where later.undo = coalesce(actions.follows, actions.id))
                                    and not exists (%s)
                                """
                                        .formatted(NEEDED))
                        .param("case", caseId)
                        .param("now", at(clock.instant()))
                        .update();
        jdbc.sql(
                        """
                        update actions set done_at = :now, last_error = 'withdrawn before it was done'
                        where case_id = :case and action = 'tell' and done_at is null
                        """)
                .param("case", caseId)
                .param("now", at(clock.instant()))
                .update();
        ringAfterCommit();
        return restored;
    }

    /**
     * Restores one item after a won appeal, and drops what was not done about it yet. What another
     * case still needs at the same place stays; then the user is told of that one, if nobody was.
     *
     * @return whether nothing else restricts it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean restore(UUID caseId, int no, UUID appeal) {
        hold(
                "select coalesce(follows, id) from actions where case_id = :case and no = :no",
                caseId,
                no);
        drop(caseId, no);
        Instant now = clock.instant();
        int restored =
                jdbc.sql(
                                """
                                insert into actions (id, case_id, no, action, undo, tell, appeal, next_attempt_at, recorded_at)
                                select gen_random_uuid(), case_id, no, 'restore', coalesce(follows, id), true, :appeal,
                                    case when done_at is null then :underway else :now end, :now
                                from actions
                                where case_id = :case and no = :no and action not in ('restore', 'tell') and not interim
                                    and not exists (
                                        select 1 from actions later where later.undo = coalesce(actions.follows, actions.id))
                                    and not exists (%s)
                                """
                                        .formatted(NEEDED))
                        .param("case", caseId)
                        .param("no", no)
                        .param("appeal", appeal)
                        .param("underway", AFTER_DECISION)
                        .param("now", at(now))
                        .update();
        if (restored > 0) {
            mark(caseId, new Integer[] {no});
            return true;
        }
        int others =
                jdbc.sql(
                                """
                                insert into actions (id, case_id, no, action, tell, next_attempt_at, recorded_at)
                                select gen_random_uuid(), other.case_id, other.no, 'tell', true,
                                    greatest(:now, cases.tell_from), :now
                                from (%s) as other join cases on cases.id = other.case_id
                                where not exists (select 1 from measures
                                        where measures.subject = other.case_id and measures.no = other.no and told)
                                    and not exists (select 1 from actions later
                                        where later.case_id = other.case_id and later.no = other.no and later.tell
                                            and later.done_at is null)
                                """
                                        .formatted(OTHERS))
                        .param("case", caseId)
                        .param("no", no)
                        .param("now", at(now))
                        .update();
        boolean stays =
                jdbc.sql("select exists (%s)".formatted(OTHERS))
                        .param("case", caseId)
                        .param("no", no)
                        .query(Boolean.class)
                        .single();
        tell(caseId, no, appeal);
        if (others > 0) {
            ringAfterCommit();
        }
        return !stays;
    }

    /** What was not done yet; what is being asked for right now is undone after it. */
    private void drop(UUID caseId, int no) {
        jdbc.sql(
                        """
                        update actions set done_at = :now, last_error = 'appealed before it was done'
                        where case_id = :case and no = :no and undo is null and done_at is null
                            and (lease_until is null or lease_until < :now)
                        """)
                .param("now", at(clock.instant()))
                .param("case", caseId)
                .param("no", no)
                .update();
        jdbc.sql(
                        """
                        update appeal_links set sealed = null from actions
                        where actions.id = appeal_links.action and actions.case_id = :case and actions.no = :no
                            and actions.done_at is not null and sealed is not null
                        """)
                .param("case", caseId)
                .param("no", no)
                .update();
    }

    /** Tells the affected user what became of an appeal. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(UUID caseId, int no, UUID appeal) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        insert into actions (id, case_id, no, action, tell, appeal, next_attempt_at, recorded_at)
                        values (gen_random_uuid(), :case, :no, 'tell', true, :appeal, :now, :now)
                        """)
                .param("case", caseId)
                .param("no", no)
                .param("appeal", appeal)
                .param("now", at(now))
                .update();
        ringAfterCommit();
    }

    private void mark(UUID caseId, Integer[] numbers) {
        jdbc.sql(
                        "update case_items set enforcement = 'pending' where case_id = :case and no = any(:numbers)")
                .param("case", caseId)
                .param("numbers", numbers)
                .update();
        ringAfterCommit();
    }

    /**
     * What waited for an action about the same item is due now.
     *
     * @param interim whether that withheld before it was decided
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void doneBefore(UUID caseId, int no, boolean interim) {
        int due =
                jdbc.sql(
                                """
                                update actions set next_attempt_at = :now
                                where case_id = :case and no = :no and next_attempt_at = :later and done_at is null
                                """)
                        .param("now", at(clock.instant()))
                        .param("case", caseId)
                        .param("no", no)
                        .param("later", interim ? AFTER_INTERIM : AFTER_DECISION)
                        .update();
        if (due > 0) {
            ringAfterCommit();
        }
    }

    private void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        bell.ring();
                    }
                });
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
