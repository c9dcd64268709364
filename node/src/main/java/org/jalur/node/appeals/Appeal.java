package org.jalur.node.appeals;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jalur.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * An appeal as its row has it; what it says is sealed.
 *
 * @param appeal as messages call it
 * @param subject the notice on an authority's node, the case on a platform's
 * @param subjectReference what people know that by
 * @param no of the item
 * @param reference what people quote; no secret
 * @param wordsLeaf of the part with the words, where the authority may read them
 * @param sealed whether this node has words of its own still
 * @param receivedAt by the authority's receipt; empty while it is on its way
 * @param restoredAt when the content was seen again
 */
record Appeal(
        UUID id,
        int channel,
        UUID appeal,
        UUID notice,
        UUID subject,
        String subjectReference,
        int no,
        String reference,
        String appellant,
        Hash agreement,
        Instant filedAt,
        Optional<Hash> wordsLeaf,
        boolean sealed,
        Optional<Instant> receivedAt,
        Instant dueAt,
        Optional<Claim> claim,
        Optional<Outcome> outcome,
        Optional<Instant> restoredAt) {
    /** {@code :now} is a parameter of every query that begins so. */
    static final String ROWS =
            """
            select appeals.*, claims.account as claimed_by, claims.until, accounts.pseudonym as claimant,
                coalesce((select cases.reference from cases where cases.id = appeals.subject),
                    (select notices.reference from notices where notices.id = appeals.subject)) as subject_reference,
                case when restores then (
                    select min(measured_at) from measures
                    where measures.subject = appeals.subject and measures.no = appeals.no and measures.kind = 'restore'
                        and measures.outcome = 'visible' and measured_at >= (
                            select min(first.decided_at) from appeals first
                            where first.subject = appeals.subject and first.no = appeals.no
                                and first.outcome = 'granted')) end as restored_at
            from appeals
            left join appeal_claims claims on claims.appeal = appeals.id and claims.until > :now
            left join accounts on accounts.id = claims.account
            """;

    /**
     * @param by pseudonym
     */
    record Claim(UUID account, String by, Instant until) {}

    /**
     * @param result granted, rejected or withdrawn: then the notice was
     * @param reasons leaf of the part with them
     * @param answeredAt by the authority's receipt; empty while it is on its way
     * @param restores whether the content is shown again; empty for what is not granted
     * @param restoreBy by when
     */
    record Outcome(
            String result,
            Optional<String> role,
            Optional<Hash> reasons,
            Instant decidedAt,
            Optional<Instant> answeredAt,
            Optional<Boolean> restores,
            Optional<Instant> restoreBy) {}

    static Appeal from(ResultSet row, int number) throws SQLException {
        return new Appeal(
                row.getObject("id", UUID.class),
                row.getInt("channel"),
                row.getObject("appeal", UUID.class),
                row.getObject("notice", UUID.class),
                row.getObject("subject", UUID.class),
                row.getString("subject_reference"),
                row.getInt("no"),
                row.getString("reference"),
                row.getString("appellant"),
                Hash.of(row.getBytes("agreement")),
                time(row, "filed_at").orElseThrow(),
                leaf(row, "words_leaf"),
                row.getBytes("sealed") != null,
                time(row, "received_at"),
                time(row, "due_at").orElseThrow(),
                claim(row),
                outcome(row),
                time(row, "restored_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private static Optional<Hash> leaf(ResultSet row, String column) throws SQLException {
        byte @Nullable [] leaf = row.getBytes(column);
        return leaf == null ? Optional.empty() : Optional.of(Hash.of(leaf));
    }

    private static Optional<Claim> claim(ResultSet row) throws SQLException {
        Optional<Instant> until = time(row, "until");
        return until.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Claim(
                                row.getObject("claimed_by", UUID.class),
                                row.getString("claimant"),
                                until.get()));
    }

    private static Optional<Outcome> outcome(ResultSet row) throws SQLException {
        String result = row.getString("outcome");
        return result == null
                ? Optional.empty()
                : Optional.of(
                        new Outcome(
                                result,
                                Optional.ofNullable(row.getString("role")),
                                leaf(row, "reasons_leaf"),
                                time(row, "decided_at").orElseThrow(),
                                time(row, "answered_at"),
                                Optional.ofNullable(row.getObject("restores", Boolean.class)),
                                time(row, "restore_by")));
    }

    /** open, overdue, granted, rejected or withdrawn. */
    String state(Instant now) {
        return outcome.map(Outcome::result).orElse(now.isAfter(dueAt) ? "overdue" : "open");
    }

    /** Whether it was decided after its time; not where the notice was withdrawn. */
    boolean isLate() {
        return outcome.filter(one -> !one.result().equals("withdrawn"))
                .filter(one -> one.answeredAt().orElse(one.decidedAt()).isAfter(dueAt))
                .isPresent();
    }

    /**
     * What became of the content of a granted appeal: restored, restored-late, restoring, overdue
     * or stays, where it is restricted on another ground; empty for what is not granted.
     */
    Optional<String> restoration(Instant now) {
        if (outcome.flatMap(Outcome::restores).isEmpty()) {
            return Optional.empty();
        }
        if (!outcome.get().restores().orElseThrow()) {
            return Optional.of("stays");
        }
        Instant by = outcome.get().restoreBy().orElseThrow();
        return Optional.of(
                restoredAt
                        .map(at -> at.isAfter(by) ? "restored-late" : "restored")
                        .orElse(now.isAfter(by) ? "overdue" : "restoring"));
    }
}
