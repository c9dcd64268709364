package org.jalur.node.enforcement;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
        public Restriction {
            countries = List.copyOf(countries);
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
                            follows, next_attempt_at, recorded_at)
                        select gen_random_uuid(), :case, new.no, new.action, scope.countries,
                            new.tell, new.file_mode, new.picture_mode, new.text_mode, new.url_mode, earlier.id, :now, :now
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
                                and actions.countries = scope.countries and not exists (
                                    select 1 from actions later where later.undo = coalesce(actions.follows, actions.id))
                            order by actions.recorded_at, actions.id limit 1) as earlier on true
                        """)
                .param("case", caseId)
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
        for (Restriction one : restrictions) {
            one.tellFrom().ifPresent(from -> tellLater(caseId, one.no(), from));
        }
        mark(caseId, numbers);
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
     * Restores what this case has restricted, and drops what was not done yet. What another case
     * still needs at the same place stays.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public int restore(UUID caseId) {
        // Of two cases that end at once, the second one sees that the first has.
        jdbc.sql(
                        """
                        select id from actions where id in (
                            select coalesce(follows, id) from actions where case_id = :case)
                        order by id for no key update
                        """)
                .param("case", caseId)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
        int restored =
                jdbc.sql(
                                """
                                insert into actions (id, case_id, no, action, undo, tell, next_attempt_at, recorded_at)
                                select gen_random_uuid(), case_id, no, 'restore', coalesce(follows, id), true, :now, :now
                                from actions
                                where case_id = :case and action not in ('restore', 'tell')
                                    and not exists (
                                        select 1 from actions later where later.undo = coalesce(actions.follows, actions.id))
                                    and not exists (
                                        select 1 from actions other join cases on cases.id = other.case_id
                                        where (other.id = coalesce(actions.follows, actions.id)
                                                or other.follows = coalesce(actions.follows, actions.id))
                                            and other.case_id <> :case and cases.state <> 'withdrawn')
                                """)
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

    private void mark(UUID caseId, Integer[] numbers) {
        jdbc.sql(
                        "update case_items set enforcement = 'pending' where case_id = :case and no = any(:numbers)")
                .param("case", caseId)
                .param("numbers", numbers)
                .update();
        ringAfterCommit();
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
