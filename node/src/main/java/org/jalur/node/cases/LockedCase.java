package org.jalur.node.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jalur.node.accounts.Caller;
import org.jalur.node.web.ProblemException;
import org.jalur.notice.NoticeKind;
import org.jalur.notice.Urgency;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case as its commands see it; the row is locked. */
record LockedCase(
        int channel,
        UUID notice,
        String state,
        String category,
        NoticeKind kind,
        Urgency urgency,
        Hash agreement,
        Optional<Instant> tellFrom,
        Optional<UUID> claimedBy,
        Optional<String> claimant,
        Optional<Instant> claimedAt,
        Optional<Instant> claimedUntil,
        boolean acknowledged) {
    static LockedCase from(ResultSet row, int number) throws SQLException {
        return new LockedCase(
                row.getInt("channel"),
                row.getObject("notice_id", UUID.class),
                row.getString("state"),
                row.getString("category"),
                NoticeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Urgency.valueOf(row.getString("urgency").toUpperCase(Locale.ROOT)),
                Hash.of(row.getBytes("agreement")),
                time(row, "tell_from"),
                Optional.ofNullable(row.getObject("claimed_by", UUID.class)),
                Optional.ofNullable(row.getString("pseudonym")),
                time(row, "claimed_at"),
                time(row, "claimed_until"),
                row.getObject("acknowledged_at", OffsetDateTime.class) != null);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    boolean isClaimedAt(Instant now) {
        return claimedUntil.filter(now::isBefore).isPresent();
    }

    static LockedCase lock(JdbcClient jdbc, UUID id) {
        return find(jdbc, id, "for no key update of cases");
    }

    /** The same without the lock, for a page. */
    static LockedCase read(JdbcClient jdbc, UUID id) {
        return find(jdbc, id, "");
    }

    private static LockedCase find(JdbcClient jdbc, UUID id, String lock) {
        return jdbc.sql(
                        """
                        select channel, notice_id, state, category, kind, urgency, agreement, tell_from, claimed_by, claimed_at, claimed_until,
                            acknowledged_at, pseudonym
                        from cases left join accounts on accounts.id = claimed_by
                        where cases.id = :id %s
                        """
                                .formatted(lock))
                .param("id", id)
                .query(LockedCase::from)
                .optional()
                .orElseThrow(() -> CaseViews.unknown(id));
    }

    /**
     * @throws ProblemException unless this reviewer has claimed it, and there is something to
     *     decide
     */
    void mustBeDecidable(UUID id, Caller reviewer, Instant now) {
        if (!isClaimedAt(now)) {
            throw conflict("not-claimed", "Claim case %s before you decide it.".formatted(id));
        }
        if (!claimedBy.equals(Optional.of(reviewer.account()))) {
            throw claimed(id);
        }
        if (!state.equals("open") && !state.equals("waiting")) {
            throw conflict("wrong-state", "Case %s is %s.".formatted(id, state));
        }
    }

    /** Somebody else has it. */
    ProblemException claimed(UUID id) {
        String who = claimant.orElse("");
        Instant since = claimedAt.orElseThrow();
        Instant until = claimedUntil.orElseThrow();
        return conflict(
                "claimed",
                "Case %s is claimed by %s, since %s and until %s.".formatted(id, who, since, until),
                who,
                since,
                until);
    }

    static ProblemException conflict(String type, String detail, Object... values) {
        return new ProblemException(HttpStatus.CONFLICT, type, detail, values);
    }
}
